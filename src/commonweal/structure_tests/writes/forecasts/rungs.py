"""The steps of the ladder that could be taken next, as a forecast asks about them."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.reckoning.forecast import Rung
from commonweal.structure_tests import models
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.steps import kind_learnt
from commonweal.structure_tests.reads.tests import rungs_of
from commonweal.structure_tests.writes.forecasts.records import Gathered


@dataclass(frozen=True)
class RungAhead:
    """A step of the ladder above the tests so far; `asked`: the same as the arithmetic asks about it."""

    pk: UUID
    name: str
    kind: str
    asked: Rung


def rungs_ahead(test: StructureTest, found: Gathered) -> list[RungAhead]:
    """The steps above the last test on the ladder, the planned one with the thresholds set for it; empty where not every
    act so far stands on the ladder."""
    campaign = test.occasion.campaign
    if campaign is None or found.orders is None or not len(found.orders):
        return []
    last = float(found.orders.max())
    return [
        _ahead(rung, test if rung.pk == test.rung_id else rung)
        for rung in rungs_of(campaign)
        if rung.position > last or rung.pk == test.rung_id
    ]


def _ahead(rung: models.Rung, set_: models.Rung | StructureTest) -> RungAhead:
    kind = set_.occasion.kind if isinstance(set_, StructureTest) else rung.kind
    asked = Rung(
        order=float(rung.position),
        kind=kind_learnt(kind),
        threshold=float(set_.threshold),
        unit_threshold=float(set_.unit_threshold) or None,
    )
    return RungAhead(rung.pk, rung.name, kind, asked)
