"""A test of the village: planned over the mill, opened, recorded."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from commonweal.common.ids import new_id
from commonweal.structure_tests.models import RollEntry, StructureTest
from commonweal.structure_tests.writes.marks import NewMark, Recorded, record_marks
from commonweal.structure_tests.writes.tests import open_test, plan_test
from tests.village import Village

AT = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)


def plan(village: Village, **more: Any) -> StructureTest:
    """A button day over the whole mill, planned by Ana."""
    given: dict[str, Any] = {"kind": "button", "name": "Button day", "on": DAY, "at": AT} | more
    return plan_test(
        campaign=village.campaign,
        threshold=Decimal("0.70"),
        unit_threshold=Decimal("0.50"),
        by=village.ana.pk,
        **given,
    )


def opened(village: Village, **more: Any) -> StructureTest:
    """The same, open."""
    return open_test(test=plan(village, **more), by=village.ana.pk, at=AT)


def entry(test: StructureTest, person: Any) -> RollEntry:
    """Her line on the roll."""
    return RollEntry.objects.get(test=test, person=person)


def mark(test: StructureTest, person: Any, outcome: str, **more: Any) -> NewMark:
    """A mark of somebody, asked by nobody unless it says so."""
    return NewMark(**({"id": new_id(), "entry": entry(test, person).pk, "outcome": outcome} | more))


def record(test: StructureTest, by: Any, *marks: NewMark, after: float = 1.0, how: str = "grid") -> Recorded:
    """Keeps marks so many hours after the opening."""
    return record_marks(test, marks, how=how, by=by.pk, at=AT + timedelta(hours=after))
