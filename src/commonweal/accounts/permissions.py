"""Who may look after which accounts."""

from django.db.models import Q

from commonweal.accounts.models import Account, Invitation
from commonweal.accounts.words import Role
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.reads.people import inside

BY_ORGANIZERS = (Role.LEADER, Role.MEMBER)


def roles_to_invite(account: Account) -> tuple[Role, ...]:
    """The roles into which she may invite: an administrator into all, an organizer leaders and members."""
    return tuple(Role) if account.may_administer else BY_ORGANIZERS


def looked_after_by(account: Account, scope: Scope) -> Q:
    """Of accounts or invitations those that she may see and change: an administrator all; an organizer those
    of leaders and members whose person she sees."""
    if account.may_administer:
        return Q(pk__isnull=False)  # not an empty Q, which vanishes beside an "or"
    if not account.may_organize:
        return Q(pk__in=[])
    listed = Q(person__isnull=False, person__forgotten_at=None, person__merged_into=None)
    return listed & Q(role__in=BY_ORGANIZERS) & inside(scope, "person")


def may_look_after(account: Account, other: Account | Invitation, scope: Scope) -> bool:
    """Whether she may see and change that account or invitation."""
    return type(other)._default_manager.filter(looked_after_by(account, scope), pk=other.pk).exists()


def refuse_others(account: Account, other: Account | Invitation, scope: Scope) -> None:
    """Raises NotYours unless she may look after it."""
    if not may_look_after(account, other, scope):
        raise NotYours
