"""Coming in, showing who one is, and leaving."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.accounts.forms import CodeForm, MailForm, PaperCodeForm, PassphraseForm, SignInForm
from commonweal.accounts.models import Account
from commonweal.accounts.rules import SECOND_STEPS_AN_HOUR, Step, as_typed
from commonweal.accounts.views.doorway import let_in, network, next_page, onward, rotate, speak, to
from commonweal.accounts.views.passkeys import asked_passkey, host_for_passkeys, shown_passkey
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.words import FactorKind
from commonweal.accounts.writes.devices import (
    account_with,
    knows_passphrase,
    show_second_step,
    wake,
)
from commonweal.accounts.writes.devices import (
    confirm as confirm_device,
)
from commonweal.accounts.writes.factors import Shown, show_code
from commonweal.accounts.writes.first_run import is_begun
from commonweal.accounts.writes.tries import TooSoon, begin_try, begin_try_from, forgive_tries, try_key
from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.work import ask_for


def in_words(too_soon: TooSoon) -> str:
    """How long to wait, for people."""
    seconds = int(too_soon.wait.total_seconds()) + 1
    if seconds < 90:
        return ngettext(
            "Too many tries. Wait %(count)s second and try again.",
            "Too many tries. Wait %(count)s seconds and try again.",
            seconds,
        ) % {"count": seconds}
    minutes = seconds // 60 + 1
    return ngettext(
        "Too many tries. Wait %(count)s minute and try again.",
        "Too many tries. Wait %(count)s minutes and try again.",
        minutes,
    ) % {"count": minutes}


def sign_in(request: DoorRequest) -> HttpResponse:
    if request.door is not None:
        return next_page(request, onward(request))
    if not is_begun():
        return redirect("accounts:begin")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].strip().casefold()
        key = try_key("passphrase", email, network(request))
        try:
            of_network = begin_try_from(network(request), key, at=now())
            account = account_with(email, form.cleaned_data["passphrase"])
            if account is not None:
                forgive_tries(key)
                of_network.delete()
                let_in(request, account, own=form.cleaned_data["own"])
                return speak(to("accounts:sign_in", onward(request)), account.language)
            form.add_error("passphrase", _("That e-mail and passphrase do not belong together."))
        except TooSoon as too_soon:
            form.add_error("passphrase", in_words(too_soon))
    shown = {"form": form, "next": onward(request), "by_mail": sends_mail(request)}
    return render(request, "accounts/sign_in.html", shown)


def second_step(request: DoorRequest) -> HttpResponse:
    door = request.door
    if door is None or door.step is not Step.SECOND_FACTOR:
        return next_page(request, onward(request))
    form = CodeForm(request.POST or None)
    shown_by = Shown.NOTHING
    if request.method == "POST":
        shown_by = factor_shown(request, door.account, form)
    if shown_by is not Shown.NOTHING:
        rotate(request)
        show_second_step(door.device.pk, at=now())
        if shown_by is Shown.PAPER and not request.list_locked:
            messages.warning(request, after_paper(door.account))
            return redirect("accounts:second_factors")
        return to("accounts:sign_in", onward(request))
    return render(request, "accounts/second_step.html", {"form": form} | means(request, door.account))


def confirm(request: DoorRequest) -> HttpResponse:
    door = request.door
    if door is None or door.step not in (Step.NOTHING, Step.CONFIRM):
        return next_page(request, onward(request))
    strongest = door.has_factor or door.device.demo
    form, passphrase = CodeForm(request.POST or None), PassphraseForm(request.POST or None)
    if request.method == "POST":
        if "passphrase" in request.POST:
            fits = passphrase_is_shown(request, door.account, passphrase)
        else:
            fits = door.device.demo or factor_shown(request, door.account, form) is not Shown.NOTHING
        if fits:
            rotate(request)
            if strongest and "passphrase" in request.POST:
                wake(door.device.pk, at=now())
            else:
                confirm_device(door.device.pk, at=now())
            return redirect(onward(request) or "people:home")
    shown = {
        "form": form if "passphrase" not in request.POST else CodeForm(),
        "passphrase": passphrase if "passphrase" in request.POST else PassphraseForm(),
        "idle": door.step is Step.CONFIRM,
        "demo": door.device.demo,
        "has_factor": door.has_factor,
        "by_passphrase": not strongest or (door.step is Step.CONFIRM and not door.device.demo),
    }
    return render(request, "accounts/confirm.html", shown | means(request, door.account))


def means(request: DoorRequest, account: Account) -> dict[str, object]:
    """What the page offers to show a second factor by, and where it goes on to."""
    kinds = set(account.second_factors.values_list("kind", flat=True))
    passkey = FactorKind.PASSKEY in kinds and bool(host_for_passkeys(request))
    return {
        "next": onward(request),
        "passkey": asked_passkey(request, account) if passkey else "",
        "by_app": FactorKind.CODES_APP in kinds,
    }


def after_paper(account: Account) -> str:
    """What somebody reads who has just come in by one of her codes from paper."""
    left = account.recovery_codes.filter(used_at=None).count()
    return ngettext(
        "You came in by a code from paper; %(left)s is left. If your phone is lost, take its second factor away "
        "here, set up a new one, and make new codes.",
        "You came in by a code from paper; %(left)s are left. If your phone is lost, take its second factor away "
        "here, set up a new one, and make new codes.",
        left,
    ) % {"left": left}


def factor_shown(request: DoorRequest, account: Account, form: CodeForm) -> Shown:
    """By which second factor of the account the POST shows that it is she; what is wrong stands in the form."""
    here, everywhere = try_key("second", str(account.pk), network(request)), try_key("second", str(account.pk))
    try:
        begin_try(here, at=now())
        begin_try(everywhere, at=now(), most=SECOND_STEPS_AN_HOUR)
    except TooSoon as too_soon:
        form.full_clean()
        form.errors.clear()
        form.add_error(None, in_words(too_soon))
        return Shown.NOTHING
    by = Shown.NOTHING
    if "credential" in request.POST:
        form.full_clean()
        form.errors.clear()
        if shown_passkey(request, account):
            by = Shown.PASSKEY
        else:
            form.add_error(None, _("That passkey does not open this account."))
    elif form.is_valid():
        by = show_code(account, form.cleaned_data["code"], at=now())
        if by is Shown.NOTHING:
            form.add_error("code", wrong_code(form.cleaned_data["code"]))
    if by is not Shown.NOTHING:
        forgive_tries(here, everywhere)
    return by


def wrong_code(typed: str) -> str:
    """What is said of a code that does not fit: six figures of an app, or letters from paper."""
    if any(one.isalpha() for one in typed):
        return _("That code from paper does not fit: perhaps it was used already, or a letter is missing.")
    return _("That code does not fit. It changes every 30 seconds and counts once; please type the newest.")


def passphrase_is_shown(request: DoorRequest, account: Account, form: PassphraseForm) -> bool:
    """Whether the POST holds her passphrase; what is wrong stands in the form."""
    key = try_key("passphrase", account.email, network(request))
    if not form.is_valid():
        return False
    try:
        begin_try(key, at=now())
    except TooSoon as too_soon:
        form.add_error("passphrase", in_words(too_soon))
        return False
    if knows_passphrase(account, form.cleaned_data["passphrase"]):
        forgive_tries(key)
        return True
    form.add_error("passphrase", _("That is not your passphrase."))
    return False


def by_code(request: DoorRequest) -> HttpResponse:
    form = PaperCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = as_typed(form.cleaned_data["code"])
        if code:
            return to("accounts:enter", "", code)
        form.add_error("code", _("There is no letter or figure in that."))
    return render(request, "accounts/by_code.html", {"form": form})


def by_mail(request: DoorRequest) -> HttpResponse:
    form = MailForm(request.POST or None)
    able = sends_mail(request)
    if request.method == "POST" and able and form.is_valid():
        email = form.cleaned_data["email"].strip().casefold()
        account = Account.objects.filter(email=email, is_active=True).values_list("pk", flat=True).first()
        try:
            begin_try_from(network(request), try_key("mail", email, network(request)), at=now(), most=4)
            # Known or not, the same row is written and the same page answers.
            ask_for("commonweal.accounts.writes.links.mail_link", subject=account or new_id(), by=None, at=now())
        except TooSoon as too_soon:
            form.add_error("email", in_words(too_soon))
        else:
            return render(request, "accounts/by_mail.html", {"sent": True, "able": able})
    return render(request, "accounts/by_mail.html", {"form": form, "able": able})


def sends_mail(request: DoorRequest) -> bool:
    """Whether a link would go out now: there is a mail server, an address to write into the link, and no lock."""
    return bool(
        settings.ORIGIN and not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend") and not request.list_locked
    )


@require_POST
def leave(request: DoorRequest) -> HttpResponse:
    response: HttpResponse
    if request.door is not None:
        request.door.device.delete()
    request.session.flush()
    response = redirect("accounts:sign_in")
    if request.POST.get("away"):
        # A blank page that is gone at once: no redirect, which the policy for forms would stop at our own door.
        response = HttpResponse('<!doctype html><html lang="en"><title>…</title>')
        response.headers["Refresh"] = f"0; url={settings.AWAY}"
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
