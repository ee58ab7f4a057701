"""Which device a request comes from, and which devices an account has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from commonweal.accounts.models import Account, Device, SecondFactor
from commonweal.accounts.rules import Step, is_idle, is_over, step_to_do


@dataclass(frozen=True)
class AtTheDoor:
    """A device with its account, the step it still has to do, and whether it has just fallen idle."""

    device: Device
    account: Account
    has_factor: bool
    step: Step
    fell_idle: bool


def at_the_door(device: object, at: datetime, *, demo: bool) -> AtTheDoor | None:
    """Who is on the device of that id; None when it was ended, has run out, its account is closed, or it came in
    by a demo's link and this is no `demo` place."""
    try:
        number = UUID(str(device))
    except ValueError:
        return None
    has_factor = Exists(SecondFactor.objects.filter(account=OuterRef("account")))
    found = Device.objects.select_related("account").annotate(has_factor=has_factor).filter(pk=number).first()
    if found is None or not found.account.is_active or (found.demo and not demo):
        return None
    if is_over(own=found.own, seen_at=found.seen_at, begun_on=found.begun_on, at=at):
        return None
    idle = found.locked_at is None and is_idle(organizes=found.account.may_organize, seen_at=found.seen_at, at=at)
    step = step_to_do(
        must_have_factor=found.account.may_organize,
        has_factor=found.has_factor,
        shown=found.second_step_at is not None,
        locked=idle or found.locked_at is not None,
    )
    return AtTheDoor(found, found.account, found.has_factor, step, idle)


def devices_of(account: Account, at: datetime) -> list[Device]:
    """Her devices that are still signed in, the last used first."""
    return [
        one
        for one in account.devices.order_by("-seen_at")
        if not is_over(own=one.own, seen_at=one.seen_at, begun_on=one.begun_on, at=at)
    ]
