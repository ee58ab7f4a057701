"""Coming in by a link or an invitation. Looking at one uses nothing up; the button does."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.accounts.forms import JoinForm
from commonweal.accounts.views.doorway import let_in, speak, to
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.views.sign_in import in_words
from commonweal.accounts.writes.invitations import (
    AddressTaken,
    HasAccount,
    InvitationOver,
    invitation_with,
    join,
)
from commonweal.accounts.writes.links import link_of, use_link
from commonweal.accounts.writes.tries import TooSoon, begin_try, forgive_tries, try_key
from commonweal.common.clock import now


def enter(request: DoorRequest, code: str) -> HttpResponse:
    at = now()
    link = link_of(code, at=at)
    if link is not None:
        if request.method != "POST":
            if link.demo and request.account is not None and request.account.pk == link.account_id:
                return redirect("people:home")  # a demo's link is opened again and again
            return render(request, "accounts/enter.html", {"demo": link.demo, "name": link.account.name})
        used = use_link(code, at=at)
        if used is not None:
            let_in(request, used.account, own=False, demo=used.demo)
            # Whoever comes in by a link has most often forgotten her passphrase.
            onward = "" if used.demo else reverse("accounts:passphrase")
            return speak(to("accounts:sign_in", onward), used.account.language)
    elif invitation_with(code, at=at) is not None:
        return come_in(request, code)
    return render(request, "accounts/over.html", status=404)


def come_in(request: DoorRequest, code: str) -> HttpResponse:
    invitation = invitation_with(code, at=now())
    first = {"name": invitation.name if invitation else ""}
    form = JoinForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        key = try_key("join", code)
        try:
            begin_try(key, at=now())  # an invitation is no tool for finding out who has an account
            account = join(
                code,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                passphrase=form.cleaned_data["passphrase"],
                language=get_language() or "",
                at=now(),
            )
        except TooSoon as too_soon:
            form.add_error("email", in_words(too_soon))
        except AddressTaken:
            form.add_error("email", _("That address cannot be used here. Take another one."))
        except (InvitationOver, HasAccount):
            return render(request, "accounts/over.html", status=404)
        else:
            forgive_tries(key)
            let_in(request, account, own=False)
            return redirect("accounts:sign_in")
    return render(request, "accounts/join.html", {"form": form, "invitation": invitation})
