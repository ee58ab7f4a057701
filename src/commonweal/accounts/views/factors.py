"""Setting up second factors, looking at them, and the codes on paper."""

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.accounts.forms import CodeForm
from commonweal.accounts.models import Account
from commonweal.accounts.rules import Step, counter_of, in_groups
from commonweal.accounts.views.doorway import keep_sealed, kept_sealed, next_page, onward, rotate, to
from commonweal.accounts.views.passkeys import add_sent_passkey, asked_new_passkey, host_for_passkeys
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.writes.devices import show_second_step
from commonweal.accounts.writes.factors import (
    KnownPasskey,
    LastFactor,
    WrongPasskey,
    add_codes_app,
    make_recovery_codes,
    new_app_secret,
    remove_factor,
)
from commonweal.common.clock import now
from commonweal.common.doors import anyone_signed_in, freshly_confirmed


def second_factors(request: DoorRequest) -> HttpResponseBase:
    """Reached by whoever must set up her first factor, and by whoever is signed in and confirmed."""
    door = request.door
    if door is not None and door.step is Step.SET_UP:
        return set_up(request, door.account, first=True)
    return confirmed_factors(request)


@anyone_signed_in
@freshly_confirmed
def confirmed_factors(request: DoorRequest) -> HttpResponse:
    return set_up(request, request.door.account, first=False)  # type: ignore[union-attr]


def set_up(request: DoorRequest, account: Account, *, first: bool) -> HttpResponse:
    form = CodeForm(request.POST if "code" in request.POST else None)
    secret = kept_sealed(request, "app")
    problem = ""
    if request.method == "POST" and "credential" in request.POST:
        try:
            add_sent_passkey(request, account, request.door.device.words or _("Passkey"))  # type: ignore[union-attr]
            return set_up_done(request, account, first=first)
        except KnownPasskey:
            problem = _("That passkey is in use already.")
        except WrongPasskey:
            problem = _("The passkey could not be made. Try again, or use a codes app.")
    elif request.method == "POST" and secret and form.is_valid():
        counter = counter_of(secret, form.cleaned_data["code"], at=now(), after=0)
        if counter is not None:
            add_codes_app(account, secret, counter, name=_("Codes app"), by=account.pk, at=now())
            return set_up_done(request, account, first=first)
        form.add_error("code", _("That code does not fit. It changes every 30 seconds; please type the newest."))
    if secret is None:
        secret = new_app_secret()
        keep_sealed(request, "app", secret)
    shown = {
        "first": first,
        "form": form,
        "secret": in_groups(secret.lower(), 4),
        "picture": picture_of(f"otpauth://totp/Commonweal?secret={secret}&issuer=Commonweal"),
        "passkey": asked_new_passkey(request, account) if host_for_passkeys(request) else "",
        "problem": problem,
        "factors": account.second_factors.order_by("added_on", "name"),
        "codes_left": account.recovery_codes.filter(used_at=None).count(),
        "next": onward(request),
    }
    return render(request, "accounts/second_factors.html", shown)


def set_up_done(request: DoorRequest, account: Account, *, first: bool) -> HttpResponse:
    request.session.pop("app", None)
    rotate(request)
    if first:
        show_second_step(request.door.device.pk, at=now())  # type: ignore[union-attr]
    if not account.recovery_codes.filter(used_at=None).exists():
        keep_sealed(request, "paper", make_recovery_codes(account, by=account.pk, at=now()))
        return to("accounts:recovery_codes", onward(request))
    messages.success(request, _("Kept. From now on you can also show this one."))
    return redirect("accounts:second_factors")


@anyone_signed_in
@freshly_confirmed
def recovery_codes(request: DoorRequest) -> HttpResponse:
    account: Account = request.door.account  # type: ignore[union-attr]
    if request.method == "POST" and "again" in request.POST and account.second_factors.exists():
        keep_sealed(request, "paper", make_recovery_codes(account, by=account.pk, at=now()))
        return redirect("accounts:recovery_codes")
    if request.method == "POST":
        request.session.pop("paper", None)
        return next_page(request, onward(request))
    codes = [in_groups(code, 4) for code in kept_sealed(request, "paper") or ()]
    shown = {
        "codes": codes,
        "left": account.recovery_codes.filter(used_at=None).count(),
        "has_factor": account.second_factors.exists(),
        "next": onward(request),
    }
    return render(request, "accounts/recovery_codes.html", shown)


@anyone_signed_in
@freshly_confirmed
@require_POST
def remove(request: DoorRequest, factor: UUID) -> HttpResponse:
    account: Account = request.door.account  # type: ignore[union-attr]
    try:
        remove_factor(account, factor, by=account.pk, at=now())
        messages.success(request, _("Taken away."))
    except LastFactor:
        messages.error(request, _("You need one second factor. Set up another before you take this one away."))
    return redirect("accounts:second_factors")


def picture_of(text: str) -> SafeString:
    """A QR code as SVG without styles, dark on white in any theme."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=5, border=3, dark="#000", light="#fff", svgclass="qr", omitsize=True)
    return mark_safe(drawn)
