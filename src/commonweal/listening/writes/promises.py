"""What she and we said we would do: made, moved, done, not done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from commonweal.common.refusals import Conflict
from commonweal.ledger.writes import record
from commonweal.listening.models import Conversation, Promise
from commonweal.listening.rules.heard import Heard, Promised
from commonweal.listening.words import PromiseState, Whose


@dataclass(frozen=True)
class PromiseChangedMeanwhile(Conflict):
    """Somebody ended or moved this promise since the page was opened."""

    promise: UUID


def keep_promises(*, conversation: Conversation, heard: Heard, by: UUID, at: datetime) -> None:
    """The promises of a conversation as they are now said: one of hers and one of ours at most.
    A correction changes the words and the day of one that is open, and leaves one that has ended."""
    for whose, promised in ((Whose.HERS, heard.hers), (Whose.OURS, heard.ours)):
        row = Promise.objects.filter(conversation=conversation, whose=whose).first()
        if row is None:
            if promised is not None:
                _make(conversation, whose, promised, at)
        elif row.state == PromiseState.OPEN:
            if promised is None:
                row.delete()
            else:
                _say_anew(row, promised)


@transaction.atomic
def end_promise(*, promise: Promise, version: int, state: str, by: UUID, at: datetime) -> None:
    """Says that a promise was kept, was not kept, or is no longer needed. Raises PromiseChangedMeanwhile."""
    _change(promise, version, state=state, ended_at=at)
    _tell("ended_promise", promise, by, at, state=state)


@transaction.atomic
def move_promise(*, promise: Promise, version: int, due: date, by: UUID, at: datetime) -> None:
    """Gives an open promise another day; the first one is remembered. Raises PromiseChangedMeanwhile."""
    _change(promise, version, due=due)
    _tell("moved_promise", promise, by, at, state="open")


@transaction.atomic
def reopen_promise(*, promise: Promise, version: int, due: date | None, by: UUID, at: datetime) -> None:
    """Takes back that a promise ended, or gives it back the day `due`. Raises PromiseChangedMeanwhile."""
    changes: dict[str, object] = {"state": PromiseState.OPEN, "ended_at": None}
    if due is not None:
        changes["due"] = due
    _change(promise, version, **changes)
    _tell("reopened_promise", promise, by, at, state="open")


def _change(promise: Promise, version: int, **changes: object) -> None:
    rows = Promise.objects.filter(pk=promise.pk, version=version)
    if not rows.update(version=F("version") + 1, **changes):
        raise PromiseChangedMeanwhile(promise.pk)


def _make(conversation: Conversation, whose: str, promised: Promised, at: datetime) -> None:
    row = Promise(
        person_id=conversation.person_id,
        account_id=conversation.account_id,
        conversation=conversation,
        whose=whose,
        due=promised.due,
        first_due=promised.due,
        made_at=at,
    )
    row.what = promised.what
    row.save(force_insert=True)


def _say_anew(row: Promise, promised: Promised) -> None:
    if str(row.what) != promised.what:
        row.what = promised.what
    row.due = promised.due
    row.version += 1
    row.save(update_fields=["what", "due", "version"])


def _tell(verb: str, promise: Promise, by: UUID, at: datetime, *, state: str) -> None:
    facts = {"promise": str(promise.pk), "state": state}
    record(verb, by=by, at=at, subject_kind="person", subject=promise.person_id, facts=facts)
