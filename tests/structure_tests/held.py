"""A test of the village that was held: who stood on its roll, who walked with whom, what came of it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from commonweal.common.ids import new_id
from commonweal.people.models import Ask, BareYes, Occasion, Person
from commonweal.structure_tests.models import Mark, RollEntry, StructureTest
from tests.village import Village, person

OPENED = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
CLOSED = OPENED + timedelta(days=2)
DAY = date(2026, 3, 10)


def hands(village: Village, number: int, unit: Any = None, name: str = "Hand") -> list[Person]:
    """So many people in weaving, or in another unit."""
    return [person(f"{name}{place:02d} Weaver", unit or village.weaving, village.day) for place in range(number)]


def held(
    village: Village, people: Iterable[Person], *, state: str = "closed", name: str = "Button day", on: date = DAY,
    kind: str = "button", leaders: dict[Any, Person] | None = None, stances: dict[Any, str] | None = None,
    campaign: Any = None,
) -> StructureTest:  # fmt: skip
    """A test with these people on its roll, in the units where they stand, each with her leader and her stance."""
    act = Occasion.objects.create(
        campaign=campaign or village.campaign, kind=kind, name=name, on=on, source=f"hand:{name}"
    )
    opened = datetime(on.year, on.month, on.day, 6, 0, tzinfo=UTC)
    moments = {"opened_at": opened} if state != "planned" else {}
    if state == "closed":
        moments["closed_at"] = opened + timedelta(days=2)
    test = StructureTest.objects.create(
        occasion=act, state=state, threshold=Decimal("0.70"), unit_threshold=Decimal("0.50"), **moments
    )
    for line, one in enumerate(people, start=1):
        stands = one.placements.filter(until=None)[0]
        leader = (leaders or {}).get(one.pk)
        RollEntry.objects.create(
            test=test, person=one, unit=stands.unit, shift=stands.shift, line=line, leader=leader, asker=leader,
            stance=(stances or {}).get(one.pk, ""),
        )  # fmt: skip
    return test


def seen(test: StructureTest, one: Person, outcome: str, asker: Person | None = None, **more: Any) -> Ask:
    """What the hall holds of her: an ask with its outcome."""
    given = {"source": f"test:{new_id()}", "entered_at": OPENED} | more
    return Ask.objects.create(occasion=test.occasion, asker=asker, asked=one, outcome=outcome, **given)


def signed(test: StructureTest, one: Person, carrier: Person | None = None, **more: Any) -> BareYes:
    """She stands on a sheet."""
    given = {"source": f"yes:{new_id()}", "entered_at": OPENED} | more
    return BareYes.objects.create(occasion=test.occasion, person=one, carried_by=carrier, **given)


def marked(test: StructureTest, one: Person, outcome: str, by: Any, after: float = 1.0, **more: Any) -> Mark:
    """Somebody's mark, so many hours after the opening."""
    at = OPENED + timedelta(hours=after)
    entry = RollEntry.objects.get(test=test, person=one)
    given: dict[str, Any] = {"how": "phone", "seen_at": at, "received_at": at} | more
    return Mark.objects.create(entry=entry, outcome=outcome, by=by.pk, **given)
