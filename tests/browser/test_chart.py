"""The wall chart and the map of ties in a real browser: both widths, both languages, keys, no script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from commonweal.leaders.models import ListedLeader
from commonweal.people.models import Ask, Assessment, Occasion, Person, Placement, Tie
from tests.leaders.small_mill import ask, occasion
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db(transaction=True)
CHART, MAP, PAPER = "/leaders/wall_chart/", "/leaders/ties_map/", "/exchange/paper/wall_chart/"


def until(page: Any, holds: str) -> None:
    """Waits until something holds in the page. Asked from outside: the page itself may not read text as script."""
    for _ in range(200):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {holds}")


def crowd(village: Village, count: int) -> None:
    people = [
        Person(name=f"Crowd {number}", sort_name=f"crowd {number:05d}", source="t", added_at=THEN, changed_at=THEN)
        for number in range(count)
    ]
    Person.objects.bulk_create(people, 500)
    places = (village.weaving, village.spinning)
    shifts = (village.day, village.night)
    Placement.objects.bulk_create(
        [
            Placement(person=one, unit=places[number % 2], shift=shifts[number // 2 % 2], source="t")
            for number, one in enumerate(people)
        ],
        500,
    )


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("language", ["en", "es"])
def test_chart_map_and_paper_have_no_barriers(
    open_page: Callable[..., Any],
    no_barriers: Callable[[Any], None],
    village: Village,
    phone: bool,
    language: str,
) -> None:
    Tie.objects.create(person=village.bo_person, other=village.cleo_person, kind="kin", source="k", entered_at=THEN)
    block = f"{CHART}?block={village.weaving.pk}.{village.day.pk}"
    for path in (block, CHART + "?page=table", MAP, PAPER):
        page = open_page(path, phone=phone, language=language, account=village.ana)
        no_barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide == (390 if phone else 1366)


def acts(village: Village) -> Occasion:
    """Two acts; Bo asked Cleo, who says yes and did not come."""
    today = timezone.localdate()
    for number in (1, 2):
        act = occasion(village, f"Act {number}", today - timedelta(days=9 - number))
        ask(act, village.bo_person, village.cleo_person, "did_not")
        ask(act, None, village.bo_person, "did")
    Assessment.objects.create(person=village.cleo_person, stance="1", on=today, source="a", entered_at=THEN)
    return act


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("phone", [False, True])
def test_chart_map_and_person_by_acts_have_no_barriers(
    open_page: Callable[..., Any], no_barriers: Callable[[Any], None], village: Village, phone: bool, dark: bool
) -> None:
    Tie.objects.create(person=village.bo_person, other=village.cleo_person, kind="kin", source="k", entered_at=THEN)
    act = acts(village)
    block = f"block={village.weaving.pk}.{village.day.pk}"
    for path in (
        f"{CHART}?by=acts&{block}",
        f"{CHART}?by=acts&page=table",
        f"{CHART}?by={act.pk}&page=table",
        f"{CHART}?by={act.pk}&page=names&{block}",
        f"{MAP}?by=stance",
        f"{MAP}?by={act.pk}&lines=asks&person={village.bo_person.pk}",
        f"/people/{village.cleo_person.pk}/",
    ):
        page = open_page(path, phone=phone, dark=dark, language="es" if dark else "en", account=village.ana)
        no_barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") == (390 if phone else 1366)


def test_who_asked_is_said_of_the_square_one_points_at_and_of_the_block_with_the_keys(
    open_page: Callable[..., Any], village: Village
) -> None:
    act = acts(village)
    page = open_page(f"{CHART}?by={act.pk}", account=village.ana)
    block = page.get_by_role("link", name="Weaving, Day: 2 people")
    box = block.locator("svg").bounding_box()
    said = set()
    for place in (0, 1):
        page.mouse.move(box["x"] + 9 + 19 * place, box["y"] + 16)
        page.locator(".tip p").wait_for()
        said.add(page.locator(".tip").inner_text())
        page.mouse.move(0, 0)
        page.locator(".tip").wait_for(state="hidden")
    assert said == {
        "Act 2: came, asked by somebody not written down",
        "Act 2: asked, did not come, asked by Bo Adeyemi",
    }
    page.keyboard.press("Tab")
    block.focus()
    page.locator(".tip p").wait_for()
    assert "Bo Adeyemi asked 1 (0 came)" in page.locator(".tip").inner_text()
    page.keyboard.press("Escape")
    page.locator(".tip").wait_for(state="hidden")


def test_stickers_of_five_thousand_are_drawn_with_few_elements(open_page: Callable[..., Any], village: Village) -> None:
    crowd(village, 5000)
    act = acts(village)
    people = Person.objects.filter(name__startswith="Crowd").values_list("pk", flat=True)
    outcomes = ("did", "did_not", "could_not", "unknown")
    Ask.objects.bulk_create(
        [
            Ask(occasion=act, asked_id=one, outcome=outcomes[number % 4], source=f"c{number}", entered_at=THEN)
            for number, one in enumerate(people)
        ],
        500,
    )
    page = open_page(f"{CHART}?by=acts", account=village.ana)
    assert page.locator(".wc .s-did").count() > 0
    assert page.evaluate("document.getElementsByTagName('*').length") < 900
    page.mouse.wheel(0, 3000)
    until(page, "scrollY > 500")


def test_five_thousand_people_are_drawn_with_few_elements_and_scroll(
    open_page: Callable[..., Any], village: Village
) -> None:
    crowd(village, 5000)
    page = open_page(CHART, account=village.ana)
    assert "5,003" in page.locator("h1").inner_text()
    assert page.evaluate("document.getElementsByTagName('*').length") < 900
    page.mouse.wheel(0, 3000)
    until(page, "scrollY > 500")


def test_a_block_opens_its_names_in_place(open_page: Callable[..., Any], village: Village) -> None:
    page = open_page(CHART, account=village.ana)
    link = page.get_by_role("link", name="Weaving, Day: 2 people")
    link.focus()
    page.keyboard.press("Enter")
    page.locator("#side").get_by_role("link", name="Cleo Ruiz").wait_for()
    assert "block=" in page.url
    assert page.locator(".wc td > a[aria-current]").count() == 1


def test_a_search_rings_the_square_as_one_types(open_page: Callable[..., Any], village: Village) -> None:
    page = open_page(CHART, account=village.ana)
    page.get_by_label("Find a name").fill("ruiz")
    page.locator(".squares-of .found").wait_for(state="attached")
    assert page.locator(".found-names a").all_inner_texts() == ["Cleo Ruiz"]


def test_units_unfold_on_a_phone_without_script(open_page: Callable[..., Any], village: Village) -> None:
    page = open_page(CHART, phone=True, account=village.ana, javascript=False)
    block = page.get_by_role("link", name="Weaving, Day: 2 people")
    assert not block.is_visible()
    page.get_by_text("Squares of Weaving").click()
    assert block.is_visible()


def test_the_map_grows_by_keys_and_shows_without_script(open_page: Callable[..., Any], village: Village) -> None:
    Tie.objects.create(person=village.bo_person, other=village.cleo_person, kind="kin", source="k", entered_at=THEN)
    page = open_page(MAP, account=village.ana)
    before = page.locator("#ties").get_attribute("viewBox")
    page.locator("#ties-frame").focus()
    page.keyboard.press("+")
    page.wait_for_function("before => document.getElementById('ties').getAttribute('viewBox') !== before", arg=before)
    page.keyboard.press("0")
    page.wait_for_function("before => document.getElementById('ties').getAttribute('viewBox') === before", arg=before)
    still = open_page(MAP, account=village.ana, javascript=False)
    assert still.locator("#ties .dot").count() > 0
    assert not still.locator(".ties-tools").is_visible()


def test_no_name_on_the_map_is_cut_at_the_edge_of_a_phone(open_page: Callable[..., Any], village: Village) -> None:
    crowd(village, 60)
    people = list(Person.objects.filter(name__startswith="Crowd").order_by("sort_name"))
    Tie.objects.bulk_create(
        Tie(person=people[one], other=people[other], kind="friend", source=f"{one}:{other}", entered_at=THEN)
        for one in range(60)
        for other in range(one)
        if one // 10 == other // 10 or (one + other) % 29 == 0
    )
    for one in people[::3]:
        ListedLeader.objects.create(
            campaign=village.campaign, person=one, stage="won", listed_at=THEN, stage_since=THEN
        )
    page = open_page(MAP, phone=True, account=village.ana)
    until(page, "document.querySelectorAll('#ties-words text').length > 3")
    until(page, "document.fonts.status === 'loaded'")  # what stands in for our letters is wider
    cut = page.evaluate(
        """() => {
            const frame = document.getElementById("ties").getBoundingClientRect();
            return [...document.querySelectorAll("#ties-words text")]
                .filter((text) => {
                    const box = text.getBoundingClientRect();
                    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1;
                })
                .map((text) => text.textContent);
        }"""
    )
    assert cut == []
