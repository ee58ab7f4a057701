"""Accounts change: their role and units, their name, their end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.accounts.models import Account, Invitation, SignInLink
from commonweal.accounts.reads.accounts import is_only_administrator
from commonweal.accounts.words import Role
from commonweal.accounts.writes.invitations import HasAccount, NeedsPerson, NeedsUnits
from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import Unit


@dataclass(frozen=True)
class LastAdministrator(Refusal):
    """A place keeps one administrator at least."""


def change_role(
    account: Account, *, role: str, units: Iterable[UUID] = (), person: UUID | None = None, by: UUID, at: datetime
) -> None:
    """Gives an account a role with its units or person; her devices ask again who she is.

    Raises LastAdministrator, NeedsUnits, NeedsPerson or HasAccount.
    """
    tops = list(Unit.objects.filter(pk__in=list(units)).order_by("pk")) if role == Role.ORGANIZER else []
    bound = person or account.person_id
    if role == Role.ORGANIZER and not tops:
        raise NeedsUnits
    if role in (Role.LEADER, Role.MEMBER) and bound is None:
        raise NeedsPerson
    with transaction.atomic():
        if role != Role.ADMINISTRATOR and is_only_administrator(account.pk):
            raise LastAdministrator
        if bound and Account.objects.filter(person=bound).exclude(pk=account.pk).exists():
            raise HasAccount
        Account.objects.filter(pk=account.pk).update(role=role, person_id=bound)
        account.units.set(tops)
        account.devices.update(locked_at=at, confirmed_at=None)
        if role in (Role.LEADER, Role.MEMBER):
            _close_her_doors(account, at=at)
        record(
            "changed_role",
            by=by,
            at=at,
            subject_kind="account",
            subject=account.pk,
            facts={"from": account.role, "to": role, "units": [str(top.pk) for top in tops]},
        )


def end_account(account: Account, *, by: UUID, at: datetime) -> None:
    """Closes an account: every device ends at once, no link or code opens it, and the invitations and links that
    she made open nothing either. Raises LastAdministrator."""
    with transaction.atomic():
        if not Account.objects.filter(pk=account.pk, is_active=True).exists():
            return
        if is_only_administrator(account.pk):
            raise LastAdministrator
        _close_her_doors(account, at=at)
        # The address and the person are free again for a new invitation; the row keeps its name for the ledger.
        Account.objects.filter(pk=account.pk).update(
            is_active=False,
            ended_at=at,
            password="",
            email=f"{account.pk}@ended.invalid",
            person=None,
        )
        account.units.clear()
        account.devices.all().delete()
        account.second_factors.all().delete()
        account.recovery_codes.all().delete()
        account.sign_in_links.all().delete()
        record("ended_account", by=by, at=at, subject_kind="account", subject=account.pk, facts={"role": account.role})


def _close_her_doors(account: Account, *, at: datetime) -> None:
    Invitation.objects.filter(made_by=account, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    SignInLink.objects.filter(made_by=account, used_at=None).delete()


def call_her(account: Account, *, name: str, language: str, by: UUID, at: datetime) -> None:
    """Keeps how she is called and the language she reads."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(name=name, language=language)
        record("changed_own_account", by=by, at=at, subject_kind="account", subject=account.pk)
