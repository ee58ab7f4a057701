"""An organization of any size, made in seconds: for measuring speed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from commonweal.reckoning.odds import chance
from commonweal.reckoning.worlds.world import Floats, Ints, World


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
