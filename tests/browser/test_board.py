"""The board and what hangs on it, in a real browser, on two sizes and in two languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from commonweal.leaders.models import ListedLeader
from commonweal.people.models import ChainLink
from tests.village import Village


def addresses(village: Village) -> list[str]:
    """The pages that a phone and a laptop must show without barriers."""
    here = {"campaign": village.campaign.pk}
    her = here | {"person": village.bo_person.pk}
    row = ListedLeader.objects.get(person=village.bo_person)
    return [
        reverse("leaders:board"),
        reverse("leaders:candidates", kwargs=here),
        reverse("leaders:known", kwargs=her),
        reverse("leaders:listed", kwargs=here),
        reverse("leaders:listed_one", kwargs=here | {"listed": row.pk}),
        reverse("leaders:proposed", kwargs=here),
        reverse("leaders:chain", kwargs=her),
        reverse("leaders:proposals", kwargs=here),
        reverse("leaders:sheets", kwargs=here),
    ]


@pytest.mark.parametrize(
    ("phone", "language", "dark"), [(True, "es", False), (False, "en", True)], ids=["phone-es-light", "laptop-en-dark"]
)
def test_the_pages_of_the_list_have_no_barriers_and_fit(
    mill: Village,
    open_page: Callable[..., Any],
    no_barriers: Callable[..., None],
    phone: bool,
    language: str,
    dark: bool,
) -> None:
    for address in addresses(mill):
        page = open_page(address, account=mill.ana, phone=phone, language=language, dark=dark)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        no_barriers(page)
        page.close()


def test_from_the_board_to_the_list_and_a_chain_in_a_few_presses(mill: Village, open_page: Callable[..., Any]) -> None:
    page = open_page(reverse("leaders:board"), account=mill.ana)
    page.get_by_role("link", name="Put someone on the list").click()
    page.get_by_label("Her name").press_sequentially("Cleo")
    page.get_by_role("link", name="Choose Cleo Ruiz").click()
    page.get_by_role("button", name="Put her on the list").click()
    page.get_by_text("Cleo Ruiz is on the list.").wait_for()
    assert ListedLeader.objects.get(person=mill.cleo_person).stage == "target"
    page.goto(page.url.split("/campaigns/")[0] + reverse("leaders:proposals", kwargs={"campaign": mill.campaign.pk}))
    page.get_by_role("button", name="Take them all").click()
    page.get_by_text("walk with a leader now").wait_for()
    assert ChainLink.objects.filter(leader=mill.bo_person, until=None).count() >= 6


def test_without_scripts_a_search_still_finds_her(mill: Village, open_page: Callable[..., Any]) -> None:
    address = reverse("leaders:put_on", kwargs={"campaign": mill.campaign.pk})
    page = open_page(address, account=mill.ana, javascript=False)
    page.get_by_label("Her name").fill("Cleo")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Choose Cleo Ruiz").wait_for()


def test_a_leader_on_her_phone_finds_her_people(
    mill: Village, open_page: Callable[..., Any], no_barriers: Callable[..., None]
) -> None:
    page = open_page(reverse("leaders:my_chain"), account=mill.bo, phone=True)
    page.get_by_role("heading", name="1 person walks with you.").wait_for()
    page.get_by_text("Cleo Ruiz").wait_for()
    no_barriers(page)
