"""Coming in and leaving."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from commonweal.accounts.forms import SignInForm
from commonweal.common.doors import anyone_signed_in


def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    onward = request.POST.get("next") or request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = ""
    if request.method == "POST" and form.is_valid():
        account = authenticate(
            request, username=form.cleaned_data["email"].lower(), password=form.cleaned_data["passphrase"]
        )
        if account is not None:
            login(request, account)
            return redirect(onward or "people:home")
        form.add_error("passphrase", form.no_match)
    return render(request, "accounts/sign_in.html", {"form": form, "next": onward})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("accounts:sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@anyone_signed_in
def you(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/you.html")
