"""An invented workplace in which people are talked with one by one: to try an order of talks where the truth is known.

Nothing here describes real people. The tests and the benchmark draw from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.next_talks.belief import belief_of
from commonweal.reckoning.next_talks.choice import choose
from commonweal.reckoning.next_talks.known import Known
from commonweal.reckoning.next_talks.worth import worth_of
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray
from commonweal.reckoning.worlds import World

ORDERS = ("worth", "random", "by degree", "most named")
QUESTIONS = 3
MOST_A_QUESTION = 2
TIES_MENTIONED = 0.6


@dataclass(frozen=True)
class Answers:
    """What everybody would say if she were talked with: whom she names and which of her ties come up; fixed beforehand,
    so that every order of talks meets the same people."""

    nominator: IntArray
    nominee: IntArray
    tie_one: IntArray
    tie_other: IntArray


def answers_of(world: World, lot: int) -> Answers:
    """What the people of a workplace would say when asked three questions.

    To each question she names none, one or two of those she is tied to: a leader the likelier for her pull, anybody the
    likelier for being loud or close. Six in ten of her ties come up.
    Shapes: rows of who names whom, each pair once, and of ties.
    Units and ranges: the same `lot` gives the same answers.
    Cost: O(people * ties per person).
    Source: our own design; the weights of names are those of `worlds.workplace`.

    >>> from commonweal.reckoning.worlds import workplace
    >>> bool(len(answers_of(workplace(0, units=2, tests=1), 0).nominee) > 0)
    True
    """
    rng = np.random.default_rng([lot, 7])
    loudness = rng.normal(0, 1, world.n_people)
    one = np.concatenate([world.tie_from, world.tie_to])
    other = np.concatenate([world.tie_to, world.tie_from])
    order = np.argsort(one, kind="stable")
    one, other = one[order], other[order]
    strength = np.concatenate([world.tie_strength, world.tie_strength])[order]
    weight = np.exp(1.1 * world.pull[other] + 0.7 * loudness[other] + strength)
    first = np.searchsorted(one, np.arange(world.n_people + 1))
    who, whom = [], []
    for person in range(world.n_people):
        bound = slice(first[person], first[person + 1])
        friends, chance = other[bound], weight[bound]
        named: set[int] = set()
        for most in rng.integers(0, MOST_A_QUESTION + 1, QUESTIONS).tolist():
            size = min(len(friends), most)
            if size:
                named |= set(rng.choice(friends, size, replace=False, p=chance / chance.sum()).tolist())
        who += [person] * len(named)
        whom += sorted(named)
    mentioned = rng.random(len(one)) < TIES_MENTIONED
    return Answers(np.array(who, dtype=np.int64), np.array(whom, dtype=np.int64), one[mentioned], other[mentioned])


def known_after(world: World, answers: Answers, talked: BoolArray) -> Known:
    """What an organizer knows of the workplace once these people were talked with."""
    told, mentioned = talked[answers.nominator], talked[answers.tie_one]
    return Known(
        group=world.unit,
        talked=talked,
        heard=talked,
        nominator=answers.nominator[told],
        nominee=answers.nominee[told],
        tie_one=answers.tie_one[mentioned],
        tie_other=answers.tie_other[mentioned],
    )


@dataclass(frozen=True)
class Progress:
    """How far one order of talks came: `talks` held so far, and of the true leaders the share `found` among the first K
    by the names so far (K as many as there are), `met` by somebody of us, and `known`: both. `mapped`: the share of
    units in which a fifth of the people were talked with."""

    talks: IntArray
    found: FloatArray
    met: FloatArray
    known: FloatArray
    mapped: FloatArray

    def talks_until(self, share: FloatArray, level: float) -> float:
        """How many talks until a share first reaches a level; nan where it never does."""
        there = np.flatnonzero(share >= level - 1e-12)
        return float(self.talks[there[0]]) if there.size else float("nan")


def hold_talks(
    world: World, answers: Answers, *, order: str, lot: int, begun: BoolArray | None = None, a_day: int = 5
) -> Progress:
    """Talks with everybody of a workplace in an order, some a day, and what is known after each day.

    `worth` asks this package for the next ones; `by degree` takes those with the most known ties; `most named` those
    whom most name. All of them know only what the talks so far have told, and all are judged by the same belief.
    Shapes: one entry per day and one for the beginning, see `Progress`. `begun`: who was talked with before.
    Units and ranges: the same `lot` gives the same talks.
    Errors: ValueError for an order that is none of `ORDERS`.
    Ties: settled by the lot.
    Cost: O(days * (people + ties)).
    Source: our own design.

    >>> from commonweal.reckoning.worlds import workplace
    >>> world = workplace(0, units=2, tests=1)
    >>> hold_talks(world, answers_of(world, 0), order="random", lot=1).met[-1].item()
    1.0
    """
    if order not in ORDERS:
        raise ValueError(order)
    rng = np.random.default_rng([lot, 11])
    luck = rng.random(world.n_people)
    talked = np.zeros(world.n_people, dtype=np.bool_) if begun is None else begun.copy()
    before = int(talked.sum())
    rows: list[tuple[float, ...]] = []
    while True:
        known = known_after(world, answers, talked)
        rows.append((float(talked.sum() - before), *_standing(world, known, luck)))
        if talked.all():
            break
        talked[_next(known, order, luck, lot, a_day)] = True
    talks, found, met, both, mapped = np.array(rows).T
    return Progress(talks.astype(np.int64), found, met, both, mapped)


def _standing(world: World, known: Known, luck: FloatArray) -> tuple[float, float, float, float]:
    leaders = world.is_leader
    k = max(int(leaders.sum()), 1)
    first = np.zeros(known.n, dtype=np.bool_)
    first[np.argsort(-(belief_of(known).leads + 1e-9 * luck))[:k]] = True
    told = np.bincount(known.group[known.talked], minlength=int(known.group.max()) + 1)
    mapped = told >= 0.2 * np.bincount(known.group)
    return (
        float((leaders & first).sum() / k),
        float((leaders & known.talked).sum() / k),
        float((leaders & first & known.talked).sum() / k),
        float(mapped.mean()),
    )


def _next(known: Known, order: str, luck: FloatArray, lot: int, a_day: int) -> IntArray:
    left = np.flatnonzero(~known.talked)
    if order == "worth":
        chosen = choose(known, worth_of(known), limit=a_day, lot=lot, among=~known.talked)
        return np.array([one.person for one in chosen], dtype=np.int64)
    if order == "random":
        return left[np.argsort(luck[left])][:a_day]
    belief = belief_of(known)
    value = belief.degree if order == "by degree" else belief.named_by
    return left[np.lexsort((luck[left], -value[left]))][:a_day]
