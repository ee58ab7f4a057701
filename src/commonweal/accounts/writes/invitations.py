"""People are invited, and come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from commonweal.accounts.models import Account, Invitation
from commonweal.accounts.rules import INVITATION_LASTS
from commonweal.accounts.words import Role
from commonweal.accounts.writes.links import fingerprint_of, new_code
from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import Unit


@dataclass(frozen=True)
class InvitationOver(Refusal):
    """It was used, withdrawn, has run out, or never was."""


@dataclass(frozen=True)
class AddressTaken(Refusal):
    """An account has that e-mail address already."""


@dataclass(frozen=True)
class HasAccount(Refusal):
    """That person has an account already."""


@dataclass(frozen=True)
class NeedsPerson(Refusal):
    """A leader's or member's account belongs to a person on the list."""


@dataclass(frozen=True)
class NeedsUnits(Refusal):
    """An organizer without units would see nobody."""


def invite(
    *, name: str, role: str, units: Iterable[UUID] = (), person: UUID | None = None, by: UUID, at: datetime
) -> tuple[Invitation, str]:
    """An invitation and its code, which is told this once. Raises NeedsPerson, NeedsUnits or HasAccount."""
    tops = list(Unit.objects.filter(pk__in=list(units))) if role == Role.ORGANIZER else []
    if role in (Role.LEADER, Role.MEMBER):
        if person is None:
            raise NeedsPerson
        if Account.objects.filter(person=person).exists():
            raise HasAccount
    else:
        person = None
        if role == Role.ORGANIZER and not tops:
            raise NeedsUnits
    code = new_code()
    with transaction.atomic():
        made = Invitation.objects.create(
            fingerprint=fingerprint_of(code),
            name=name,
            role=role,
            person_id=person,
            made_by_id=by,
            made_at=at,
            ends_at=at + INVITATION_LASTS,
        )
        made.units.set(tops)
        record(
            "invited",
            by=by,
            at=at,
            subject_kind="invitation",
            subject=made.pk,
            facts={"role": role, "units": len(tops)},
        )
    return made, code


def make_code_anew(invitation: Invitation, *, by: UUID, at: datetime) -> str:
    """A new code for an invitation that still waits; the old sheet is worthless. Raises InvitationOver."""
    code = new_code()
    with transaction.atomic():
        waiting = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
        if not waiting.update(fingerprint=fingerprint_of(code), made_at=at, ends_at=at + INVITATION_LASTS):
            raise InvitationOver
        record("made_invitation_anew", by=by, at=at, subject_kind="invitation", subject=invitation.pk)
    return code


def withdraw(invitation: Invitation, *, by: UUID, at: datetime) -> None:
    """An invitation that nobody used opens nothing any more."""
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=at):
            record("withdrew_invitation", by=by, at=at, subject_kind="invitation", subject=invitation.pk)


def invitation_with(code: str, *, at: datetime) -> Invitation | None:
    """The invitation of a code, if it may be used now; nothing is used up."""
    waiting = Invitation.objects.select_related("person").filter(
        fingerprint=fingerprint_of(code), used_at=None, withdrawn_at=None, ends_at__gt=at, made_at__lte=at
    )
    return waiting.first()


def join(code: str, *, name: str, email: str, passphrase: str, language: str, at: datetime) -> Account:
    """Makes the account of an invitation, once. Raises InvitationOver, AddressTaken or HasAccount."""
    hashed = make_password(passphrase)
    with transaction.atomic():
        invitation = invitation_with(code, at=at)
        if invitation is None:
            raise InvitationOver
        waiting = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
        if not waiting.update(used_at=at):
            raise InvitationOver
        address = email.strip().casefold()
        if Account.objects.filter(email=address).exists():
            raise AddressTaken
        if invitation.person_id and Account.objects.filter(person=invitation.person_id).exists():
            raise HasAccount
        try:
            with transaction.atomic():
                account = Account.objects.create(
                    email=address,
                    name=name,
                    role=invitation.role,
                    person_id=invitation.person_id,
                    password=hashed,
                    language=language,
                    created_at=at,
                )
        except IntegrityError:
            raise AddressTaken from None
        account.units.set(invitation.units.all())
        Invitation.objects.filter(pk=invitation.pk).update(account=account)
        record(
            "joined",
            by=account.pk,
            at=at,
            subject_kind="account",
            subject=account.pk,
            facts={"role": account.role, "invitation": str(invitation.pk)},
        )
    return account
