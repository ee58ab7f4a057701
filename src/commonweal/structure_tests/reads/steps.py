"""How much harder tests of other campaigns were than the one before each, as a forecast learns it."""

from collections import defaultdict
from itertools import pairwise
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.common.scope import EVERYTHING
from commonweal.people.words import OccasionKind
from commonweal.reckoning.forecast import NO_STEPS, StepsSeen, kind_of_step, step_between, usual_gap
from commonweal.structure_tests.models import BallotCount, StructureTest
from commonweal.structure_tests.reads.shares import shares_of
from commonweal.structure_tests.reads.tests import names_nobody
from commonweal.structure_tests.words import TestState

LATEST = 30
"""So many tests of other campaigns are looked at, the latest; older ones say little more."""

Counts = dict[UUID | None, tuple[int, int]]
"""By unit, or of None where only all together were counted: how many took part, of how many who could."""


def kind_learnt(kind: str) -> str:
    """The kind that a step to such an act is learnt by; "" for an act of no kind."""
    return "" if kind == OccasionKind.OTHER else kind


def steps_elsewhere(test: StructureTest) -> StepsSeen:
    """The steps from test to test of every other campaign before this test, a bounded number of queries.

    A step leads from one test to the next on the campaign's ladder; in time, where not each stands on it. Tests of
    which nothing was written down are passed over, and ballots are read by their counts.
    """
    found = StructureTest.objects.filter(state=TestState.CLOSED, occasion__on__lt=test.occasion.on)
    found = found.exclude(occasion__campaign=test.occasion.campaign_id).exclude(occasion__campaign=None)
    tests = list(found.select_related("occasion", "rung").order_by("-occasion__on", "pk")[:LATEST])
    counts = _counts_of(tests)
    campaigns: dict[Any, list[StructureTest]] = defaultdict(list)
    for one in reversed(tests):
        if sum(did for did, _ in counts[one.pk].values()):
            campaigns[one.occasion.campaign_id].append(one)
    steps = NO_STEPS
    for held in campaigns.values():
        steps = steps.and_(_steps_of(held, counts))
    return steps


def _counts_of(tests: list[StructureTest]) -> dict[UUID, Counts]:
    found: dict[UUID, Counts] = {one.pk: {} for one in tests}
    for test, shares in shares_of(EVERYTHING, [one for one in tests if not names_nobody(one)]).items():
        found[test].update(shares.items())
    for count in BallotCount.objects.filter(test__in=[one for one in tests if names_nobody(one)], entitled__gt=0):
        found[count.test_id][count.unit_id] = (count.cast, count.entitled)
    for counts in found.values():
        if len(counts) > 1:
            counts.pop(None, None)
    return found


def _steps_of(held: list[StructureTest], counts: dict[UUID, Counts]) -> StepsSeen:
    """The steps of one campaign, whose tests come first to last."""
    places = [float(number) if one.rung is None else float(one.rung.position) for number, one in enumerate(held)]
    if any(one.rung is None for one in held):
        places = [float(number) for number in range(len(held))]
    order = np.argsort(places, kind="stable").tolist()
    gaps = np.diff(np.array(places)[order])
    usual = usual_gap(np.array(places)[order])
    rows = []
    for (before, after), gap in zip(pairwise(held[place] for place in order), gaps, strict=True):
        columns = _in_common(counts[before.pk], counts[after.pk])
        kind = kind_of_step(kind_learnt(before.occasion.kind), kind_learnt(after.occasion.kind), gap)
        rows.append((kind, *step_between(*columns), gap / usual))
    if not rows:
        return NO_STEPS
    kinds, *numbers = zip(*rows, strict=True)
    return StepsSeen(kinds, *(np.array(column) for column in numbers))


def _in_common(before: Counts, after: Counts) -> list[Any]:
    """Of the units that both counted: who came and who could, to the one and to the other; else of all together."""
    units = [unit for unit in before if unit in after and before[unit][1] and after[unit][1]]
    sides = [(counts, side) for counts in (before, after) for side in (0, 1)]
    if not units:
        return [np.array([sum(one[side] for one in counts.values())]) for counts, side in sides]
    return [np.array([counts[unit][side] for unit in units]) for counts, side in sides]
