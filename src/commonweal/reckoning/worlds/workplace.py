"""A workplace of some hundred people, made with care: for judging estimates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from commonweal.reckoning.odds import chance
from commonweal.reckoning.worlds.world import Floats, Ints, World


def workplace(
    lot: int,
    *,
    units: int = 20,
    cherry_picking: float = 0.4,
    gaussian: bool = False,
    tests: int = 6,
    last_step: float | None = None,
) -> World:
    """An invented workplace of about 640 people in 20 units who pass through six ever harder tests.

    One person in ten is a true leader (pull about 1.7 logits, everybody else about 0.1); `gaussian` draws
    all pulls from one bell curve instead. `cherry_picking` says how much likelier the willing are to be
    asked (0.4 mild, 1.5 strong). `last_step` sets how much harder the last test is than the one before, in
    logits; None: as any other step.

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
    steps = np.concatenate([[-0.6], rng.normal(0.45, 0.30, tests - 1)])
    steps[-1] = steps[-1] if last_step is None else last_step
    difficulty = np.cumsum(steps)
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
