"""Who has an account, for those who look after them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When

from commonweal.accounts.models import Account, Invitation, SecondFactor
from commonweal.accounts.words import Role
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.reads.glances import Glance
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.search import found


def open_accounts(within: Q, *, named: str = "") -> QuerySet[Account]:
    """Accounts that are not ended, by role and name, with their units and whether they have a second factor;
    of these the ones `within`, and those whose name holds every word of `named`."""
    place = Case(*(When(role=role, then=number) for number, role in enumerate(Role)), output_field=IntegerField())
    factor = Exists(SecondFactor.objects.filter(account=OuterRef("pk")))
    open_ones = Account.objects.filter(within, is_active=True).annotate(place=place, has_factor=factor)
    for word in named.split():
        open_ones = open_ones.filter(name__icontains=word)
    return open_ones.prefetch_related("units").order_by("place", "name", "pk")


def account_of(number: UUID) -> Account:
    """One account, ended ones too. Raises NotYours when there is none."""
    found = Account.objects.prefetch_related("units").filter(pk=number).first()
    if found is None:
        raise NotYours
    return found


def open_invitations(within: Q, at: datetime) -> QuerySet[Invitation]:
    """Of the invitations `within` those that may still be used, the newest first."""
    waiting = Invitation.objects.filter(within, used_at=None, withdrawn_at=None, ends_at__gt=at)
    return waiting.select_related("made_by").prefetch_related("units").order_by("-made_at")


def invitation_of(number: UUID) -> Invitation:
    """One invitation. Raises NotYours when there is none."""
    found = Invitation.objects.select_related("person").prefetch_related("units").filter(pk=number).first()
    if found is None:
        raise NotYours
    return found


def names_of(numbers: Iterable[UUID]) -> dict[UUID, str]:
    """How the accounts of these ids are called; ended ones too."""
    return dict(Account.objects.filter(pk__in=set(numbers)).values_list("pk", "name"))


def is_only_administrator(account: UUID) -> bool:
    """Whether nobody else administers. Inside a transaction: until its end nobody else can become or cease to be one
    of those who do, so that two who leave at once do not both see the other stay."""
    there = Account.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    return set(there.values_list("pk", flat=True)) == {account}


def people_to_invite(scope: Scope, named: str, *, most: int) -> list[Glance]:
    """People of the scope whom a question means, the closest first, without those who have an account."""
    people = [one.glance for one in found(named, scope, country=country_of_place(), most=4 * most).people]
    with_account = set(Account.objects.filter(person__in=[one.id for one in people]).values_list("person", flat=True))
    return [one for one in people if one.id not in with_account][:most]


def those_who_organize() -> list[tuple[UUID, str]]:
    """Every account that organizes or did, ended ones too, by name."""
    roles = (Role.ADMINISTRATOR, Role.ORGANIZER)
    return list(Account.objects.filter(role__in=roles).order_by("name").values_list("pk", "name"))
