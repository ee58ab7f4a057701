"""Who may change what in the hall. What one may see at all follows from her scope."""

from uuid import UUID

from commonweal.common.doors import SignedIn
from commonweal.common.scope import Scope


def may_write_people(scope: Scope) -> bool:
    """Organizers and administrators change the records of the people they see; leaders and members do not."""
    return scope.may_write


def may_correct_contacts(account: SignedIn, scope: Scope, person: UUID) -> bool:
    """Contact points are corrected by whoever writes the record, and by the person herself."""
    return may_write_people(scope) or account.person_id == person
