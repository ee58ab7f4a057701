"""Second factors are set up, shown, and taken away."""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData, PublicKeyCredentialRpEntity

from commonweal.accounts.models import Account, RecoveryCode, SecondFactor
from commonweal.accounts.rules import ALPHABET, RECOVERY_CODES, as_typed, counter_of
from commonweal.accounts.words import FactorKind
from commonweal.common.refusals import Refusal
from commonweal.common.sealed import keyring, keys_for_the_door
from commonweal.ledger.writes import record

RECOVERY_LETTERS = 12


@dataclass(frozen=True)
class LastFactor(Refusal):
    """An organizer keeps one second factor at least."""


@dataclass(frozen=True)
class KnownPasskey(Refusal):
    """That passkey belongs to an account already."""


@dataclass(frozen=True)
class WrongPasskey(Refusal):
    """What the browser sent does not prove the passkey."""


def new_app_secret() -> str:
    """A fresh shared secret for a codes app: 160 bits in base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def add_codes_app(account: Account, secret: str, counter: int, *, name: str, by: UUID, at: datetime) -> SecondFactor:
    """Keeps a codes app whose first code (of half-minute `counter`) was right."""
    with transaction.atomic():
        factor = SecondFactor(
            account=account, kind=FactorKind.CODES_APP, name=name, counter=counter, added_on=at.date()
        )
        factor.secret = secret
        factor.save(force_insert=True)
        record("added_second_factor", by=by, at=at, subject_kind="account", subject=account.pk)
        return factor


def fido_server(host: str) -> Fido2Server:
    """The passkey arithmetic for the host name that the browser shows."""
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Commonweal"))


def add_passkey(
    account: Account, answer: Mapping[str, Any], state: Any, *, host: str, name: str, by: UUID, at: datetime
) -> SecondFactor:
    """Keeps a passkey that the browser has just made. Raises WrongPasskey or KnownPasskey."""
    try:
        shown: AuthenticatorData = fido_server(host).register_complete(state, answer)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongPasskey from error
    made = shown.credential_data
    if made is None:
        raise WrongPasskey
    with transaction.atomic():
        factor = SecondFactor(
            account=account,
            kind=FactorKind.PASSKEY,
            name=name,
            credential=hashlib.sha256(made.credential_id).hexdigest(),
            counter=shown.counter,
            added_on=at.date(),
        )
        factor.secret = base64.b64encode(bytes(made)).decode()
        try:
            with transaction.atomic():
                factor.save(force_insert=True)
        except IntegrityError:
            raise KnownPasskey from None
        record("added_second_factor", by=by, at=at, subject_kind="account", subject=account.pk)
        return factor


def passkeys_of(account: Account) -> list[AttestedCredentialData]:
    """Her passkeys as the arithmetic wants them."""
    with keys_for_the_door():
        return [
            AttestedCredentialData(base64.b64decode(one.secret))
            for one in account.second_factors.filter(kind=FactorKind.PASSKEY)
        ]


def show_passkey(account: Account, answer: Mapping[str, Any], state: Any, *, host: str) -> bool:
    """Whether the browser's answer proves one of her passkeys. A counter that runs backwards is a copy: no."""
    try:
        used = fido_server(host).authenticate_complete(state, passkeys_of(account), answer)
        counter = AuthenticatorData(websafe_decode(answer["response"]["authenticatorData"])).counter
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    rows = account.second_factors.filter(credential=hashlib.sha256(used.credential_id).hexdigest())
    if counter == 0:
        return rows.filter(counter=0).exists()
    return rows.filter(counter__lt=counter).update(counter=counter) == 1


class Shown(Enum):
    """By what somebody has shown that it is she."""

    NOTHING = "nothing"
    APP = "app"
    PASSKEY = "passkey"
    PAPER = "paper"


def show_code(account: Account, typed: str, *, at: datetime) -> Shown:
    """What a code was right for: one of her apps, each half-minute once, or her paper, each code once."""
    with keys_for_the_door():
        for one in account.second_factors.filter(kind=FactorKind.CODES_APP):
            counter = counter_of(str(one.secret), typed, at=at, after=one.counter)
            if counter is not None:
                rows = SecondFactor.objects.filter(pk=one.pk, counter__lt=counter)
                return Shown.APP if rows.update(counter=counter) else Shown.NOTHING
        code = as_typed(typed)
        if len(code) != RECOVERY_LETTERS:
            return Shown.NOTHING
        print_of_code = _fingerprint(account, code)
    with transaction.atomic():
        used = account.recovery_codes.filter(fingerprint=print_of_code, used_at=None).update(used_at=at)
        if used:
            record("used_recovery_code", by=account.pk, at=at, subject_kind="account", subject=account.pk)
    return Shown.PAPER if used else Shown.NOTHING


def make_recovery_codes(account: Account, *, by: UUID, at: datetime) -> list[str]:
    """New codes on paper, which make the old ones worthless; only their fingerprints are kept."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LETTERS)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        account.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, fingerprint=_fingerprint(account, code)) for code in codes
        )
        record("made_recovery_codes", by=by, at=at, subject_kind="account", subject=account.pk)
    return codes


def remove_factor(account: Account, factor: UUID, *, by: UUID, at: datetime) -> None:
    """Takes one second factor away. Raises LastFactor when a role needs one and it is the last."""
    with transaction.atomic():
        Account.objects.select_for_update().filter(pk=account.pk).first()
        left: Sequence[UUID] = list(account.second_factors.values_list("pk", flat=True))
        if factor not in left:
            return
        if len(left) == 1 and account.may_organize:
            raise LastFactor
        account.second_factors.filter(pk=factor).delete()
        if len(left) == 1:
            account.recovery_codes.all().delete()
        record("removed_second_factor", by=by, at=at, subject_kind="account", subject=account.pk)


def take_all_factors(account: Account, *, by: UUID, at: datetime) -> None:
    """She lost her telephone: an administrator takes every second factor and device away; she sets up anew."""
    with transaction.atomic():
        account.second_factors.all().delete()
        account.recovery_codes.all().delete()
        account.devices.all().delete()
        record("took_second_factors", by=by, at=at, subject_kind="account", subject=account.pk)


def _fingerprint(account: Account, code: str) -> str:
    return keyring().blind(f"{account.pk}:{code}", "recovery")
