"""Every page Ana can reach by links on her phone, in Spanish: no barriers, nothing to push sideways, targets for a
thumb, and not a sentence left in English."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve, reverse
from django.utils.timezone import now
from playwright.sync_api import Error

from commonweal.common.ids import new_id
from commonweal.common.work import Silent
from commonweal.journeys.petition_line import read_sheet
from commonweal.people.models import Person
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.writes.forecasts.computing import compute as compute_forecast
from commonweal.structure_tests.writes.marks import NewMark, record_marks
from commonweal.structure_tests.writes.tests import close_test, open_test
from tests.leaders.small_mill import walk_with
from tests.structure_tests.planned import plan
from tests.village import Village

# Words that no Spanish sentence holds, and no name of the village but the mill's own.
ENGLISH = re.compile(
    r"\b(the(?! mill\b)|with|and|was|were|are|your|you|who|whom|has|have|this|nobody|they|from)\b", re.I
)
# What is pressed and lower than 44 px: links inside a sentence are exempt, a box to tick counts with its label.
TOO_LOW = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .map((one) => (one.matches("[type=radio], [type=checkbox]") && one.closest("label")) || one)
  .filter((one) => one.getClientRects().length && !one.closest(".skip") && getComputedStyle(one).display !== "inline")
  .filter((one) => getComputedStyle(one).visibility !== "hidden" && one.getBoundingClientRect().height < 43.5)
  .map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 30)}`)"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
ENOUGH_FORMS = 8  # the page with one form is always the same; the others are looked at without axe
OF_A_TEST = ("test", "roll", "asks", "result", "leaders_result", "organizers_result", "debrief", "forecast")
RECORDING = ("grid", "type_sheet", "file", "ballots")
PAGES_OF_A_TEST = {
    "planned": [
        f"structure_tests:{name}"
        for name in ("test", "change", "open", "roll", "asks", "predict", "sheets", "forecast")
    ],
    "open": [f"structure_tests:{name}" for name in (*OF_A_TEST, *RECORDING, "sheets")]
    + ["journeys:signatures", "journeys:close_test", "journeys:work_the_holes"],
    "closed": [f"structure_tests:{name}" for name in (*OF_A_TEST, *RECORDING)]
    + ["journeys:signatures", "journeys:work_the_holes"],
}
FEWEST = 60  # kinds of pages; fewer would mean that the walk broke off


def test_every_page_on_a_phone_in_spanish(mill: Village, open_page: Callable[..., Any]) -> None:
    page, axe, faults = open_page("/", account=mill.ana, phone=True, language="es"), Axe(), []
    names, forms = [], 0
    for name in walk(page):
        names.append(name)
        forms += page.locator("#asked").count()
        faults += faults_of(page, name, axe if forms <= ENOUGH_FORMS or not page.locator("#asked").count() else None)
    assert not faults, "\n".join(faults)
    assert len(names) >= FEWEST, names


def test_every_page_of_a_test_in_each_of_its_states(mill: Village, open_page: Callable[..., Any]) -> None:
    """Planned, open with lines that wait and that two people recorded differently, and closed."""
    tests = three_tests(mill)
    page, axe, faults = open_page("/tests/", account=mill.ana, phone=True, language="es"), Axe(), []
    origin = page.evaluate("location.origin")
    for state, names in PAGES_OF_A_TEST.items():
        for name in names:
            page.goto(origin + reverse(name, args=[tests[state].pk]))
            faults += faults_of(page, f"{state} {name}", axe)
    page.goto(origin + reverse("structure_tests:grid", args=[tests["open"].pk]) + "?only=contested")
    faults += faults_of(page, "contested", axe)
    leader = open_page(
        reverse("structure_tests:mine", args=[tests["open"].pk]), account=mill.bo, phone=True, language="es"
    )
    faults += faults_of(leader, "mine", axe)
    assert not faults, "\n".join(faults)


def three_tests(mill: Village) -> dict[str, StructureTest]:
    """A test in each state, with everything in them that a test can have."""
    at = now()
    walk_with(mill.bo_person, Person.objects.filter(name__startswith="Hand"), mill, at - timedelta(days=30))
    made = {}
    for state, before in (("closed", 9), ("open", 1), ("planned", -3)):
        then = at - timedelta(days=before)
        made[state] = test = plan(mill, kind="petition", name=f"Petición {state}", on=then.date(), at=min(then, at))
        if state == "planned":
            continue
        open_test(test=test, by=mill.ana.pk, at=then)
        lines = list(test.roll.order_by("line"))
        marks = [
            NewMark(new_id(), line.pk, ("did", "did_not", "could_not")[place % 3], line.asker_id)
            for place, line in enumerate(lines[:-3])
        ]
        record_marks(test, marks, how="grid", by=mill.ana.pk, at=then + timedelta(hours=2))
        other = [NewMark(new_id(), lines[0].pk, "did_not", lines[0].asker_id)]
        if state == "open":
            record_marks(test, other, how="phone", by=mill.root.pk, at=then + timedelta(hours=3))
        else:
            close_test(test=test, by=mill.ana.pk, at=then + timedelta(days=2))
            record_marks(test, other, how="grid", by=mill.ana.pk, at=then + timedelta(days=3))
        test.refresh_from_db()
        read_sheet(test=test, sheet=1, lines=[(1, "Nadie Conocida")], carried_by=None, by=mill.ana.pk, at=at)
    compute_forecast(made["planned"].pk, Silent(), by=mill.ana.pk, at=at)
    return made


def faults_of(page: Any, name: str, axe: Axe | None) -> list[str]:
    """What is wrong with the page that is open: barriers, too wide, too low to press, not in Spanish."""
    faults = []
    if axe is not None:
        barriers = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        faults += [f"{name}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in barriers]
    if page.evaluate(SIDEWAYS) > 0:
        faults.append(f"{name}: wider than the phone by {page.evaluate(SIDEWAYS)} px")
    faults += [f"{name}: too low to press: {one}" for one in page.evaluate(TOO_LOW)]
    faults += [f"{name}: English: {line}" for line in page.inner_text("body").splitlines() if ENGLISH.search(line)]
    return faults


def walk(page: Any) -> Iterator[str]:
    """Opens one page of each kind, led by the links of those before; the name of its address each time."""
    origin, seen, waiting = page.evaluate("location.origin"), set[str](), ["/"]
    while waiting:
        address = waiting.pop(0)
        name = resolve(urlsplit(address).path).view_name
        if name in seen:
            continue
        seen.add(name)
        try:
            answer = page.goto(origin + address)
        except Error as refused:
            assert "Download is starting" in str(refused), address
            continue
        assert answer.status == 200, address
        yield name
        links = page.eval_on_selector_all("a[href^='/']", "all => all.map((one) => one.getAttribute('href'))")
        waiting += [link for link in links if not link.startswith("/static/")]
