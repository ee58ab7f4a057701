"""Who may change what in the hall. What one may see at all follows from her scope."""

from uuid import UUID

from commonweal.common.doors import SignedIn
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Person
from commonweal.people.reads.people import person_within


def writable_person(scope: Scope, person: UUID) -> Person:
    """A person whose record the reader may change: organizers and administrators, inside their scope.
    Raises NotYours."""
    if not scope.may_write:
        raise NotYours
    return person_within(scope, person)


def person_with_own_contacts(account: SignedIn, scope: Scope, person: UUID) -> Person:
    """A person whose contact points the reader may correct: an organizer's people, or she herself.
    Raises NotYours."""
    if not scope.may_write and account.person_id != person:
        raise NotYours
    return person_within(scope, person)
