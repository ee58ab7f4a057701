"""Questions about accounts."""

from commonweal.accounts.models import Account
from commonweal.accounts.words import Role
from commonweal.common.scope import NOBODY, Scope
from commonweal.people.models import ChainLink
from commonweal.people.reads.units import with_subtrees


def scope_of(account: Account | None) -> Scope:
    """Whom an account may see: an administrator everybody, an organizer the people of her units and
    all below them, a leader herself and who walks with her now, a member herself."""
    if account is None or not account.is_active:
        return NOBODY
    if account.role == Role.ADMINISTRATOR:
        return Scope(everything=True, may_write=True, reader=account.pk)
    if account.role == Role.ORGANIZER:
        tops = account.units.values_list("id", flat=True)
        return Scope.of(units=with_subtrees(tops), may_write=True, reader=account.pk)
    if account.person_id is None:
        return NOBODY
    people = {account.person_id}
    if account.role == Role.LEADER:
        people.update(ChainLink.objects.filter(leader=account.person_id, until=None).values_list("follower", flat=True))
    return Scope.of(people=people, reader=account.pk)
