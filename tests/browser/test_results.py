"""A test's result, its debrief, the climb and a forecast in a real browser: on a phone in Spanish by night, on a laptop,
and on paper."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from commonweal.common.work import do_all_waiting
from commonweal.structure_tests.writes.forecasts import ask_to_forecast
from tests.browser.test_every_page import ENGLISH, SIDEWAYS, TOO_LOW
from tests.structure_tests.held import OPENED, hands, held, marked, seen
from tests.structure_tests.test_results import stated
from tests.village import Village


@pytest.fixture
def tested(mill: Village) -> dict[str, Any]:
    """Three tests that were held, the last with everything a result can show, and a fourth with its forecast."""
    people = hands(mill, 30, name="Mano") + hands(mill, 12, mill.spinning, "Hilo")
    leaders = {one.pk: mill.bo_person for one in people[:20]} | {one.pk: mill.cleo_person for one in people[20:28]}
    tests = []
    for one in people[:10]:
        stated(one, "1", mill.ana, entered_at=OPENED - timedelta(days=99))
    for act in range(3):
        stances = {one.pk: "1" for one in people[:10]}
        test = held(
            mill, people, name=f"Acto {act}", on=date(2026, 1, 10) + timedelta(days=20 * act), leaders=leaders,
            stances=stances,
        )  # fmt: skip
        for place, one in enumerate(people):
            outcome = "unknown" if place == 41 else "did" if place % 10 >= 2 + 2 * act else "did_not"
            seen(test, one, outcome, leaders.get(one.pk, mill.cleo_person), entered_at=test.opened_at)
            marked(test, one, "did" if place == 41 else outcome, mill.ana, after=place - 900)
        marked(test, people[41], "did_not", mill.root, after=-800)
        tests.append(test)
    coming = held(mill, people, state="planned", name="Acto final", on=date(2026, 4, 1))
    ask_to_forecast(coming.pk, by=mill.ana.pk, at=OPENED)
    do_all_waiting()
    return {"held": tests[-1], "coming": coming}


def addresses(tested: dict[str, Any]) -> list[str]:
    of = ("result", "leaders_result", "organizers_result", "debrief")
    return [
        *(reverse(f"structure_tests:{name}", args=[tested["held"].pk]) for name in of),
        reverse("structure_tests:tests"),
        reverse("structure_tests:forecast", args=[tested["coming"].pk]),
    ]


def test_on_a_phone_in_spanish_by_night_and_on_a_laptop_nothing_stands_in_the_way(
    mill: Village, tested: dict[str, Any], open_page: Callable[..., Any], no_barriers: Callable[[Any], None]
) -> None:
    for phone, language in ((True, "es"), (False, "en")):
        page = open_page("/", account=mill.ana, phone=phone, language=language, dark=phone)
        origin = page.evaluate("location.origin")
        for address in addresses(tested):
            assert page.goto(origin + address).status == 200
            no_barriers(page)
            assert page.evaluate(SIDEWAYS) <= 0, address
            if phone:
                assert page.evaluate(TOO_LOW) == [], address
                english = [line for line in page.inner_text("main").splitlines() if ENGLISH.search(line)]
                assert english == [], address


def test_the_debrief_prints_on_a4_without_what_only_a_screen_needs(
    mill: Village, tested: dict[str, Any], open_page: Callable[..., Any]
) -> None:
    page = open_page(reverse("structure_tests:debrief", args=[tested["held"].pk]), account=mill.ana)
    page.emulate_media(media="print")
    assert not page.locator("button[data-print]").is_visible()
    size = page.locator(".debrief .table td").first.evaluate("cell => parseFloat(getComputedStyle(cell).fontSize)")
    assert size >= 17  # pixels: 13 points and more
    assert page.locator(".debrief .writing tr").count() >= 5
