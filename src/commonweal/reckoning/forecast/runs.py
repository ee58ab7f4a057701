"""Imagined runs of the next test: who comes, counted by unit, under every step and every plan at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.forecast.outlook import Counts
from commonweal.reckoning.forecast.past import Past
from commonweal.reckoning.pull.draws import Draws
from commonweal.reckoning.pull.records import Floats, Ints

AT_ONCE = 1_000_000
"""So many numbers at a time: people times draws of one portion."""
ENOUGH = 400
"""Of what is looked at beside the question so many runs are imagined: chances to 0.025."""


@dataclass(frozen=True)
class Runs:
    """How many came, a line per group of people and a column per run; what moved the runs, summed over people.

    `counts` holds one table per scenario, `other` one per other plan under the first scenario, `beside` one per difficulty
    looked at beside, with fewer runs. `people`: a line
    per person, a column per scenario, each one's chance. `moved`: by name, one entry per run of the first scenario.
    """

    counts: list[Counts]
    other: list[Counts]
    beside: list[Counts]
    people: Floats
    moved: dict[str, Floats]

    def of_people_in(self, order: Ints) -> Runs:
        """The same with people back in the order from which `order` took them."""
        people = np.empty_like(self.people)
        people[order] = self.people
        return replace(self, people=people)


def imagined_runs(
    past: Past,
    people: Ints,
    group: Ints,
    unit_line: Ints,
    difficulty: list[Draws],
    plans: list[Ints],
    *,
    able: float,
    lot: int,
    beside: Sequence[Draws] = (),
) -> Runs:
    """Let everybody decide in every run; the same dice for every scenario and every plan.

    Shapes: `people` by group; `group` and `unit_line` (line in `past.mood`, -1: of no unit) one entry per person;
    `difficulty` one array of draws per scenario; `plans` tables with a line per person and columns of lines in
    `past.pull`, one column taken by lot for each person and run; the first plan is the one asked about; `beside` as
    `difficulty`, of which the first ENOUGH runs are imagined and nobody's chance is kept. Of those who would come a share `able` can.
    Cost: O(people * draws * (scenarios + plans)); memory AT_ONCE numbers at a time.
    """
    n_draws = past.moved_wide.shape[1]
    n_groups = int(group[-1]) + 1
    counts = [np.zeros((n_groups, n_draws), dtype=np.int32) for _ in difficulty]
    other = [np.zeros((n_groups, n_draws), dtype=np.int32) for _ in plans[1:]]
    few = min(ENOUGH, n_draws)
    aside = [np.zeros((n_groups, few), dtype=np.int32) for _ in beside]
    chance = np.empty((len(people), len(difficulty)))
    moved = {name: np.zeros(n_draws) for name in ("step", "days", "people", "leaders", "likely")}
    portion = max(1, AT_ONCE // n_draws)
    for first in range(0, len(people), portion):
        part = slice(first, first + portion)
        rng = np.random.default_rng([lot, first])
        inner, days, luck = _alone(past, people[part], unit_line[part], rng)
        turn = rng.integers(0, 2**31, len(people[part]))
        pull = _pull(past, plans[0][part], turn)
        inner += pull
        for place, hard in enumerate(difficulty):
            likely = _chance(inner - hard, able)
            chance[part, place] = likely.mean(1)
            _count(counts[place], group[part], luck < likely)
            if place == 0:
                _sum_up(moved, likely, inner, days, pull, able)
        for place, hard in enumerate(beside):
            _count(aside[place], group[part], luck[:, :few] < _chance(inner[:, :few] - hard[:few], able))
        for place, plan in enumerate(plans[1:]):
            likely = _chance(inner + (_pull(past, plan[part], turn) - pull) - difficulty[0], able)
            _count(other[place], group[part], luck < likely)
    return Runs(counts, other, aside, chance, moved)


def _alone(past: Past, people: Ints, unit_line: Ints, rng: np.random.Generator) -> tuple[Draws, Draws, Draws]:
    """Everybody's log-odds with nobody asking and no difficulty; the part of it that is the day; her own dice."""
    inner = past.readiness(people, rng)
    days = np.zeros_like(inner)
    placed = unit_line >= 0
    inner[placed] += past.mood[unit_line[placed]]
    days[placed] = past.fresh[unit_line[placed]]
    return inner, days, rng.random(inner.shape, dtype=np.float32)


def _pull(past: Past, plan: Ints, turn: Ints) -> Draws:
    """The pull on every person in every run; of several columns each gets her share of the runs, from `turn` on."""
    columns = plan.shape[1]
    if columns == 1:
        return past.pull[plan[:, 0]]
    run = np.arange(past.pull.shape[1])
    chosen = (turn[:, None] + run[None]) % columns
    return past.pull[np.take_along_axis(plan, chosen, axis=1), run[None]]


def _chance(log_odds: Draws, able: float) -> Draws:
    half = np.float32(0.5 * able)
    log_odds *= np.float32(0.5)
    np.tanh(log_odds, out=log_odds)
    log_odds *= half
    log_odds += half
    return log_odds


def _count(counts: Counts, group: Ints, came: NDArray[np.bool_]) -> None:
    """Add who came to the counts of her group; people of one group stand together."""
    first = np.flatnonzero(np.diff(group, prepend=-1))
    counts[group[first]] += np.add.reduceat(came, first, axis=0, dtype=np.int32)


def _sum_up(moved: dict[str, Floats], likely: Draws, inner: Draws, days: Draws, pull: Draws, able: float) -> None:
    """Add what moved these people in every run, each weighed by how much a logit moves her."""
    weight = (likely * (1.0 - likely / np.float32(able or 1.0))).mean(1)
    moved["step"] += float(weight.sum())
    moved["days"] += weight @ days
    moved["leaders"] += weight @ pull
    moved["people"] += weight @ inner
    moved["likely"] += likely.sum(0)
