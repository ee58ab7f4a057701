"""Which steps are imagined: the usual one, harder ones named by tests further up the ladder, and those tests themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.forecast.kinds import StepsSeen
from commonweal.reckoning.forecast.outlook import StepTaken
from commonweal.reckoning.forecast.question import NextTest, Rung
from commonweal.reckoning.forecast.step import Climb, Place, Step, next_difficulty
from commonweal.reckoning.pull.draws import Draws
from commonweal.reckoning.pull.records import Floats, Ints

LEAST_HARDER = 0.25
"""A step names another scenario only if it is by so many logits harder."""
SHOWN = 4
"""Of so many tests of the ladder, the lowest first, it is said how they would go."""


@dataclass(frozen=True)
class Tried:
    """One difficulty of which runs are imagined: where `rung` is None, `extra` logits beyond the usual step."""

    rung: int | None
    extra: float
    hard: Draws
    step: StepTaken


@dataclass(frozen=True)
class Steps:
    """What is known of the steps between tests, and which are to be imagined."""

    orders: Floats
    known: Step | None
    scenarios: Mapping[str, float]
    ladder: tuple[Rung, ...]
    kinds: tuple[str, ...]
    earlier: StepsSeen

    def drawn(self, difficulty: Draws, held: Ints, next_test: NextTest, rng: np.random.Generator) -> Climb:
        """How hard the next test and those of the ladder would be."""
        kinds = [self.kinds[test] for test in held.tolist()] if self.kinds else []
        places = places_of(next_test, self.ladder)
        return next_difficulty(
            difficulty[held], self.orders[held], places, rng, self.known, kinds=kinds, earlier=self.earlier
        )

    def tried(self, climb: Climb, next_test: NextTest) -> tuple[dict[str, Tried], dict[int, Tried]]:
        """The scenarios by name, and the tests of the ladder by entry, the lowest first."""
        named = scenarios_tried(climb, next_test, self.ladder, self.scenarios)
        if not climb.rising:
            return named, {}
        lowest = sorted(range(len(self.ladder)), key=lambda place: self.ladder[place].order)[:SHOWN]
        known = {one.rung: one for one in named.values() if one.rung is not None}
        same = places_of(next_test, self.ladder)
        for place in lowest:
            if same[1 + place] == same[0]:
                known[place] = next(iter(named.values()))
        return named, {place: known.get(place) or tried(climb, 1 + place, rung=place) for place in lowest}


def places_of(next_test: NextTest, ladder: Sequence[Rung]) -> list[Place]:
    """Where the next test and those of the ladder stand, the next one first."""
    return [Place(next_test.order, next_test.kind), *(Place(rung.order, rung.kind) for rung in ladder)]


def scenarios_tried(
    climb: Climb, next_test: NextTest, ladder: Sequence[Rung], scenarios: Mapping[str, float]
) -> dict[str, Tried]:
    """The usual step, and harder ones: as hard as the first and as the last test above on the ladder that are harder.

    A single one above is the much harder scenario where it lies nearer to that. Where the ladder does not help, a
    scenario is by so many logits harder as `scenarios` says, and always harder than the one before.

    Shapes: `climb` a line for the next test and one for each entry of `ladder`; one `Tried` per scenario.
    Units and ranges: logits.
    Ties: of tests at one place the first entry counts.
    Cost: O(ladder * draws).
    """
    names = list(scenarios)
    middle = np.median(climb.size, axis=1)
    above = [
        place
        for place in np.argsort([rung.order for rung in ladder], kind="stable").tolist()
        if climb.rising and ladder[place].order > (next_test.order or 0.0)
        if middle[1 + place] - middle[0] >= LEAST_HARDER
    ]
    named = _named(names[1:], above, middle[1:] - middle[0], list(scenarios.values())[1:])
    found = {}
    least = 0.0
    for place, (name, extra) in enumerate(scenarios.items()):
        if name in named:
            least = float(middle[1 + named[name]] - middle[0])
            found[name] = tried(climb, 1 + named[name], rung=named[name], extra=least)
            continue
        gap = extra - list(scenarios.values())[place - 1] if place else 0.0
        least = max(extra, least + gap)
        found[name] = tried(climb, 0, extra=least)
    return found


def tried(climb: Climb, line: int, *, rung: int | None = None, extra: float = 0.0) -> Tried:
    """The difficulty of one line of the climb; `extra` is added where no rung stands for it.

    Shapes: back comes one entry per draw.
    Cost: O(draws).
    """
    more = 0.0 if rung is not None else extra
    low, median, high = np.quantile(climb.size[line] + more, (0.1, 0.5, 0.9)).tolist()
    seen = climb.seen[line] if rung is not None or not extra else 0
    return Tried(rung, extra, (climb.hard[line] + more).astype(np.float32), StepTaken(median, low, high, seen))


def _named(names: list[str], above: list[int], extra: Floats, usual: list[float]) -> dict[str, int]:
    """Which scenario is named by which entry of the ladder."""
    if len(names) != 2 or not above:
        return {}
    first, last = above[0], above[-1]
    if extra[last] - extra[first] >= LEAST_HARDER:
        return {names[0]: first, names[1]: last}
    return {names[0] if extra[first] < (usual[0] + usual[1]) / 2 else names[1]: first}
