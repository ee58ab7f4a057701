"""What the pages at the door share: where to go next, from where somebody comes, and letting her in."""

import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from commonweal.accounts.models import Account
from commonweal.accounts.rules import Step
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.writes.devices import begin_device
from commonweal.accounts.writes.tries import network_of
from commonweal.common.clock import now
from commonweal.common.sealed import SealBroken, keyring, keys_for_the_door

PAGES = {
    Step.SECOND_FACTOR: "accounts:second_step",
    Step.SET_UP: "accounts:second_factors",
    Step.CONFIRM: "accounts:confirm",
}


def onward(request: HttpRequest) -> str:
    """The page to go on to: a path of this site, else nothing."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    local = url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/")
    return asked if local else ""


def to(name: str, onward: str = "", *args: Any) -> HttpResponseRedirect:
    """A redirect that carries on where to go afterwards."""
    return HttpResponseRedirect(reverse(name, args=args) + (f"?{urlencode({'next': onward})}" if onward else ""))


def next_page(request: DoorRequest, onward: str = "") -> HttpResponse:
    """Where somebody at the door goes now."""
    door = request.door
    if door is None:
        return to("accounts:sign_in", onward)
    if door.step in PAGES:
        return to(PAGES[door.step], onward)
    if request.list_locked:
        return to("accounts:locked")
    return redirect(onward or "people:home")


def network(request: HttpRequest) -> str:
    """The neighbourhood from which somebody comes; it is never kept, only hashed with our key."""
    address = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2]
    return network_of(address)


def let_in(request: HttpRequest, account: Account, *, own: bool, demo: bool = False) -> None:
    """Begins a session for an account that has shown its passphrase or link; nothing of the old one stays."""
    request.session.flush()
    device = begin_device(account, agent=request.headers.get("User-Agent", ""), own=own, demo=demo, at=now())
    request.session["device"] = str(device.pk)
    request.session.set_expiry(None if own else 0)
    rotate_token(request)


def rotate(request: HttpRequest) -> None:
    """A session that has just been given more gets a new key."""
    request.session.cycle_key()
    rotate_token(request)


def speak(response: HttpResponse, language: str) -> HttpResponse:
    """The pages on this device are in that language from now on."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def keep_sealed(request: HttpRequest, name: str, value: Any) -> None:
    """Keeps something secret in the session, so that a copy of the database does not show it."""
    with keys_for_the_door():
        request.session[name] = keyring().seal(json.dumps(value), f"session:{name}").hex()


def kept_sealed(request: HttpRequest, name: str) -> Any:
    """What `keep_sealed` kept, else None; so also when its key was given up meanwhile."""
    sealed = request.session.get(name)
    if sealed is None:
        return None
    with keys_for_the_door():
        try:
            return json.loads(keyring().open(bytes.fromhex(sealed), f"session:{name}"))
        except SealBroken:
            return None
