"""Who may look after which accounts."""

from uuid import UUID

from commonweal.accounts.models import Account, Invitation
from commonweal.accounts.words import Role
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.reads.people import people_within

BY_ORGANIZERS = (Role.LEADER, Role.MEMBER)


def roles_to_invite(account: Account) -> tuple[Role, ...]:
    """The roles into which she may invite: an administrator into all, an organizer leaders and members."""
    return tuple(Role) if account.may_administer else BY_ORGANIZERS


def may_look_after(account: Account, other: Account | Invitation, scope: Scope) -> bool:
    """Whether she may see and change an account or invitation: an administrator all; an organizer those
    of leaders and members whose person she sees."""
    if account.may_administer:
        return True
    person: UUID | None = other.person_id
    return (
        account.may_organize
        and other.role in BY_ORGANIZERS
        and person is not None
        and people_within(scope).filter(pk=person).exists()
    )


def refuse_others(account: Account, other: Account | Invitation, scope: Scope) -> None:
    """Raises NotYours unless she may look after it."""
    if not may_look_after(account, other, scope):
        raise NotYours
