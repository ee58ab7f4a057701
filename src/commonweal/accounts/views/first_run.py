"""The first organizer of an empty place."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.accounts.forms import BeginForm
from commonweal.accounts.views.doorway import let_in, network, speak
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.views.sign_in import in_words
from commonweal.accounts.writes.first_run import BegunAlready, WrongSetUpCode, begin_place, is_begun
from commonweal.accounts.writes.tries import TooSoon, begin_try, forgive_tries, try_key
from commonweal.common.clock import now


def begin(request: DoorRequest) -> HttpResponse:
    if is_begun():
        raise Http404
    form = BeginForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        key = try_key("begin", network(request))
        try:
            begin_try(key, at=now())
            account = begin_place(
                **{name: form.cleaned_data[name] for name in form.field_order},
                at=now(),
            )
        except TooSoon as too_soon:
            form.add_error("code", in_words(too_soon))
        except WrongSetUpCode:
            form.add_error("code", _("That is not the code in the program's window."))
        except BegunAlready:
            return redirect("accounts:sign_in")
        else:
            forgive_tries(key)
            let_in(request, account, own=False)
            return speak(redirect("accounts:sign_in"), account.language)
    return render(request, "accounts/begin.html", {"form": form})
