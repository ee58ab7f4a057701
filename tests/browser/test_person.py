"""The hall in a real browser: no barriers, in two sizes and languages, with and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from commonweal.people.models import ContactPoint, Occasion, Person, Placement, Tie
from commonweal.people.writes.evidence import add_tie, assess, name_somebody, record_ask
from commonweal.people.writes.search_keys import refresh
from tests.village import THEN, Village, phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def lively(village: Village) -> Village:
    bo, cleo, finn = village.bo_person, village.cleo_person, village.finn_person
    refresh(Person.objects.values_list("pk", flat=True))
    day = Occasion.objects.create(kind="button", name="Button day", on=THEN.date(), source="hand:village")
    add_tie(person=bo.pk, other=cleo.pk, kind="goes_to", by=None, at=THEN)
    name_somebody(nominator=finn.pk, nominee=bo.pk, question="faces", by=None, at=THEN)
    record_ask(occasion=day, asker=bo.pk, asked=cleo.pk, outcome="did", by=None, at=THEN)
    assess(person=bo.pk, stance="1", basis="observed", reason="brought two", on=THEN.date(), by=None, at=THEN)
    phone(bo, "+12125550142")
    phone(cleo, "+12125550143")
    return village


def paths(village: Village) -> list[str]:
    bo, cleo = village.bo_person.pk, village.cleo_person.pk
    return [
        "/",
        reverse("people:more"),
        reverse("people:people"),
        reverse("people:search") + "?q=bo",
        reverse("people:person", args=[bo]),
        reverse("people:assess", args=[bo]),
        reverse("people:details", args=[bo]),
        reverse("people:history", args=[bo]),
        reverse("people:place", args=[bo, Placement.objects.get(person=bo).pk]),
        reverse("people:contact", args=[bo, ContactPoint.objects.get(person=bo).pk]),
        reverse("people:correct", args=[bo, "tie", Tie.objects.get(person=bo).pk]),
        reverse("people:quick"),
        reverse("people:units"),
        reverse("people:pair", args=[bo, cleo]),
        reverse("people:occasions"),
    ]


@pytest.mark.parametrize(("phone_size", "language", "dark"), [(True, "es", False), (False, "en", True)])
def test_the_pages_of_the_hall_have_no_barriers(
    open_page: Callable[..., Any],
    no_barriers: Callable[[Any], None],
    lively: Village,
    phone_size: bool,
    language: str,
    dark: bool,
) -> None:
    page = open_page("/", phone=phone_size, language=language, dark=dark, account=lively.ana)
    origin = page.url.rstrip("/")
    for path in paths(lively):
        page.goto(origin + path)
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        no_barriers(page)


def test_a_leaders_and_a_members_page_have_no_barriers(
    open_page: Callable[..., Any], no_barriers: Callable[[Any], None], lively: Village
) -> None:
    for login in (lively.bo, lively.cleo):
        page = open_page("/", phone=True, account=login)
        no_barriers(page)
    assert open_page("/", phone=True, account=lively.bo).locator('a[href="tel:+12125550143"]').count() == 1


def test_people_are_found_as_one_types(open_page: Callable[..., Any], lively: Village) -> None:
    page = open_page(reverse("people:search"), account=lively.ana)
    page.locator("main input[type=search]").press_sequentially("adeyeni")
    page.locator("#found a", has_text="Bo Adeyemi").wait_for()


def test_somebody_is_named_in_the_place_where_it_stands(open_page: Callable[..., Any], lively: Village) -> None:
    page = open_page(reverse("people:person", args=[lively.bo_person.pk]), phone=True, account=lively.ana)
    page.locator("#named a[data-here]").click()
    page.locator("#other_text").press_sequentially("Delia Quispe")
    page.locator("#other_options label", has_text="Delia Quispe").click()
    page.locator(".here button.go").click()
    page.locator("#named a", has_text="Delia Quispe").wait_for()
    assert Person.objects.filter(name="Delia Quispe").count() == 1


def test_somebody_is_named_without_javascript_in_two_steps(open_page: Callable[..., Any], lively: Village) -> None:
    page = open_page(reverse("people:quick"), account=lively.ana, javascript=False)
    page.locator("#first_text").fill("finn")
    page.locator("#second_text").fill("cleo")
    page.locator("button[name=look]").first.click()
    page.locator("#first_options label").first.click()
    page.locator("#second_options label").first.click()
    page.locator("button.go").click()
    named = page.goto(page.url.split("/people/")[0] + reverse("people:person", args=[lively.cleo_person.pk]))
    assert named.ok and page.locator("#named a", has_text="Finn Novak").count() == 1


def test_what_was_removed_comes_back_at_one_press(open_page: Callable[..., Any], lively: Village) -> None:
    page = open_page(reverse("people:person", args=[lively.bo_person.pk]), phone=True, account=lively.ana)
    page.locator("#contacts a", has_text="change").click()
    page.get_by_role("button", name="Remove it").click()
    page.locator("#contacts", has_text="No way to reach her yet.").wait_for()
    page.locator(".toast button").click()
    page.locator("#contacts a[href='tel:+12125550142']").wait_for()


def test_two_who_write_at_once_lose_nothing(open_page: Callable[..., Any], lively: Village) -> None:
    details = reverse("people:details", args=[lively.bo_person.pk])
    first, second = open_page(details, account=lively.ana), open_page(details, account=lively.root)
    first.get_by_label("Number on another list").fill("R-9")
    first.get_by_role("button", name="Keep").click()
    first.locator("#who", has_text="R-9").wait_for()
    second.get_by_label("Called").fill("Bola Adeyemi")
    second.get_by_role("button", name="Keep").click()
    second.get_by_role("alert").wait_for()
    assert "Number on another list: R-9" in second.get_by_role("alert").inner_text()
    assert second.get_by_label("Called").input_value() == "Bola Adeyemi"
    second.get_by_role("button", name="Keep").click()
    second.get_by_role("heading", name="Bola Adeyemi").wait_for()
    kept = Person.objects.get(pk=lively.bo_person.pk)
    assert (kept.name, kept.outside_number) == ("Bola Adeyemi", "R-9")
