"""Her own page: how she is called, her devices, who looked at her."""

import json
import re
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.accounts.forms import NewPassphrase, YouForm
from commonweal.accounts.models import Account
from commonweal.accounts.reads.accounts import names_of
from commonweal.accounts.reads.devices import devices_of
from commonweal.accounts.reads.own_copy import own_copy
from commonweal.accounts.views.doorway import rotate, speak
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.writes.accounts import call_her
from commonweal.accounts.writes.devices import change_passphrase, end_device, end_devices
from commonweal.common.clock import now
from commonweal.common.doors import anyone_signed_in, freshly_confirmed
from commonweal.common.kept_form import kept_form
from commonweal.ledger.reads import looks_at
from commonweal.ledger.writes import record

LOOKS_SHOWN = 100
TYPED_SHOWN = 12
CHOSEN = re.compile(r"[a-z0-9_-]*")
"""How the words and ids of the program look; what people type is rarely so."""


def account_on(request: DoorRequest) -> Account:
    door = request.door
    assert door is not None  # behind a door there is somebody
    return door.account


@anyone_signed_in
def you(request: DoorRequest) -> HttpResponse:
    account, at = account_on(request), now()
    theme = request.COOKIES.get("theme", "")
    first = {"name": account.name, "language": account.language or request.LANGUAGE_CODE, "theme": theme}
    form = YouForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        if (chosen["name"], chosen["language"]) != (account.name, account.language):
            call_her(account, name=chosen["name"], language=chosen["language"], by=account.pk, at=at)
        response = speak(redirect("accounts:you"), chosen["language"])
        if chosen["theme"]:
            response.set_cookie(
                "theme",
                chosen["theme"],
                max_age=365 * 24 * 3600,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        else:
            response.delete_cookie("theme")
        messages.success(request, _("Kept."))
        return response
    shown = {
        "form": form,
        "devices": devices_of(account, at),
        "this_device": request.door.device.pk,  # type: ignore[union-attr]
        "factors": account.second_factors.count(),
        "codes_left": account.recovery_codes.filter(used_at=None).count(),
        "looks": looks_with_names(account.person_id, 6) if account.person_id else None,
    }
    return render(request, "accounts/you.html", shown)


@anyone_signed_in
@require_safe
def go_on(request: DoorRequest) -> HttpResponse:
    """What she sent before she was asked who she is, to be sent with one more press."""
    form = kept_form(request, account_on(request).pk, at=now())
    if form is None:
        return redirect("people:home")
    typed = [value for _name, value in form.fields if not CHOSEN.fullmatch(value)]
    return render(request, "accounts/go_on.html", {"form": form, "typed": typed[:TYPED_SHOWN]})


@anyone_signed_in
@require_POST
@freshly_confirmed
def take_own_copy(request: DoorRequest) -> HttpResponse:
    """What is kept about her, as a file for herself; that she took it is written down."""
    account, at = account_on(request), now()
    said = _("What organizers noted, and what others said in trust, is counted here and not written out.")
    asks = _("Ask an administrator to read it to you.")
    copy = {"made_at": at, "please_know": f"{said} {asks}"} | own_copy(account, at)
    record("took_own_copy", by=account.pk, at=at, subject_kind="account", subject=account.pk)
    text = json.dumps(copy, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="about-me-{at:%Y-%m-%d}.json"'
    return answer


@anyone_signed_in
def looks(request: DoorRequest) -> HttpResponse:
    person = account_on(request).person_id
    return render(request, "accounts/looks.html", {"looks": looks_with_names(person, LOOKS_SHOWN) if person else []})


def looks_with_names(person: UUID, most: int) -> list[dict[str, object]]:
    """The days on which somebody opened her record, the newest first, with the name of the account."""
    found = looks_at(person, most=most)
    names = names_of(one.actor for one in found if one.actor)
    return [{"day": one.day, "who": names.get(one.actor, "") if one.actor else "", "times": one.times} for one in found]


@anyone_signed_in
@freshly_confirmed
def passphrase(request: DoorRequest) -> HttpResponse:
    account = account_on(request)
    form = NewPassphrase(request.POST or None, hers=[account.name, account.email])
    if request.method == "POST" and form.is_valid():
        device = request.door.device.pk  # type: ignore[union-attr]
        change_passphrase(account, form.cleaned_data["passphrase"], keep=device, by=account.pk, at=now())
        rotate(request)
        messages.success(request, _("Your passphrase is changed, and every other device is signed out."))
        return redirect("accounts:you")
    return render(request, "accounts/passphrase.html", {"form": form, "account_email": account.email})


@anyone_signed_in
@require_POST
def end_one(request: DoorRequest, device: UUID) -> HttpResponse:
    if end_device(account_on(request), device):
        messages.success(request, _("That device is signed out."))
    return redirect("accounts:you")


@anyone_signed_in
@require_POST
def end_others(request: DoorRequest) -> HttpResponse:
    end_devices(account_on(request), keep=request.door.device.pk)  # type: ignore[union-attr]
    messages.success(request, _("Every other device is signed out."))
    return redirect("accounts:you")
