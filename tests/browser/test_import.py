"""A list goes in and comes back out, in a real browser: on a phone, in Spanish, and without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from commonweal.common.work import do_all_waiting
from commonweal.exchange.models import ImportBatch
from commonweal.people.models import Person, PersonName
from tests.exchange.test_imports import brought, signed_in
from tests.village import Village, found, person, phone

TEXT = """EMPLOYEE NAME,DEPT,SHIFT,JOB TITLE,PHONE,Petition 3/1/2026
"RUIZ, CLEO",Weaving,Day,mender,(212) 555-0155,x
"SOTO LUNA, ADA",Looms,Night,dyer,banana,x
"GIL, ANA",Weaving,,,,x
,Weaving,Day,,,
"""
SMALL = """[...document.querySelectorAll('main a, main button, main select, main summary, main input:not([type=hidden])')]
  .filter((one) => { const box = (one.closest('label') || one).getBoundingClientRect();
    return box.width && box.height && box.height < 43.5; }).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def mill(transactional_db: None) -> Village:
    """The village, with two weavers of one name."""
    village = found()
    person("Ana Gil", village.weaving, village.day)
    phone(person("Ana Gil", village.weaving, village.night), "+12125550123")
    return village


@pytest.fixture
def looks_right(no_barriers: Callable[[Any], None]) -> Callable[[Any], None]:
    """Asserts that a page has no barrier, does not scroll sideways and offers nothing too small to press."""

    def check(page: Any) -> None:
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
        assert page.evaluate(SMALL) == [], page.url
        no_barriers(page)

    return check


def hand_over(page: Any, tmp_path: Path) -> None:
    """Chooses the file and has it read."""
    path = tmp_path / "lista de la fábrica.csv"
    path.write_text(TEXT, encoding="utf-8")
    page.locator("#file").set_input_files(path)
    page.locator("main form .btn.go").click()
    page.locator("#column0").wait_for()


@pytest.mark.parametrize(("language", "dark"), [("en", False), ("es", True)], ids=["phone-en-light", "phone-es-dark"])
def test_a_list_is_brought_and_taken_back_on_a_phone(
    mill: Village,
    open_page: Callable[..., Any],
    looks_right: Callable[[Any], None],
    tmp_path: Path,
    language: str,
    dark: bool,
) -> None:
    page = open_page(reverse("exchange:imports"), account=mill.ana, phone=True, language=language, dark=dark)
    looks_right(page)
    assert page.locator("html").get_attribute("lang") == language
    hand_over(page, tmp_path)
    assert [page.locator(f"#column{place}").input_value() for place in range(6)] == [
        "name", "unit", "shift", "job", "phone", "mark",
    ]  # fmt: skip
    page.locator("summary").click()
    looks_right(page)
    page.locator("input[name=update][value=file_wins]").check()
    page.locator(".thumb .btn.go").click()
    page.locator("#import[data-refresh]").wait_for()
    looks_right(page)
    do_all_waiting()  # the page asks again by itself and shows the rows
    page.locator(".thumb").wait_for()
    looks_right(page)
    assert page.locator("del").first.inner_text() == "weaver"
    assert page.locator("dd:has(del) ins").first.inner_text() == "mender"

    page.locator("a[href$='/missing/']").first.click()
    page.locator("input[value=use]").first.check()
    looks_right(page)
    page.locator("select[name=use0]").select_option(str(mill.spinning.pk))
    page.locator(".thumb .btn.go").click()
    page.locator("#import[data-refresh]").wait_for()
    do_all_waiting()
    page.locator("a[href$='/unclear/']").first.wait_for()

    page.locator("a[href$='/unclear/']").first.click()
    looks_right(page)
    page.locator(".opt", has_text="(212) 555-0123").locator("input").check()
    page.locator(".thumb .btn.go").click()
    page.locator("form[action$='/bring/'] button").wait_for()
    assert page.locator("a[href$='/unclear/']").count() == 0

    page.locator("form[action$='/bring/'] button").click()
    page.locator("progress").wait_for()
    do_all_waiting()
    page.locator("a[href$='/undo/']").wait_for()
    looks_right(page)
    ada = Person.objects.get(family_name="Soto Luna")
    assert ada.placements.get().unit == mill.spinning
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert "Weaving,Day" in Path(download.value.path()).read_text(encoding="utf-8")

    PersonName.objects.create(person=ada, kind="also", name="La Chata", source="hand:later")
    page.locator("a[href$='/undo/']").click()
    looks_right(page)
    assert page.locator("main .rows li").count() >= 1
    page.locator("main form .btn.bad").click()
    page.locator("progress").wait_for()
    do_all_waiting()
    page.locator("main .head .btn.go").wait_for()
    looks_right(page)
    assert "Ada Soto Luna" in page.locator("main").inner_text()
    assert ImportBatch.objects.get().state == "taken_back"


def test_without_scripts_the_same_steps_are_links_and_buttons(
    mill: Village, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    page = open_page(reverse("exchange:imports"), account=mill.ana, phone=True, javascript=False)
    hand_over(page, tmp_path)
    page.locator(".thumb .btn.go").click()
    do_all_waiting()
    page.get_by_role("link", name="See how far it is").click()
    page.get_by_role("heading", name="1 person is new, 1 known person changes.").wait_for()
    page.get_by_role("link", name="Say who is meant").click()
    page.locator(".opt", has_text="(212) 555-0123").click()
    page.get_by_role("button", name="Keep these answers").click()
    page.get_by_text("1 row is settled.").wait_for()
    page.locator("form[action$='/bring/'] button").click()
    do_all_waiting()
    page.get_by_role("link", name="See how far it is").click()
    page.get_by_role("heading", name="3 rows are in.").wait_for()
    page.get_by_role("link", name="Take this file back").click()
    page.get_by_role("heading", name="Everything of this file would go.").wait_for()
    page.get_by_role("button", name="Take this file back").click()
    do_all_waiting()
    page.get_by_role("link", name="See how far it is").click()
    page.get_by_role("heading", name="Nothing of it is left.").wait_for()
    assert not Person.objects.filter(family_name="Soto Luna").exists()


def test_on_a_laptop_every_page_of_an_import_fits_in_the_dark(
    mill: Village, open_page: Callable[..., Any], looks_right: Callable[[Any], None]
) -> None:
    nominations = "Nominator,Nominee,Question\nFinn Novak,Ana Gil,advice\nCleo Ruiz,Bo Adeyemi,news\nFinn Novak,,\n"
    batch = brought(signed_in(mill.ana), nominations)
    for name in ("import", "columns", "unclear", "missing"):
        page = open_page(reverse(f"exchange:{name}", args=[batch.pk]), account=mill.ana, dark=True)
        looks_right(page)
        page.close()
