"""Invented workplaces with hidden true pulls, to try the arithmetic on where the truth is known.

Nothing here describes real people. The demo place, the tests and the benchmarks draw from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.pull import AskRecords

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """One invented workplace: what an organizer could know of it, and the truth behind it.

    People are 0..n-1. `tie_*` holds each tie once (from < to). Rows of `row_*` are one person in one test.
    `pull`, `readiness`, `unit_mood`, `shock` and `difficulty` are the hidden truth, in logits.
    """

    unit: Ints
    tie_from: Ints
    tie_to: Ints
    tie_strength: Floats
    nominator: Ints
    nominee: Ints
    score: Ints
    asks: NDArray[np.bool_]
    row_person: Ints
    row_test: Ints
    row_asker: Ints
    row_came: NDArray[np.bool_]
    pull: Floats
    is_leader: NDArray[np.bool_]
    readiness: Floats
    unit_mood: Floats
    shock: Floats
    difficulty: Floats

    @property
    def n_people(self) -> int:
        return len(self.unit)

    @property
    def degree(self) -> Ints:
        ends = np.concatenate([self.tie_from, self.tie_to])
        return np.bincount(ends, minlength=self.n_people)

    @property
    def nominations(self) -> Ints:
        return np.bincount(self.nominee, minlength=self.n_people)

    def records(self, *, tests: int, score: bool = True, keep: NDArray[np.bool_] | None = None) -> AskRecords:
        """What the organizer has after the first `tests` tests (rows where `keep` is false are lost)."""
        seen = self.row_test < tests
        if keep is not None:
            seen &= keep
        return AskRecords(
            person=self.row_person[seen],
            test=self.row_test[seen],
            asker=self.row_asker[seen],
            came=self.row_came[seen],
            n_people=self.n_people,
            n_tests=tests,
            unit=self.unit,
            test_order=np.arange(tests),
            nominations=self.nominations,
            degree=self.degree,
            score=self.score.astype(float) if score else None,
        )

    def chance_without_pull(self) -> Floats:
        """Hidden log-odds of every row, had nobody asked."""
        place = self.unit[self.row_person]
        return (
            self.readiness[self.row_person]
            + self.unit_mood[place]
            + self.shock[place, self.row_test]
            - self.difficulty[self.row_test]
        )

    def true_points(self, *, tests: int, average_pull: float) -> Floats:
        """Hidden pull of each person in points against an average asker, on the people she asked; nan if none."""
        seen = (self.row_test < tests) & (self.row_asker >= 0)
        base, asker = self.chance_without_pull()[seen], self.row_asker[seen]
        gain = chance(base + self.pull[asker]) - chance(base + average_pull)
        asked = np.bincount(asker, minlength=self.n_people)
        total = np.bincount(asker, gain, minlength=self.n_people)
        return np.divide(100 * total, asked, out=np.full(self.n_people, np.nan), where=asked > 0)


def chance(log_odds: Floats) -> Floats:
    """Log-odds as a chance, 0..1.

    Units and ranges: any log-odds; exact up to rounding.
    """
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def workplace(
    lot: int,
    *,
    units: int = 20,
    cherry_picking: float = 0.4,
    gaussian: bool = False,
    tests: int = 6,
) -> World:
    """An invented workplace of about 640 people in 20 units who pass through six ever harder tests.

    One person in ten is a true leader (pull about 1.7 logits, everybody else about 0.1); `gaussian` draws
    all pulls from one bell curve instead. `cherry_picking` says how much likelier the willing are to be
    asked (0.4 mild, 1.5 strong).

    Shapes: see `World`. About 3,900 rows, two thirds of them asked.
    Units and ranges: logits; strengths 0..1; organizer's score 1..5.
    Cost: O(people * ties per person * tests).
    Source: our own design; the parameters are printed by `benchmarks/pull.py`.

    >>> workplace(0).n_people == workplace(0).n_people
    True
    """
    rng = np.random.default_rng(lot)
    unit = np.repeat(np.arange(units), rng.integers(15, 50, units))
    n = len(unit)
    tie_from, tie_to, strength = _draw_ties(rng, unit)
    if gaussian:
        is_leader = np.zeros(n, dtype=bool)
        pull = rng.normal(0.3, 0.7, n)
        is_leader[np.argsort(-pull)[: n // 10]] = True
    else:
        is_leader = rng.random(n) < 0.10
        pull = np.where(is_leader, rng.normal(1.7, 0.5, n), rng.normal(0.1, 0.4, n))
    mood = rng.normal(0, 0.5, units)
    readiness = rng.normal(0, 1.2, n)
    loudness = rng.normal(0, 1, n)
    friends = _friends(n, tie_from, tie_to, strength)
    nominator, nominee = _draw_nominations(rng, friends, 1.1 * pull + 0.7 * loudness)
    standard = (pull - pull.mean()) / pull.std()
    opinion = 3 + 0.45 * standard + 0.5 * readiness / 1.2 + 0.4 * loudness + 0.6 * rng.normal(0, 1, n)
    score = np.clip(np.round(opinion), 1, 5).astype(np.int64)
    drive = 0.9 * readiness / 1.2 + 0.6 * loudness + 0.7 * pull
    asks = drive + rng.normal(0, 1, n) > np.quantile(drive + rng.normal(0, 1, n), 0.82)
    difficulty = np.cumsum(np.concatenate([[-0.6], rng.normal(0.45, 0.30, tests - 1)]))
    shock = 0.45 * rng.normal(0, 1, (units, tests))
    blank = World(
        unit, tie_from, tie_to, strength, nominator, nominee, score, asks,
        np.repeat(np.arange(n)[None], tests, 0).ravel(), np.repeat(np.arange(tests), n),
        np.full(n * tests, -1), np.zeros(n * tests, dtype=bool),
        pull, is_leader, readiness, mood, shock, difficulty,
    )  # fmt: skip
    return _hold_tests(rng, blank, friends, cherry_picking)


def _draw_ties(rng: np.random.Generator, unit: Ints) -> tuple[Ints, Ints, Floats]:
    n = len(unit)
    attraction = np.exp(0.6 * rng.normal(0, 1, n))
    ends, strengths = [], []
    for person in range(n):
        mates = np.flatnonzero(unit == unit[person])
        mates = mates[mates != person]
        size = min(len(mates), 1 + rng.poisson(6))
        weight = attraction[mates] / attraction[mates].sum()
        near = rng.choice(mates, size, replace=False, p=weight)
        far = rng.integers(0, n, rng.poisson(1.5))
        for other, scale in [(o, 1.0) for o in near] + [(o, 0.7) for o in far if o != person]:
            ends.append((min(person, other), max(person, other)))
            strengths.append(scale * rng.beta(2, 2))
    pairs, place = np.unique(np.array(ends), axis=0, return_inverse=True)
    strongest = np.zeros(len(pairs))
    np.maximum.at(strongest, place.ravel(), np.array(strengths))
    return pairs[:, 0], pairs[:, 1], strongest


def _friends(n: int, tie_from: Ints, tie_to: Ints, strength: Floats) -> list[tuple[Ints, Floats]]:
    one = np.concatenate([tie_from, tie_to])
    other = np.concatenate([tie_to, tie_from])
    order = np.argsort(one, kind="stable")
    cut = np.searchsorted(one[order], np.arange(1, n))
    weight = np.concatenate([strength, strength])[order]
    return list(zip(np.split(other[order], cut), np.split(weight, cut), strict=True))


def _draw_nominations(
    rng: np.random.Generator, friends: list[tuple[Ints, Floats]], renown: Floats
) -> tuple[Ints, Ints]:
    who: list[int] = []
    whom: list[int] = []
    answers = rng.random(len(friends)) < 0.45
    for person in np.flatnonzero(answers):
        ties, strength = friends[person]
        size = min(len(ties), int(rng.integers(1, 4)))
        if not size:
            continue
        weight = np.exp(renown[ties] + strength)
        named = rng.choice(ties, size, replace=False, p=weight / weight.sum())
        who.extend([int(person)] * size)
        whom.extend(int(other) for other in named)
    return np.array(who, dtype=np.int64), np.array(whom, dtype=np.int64)


def _hold_tests(
    rng: np.random.Generator, world: World, friends: list[tuple[Ints, Floats]], cherry_picking: float
) -> World:
    asker = world.row_asker.copy()
    reach = chance(1.0 + cherry_picking * world.readiness)
    tied = [(ties[world.asks[ties]], strength[world.asks[ties]] ** 2) for ties, strength in friends]
    for row, person in enumerate(world.row_person):
        ties, weight = tied[person]
        if len(ties) and rng.random() < reach[person]:
            asker[row] = rng.choice(ties, p=weight / weight.sum())
    gain = np.where(asker >= 0, world.pull[asker], 0.0)
    came = rng.random(len(asker)) < chance(world.chance_without_pull() + gain)
    return replace(world, row_asker=asker, row_came=came)


def lose_refusals(lot: int, world: World, *, share: float) -> NDArray[np.bool_]:
    """Which rows survive when a `share` of the asks that failed is never written down.

    Shapes: one entry per row of the world.
    Units and ranges: `share` 0..1; the same `lot` loses the same rows.
    Cost: O(rows).
    """
    failed = (world.row_asker >= 0) & ~world.row_came
    return ~(failed & (np.random.default_rng(lot).random(len(failed)) < share))


def organization(lot: int, *, people: int, draws_of_ties: int = 17, asks: float = 2.0, tests: int = 5) -> World:
    """An invented organization of any size, made in seconds: for measuring speed, not for judging estimates.

    Units of 15 to 60 people; ties 85 % within the unit, 12 % within blocks of 800, 3 % anywhere; about one in
    six asks, and every person is asked about `asks` times over all tests.

    Shapes: see `World`; people * tests rows; about 15 ties per person at 17 draws each.
    Cost: O(people * (draws of ties + tests)).
    """
    rng = np.random.default_rng(lot)
    sizes = rng.integers(15, 61, people // 15 + 1)
    unit = np.repeat(np.arange(len(sizes)), sizes)[:people]
    tie_from, tie_to, strength = _draw_many_ties(rng, unit, draws_of_ties)
    is_leader = rng.random(people) < 0.10
    pull = np.where(is_leader, rng.normal(1.7, 0.5, people), rng.normal(0.1, 0.4, people))
    readiness = rng.normal(0, 1.2, people)
    drive = 0.9 * readiness / 1.2 + 0.7 * pull + rng.normal(0, 1.2, people)
    difficulty = np.cumsum(np.concatenate([[-0.6], rng.normal(0.45, 0.30, tests - 1)]))
    named = rng.random(len(tie_to)) < chance(1.1 * pull[tie_to] - 3.5)
    blank = World(
        unit, tie_from, tie_to, strength, tie_from[named], tie_to[named],
        np.clip(np.round(3 + 0.5 * readiness / 1.2 + 0.45 * (pull - 0.3) / 0.6 + rng.normal(0, 0.7, people)), 1, 5)
        .astype(np.int64),
        drive > np.quantile(drive, 1 - 1 / 6),
        np.repeat(np.arange(people)[None], tests, 0).ravel(), np.repeat(np.arange(tests), people),
        np.full(people * tests, -1), np.zeros(people * tests, dtype=bool),
        pull, is_leader, readiness, rng.normal(0, 0.5, len(sizes)),
        rng.normal(0, 0.45, (len(sizes), tests)), difficulty,
    )  # fmt: skip
    return _hold_many_tests(rng, blank, asks / tests)


def _draw_many_ties(rng: np.random.Generator, unit: Ints, draws: int) -> tuple[Ints, Ints, Floats]:
    n = len(unit)
    first = np.searchsorted(unit, np.arange(unit[-1] + 2))
    size = np.diff(first)
    one = np.repeat(np.arange(n), draws // 2)
    luck, where = rng.random(len(one)), rng.random(len(one))
    home = first[unit[one]] + (size[unit[one]] * luck**2.2).astype(np.int64)
    block = np.minimum(one // 800 * 800 + (800 * luck**1.5).astype(np.int64), n - 1)
    other = np.where(where < 0.85, home, np.where(where < 0.97, block, rng.integers(0, n, len(one))))
    keep = one != other
    low, high = np.minimum(one, other)[keep], np.maximum(one, other)[keep]
    pair = np.unique(low * n + high)
    return pair // n, pair % n, 0.2 + 0.8 * rng.random(len(pair))


def _hold_many_tests(rng: np.random.Generator, world: World, share: float) -> World:
    one = np.concatenate([world.tie_from, world.tie_to])
    other = np.concatenate([world.tie_to, world.tie_from])
    keep = world.asks[other]
    order = np.argsort(one[keep], kind="stable")
    other = other[keep][order]
    first = np.searchsorted(one[keep][order], np.arange(world.n_people + 1))
    ties = np.diff(first)[world.row_person]
    pick = first[world.row_person] + (ties * rng.random(len(ties))).astype(np.int64)
    can = ties > 0
    reached = can & (rng.random(len(ties)) < share / can.mean())
    asker = np.where(reached, other[np.minimum(pick, len(other) - 1)], -1)
    gain = np.where(reached, world.pull[asker], 0.0)
    came = rng.random(len(asker)) < chance(world.chance_without_pull() + gain)
    return replace(world, row_asker=asker, row_came=came)
