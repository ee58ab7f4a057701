"""A conversation that is being written down: begun, saved as one types, dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.common.refusals import Conflict
from commonweal.common.work import Report
from commonweal.listening.models import Draft
from commonweal.listening.rules.drafts import LIES, Copy, Verdict, verdict
from commonweal.listening.rules.typed import Typed, typed_from


@dataclass(frozen=True)
class WrittenMeanwhile(Conflict):
    """Another page of the same draft was saved since this one was opened."""

    version: int


@dataclass(frozen=True)
class DraftGone(Conflict):
    """There is no such draft: it was kept or dropped meanwhile."""


@dataclass(frozen=True)
class CorrectedByAnother(Conflict):
    """Somebody else is correcting this conversation."""


GIVES_WAY = timedelta(days=1)


def begin_draft(*, person: UUID, typed: Typed, by: UUID, at: datetime, corrects: UUID | None = None) -> Draft:
    """The draft of this account with this person; the one she has begun already, where she has.

    `corrects` is the kept conversation that it corrects: the draft has its id, and begins at a version that no page
    of an earlier draft of it can have been opened with. Raises CorrectedByAnother while somebody else corrects it;
    a correction that lay for a day gives way.
    """
    if corrects is not None:
        Draft.objects.filter(pk=corrects, changed_at__lt=at - GIVES_WAY).exclude(account=by).delete()
    try:
        with transaction.atomic():
            begun = Draft.objects.filter(person=person, account=by).first()
            if begun is not None:
                return begun
            made = Draft(person_id=person, account_id=by, begun_at=at, changed_at=at)
            if corrects is not None:
                made.id, made.version = corrects, int(at.timestamp()) % 1_000_000_000 + 1_000
            made.typed = typed.as_text()
            made.save(force_insert=True)
            return made
    except IntegrityError:
        found = Draft.objects.filter(person=person, account=by).first()
        if found is None:
            raise CorrectedByAnother from None
        return found  # pressed twice at once


@transaction.atomic
def save_draft(
    *,
    draft: UUID,
    fields: Mapping[str, list[str]],
    step: str,
    opened_at: int,
    came: Copy,
    by: UUID,
    at: datetime,
) -> Draft:
    """Keeps what a page holds of a draft. Raises WrittenMeanwhile, DraftGone.

    What comes late from the same page, after something newer of it, changes nothing and is no refusal.
    """
    row = locked_draft(draft, by=by)
    typed = typed_from(str(row.typed))
    judged = verdict(opened_at=opened_at, version=row.version, came=came, last=typed.last)
    if judged is Verdict.CONFLICT:
        raise WrittenMeanwhile(row.version)
    if judged is Verdict.TAKE:
        _store(row, typed.with_fields(fields.items(), came), step, at)
    return row


@transaction.atomic
def change_mentions(*, draft: UUID, typed: Typed, by: UUID, at: datetime) -> Draft:
    """Keeps whom and what she mentioned, as `typed` says it, and leaves the fields as they are. Raises DraftGone."""
    row = locked_draft(draft, by=by)
    _store(row, typed, row.step, at)
    return row


@transaction.atomic
def drop_draft(*, draft: UUID, by: UUID) -> None:
    """Throws away what was written of a conversation that is not kept; nothing of it stays."""
    Draft.objects.filter(pk=draft, account=by).delete()


def let_go(subject: UUID | None, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Background work: drafts that nobody kept or went on with for so long go, with every word in them."""
    Draft.objects.filter(changed_at__lt=at - LIES).delete()


def locked_draft(draft: UUID, *, by: UUID) -> Draft:
    """The draft of this account, until the end of the transaction for nobody else. Raises DraftGone."""
    row = Draft.objects.select_for_update().filter(pk=draft, account=by).first()
    if row is None:
        raise DraftGone
    return row


def _store(row: Draft, typed: Typed, step: str, at: datetime) -> None:
    row.typed = typed.as_text()
    row.step, row.changed_at, row.version = step, at, row.version + 1
    row.save(update_fields=["typed", "step", "changed_at", "version"])
