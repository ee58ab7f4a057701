"""The panic lock."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from commonweal.accounts.models import OpeningVoice
from commonweal.accounts.rules import Step
from commonweal.accounts.views.doorway import next_page, to
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.views.you import account_on
from commonweal.accounts.writes.locking import VOICE_LASTS, VOICES, ask_to_open, end_all_sessions, lock_list
from commonweal.common.clock import now
from commonweal.common.doors import FRESH, anyone_signed_in


@anyone_signed_in
@require_POST
def panic(request: DoorRequest) -> HttpResponse:
    """One press, no questions: whoever organizes may hide the list from all, anybody may end her own sessions."""
    account = account_on(request)
    if "list" in request.POST and account.may_organize:
        lock_list(by=account, at=now())
    else:
        end_all_sessions(by=account, at=now())
    request.session.flush()
    response = redirect("accounts:sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def locked(request: DoorRequest) -> HttpResponse:
    """What those who sign in find while the list is locked, and where it is opened."""
    door, at = request.door, now()
    if door is None or door.step is not Step.NOTHING or not request.list_locked:
        return next_page(request)
    confirmed = door.device.confirmed_at
    fresh = confirmed is not None and at - confirmed <= FRESH
    may_open = door.account.may_organize
    if request.method == "POST" and may_open:
        if not fresh:
            return to("accounts:confirm", request.path)
        if ask_to_open(by=door.account, at=at):
            return redirect("people:home")
        return redirect("accounts:locked")
    voices = list(OpeningVoice.objects.filter(at__gt=at - VOICE_LASTS).values_list("account", flat=True))
    shown = {
        "may_open": may_open,
        "alone": door.account.may_administer,
        "has_spoken": door.account.pk in voices,
        "missing": max(VOICES - len(voices), 0),
    }
    return render(request, "accounts/locked.html", shown)
