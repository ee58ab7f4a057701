"""Every way through the door in a real browser: codes app, passkey, paper, link, invitation, lock."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from commonweal.accounts.models import Account, Device, Invitation, SecondFactor
from commonweal.accounts.rules import CODE_SECONDS, code_at
from commonweal.accounts.words import FactorKind
from commonweal.accounts.writes.devices import change_passphrase
from commonweal.accounts.writes.factors import add_codes_app, make_recovery_codes, new_app_secret
from commonweal.accounts.writes.first_run import set_up_code
from commonweal.common.clock import now
from commonweal.common.work import do_all_waiting
from commonweal.people.models import Organization, Person
from commonweal.people.writes.search_keys import refresh
from tests.village import THEN, Village

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSPHRASE = "four words nobody joins"
NEW_PASSPHRASE = "other words for another day"
Open = Callable[..., Any]
Check = Callable[[Any], None]


@pytest.fixture
def ana(village: Village) -> Account:
    change_passphrase(village.ana, PASSPHRASE, keep=None, by=village.ana.pk, at=THEN)
    return village.ana


def press(page: Any, words: str) -> None:
    """Presses the button or link of these words in the page's own part and waits for the next page."""
    page.locator("main").get_by_role("button", name=words).or_(
        page.locator("main").get_by_role("link", name=words)
    ).first.click()
    page.wait_for_load_state()


def type_passphrase(page: Any, account: Account, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("E-mail").fill(account.email)
    page.get_by_label("Passphrase").fill(passphrase)
    press(page, "Sign in")


def heading(page: Any) -> str:
    return str(page.locator("h1").inner_text())


def code_shown_by(secret: str) -> str:
    return code_at(secret, int(time.time()) // CODE_SECONDS)


def letters_on(page: Any) -> str:
    """The secret that the page offers to a codes app."""
    return str(page.locator("main .scan .typed-secret").inner_text()).replace("-", "").upper()


def with_authenticator(page: Any) -> Any:
    """A passkey device of Chromium's own that agrees to everything; its session with the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


@pytest.mark.parametrize("javascript", [True, False])
def test_the_first_organizer_begins_an_empty_place(
    open_page: Open, no_barriers: Check, db: None, javascript: bool
) -> None:
    assert not Organization.objects.exists()
    page = open_page("/", phone=True, javascript=javascript)
    assert page.url.endswith("/begin/")
    if javascript:
        no_barriers(page)
    page.get_by_label("Set-up code").fill((set_up_code() or "").upper())
    page.get_by_label("Name of your organization").fill("Mill workers")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("E-mail").fill("ana@mill.example")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    press(page, "Begin")
    assert heading(page) == "Your second key"
    page.get_by_label("Code").fill(code_shown_by(letters_on(page)))
    press(page, "Keep it")
    assert heading(page).startswith("Eight codes")
    assert page.locator(".codes li").count() == 8
    press(page, "I have them on paper")
    assert heading(page) == "Nothing here yet. That is how every list begins."
    press(page, "Write the units")
    assert page.url.endswith(reverse("people:add_units"))
    assert set_up_code() is None


def test_a_passkey_is_made_at_the_first_sign_in_and_opens_the_next(
    open_page: Open, no_barriers: Check, ana: Account
) -> None:
    page = open_page("/", phone=True)
    with_authenticator(page)
    type_passphrase(page, ana)
    no_barriers(page)
    press(page, "Make a passkey on this device")
    page.wait_for_url("**/you/codes/*")
    no_barriers(page)
    press(page, "I have them on paper")
    assert SecondFactor.objects.get(account=ana).kind == FactorKind.PASSKEY
    page.get_by_role("button", name="Leave and lock this device").click()
    page.wait_for_url("**/sign-in/")
    type_passphrase(page, ana)
    no_barriers(page)
    press(page, "Use my passkey")
    page.locator("nav.rail").wait_for()
    assert page.url.count("/") == 3, "the start page"


def test_a_passkey_that_is_not_shown_says_so_and_can_be_tried_again(open_page: Open, ana: Account) -> None:
    page = open_page("/")
    session = with_authenticator(page)
    type_passphrase(page, ana)
    press(page, "Make a passkey on this device")
    page.wait_for_url("**/you/codes/*")
    page.get_by_role("button", name="Leave and lock this device").click()
    type_passphrase(page, ana)
    session.send("WebAuthn.disable")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no')); }")
    page.locator("main").get_by_role("button", name="Use my passkey").click()
    page.get_by_text("The passkey was not shown. Try again, or use another way.").wait_for()
    assert page.locator("main").get_by_role("button", name="Use my passkey").is_enabled()


def test_a_passkey_confirms_before_something_grave(open_page: Open, no_barriers: Check, ana: Account) -> None:
    page = open_page("/")
    with_authenticator(page)
    type_passphrase(page, ana)
    press(page, "Make a passkey on this device")
    page.wait_for_url("**/you/codes/*")
    press(page, "I have them on paper")
    Device.objects.update(confirmed_at=now() - timedelta(minutes=6))
    page.goto(page.url.rstrip("/") + reverse("accounts:passphrase"))
    assert heading(page) == "Is it you?"
    no_barriers(page)
    press(page, "Use my passkey")
    page.wait_for_url("**" + reverse("accounts:passphrase"))


def test_whoever_lost_her_phone_comes_in_by_paper_and_sets_up_anew(
    open_page: Open, no_barriers: Check, ana: Account
) -> None:
    add_codes_app(ana, new_app_secret(), 0, name="Old phone", by=ana.pk, at=THEN)
    code = make_recovery_codes(ana, by=ana.pk, at=THEN)[0]
    page = open_page("/", phone=True)
    type_passphrase(page, ana)
    page.get_by_text("I lost my phone").click()
    no_barriers(page)
    page.get_by_label("Code").fill(code)
    press(page, "Sign in")
    assert "You came in by a code from paper; 7 are left." in page.locator("main").inner_text()
    no_barriers(page)
    page.get_by_label("Code").fill(code_shown_by(letters_on(page)))
    press(page, "Keep it")
    old = page.locator("li", has_text="Old phone")
    old.get_by_role("button").click()
    page.wait_for_load_state()
    assert page.locator("li", has_text="Old phone").count() == 0
    assert SecondFactor.objects.filter(account=ana).count() == 1
    assert heading(page) == "One second factor opens your account."


def test_the_last_second_factor_of_an_organizer_stays(open_page: Open, village: Village) -> None:
    add_codes_app(village.ana, new_app_secret(), 0, name="Phone", by=village.ana.pk, at=THEN)
    page = open_page(reverse("accounts:second_factors"), account=village.ana)
    press(page, "Take away")
    assert "Set up another before you take this one away" in page.locator("main").inner_text()
    assert SecondFactor.objects.count() == 1


def test_a_printed_code_opens_an_account_once_and_leads_to_a_new_passphrase(
    open_page: Open, no_barriers: Check, village: Village
) -> None:
    at_root = open_page(reverse("accounts:account", args=[village.cleo.pk]), account=village.root)
    no_barriers(at_root)
    press(at_root, "Print a code")
    assert at_root.locator(".sheet svg.qr").count() == 1
    code = at_root.locator(".sheet .typed-secret").last.inner_text()
    at_root.reload()
    page = open_page("/", phone=True)
    press(page, "I have a code on paper")
    no_barriers(page)
    page.get_by_label("The code on your sheet").fill(code.upper().replace("-", " "))
    press(page, "Go on")
    assert heading(page) == "Good to see you."
    press(page, "Come in")
    assert heading(page) == "A new passphrase"
    no_barriers(page)
    page.get_by_label("Passphrase").fill("password2026")
    press(page, "Change it")
    assert "stolen elsewhere" in page.locator(".err").inner_text()
    page.get_by_label("Passphrase").fill(NEW_PASSPHRASE)
    press(page, "Change it")
    page.get_by_role("button", name="Leave and lock this device").click()
    type_passphrase(page, village.cleo, NEW_PASSPHRASE)
    assert page.locator("nav.rail").count() == 1
    again = open_page(reverse("accounts:enter", args=[code.replace("-", "")]))
    assert heading(again) == "This opens nothing any more."
    no_barriers(again)


def test_without_a_mail_server_the_page_says_how_to_get_a_code(
    open_page: Open, no_barriers: Check, village: Village
) -> None:
    page = open_page("/", phone=True)
    no_barriers(page)
    press(page, "I forgot my passphrase")
    assert heading(page) == "No mail is sent from here."
    no_barriers(page)
    press(page, "I have a code on paper")
    assert page.url.endswith(reverse("accounts:by_code"))


def test_a_link_by_mail_opens_once(
    open_page: Open, no_barriers: Check, ana: Account, settings: Any, live_server: Any
) -> None:
    settings.ORIGIN = live_server.url
    secret = new_app_secret()
    add_codes_app(ana, secret, 0, name="Phone", by=ana.pk, at=THEN)
    page = open_page("/")
    press(page, "Send me a link by e-mail")
    no_barriers(page)
    page.get_by_label("E-mail").fill(ana.email.upper())
    press(page, "Send me a link")
    assert heading(page) == "Look into your mail."
    do_all_waiting()
    (letter,) = mail.outbox
    assert letter.to == [ana.email]
    (address,) = re.findall(r"http\S+", str(letter.body))
    page.goto(address)
    page.goto(address)
    press(page, "Come in")
    page.get_by_label("Code").fill(code_shown_by(secret))
    press(page, "Sign in")
    assert heading(page) == "A new passphrase"
    press(page, "Keep the one I have")
    assert page.locator("nav.rail").count() == 1


def test_somebody_on_the_list_is_invited_and_comes_in(
    open_page: Open, no_barriers: Check, village: Village, live_server: Any
) -> None:
    refresh(Person.objects.values_list("pk", flat=True))
    page = open_page(reverse("accounts:accounts"), account=village.ana)
    press(page, "Invite somebody")
    no_barriers(page)
    page.get_by_label("Find her by name").fill("novak")
    press(page, "Find")
    press(page, "Finn Novak")
    assert page.get_by_label("Who it is for").input_value() == "Finn Novak"
    assert page.get_by_label("Administrator").count() == 0
    press(page, "Make the sheet")
    no_barriers(page)
    code = page.locator(".sheet .typed-secret").last.inner_text()
    page.reload()
    assert code not in Invitation.objects.get().fingerprint

    guest = open_page("/", phone=True)
    for _ in range(2):  # looking twice uses nothing up
        guest.goto(live_server.url + reverse("accounts:enter", args=[code.replace("-", "")]))
    no_barriers(guest)
    guest.get_by_label("E-mail").fill("finn@village.example")
    guest.get_by_label("Passphrase").fill("Finn Novak 1")
    press(guest, "Come in")
    assert "Your own name" in guest.locator(".err").inner_text()
    guest.get_by_label("Passphrase").fill(PASSPHRASE)
    press(guest, "Come in")
    made = Account.objects.get(email="finn@village.example")
    assert (made.person_id, made.role) == (village.finn_person.pk, "leader")
    assert guest.locator("nav.rail").count() == 1


def test_a_device_that_lay_idle_asks_again_and_goes_on_where_she_was(
    open_page: Open, no_barriers: Check, ana: Account
) -> None:
    secret = new_app_secret()
    add_codes_app(ana, secret, 0, name="Phone", by=ana.pk, at=THEN)
    page = open_page("/", phone=True, account=ana)
    Device.objects.update(seen_at=now() - timedelta(minutes=31))
    page.goto(page.url.rstrip("/") + reverse("people:people"))
    assert heading(page) == "Locked until you show that it is you."
    no_barriers(page)
    page.get_by_label("Passphrase").fill("not her passphrase at all")
    press(page, "Unlock")
    assert "That is not your passphrase." in page.locator("main").inner_text()
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    press(page, "Unlock")
    page.wait_for_url("**" + reverse("people:people"))


def test_the_lock_hides_the_list_from_everybody_and_two_organizers_open_it(
    open_page: Open, no_barriers: Check, village: Village
) -> None:
    at_ana = open_page(reverse("accounts:you"), phone=True, account=village.ana)
    at_cleo = open_page("/", phone=True, account=village.cleo)
    press(at_ana, "Lock the list now")
    assert at_ana.url.endswith("/sign-in/")
    at_cleo.reload()
    assert "Cleo" not in at_cleo.content()
    assert at_cleo.url.split("?")[0].endswith("/sign-in/")

    opening = open_page("/", phone=True, account=village.ana)
    assert heading(opening) == "The list is locked."
    no_barriers(opening)
    press(opening, "Open the list")
    assert "1 more organizer must do so" in opening.locator("main").inner_text()
    second = open_page("/", account=village.dov)
    press(second, "Open the list")
    assert second.locator("nav.rail").count() == 1
    opening.reload()
    assert opening.locator("nav.rail").count() == 1


def test_nothing_of_a_page_is_there_after_leaving_and_going_back(open_page: Open, village: Village) -> None:
    page = open_page(reverse("people:people"), account=village.ana)
    assert "Bo Adeyemi" in page.content()
    page.get_by_role("button", name="Leave and lock this device").click()
    page.wait_for_url("**/sign-in/")
    page.go_back()
    page.wait_for_load_state()
    assert "Bo Adeyemi" not in page.content()


def test_a_form_of_a_session_that_ended_says_so_plainly(open_page: Open, no_barriers: Check, village: Village) -> None:
    page = open_page(reverse("accounts:you"), account=village.cleo)
    page.context.clear_cookies()
    press(page, "Keep")
    assert heading(page) == "This page lay open too long."
    no_barriers(page)
