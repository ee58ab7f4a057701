"""Every page of the door on a phone and a laptop, in both languages: no barrier, nothing cut off, targets for a thumb."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from commonweal.accounts.models import Account, Device
from commonweal.accounts.writes.factors import add_codes_app, make_recovery_codes, new_app_secret
from commonweal.accounts.writes.invitations import invite
from commonweal.accounts.writes.links import make_paper_link
from commonweal.common.clock import now
from commonweal.ledger.writes import record_look
from tests.village import THEN, Village

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
Pages = list[tuple[Account | None, list[str]]]
# What is pressed or followed on its own, not a word inside a sentence.
SMALL_TARGETS = """() => [...document.querySelectorAll("main button, main a, main summary, main label.opt, main input:not([type=hidden])")]
  .filter((one) => one.checkVisibility() && !one.closest("p, label.opt > *, span.fine, .kicker, li > span") && one.type !== "radio" && one.type !== "checkbox")
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([_, box]) => box.width && (box.height < 31.5 || box.width < 31.5))
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


@pytest.fixture
def pages(village: Village) -> Pages:
    """The pages of the door as each of the cast finds them, with something on each."""
    add_codes_app(village.root, new_app_secret(), 0, name="Aegis", by=village.root.pk, at=THEN)
    make_recovery_codes(village.root, by=village.root.pk, at=THEN)
    add_codes_app(village.ana, new_app_secret(), 0, name="Aegis", by=village.ana.pk, at=THEN)
    invitation, code = invite(name="Finn", role="leader", person=village.finn_person.pk, by=village.ana.pk, at=now())
    link = make_paper_link(village.bo, by=village.root.pk, at=now())
    for by in (village.ana, village.root):
        record_look(at=now(), by=by.pk, person=village.cleo_person.pk)
    strangers = [
        reverse("accounts:sign_in"),
        reverse("accounts:by_code"),
        reverse("accounts:by_mail"),
        reverse("accounts:enter", args=[code]),
        reverse("accounts:enter", args=[link]),
        reverse("accounts:enter", args=["nothing"]),
    ]
    roots = [
        reverse("accounts:accounts"),
        reverse("accounts:accounts") + "?q=nobody",
        reverse("accounts:account", args=[village.ana.pk]),
        reverse("accounts:account", args=[village.bo.pk]),
        reverse("accounts:invite"),
        reverse("accounts:invite") + f"?person={village.finn_person.pk}",
        reverse("accounts:invitation", args=[invitation.pk]),
        reverse("accounts:ledger"),
        reverse("accounts:ledger") + f"?subject={village.cleo_person.pk}",
        reverse("accounts:you"),
        reverse("accounts:second_factors"),
        reverse("accounts:recovery_codes"),
        reverse("accounts:passphrase"),
        reverse("accounts:confirm"),
    ]
    cleos = [reverse("accounts:you"), reverse("accounts:looks"), reverse("accounts:second_factors")]
    return [(None, strangers), (village.root, roots), (village.cleo, cleos)]


@pytest.mark.parametrize(("phone", "language", "dark"), [(True, "es", False), (False, "en", True)])
def test_the_pages_of_the_door_have_no_barriers(
    open_page: Callable[..., Any],
    no_barriers: Callable[[Any], None],
    pages: Pages,
    phone: bool,
    language: str,
    dark: bool,
) -> None:
    for account, paths in pages:
        page = open_page("/", phone=phone, language=language, dark=dark, account=account)
        origin = "/".join(page.url.split("/")[:3])
        for path in paths:
            page.goto(origin + path)
            assert page.locator("html").get_attribute("lang") == language
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert page.evaluate(SMALL_TARGETS) == [], path
            no_barriers(page)


def test_a_sheet_prints_alone(open_page: Callable[..., Any], village: Village) -> None:
    page = open_page(reverse("accounts:account", args=[village.bo.pk]), account=village.root)
    page.get_by_role("button", name="Print a code").click()
    page.locator(".sheet").wait_for()
    assert page.get_by_role("button", name="Print the sheet").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".sheet").is_visible()
    assert page.locator("svg.qr").bounding_box()["width"] > 150
    for gone in ("nav.rail", "header.top", "[data-print]", "form"):
        assert not page.locator(gone).first.is_visible(), gone


def test_an_administrator_changes_a_role_and_the_device_asks_again(
    open_page: Callable[..., Any], village: Village
) -> None:
    at_bo = open_page("/", account=village.bo)
    page = open_page(reverse("accounts:account", args=[village.bo.pk]), account=village.root)
    page.get_by_label("Organizer").check()
    page.get_by_role("button", name="Keep").click()
    page.locator(".err", has_text="Choose at least one unit").wait_for()
    page.get_by_label("Weaving").check()
    page.get_by_role("button", name="Keep").click()
    page.locator("[role=status]", has_text="Kept.").wait_for()
    Device.objects.filter(account=village.bo).update(second_step_at=None)
    village.bo.refresh_from_db()
    assert village.bo.role == "organizer"
    at_bo.reload()
    assert at_bo.locator("h1").inner_text() == "Your second key"


def test_an_account_is_closed_after_a_second_press(open_page: Callable[..., Any], village: Village) -> None:
    page = open_page(reverse("accounts:account", args=[village.bo.pk]), phone=True, account=village.root)
    page.get_by_text("Close this account").click()
    assert Account.objects.get(pk=village.bo.pk).is_active
    page.get_by_role("button", name="Yes, close the account of Bo").click()
    page.locator("[role=status]", has_text="The account is closed.").wait_for()
    assert not Account.objects.get(pk=village.bo.pk).is_active
