"""Devices begin, show who is on them, fall idle and are ended."""

import threading
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.db import transaction

from commonweal.accounts.models import Account, Device
from commonweal.accounts.rules import OWN_DEVICE, device_in_words
from commonweal.ledger.writes import record

SEEN_EVERY = timedelta(minutes=1)
_hashing = threading.BoundedSemaphore(2)  # one hash takes a hundred megabytes on purpose


def account_with(email: str, passphrase: str) -> Account | None:
    """The open account whose passphrase this is. An unknown address takes the same time as a known one."""
    account = Account.objects.filter(email=email.strip().casefold(), is_active=True).first()
    stored = account.password if account is not None else ""
    with _hashing:
        fits = check_password(passphrase, stored or UNUSABLE_PASSWORD_PREFIX)
    return account if fits else None


def knows_passphrase(account: Account, passphrase: str) -> bool:
    """Whether this is her passphrase."""
    with _hashing:
        return check_password(passphrase, account.password or UNUSABLE_PASSWORD_PREFIX)


def change_passphrase(account: Account, passphrase: str, *, keep: UUID | None, by: UUID, at: datetime) -> None:
    """Gives an account a new passphrase and ends its other devices."""
    with _hashing:
        hashed = make_password(passphrase)
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(password=hashed)
        end_devices(account, keep=keep)
        record("changed_passphrase", by=by, at=at, subject_kind="account", subject=account.pk)


def begin_device(account: Account, *, agent: str, own: bool, demo: bool, at: datetime) -> Device:
    """Signs an account in on a device; its second step is still to be done, except in a demo place."""
    Device.objects.filter(account=account, begun_on__lt=(at - OWN_DEVICE - timedelta(days=1)).date()).delete()
    return Device.objects.create(
        account=account,
        words=device_in_words(agent),
        own=own,
        demo=demo,
        begun_on=at.date(),
        seen_at=at,
        second_step_at=at if demo else None,
        confirmed_at=at if demo or not account.may_organize else None,
    )


def show_second_step(device: UUID, *, at: datetime) -> None:
    """The device has shown the second factor."""
    Device.objects.filter(pk=device).update(second_step_at=at, confirmed_at=at, seen_at=at, locked_at=None)


def confirm(device: UUID, *, at: datetime) -> None:
    """Whoever is on the device has shown again, by the strongest means she has, that it is she."""
    Device.objects.filter(pk=device).update(confirmed_at=at, seen_at=at, locked_at=None)


def wake(device: UUID, *, at: datetime) -> None:
    """A device that lay idle is opened by the passphrase; that alone confirms nothing graver."""
    Device.objects.filter(pk=device).update(seen_at=at, locked_at=None)


def see(device: Device, *, at: datetime) -> None:
    """Notes, once a minute, that a device is in use."""
    if abs(at - device.seen_at) > SEEN_EVERY:
        Device.objects.filter(pk=device.pk, locked_at=None).update(seen_at=at)


def fall_idle(device: UUID, *, at: datetime) -> None:
    """Locks a device that lay unused: it asks again who she is."""
    Device.objects.filter(pk=device, locked_at=None).update(locked_at=at, confirmed_at=None)


def end_device(account: Account, device: UUID) -> int:
    """Ends one device of an account, on its next request; how many there were (0 or 1)."""
    return account.devices.filter(pk=device).delete()[0]


def end_devices(account: Account, *, keep: UUID | None = None) -> int:
    """Ends every device of an account but `keep`."""
    ended = account.devices.all() if keep is None else account.devices.exclude(pk=keep)
    return ended.delete()[0]
