"""A newcomer starts with nothing and ends with the list, a chain and a printed wall chart.

The committee's files (committee_files.py) hold one leader whom everybody on her shift follows; what counts is
that she is found, that those who follow her walk with her, and that the paper bears their names.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from commonweal.accounts.rules import code_at
from commonweal.accounts.writes.first_run import set_up_code
from commonweal.common.work import do_all_waiting
from commonweal.leaders.models import ListedLeader
from commonweal.people.models import Campaign, ChainLink, Person
from tests.browser.committee_files import DEPARTMENTS, LEADER, committees_workbook, employers_list, followers, roll

pytestmark = pytest.mark.django_db(transaction=True)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(("phone", "language"), [(False, "en"), (True, "es")], ids=["laptop-en", "phone-es"])
def test_from_an_empty_place_to_the_list_a_chain_and_the_printed_chart(
    open_page: Callable[..., Any], no_barriers: Callable[[Any], None], phone: bool, language: str
) -> None:
    page = open_page("/", phone=phone, language=language)
    begin_the_place(page, language)
    write_the_units(page)
    bring_in(page, "list.csv", "text/csv", employers_list())
    assert Person.objects.count() == len(roll())
    for sheet, kind in enumerate(("ties", "nominations", "asks")):
        bring_in(page, "committee.xlsx", WORKBOOK, committees_workbook(), sheet=sheet, kind=kind)
    begin_the_campaign(page)
    no_barriers(page)
    put_the_leader_on_the_list(page)
    take_the_chains(page)
    paper = print_the_chart(page)
    assert {"Quispe D.", *(f"Soto {name[0]}." for name in followers())} <= paper


def begin_the_place(page: Any, language: str) -> None:
    """The organization, the first account, her second factor and the codes on paper."""
    page.locator("[name=code]").fill(set_up_code())
    page.locator("[name=organization]").fill("Brigid’s workers")
    page.locator("[name=name]").fill("Ana Morales")
    page.locator("[name=email]").fill("ana@example.org")
    page.locator("[name=passphrase]").fill("jacaranda umbrella seven trains")
    go_on(page)
    secret = page.locator(".typed-secret").inner_text().replace("-", "").upper()
    page.locator("[name=code]").fill(code_at(secret, int(time.time()) // 30))
    page.locator("form:has([name=code]) .btn").click()
    assert page.locator(".codes li").count() == 8
    go_on(page)
    assert page.locator("html").get_attribute("lang") == language


def write_the_units(page: Any) -> None:
    page.locator("main a.btn.go").click()
    page.locator("textarea").fill("\n".join(DEPARTMENTS))
    go_on(page)
    page.get_by_role("link", name="Laboratory").wait_for()


def bring_in(
    page: Any, name: str, kind_of_file: str, content: bytes, *, sheet: int | None = None, kind: str = "people"
) -> None:
    """Hands a file over, checks the columns, looks at the rows, brings them in; the page tells when it is done."""
    page.goto(here(page) + reverse("exchange:imports"))
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind_of_file, "buffer": content})
    go_on(page)
    sheets = page.locator("[name=sheet]")
    if sheet is not None and sheets.input_value() != str(sheet):
        sheets.select_option(str(sheet))
        page.locator("button[name=again]").click()
        page.wait_for_load_state()
    assert page.locator("[name=kind]").input_value() == kind
    go_on(page)
    do_all_waiting()
    page.locator("form[action$='/bring/'] .btn.go").click()
    do_all_waiting()
    page.locator("a[href$='/undo/']").wait_for()


def begin_the_campaign(page: Any) -> None:
    """From the board, which then fills itself without another press."""
    page.goto(here(page) + reverse("leaders:board"))
    page.locator("main a.btn.go").click()
    go_on(page)
    page.locator("[data-refresh]").wait_for()
    do_all_waiting()
    page.get_by_role("link", name=LEADER).first.wait_for()


def put_the_leader_on_the_list(page: Any) -> None:
    """The name that stands first among those who move others; a human decides."""
    assert page.locator("main .person a").first.inner_text() == LEADER
    page.get_by_role("link", name=LEADER).first.click()
    page.locator("main .head a.btn.go").click()
    go_on(page)
    do_all_waiting()
    assert ListedLeader.objects.get().person.name == LEADER


def take_the_chains(page: Any) -> None:
    """Those who go to her are proposed as her chain, and walk with her once that is taken."""
    campaign = Campaign.objects.get()
    page.goto(here(page) + reverse("leaders:proposals", kwargs={"campaign": campaign.pk}))
    page.locator("form:has([name=all]) button[value=accept]").click()
    page.wait_for_load_state()
    walking = ChainLink.objects.filter(until=None, leader__name=LEADER).values_list("follower__name", flat=True)
    assert set(followers()) <= set(walking)
    leader = Person.objects.get(name=LEADER)
    page.goto(here(page) + reverse("leaders:chain", kwargs={"campaign": campaign.pk, "person": leader.pk}))
    for name in followers():
        page.get_by_role("link", name=name).first.wait_for()


def print_the_chart(page: Any) -> set[str]:
    """The words that stand on the paper, line by line."""
    page.goto(here(page) + reverse("leaders:wall_chart"))
    page.locator("a[href*='paper']").click()
    with page.expect_download() as download:
        page.locator("main form .btn.go").click()
    pages = PdfReader(Path(download.value.path())).pages
    return {line.strip() for one in pages for line in one.extract_text().splitlines()}


def go_on(page: Any) -> None:
    """Presses the one filled button of the page."""
    page.locator("main form .btn.go").click()


def here(page: Any) -> str:
    """The address of the running site."""
    return str(page.evaluate("location.origin"))
