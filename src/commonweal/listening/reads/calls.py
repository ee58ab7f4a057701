"""Questions about conversations that something calls for."""

from collections.abc import Collection
from uuid import UUID

from commonweal.common.doors import SignedIn
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.listening.models import CallFor
from commonweal.listening.permissions import seen_to_by
from commonweal.people.reads.people import inside


def called_for(people: Collection[UUID], occasion: UUID | None) -> set[UUID]:
    """Which of these people are called for already because of an occasion."""
    calls = CallFor.objects.filter(person__in=list(people), occasion=occasion, held_at=None)
    return set(calls.values_list("person", flat=True))


def calls_to_settle(account: SignedIn, person: UUID) -> list[CallFor]:
    """The open calls for a conversation with her that are this account's to hold or anybody's, the oldest first."""
    rows = CallFor.objects.filter(seen_to_by(account), person=person, held_at=None)
    return list(rows.select_related("occasion").order_by("at", "pk"))


def call_within(scope: Scope, account: SignedIn, call: UUID) -> CallFor:
    """A call that is this account's to see to, for somebody whom she sees. Raises NotYours."""
    found = CallFor.objects.filter(seen_to_by(account), inside(scope, "person"), pk=call).first()
    if found is None:
        raise NotYours
    return found
