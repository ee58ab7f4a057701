"""The first start: whoever reads the server's console, and nobody else, makes the first account."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from commonweal.accounts.models import Account
from commonweal.accounts.rules import ALPHABET, as_typed, in_groups
from commonweal.accounts.words import Role
from commonweal.common.refusals import Refusal
from commonweal.common.secret_file import write_once
from commonweal.ledger.writes import record
from commonweal.people.models import Organization

SET_UP_LETTERS = 20  # 99 bits


@dataclass(frozen=True)
class BegunAlready(Refusal):
    """This place has its organization and its first account."""


@dataclass(frozen=True)
class WrongSetUpCode(Refusal):
    """Not the code that the server's console shows."""


def is_begun() -> bool:
    """Whether this place has an organization; from then on the set-up code is gone."""
    return Organization.objects.exists()


def set_up_code() -> str | None:
    """The code that guards an empty place, in groups, made when first asked for; None once begun."""
    if is_begun():
        return None
    file = _file()
    write_once(file, "".join(secrets.choice(ALPHABET) for _ in range(SET_UP_LETTERS)))
    return in_groups(file.read_text().strip())


def begin_place(
    *, code: str, organization: str, language: str, name: str, email: str, passphrase: str, at: datetime
) -> Account:
    """Makes the organization and its first administrator. Raises WrongSetUpCode or BegunAlready."""
    expected = set_up_code()
    if expected is None:
        raise BegunAlready
    if not hmac.compare_digest(as_typed(expected).encode(), as_typed(code).encode()):
        raise WrongSetUpCode
    hashed = make_password(passphrase)
    try:
        with transaction.atomic():
            made = Organization.objects.create(name=organization, language=language, created_at=at)
            account = Account.objects.create(
                email=email.strip().casefold(),
                name=name,
                role=Role.ADMINISTRATOR,
                password=hashed,
                language=language,
                created_at=at,
            )
            record("began_place", by=account.pk, at=at, subject_kind="organization", subject=made.pk)
    except IntegrityError:
        raise BegunAlready from None
    _file().unlink(missing_ok=True)
    return account


def _file() -> Path:
    return Path(settings.DATA) / "set-up-code"
