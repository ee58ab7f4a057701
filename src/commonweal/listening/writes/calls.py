"""That something calls for a conversation, such as a hole after a test."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.ledger.writes import record
from commonweal.listening.models import CallFor
from commonweal.listening.reads.calls import called_for


@transaction.atomic
def call_for(
    *, people: Iterable[tuple[UUID, str]], occasion: UUID | None, account: UUID | None, by: UUID, at: datetime
) -> int:
    """Calls for a conversation with each of these people for her reason; how many of them were not called for yet."""
    wanted = dict(people)
    known = called_for(wanted, occasion)
    fresh = [
        CallFor(person_id=person, account_id=account, why=why, occasion_id=occasion, at=at, by=by)
        for person, why in wanted.items()
        if person not in known
    ]
    CallFor.objects.bulk_create(fresh, ignore_conflicts=True)
    facts = {"calls": len(fresh), "occasion": str(occasion or "")}
    record("called_for_talks", by=by, at=at, facts=facts)
    return len(fresh)


@transaction.atomic
def settle_call(*, call: CallFor, by: UUID, at: datetime) -> None:
    """Says that what a conversation was called for is settled, without one that would say so; twice is once."""
    if CallFor.objects.filter(pk=call.pk, held_at=None).update(held_at=at):
        record(
            "settled_call", by=by, at=at, subject_kind="person", subject=call.person_id, facts={"call": str(call.pk)}
        )


@transaction.atomic
def reopen_call(*, call: CallFor, by: UUID, at: datetime) -> None:
    """Takes back that a call was settled; where the same was called for anew since, that one stands."""
    same = CallFor.objects.filter(person=call.person_id, occasion=call.occasion_id, why=call.why, held_at=None)
    if not same.exists() and CallFor.objects.filter(pk=call.pk).update(held_at=None):
        record(
            "reopened_call", by=by, at=at, subject_kind="person", subject=call.person_id, facts={"call": str(call.pk)}
        )
