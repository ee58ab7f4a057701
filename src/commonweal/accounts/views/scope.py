"""Puts the account and her scope on every request, if the device and the place are open."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from commonweal.accounts.models import Account
from commonweal.accounts.reads import scope_of
from commonweal.accounts.reads.devices import AtTheDoor, at_the_door
from commonweal.accounts.rules import Step
from commonweal.accounts.writes.devices import fall_idle, see
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest
from commonweal.common.lock import is_locked
from commonweal.common.scope import NOBODY


class DoorRequest(ScopedRequest):
    """A request of which the door knows who stands at it; `door` is None for a stranger."""

    door: AtTheDoor | None
    list_locked: bool


class ScopeOfRequest:
    """Sets `request.account` and `request.scope`, fresh on every request; both stay empty for strangers,
    while a step at the door is still to be done, and while the list is locked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        put_scope(request)  # type: ignore[arg-type]
        return self.get_response(request)


def put_scope(request: DoorRequest) -> None:
    """Works out who this is, notes that the device is in use, and opens the scope or leaves it empty."""
    at = now()
    number = request.session.get("device")
    door = at_the_door(number, at, demo=settings.DEMO) if number else None
    if number and door is None:
        request.session.flush()
    request.door, request.list_locked = door, is_locked()
    request.account, request.scope, request.confirmed_at = None, NOBODY, None  # type: ignore[assignment]
    request.user = AnonymousUser()
    if door is None:
        return
    if door.fell_idle:
        fall_idle(door.device.pk, at=at)
    elif door.step is not Step.CONFIRM:
        see(door.device, at=at)
    if door.step is Step.NOTHING and not request.list_locked:
        admit(request, door.account)
        request.confirmed_at = door.device.confirmed_at


def admit(request: DoorRequest, account: Account) -> None:
    request.account = request.user = account
    request.scope = scope_of(account)
