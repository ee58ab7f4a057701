"""Links that stand for the passphrase once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from commonweal.accounts.models import Account, SignInLink
from commonweal.accounts.rules import ALPHABET, LINK_LASTS, PAPER_LINK_LASTS
from commonweal.common.clock import now
from commonweal.common.refusals import Refusal
from commonweal.common.work import Report
from commonweal.ledger.writes import record

CODE_LETTERS = 30  # of 31 each: 148 bits


@dataclass(frozen=True)
class NotADemo(Refusal):
    """A link that opens again and again is for a demo place only."""


def new_code() -> str:
    """A code for a link or an invitation that nobody guesses: 148 bits, fit for paper."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))


def fingerprint_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def make_paper_link(account: Account, *, by: UUID, at: datetime) -> str:
    """The code of a sign-in link to hand over on paper; it lasts two days."""
    code = new_code()
    with transaction.atomic():
        made = _make(account, code, lasts=PAPER_LINK_LASTS, by=by, at=at)
        record(
            "made_sign_in_link", by=by, at=at, subject_kind="account", subject=account.pk, facts={"link": str(made.pk)}
        )
    return code


def make_demo_link(account: Account, *, at: datetime, code: str = "") -> str:
    """The code of a link that opens again and again and stands for the second factor too.

    Raises NotADemo unless this place was started as a demo. The same `code` may be given again.
    """
    if not settings.DEMO:
        raise NotADemo
    code = code or new_code()
    SignInLink.objects.update_or_create(
        fingerprint=fingerprint_of(code),
        defaults={"account": account, "made_at": at, "ends_at": at + timedelta(days=3650), "demo": True},
    )
    return code


def use_link(code: str, *, at: datetime) -> SignInLink | None:
    """The link of a code, used up by this call; None when it is unknown, used, too old or not allowed here."""
    link = link_of(code, at=at)
    if link is None or link.demo:
        return link
    used = SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at)
    return link if used else None


def link_of(code: str, *, at: datetime) -> SignInLink | None:
    """The link of a code, if it would open now; nothing is used up."""
    rows = SignInLink.objects.select_related("account").filter(
        fingerprint=fingerprint_of(code), used_at=None, ends_at__gt=at, made_at__lte=at, account__is_active=True
    )
    if not settings.DEMO:
        rows = rows.filter(demo=False)
    return rows.first()


def mail_link(subject: UUID | None, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Background work: sends a sign-in link to an account; nothing happens for an id that is none."""
    account = Account.objects.filter(pk=subject, is_active=True).first() if subject else None
    if account is None:
        return
    moment, code = now(), new_code()
    _make(account, code, lasts=LINK_LASTS, by=None, at=moment)
    with translation.override(account.language or settings.LANGUAGE_CODE):
        address = settings.ORIGIN + reverse("accounts:enter", args=[code])
        send_mail(
            _("Your way in"),
            _(
                "Hello,\n\nopen this address and press the button. It opens once and lasts half an hour:\n\n"
                "%(address)s\n\nDid you not ask for it? Then do nothing; nobody came in."
            )
            % {"address": address},
            None,
            [account.email],
        )


def _make(account: Account, code: str, *, lasts: timedelta, by: UUID | None, at: datetime) -> SignInLink:
    SignInLink.objects.filter(ends_at__lt=at, demo=False).delete()
    return SignInLink.objects.create(
        account=account, fingerprint=fingerprint_of(code), made_by_id=by, made_at=at, ends_at=at + lasts
    )
