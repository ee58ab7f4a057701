"""The life of a test: planned, opened with everything frozen, closed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.common.rows import as_id, rows_of
from commonweal.ledger.writes import record
from commonweal.people.models import Assessment, Campaign, ChainLink, Occasion
from commonweal.people.reads.evidence import standing
from commonweal.people.words import AssessmentBasis
from commonweal.people.writes.bulk import change_rows
from commonweal.people.writes.occasions import add_occasion, change_occasion
from commonweal.structure_tests.models import RollEntry, Rung, StructureTest
from commonweal.structure_tests.reads.drawing import drawing_of
from commonweal.structure_tests.rules.states import state_after
from commonweal.structure_tests.words import Standing
from commonweal.structure_tests.writes.drawing import draw
from commonweal.structure_tests.writes.refusals import ChangedMeanwhile, MeasuredAlready, NobodyToAsk, StillDrawing
from commonweal.structure_tests.writes.state import locked, locked_for, not_now

KIND = "structure_test"


@transaction.atomic
def plan_test(
    *,
    campaign: Campaign,
    occasion: Occasion | None = None,
    rung: Rung | None = None,
    kind: str = "",
    name: str = "",
    on: date | None = None,
    ends_on: date | None = None,
    threshold: Decimal,
    unit_threshold: Decimal,
    turnout_named: bool = False,
    by: UUID | None,
    at: datetime,
) -> StructureTest:
    """Plans a test of an act that is there, or of one that is added for it, and draws its roll.

    Raises NameTaken (an act is called so), MeasuredAlready.
    """
    if occasion is None:
        assert on is not None
        occasion = add_occasion(kind=kind, name=name, on=on, campaign=campaign, by=by, at=at)
    elif occasion.campaign_id is None:
        occasion.campaign = campaign
        occasion.save(update_fields=["campaign"])
    test = StructureTest(
        occasion=occasion,
        rung=rung,
        ends_on=ends_on,
        threshold=threshold,
        unit_threshold=unit_threshold,
        turnout_named=turnout_named,
    )
    try:
        with transaction.atomic():
            test.save(force_insert=True)
    except IntegrityError:
        raise MeasuredAlready from None
    drawn = draw(test, by=by, at=at)
    facts = {"people": drawn.added if drawn else 0}
    record("planned_test", by=by, at=at, subject_kind=KIND, subject=test.pk, facts=facts)
    return test


@transaction.atomic
def change_test(
    *,
    test: StructureTest,
    name: str,
    kind: str,
    on: date,
    ends_on: date | None,
    threshold: Decimal,
    unit_threshold: Decimal,
    turnout_named: bool,
    version: int,
    by: UUID,
    at: datetime,
) -> None:
    """Changes a test that has not opened, and its act. Raises NotNow, ChangedMeanwhile, NameTaken."""
    row = locked_for("change", test.pk)
    if row.version != version:
        raise ChangedMeanwhile
    occasion = row.occasion
    change_occasion(occasion=occasion, kind=kind, name=name, on=on, campaign=occasion.campaign, by=by, at=at)
    row.ends_on, row.threshold, row.unit_threshold = ends_on, threshold, unit_threshold
    row.turnout_named, row.version = turnout_named, version + 1
    row.save(update_fields=["ends_on", "threshold", "unit_threshold", "turnout_named", "version"])
    record("changed_test", by=by, at=at, subject_kind=KIND, subject=row.pk)


@transaction.atomic
def remove_test(*, test: StructureTest, by: UUID, at: datetime) -> None:
    """Takes a test out that has not opened; its act stays. Raises NotNow."""
    row = locked_for("remove", test.pk)
    key = row.pk
    row.delete()
    record("removed_test", by=by, at=at, subject_kind=KIND, subject=key)


@transaction.atomic
def open_test(*, test: StructureTest, by: UUID, at: datetime) -> StructureTest:
    """Freezes who could take part, in whose chain each walks and what each has said; from now on it is recorded.

    Raises NotNow (opened already: when and by whom), StillDrawing, NobodyToAsk. Seven queries and one statement for all lines.
    """
    row = locked(test.pk)
    after = state_after("open", row.state)
    if after is None:
        raise not_now("open", row)
    if drawing_of(row) is not None:
        raise StillDrawing
    people, chains = _freeze(row)
    if not RollEntry.objects.filter(test=row, standing=Standing.ELIGIBLE).exists():
        raise NobodyToAsk
    row.state, row.opened_at, row.opened_by, row.version = after, at, by, row.version + 1
    row.save(update_fields=["state", "opened_at", "opened_by", "version"])
    facts = {"people": people, "walks": chains}
    record("opened_test", by=by, at=at, subject_kind=KIND, subject=row.pk, facts=facts)
    return row


@transaction.atomic
def close_test(*, test: StructureTest, by: UUID, at: datetime) -> StructureTest:
    """Ends the recording; what comes later is a correction. Raises NotNow: closed already, when and by whom, or not open."""
    row = locked(test.pk)
    after = state_after("close", row.state)
    if after is None:
        raise not_now("close", row)
    row.state, row.closed_at, row.closed_by, row.version = after, at, by, row.version + 1
    row.save(update_fields=["state", "closed_at", "closed_by", "version"])
    record("closed_test", by=by, at=at, subject_kind=KIND, subject=row.pk)
    return row


def _freeze(test: StructureTest) -> tuple[int, int]:
    """Writes leader, asker and stance of this moment into the roll; how many people, and how many walk with somebody."""
    links = ChainLink.objects.filter(campaign=test.occasion.campaign_id, until=None).order_by()
    leader_of: dict[Any, Any] = {row[0]: row[1] for row in rows_of(links.values_list("follower_id", "leader_id"))}
    said = standing(Assessment).filter(basis=AssessmentBasis.STATED, person__on_rolls__test=test)
    latest = said.order_by("on", "entered_at").values_list("person_id", "stance")
    stance_of: dict[Any, str] = {row[0]: row[1] for row in rows_of(latest)}
    entries = RollEntry.objects.filter(test=test).order_by()
    changed, people, chains = [], 0, 0
    for key, person, leader, asker, stance, where in rows_of(
        entries.values_list("pk", "person_id", "leader_id", "asker_id", "stance", "standing")
    ):
        walks = leader_of.get(person)
        chosen = asker if asker is not None and asker != leader else None
        asks = (chosen or walks) if where == Standing.ELIGIBLE else None
        people += 1
        chains += walks is not None
        now = (walks, asks, stance_of.get(person, ""))
        if now != (leader, asker, stance):
            changed.append((_id(now[0]), _id(now[1]), now[2], as_id(key)))
    change_rows(RollEntry, ("leader_id", "asker_id", "stance"), changed)
    return people, chains


def _id(raw: Any) -> UUID | None:
    return None if raw is None else as_id(raw)
