"""Recording in a real browser: a grid by keys, a phone whose signal goes away, a sheet typed in without a mouse."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from commonweal.people.models import Ask
from commonweal.people.reads.evidence import standing
from commonweal.structure_tests.models import Mark, RollEntry, StructureTest
from commonweal.structure_tests.rules.codes import code_of
from commonweal.structure_tests.writes.tests import open_test
from tests.structure_tests.planned import plan
from tests.village import Village


def opened(mill: Village) -> StructureTest:
    at, by = now(), mill.ana.pk
    test = plan(mill, on=at.date(), at=at - timedelta(hours=2))
    return open_test(test=test, by=by, at=at - timedelta(hours=1))


def at(name: str, test: StructureTest) -> str:
    return reverse(f"structure_tests:{name}", args=[test.pk])


def said(page: Any, words: str) -> None:
    """Waits until the line that tells what is saved says so."""
    page.wait_for_function("words => document.getElementById('saved').textContent.includes(words)", arg=words)


def test_a_unit_is_recorded_with_one_key_a_person(mill: Village, open_page: Callable[..., Any]) -> None:
    test = opened(mill)
    page = open_page(f"{at('grid', test)}?unit={mill.weaving.pk}", account=mill.ana)
    entries = list(RollEntry.objects.filter(test=test, unit=mill.weaving).order_by("line").values_list("pk", flat=True))
    for key in "1234":
        page.keyboard.press(key)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("1")  # she thought again
    page.wait_for_function("() => !document.querySelector('tr.unsaved')")
    assert "Weaving: 4 of" in page.inner_text("h1")
    marks = dict(Mark.objects.order_by("seen_at", "received_at").values_list("entry", "outcome"))
    assert [marks[entry] for entry in entries[:4]] == ["did", "did_not", "could_not", "did"]
    page.keyboard.type("cleo")
    assert "Cleo Ruiz" in page.locator("tr.now").inner_text()
    page.keyboard.press("0")
    page.wait_for_function("() => !document.querySelector('tr.unsaved')")
    page.reload()
    assert page.locator("input[type=radio]:checked").count() == len(
        Ask.objects.filter(occasion=test.occasion, replaced_by=None, withdrawn=False)
    )
    page.keyboard.press("PageDown")
    page.wait_for_url("**of=" + str(mill.spinning.pk))


def test_an_ask_is_handed_to_somebody_found_as_one_types(mill: Village, open_page: Callable[..., Any]) -> None:
    test = opened(mill)
    line = RollEntry.objects.get(test=test, person=mill.finn_person)
    page = open_page(at("asks", test), account=mill.ana)
    page.check(f"input[value='{line.pk}']")
    page.locator("#asker_text").press_sequentially("adeye")
    page.get_by_role("radio", name="Bo Adeyemi").check()
    page.get_by_role("button", name="She asks those ticked").click()
    page.wait_for_load_state()
    line.refresh_from_db()
    assert line.asker_id == mill.bo_person.pk


def test_what_is_pressed_without_a_signal_is_sent_once_when_there_is_one(
    mill: Village, open_page: Callable[..., Any]
) -> None:
    test = opened(mill)
    page = open_page(f"{at('grid', test)}?unit={mill.weaving.pk}", account=mill.ana)
    page.context.set_offline(True)
    page.keyboard.press("1")
    page.keyboard.press("2")
    said(page, "2 wait here")
    assert Mark.objects.count() == 0
    page.context.set_offline(False)
    said(page, "2 saved")
    assert Mark.objects.count() == 2


def test_a_phone_keeps_marks_sealed_through_a_closed_tab_and_sends_them_once(
    mill: Village, open_page: Callable[..., Any]
) -> None:
    test = opened(mill)
    page = open_page(at("mine", test), account=mill.bo, phone=True)
    address, context = page.url, page.context
    context.set_offline(True)
    page.get_by_role("button", name="Came", exact=True).first.click()
    said(page, "1 kept on this phone")
    page.wait_for_function("() => localStorage.length === 1")
    held = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "did" not in held
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    said(again, "1 saved")
    again.wait_for_function("() => localStorage.length === 0")
    again.reload()
    assert (Mark.objects.count(), standing(Ask).filter(occasion=test.occasion).count()) == (1, 1)


def test_a_leader_without_scripts_records_by_pressing(mill: Village, open_page: Callable[..., Any]) -> None:
    test = opened(mill)
    page = open_page(at("mine", test), account=mill.bo, phone=True, javascript=False)
    page.get_by_role("button", name="Did not come").first.click()
    assert page.get_by_role("button", name="Did not come").first.get_attribute("aria-pressed") == "true"
    assert Mark.objects.get().outcome == "did_not"


def test_a_sheet_is_typed_in_without_a_mouse(mill: Village, open_page: Callable[..., Any]) -> None:
    test = opened(mill)
    page = open_page(at("type_sheet", test), account=mill.ana)
    page.locator("#code-1").focus()
    for line, ticked in ((1, "1"), (2, "2")):
        page.keyboard.type(code_of(test.pk, line)[3:])
        page.keyboard.press("Enter")
        page.keyboard.type(ticked)
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep these lines").click()
    page.get_by_text("2 people recorded.").wait_for()
    assert sorted(Mark.objects.values_list("outcome", "how")) == [("did", "sheet"), ("did_not", "sheet")]
