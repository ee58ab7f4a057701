"""Keeping a row about a person before it is changed or removed, and bringing it back."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from commonweal.common.refusals import Conflict
from commonweal.common.sealed import SealedTextField
from commonweal.common.work import Report
from commonweal.ledger.writes import record
from commonweal.people.models import Affiliation, ContactPoint, FormerRow, Institution, PersonName
from commonweal.people.writes.changes import count_change
from commonweal.people.writes.search_keys import refresh

KEPT_FOR = timedelta(days=30)
KINDS: dict[str, type[models.Model]] = {
    "contactpoint": ContactPoint,
    "personname": PersonName,
    "affiliation": Affiliation,
}


class NotToBeBroughtBack(Conflict):
    """The same stands there anew, or the place it belonged to is gone."""


def keep_former(row: ContactPoint | PersonName | Affiliation, *, by: UUID | None, at: datetime) -> FormerRow:
    """Keeps a row as it stands in the database now, sealed, for thirty days (see `let_go`)."""
    kind = type(row)
    stored = kind._default_manager.get(pk=row.pk)
    values = {field.attname: _text(getattr(stored, field.attname)) for field in kind._meta.concrete_fields}
    kept = FormerRow(person_id=row.person_id, kind=str(kind._meta.model_name), at=at, by=by)
    kept.before = json.dumps(values)
    kept.save(force_insert=True)
    return kept


def let_go(subject: UUID | None, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Background work: what was changed or removed more than thirty days ago can no longer be brought back."""
    FormerRow.objects.filter(at__lt=at - KEPT_FOR).delete()


@transaction.atomic
def bring_back_former(*, former: FormerRow, by: UUID, at: datetime) -> None:
    """The row is as it was before, and belongs to whoever it would belong to by now. Raises NotToBeBroughtBack."""
    kind, person = KINDS[former.kind], former.person_id
    values = json.loads(str(former.before)) | {"person_id": str(person)}
    row = kind()
    row._state.adding = False  # the row may be there still, only changed
    for field in kind._meta.concrete_fields:
        value = values[field.attname]
        setattr(row, field.attname, value if isinstance(field, SealedTextField) else field.to_python(value))
    if isinstance(row, ContactPoint) and row.preferred:
        others = ContactPoint.objects.filter(person=person, kind=row.kind, preferred=True).exclude(pk=row.pk)
        row.preferred = not others.exists()
    if isinstance(row, Affiliation) and not Institution.objects.filter(pk=row.institution_id).exists():
        raise NotToBeBroughtBack
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NotToBeBroughtBack from None
    former.delete()
    count_change(person, version=None, at=at)
    refresh([person])
    record("brought_back_row", by=by, at=at, subject_kind="person", subject=person, facts={"row_kind": kind.__name__})


def _text(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
