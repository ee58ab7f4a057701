"""Taking rows out: counted, written down with the reason, and above a day's share only with a second yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from commonweal.common.refusals import NotYours, Refusal
from commonweal.common.sealed import keyring
from commonweal.exchange.models import Export, ExportDay
from commonweal.exchange.rules.export import AGREED_FOR, REPEATED_WITHIN, left_today
from commonweal.exchange.words import ExportState
from commonweal.ledger.writes import record


@dataclass(frozen=True)
class OverTheDay(Refusal):
    """More rows than she may still take out today."""

    rows: int
    left: int
    a_day: int


@dataclass(frozen=True)
class FormSpent(Refusal):
    """The form was used some time ago; taking the same out again is a new export."""


@dataclass(frozen=True)
class NotAgreed(Refusal):
    """Nobody agreed to this export, or the yes has run out, or more fits now than was agreed to."""

    rows: int
    agreed: int


@dataclass(frozen=True)
class Asked:
    """What somebody asks to take out. `content` names the rows, so that the same file is known again."""

    once: str
    what: str
    form: str
    choice: Mapping[str, Any]
    rows: int
    content: str
    reason: str


def take_out(asked: Asked, *, a_day: int, on: date, by: UUID, at: datetime) -> Export:
    """The rows count against the day and are written down; the same form again soon after, with the same
    rows, counts once. Raises OverTheDay, FormSpent."""
    with transaction.atomic():
        export, first = _written_down(asked, ExportState.TAKEN, by=by, at=at)
        if not first:
            if export.state != ExportState.TAKEN or export.taken_at is None or at - export.taken_at > REPEATED_WITHIN:
                raise FormSpent
            return export
        day, _ = ExportDay.objects.get_or_create(account=by, on=on)
        counted = ExportDay.objects.filter(pk=day.pk, rows__lte=a_day - asked.rows).update(rows=F("rows") + asked.rows)
        if not counted:
            day.refresh_from_db()
            raise OverTheDay(asked.rows, left_today(a_day, day.rows), a_day)
        export.taken_at = at
        export.save(update_fields=["taken_at"])
        _enter("took_out", export, by=by, at=at)
    return export


def ask_for_second_yes(asked: Asked, *, by: UUID, at: datetime) -> Export:
    """The export waits until an administrator answers; asked twice with one form, it waits once."""
    with transaction.atomic():
        export, first = _written_down(asked, ExportState.WAITING, by=by, at=at)
        if first:
            _enter("asked_to_take_out", export, by=by, at=at)
    return export


def answer_export(export: UUID, *, yes: bool, by: UUID, at: datetime) -> Export:
    """An administrator's answer to what somebody else asked for. Raises NotYours when it does not wait
    for her: it is her own, was answered, or has run out."""
    state = ExportState.AGREED if yes else ExportState.REFUSED
    with transaction.atomic():
        waiting = Export.objects.filter(pk=export, state=ExportState.WAITING, asked_at__gt=at - AGREED_FOR)
        if not waiting.exclude(account=by).update(state=state, answered_by=by, answered_at=at):
            raise NotYours
        found = Export.objects.get(pk=export)
        _enter("agreed_to_export" if yes else "refused_export", found, by=by, at=at)
    return found


def take_agreed(export: UUID, *, rows: int, content: str, by: UUID, at: datetime) -> Export:
    """What was agreed to is taken out, at most as many rows as were agreed to. Raises NotAgreed."""
    mark = keyring().blind(content, "export")
    with transaction.atomic():
        found = Export.objects.select_for_update().filter(pk=export, account=by).first()
        if found is None:
            raise NotYours
        again = found.state == ExportState.TAKEN and found.content_print == mark
        if again and found.taken_at and at - found.taken_at <= REPEATED_WITHIN:
            return found
        fresh = found.answered_at is not None and at - found.answered_at <= AGREED_FOR
        if found.state != ExportState.AGREED or not fresh or rows > found.rows:
            raise NotAgreed(rows, found.rows)
        found.state, found.taken_at, found.rows, found.content_print = ExportState.TAKEN, at, rows, mark
        found.save(update_fields=["state", "taken_at", "rows", "content_print"])
        _enter("took_out", found, by=by, at=at)
    return found


def _written_down(asked: Asked, state: ExportState, *, by: UUID, at: datetime) -> tuple[Export, bool]:
    ring = keyring()
    key = ring.blind(f"{asked.once}:{asked.what}:{asked.form}:{asked.content}", "export-form")
    return Export.objects.get_or_create(
        account=by,
        once=key,
        defaults={
            "state": state,
            "what": asked.what,
            "form": asked.form,
            "choice": dict(asked.choice),
            "rows": asked.rows,
            "content_print": ring.blind(asked.content, "export"),
            "reason": asked.reason,
            "asked_at": at,
        },
    )


def _enter(verb: str, export: Export, *, by: UUID, at: datetime) -> None:
    facts = {"what": export.what, "form": export.form, "rows": export.rows, "choice": export.choice}
    record(verb, by=by, at=at, subject_kind="export", subject=export.pk, facts=facts)
