"""Who has an account, for those who look after them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, When

from commonweal.accounts.models import Account, Invitation, SecondFactor
from commonweal.accounts.words import Role
from commonweal.common.refusals import NotYours


def all_accounts() -> QuerySet[Account]:
    """Every account that is not ended, by role and name, with its units and whether it has a second factor."""
    place = Case(*(When(role=role, then=number) for number, role in enumerate(Role)), output_field=IntegerField())
    factor = Exists(SecondFactor.objects.filter(account=OuterRef("pk")))
    open_ones = Account.objects.filter(is_active=True).annotate(place=place, has_factor=factor)
    return open_ones.prefetch_related("units").order_by("place", "name")


def account_of(number: UUID) -> Account:
    """One account, ended ones too. Raises NotYours when there is none."""
    found = Account.objects.prefetch_related("units").filter(pk=number).first()
    if found is None:
        raise NotYours
    return found


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    """Invitations that may still be used, the newest first."""
    waiting = Invitation.objects.filter(used_at=None, withdrawn_at=None, ends_at__gt=at)
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


def administrators_left(without: UUID) -> int:
    """How many administrators there would be without that account."""
    return Account.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=without).count()
