"""Accounts change: their role and units, their name, their end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.accounts.models import Account
from commonweal.accounts.reads.accounts import administrators_left
from commonweal.accounts.words import Role
from commonweal.accounts.writes.invitations import HasAccount, NeedsPerson, NeedsUnits
from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record


@dataclass(frozen=True)
class LastAdministrator(Refusal):
    """A place keeps one administrator at least."""


def change_role(
    account: Account, *, role: str, units: Iterable[UUID] = (), person: UUID | None = None, by: UUID, at: datetime
) -> None:
    """Gives an account a role with its units or person; her devices ask again who she is.

    Raises LastAdministrator, NeedsUnits, NeedsPerson or HasAccount.
    """
    tops = sorted(units) if role == Role.ORGANIZER else []
    bound = person or account.person_id
    if role == Role.ORGANIZER and not tops:
        raise NeedsUnits
    if role in (Role.LEADER, Role.MEMBER) and bound is None:
        raise NeedsPerson
    with transaction.atomic():
        if account.role == Role.ADMINISTRATOR != role and not administrators_left(account.pk):
            raise LastAdministrator
        if bound and Account.objects.filter(person=bound).exclude(pk=account.pk).exists():
            raise HasAccount
        Account.objects.filter(pk=account.pk).update(role=role, person_id=bound)
        account.units.set(tops)
        account.devices.update(locked_at=at, confirmed_at=None)
        record(
            "changed_role",
            by=by,
            at=at,
            subject_kind="account",
            subject=account.pk,
            facts={"from": account.role, "to": role, "units": [str(top) for top in tops]},
        )


def end_account(account: Account, *, by: UUID, at: datetime) -> None:
    """Closes an account: every device ends at once, no link or code opens it. Raises LastAdministrator."""
    with transaction.atomic():
        if not Account.objects.filter(pk=account.pk, is_active=True).exists():
            return
        if account.role == Role.ADMINISTRATOR and not administrators_left(account.pk):
            raise LastAdministrator
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


def call_her(account: Account, *, name: str, language: str, by: UUID, at: datetime) -> None:
    """Keeps how she is called and the language she reads."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(name=name, language=language)
        record("changed_own_account", by=by, at=at, subject_kind="account", subject=account.pk)
