"""What the employer did: written down, taken out."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from commonweal.ledger.writes import record
from commonweal.listening.models import EmployerMove


@transaction.atomic
def write_move(*, on: date, kind: str, what: str, unit: UUID | None, by: UUID, at: datetime) -> EmployerMove:
    """Keeps what the other side said or did on a day."""
    made = EmployerMove(on=on, kind=kind, unit_id=unit, entered_at=at, entered_by=by)
    made.what = what
    made.save(force_insert=True)
    record("wrote_employer_move", by=by, at=at, subject_kind="organization", subject=None, facts={"move": str(made.pk)})
    return made


@transaction.atomic
def remove_move(*, move: EmployerMove, by: UUID, at: datetime) -> None:
    """Takes it out, with its words."""
    key = str(move.pk)
    move.delete()
    record("removed_employer_move", by=by, at=at, subject_kind="organization", subject=None, facts={"move": key})
