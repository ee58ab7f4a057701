"""Lines of paper sheets: read once by each reader, settled to a person or to nobody, corrected by replacement."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import BareYes
from commonweal.people.reads.evidence import standing
from commonweal.people.rules.names import folded
from commonweal.people.writes.evidence import KnownAlready, bring_back, correct, record_bare_yes, withdraw
from commonweal.structure_tests.models import SignatureLine, StructureTest
from commonweal.structure_tests.words import LineState, TestState


@dataclass(frozen=True)
class NotOpenYet(Refusal):
    """Nobody can have signed before the test opened."""


@transaction.atomic
def keep_line(
    *,
    test: StructureTest,
    sheet: int,
    line: int,
    written: str,
    person: UUID | None,
    carried_by: UUID | None,
    by: UUID,
    at: datetime,
) -> SignatureLine:
    """Keeps what somebody read on a line: settled where `person` is known, else waiting for a human.

    The same reading a second time changes nothing. Read differently by the same reader it replaces hers; by
    another, both readings wait side by side until somebody settles them. Raises NotOpenYet.
    """
    if test.state == TestState.PLANNED:
        raise NotOpenYet
    row = SignatureLine.objects.select_for_update().filter(test=test, sheet=sheet, line=line).first()
    if row is None:
        row = SignatureLine(test=test, sheet=sheet, line=line, read_at=at, read_by=by)
    elif folded(str(row.written)) == folded(written) and (carried_by is None or carried_by == row.carried_by_id):
        return row
    elif row.read_by != by and folded(str(row.written)) != folded(written):
        if row.settled_at is None or row.person_id is None or row.person_id != person:
            _set_apart(row, written, by, at)
        return row
    row.written, row.other_reading = written, ""
    row.carried_by_id = carried_by or row.carried_by_id
    _settle(row, person, LineState.SETTLED if person else LineState.WAITING, by=by, at=at)
    return row


@transaction.atomic
def settle_line(*, row: SignatureLine, person: UUID | None, by: UUID, at: datetime) -> None:
    """Somebody decided whose line it is; None: nobody on the list. What stood there before is replaced."""
    row = SignatureLine.objects.select_for_update().get(pk=row.pk)
    _settle(row, person, LineState.SETTLED if person else LineState.NOBODY, by=by, at=at)


def _set_apart(row: SignatureLine, written: str, by: UUID, at: datetime) -> None:
    row.other_reading = written
    _settle(row, None, LineState.DISPUTED, by=by, at=at)


def _settle(row: SignatureLine, person: UUID | None, state: str, *, by: UUID, at: datetime) -> None:
    """Keeps the line and lets the hall's bare yes follow it; somebody who lost a line keeps her others."""
    before = row.person_id
    row.person_id, row.state = person, state
    row.settled_at, row.settled_by = (at, by) if state in (LineState.SETTLED, LineState.NOBODY) else (None, None)
    row.save()
    _follow(row, by=by, at=at)
    if before and before != person:
        for other in SignatureLine.objects.filter(test=row.test_id, person=before).order_by("sheet", "line")[:1]:
            _follow(other, by=by, at=at)
    facts = {"test": str(row.test_id), "sheet": row.sheet, "line": row.line, "state": state}
    subject = {"subject_kind": "person", "subject": person or before} if person or before else {}
    record("read_signature", by=by, at=at, facts=facts, **subject)  # type: ignore[arg-type]


def _follow(row: SignatureLine, *, by: UUID, at: datetime) -> None:
    """One bare yes of this line's source says what the line says now."""
    source = source_of(row)
    now = BareYes.objects.filter(source=source, replaced_by=None).first()
    if row.person_id is None:
        if now is not None and not now.withdrawn:
            withdraw(now, by=by, at=at)
        return
    if now is None:
        try:
            record_bare_yes(
                occasion=row.test.occasion,
                person=row.person_id,
                carried_by=row.carried_by_id,
                by=by,
                at=at,
                source=source,
            )
        except KnownAlready:
            return  # she stands on another line too, and counts once
        return
    twice = standing(BareYes).filter(occasion=now.occasion_id, person=row.person_id).exclude(pk=now.pk).exists()
    if twice:
        if not now.withdrawn:
            withdraw(now, by=by, at=at)
    elif now.person_id != row.person_id or now.carried_by_id != row.carried_by_id:
        correct(now, by=by, at=at, person_id=row.person_id, carried_by_id=row.carried_by_id)
    elif now.withdrawn:
        bring_back(now, by=by, at=at)


def source_of(row: SignatureLine) -> str:
    """Where the hall's bare yes of a line comes from: one for each line of each sheet."""
    return f"sheet:{row.test_id}:{row.sheet}:{row.line}"
