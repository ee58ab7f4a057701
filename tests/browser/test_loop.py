"""The loop, walked: a test is opened, recorded by key and from paper, closed and read; its holes become conversations,
and the board and whom to talk with next have changed because of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.timezone import now

from commonweal.common.work import do_all_waiting
from commonweal.leaders.models import Candidate
from commonweal.listening.models import CallFor, Conversation
from commonweal.people.models import Person
from commonweal.structure_tests.models import Mark, RollEntry, StructureTest
from commonweal.structure_tests.rules.codes import code_of
from tests.leaders.small_mill import walk_with
from tests.structure_tests.planned import plan

if TYPE_CHECKING:
    from tests.village import Village

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {
    "en": {"open": "Open it now", "took": "took part", "close": "Close it", "holes": "Work the holes",
           "call": "Call for these conversations", "begin": "Begin the conversation", "forecast": "Forecast this test"},
    "es": {"open": "Abrirla ahora", "took": "participaron", "close": "Cerrarla", "holes": "Trabajar los huecos",
           "call": "Pedir estas conversaciones", "begin": "Empezar la conversación", "forecast": "Pronosticar esta prueba"},
}  # fmt: skip


def planned(village: "Village", name: str, *, days: int = 0) -> StructureTest:
    """A test of the mill; everybody but Bo and the leaders walks with Bo."""
    at = now()
    walk_with(village.bo_person, Person.objects.filter(name__startswith="Hand"), village, at - timedelta(days=9))
    return plan(village, name=name, on=(at + timedelta(days=days)).date(), at=at)


@pytest.mark.parametrize(("phone", "language"), [(False, "en"), (True, "es")], ids=["laptop", "phone"])
def test_from_the_asks_to_the_forecast_and_what_changed(
    mill: "Village",
    open_page: Callable[..., Any],
    no_barriers: Callable[[Any], None],
    live_server: Any,
    phone: bool,
    language: str,
) -> None:
    said, test = SAID[language], planned(mill, "Button day")
    mill.ana.language = language
    mill.ana.save()
    before = Candidate.objects.get(reading__current=True, person=mill.bo_person).evidence["asked"]
    page = open_page(f"/tests/{test.pk}/", account=mill.ana, phone=phone, language=language)
    no_barriers(page)
    page.goto(f"{live_server.url}/tests/{test.pk}/open/")
    page.click(f"text={said['open']}")
    record_by_key(page, live_server.url, test, phone)
    type_paper_in(page, live_server.url, test)
    page.goto(f"{live_server.url}/tests/{test.pk}/close/")
    no_barriers(page)
    page.click(f"main button:has-text('{said['close']}')")
    page.wait_for_url("**/result/")
    no_barriers(page)
    assert "4" in page.inner_text("h1")
    page.click(f"text={said['holes']}")
    page.wait_for_url("**/holes/")
    no_barriers(page)
    page.click(f"text={said['call']}")
    page.wait_for_url("**/today/")
    call = CallFor.objects.filter(held_at=None).select_related("person").first()
    assert call is not None and call.person.name in page.inner_text("main")
    page.goto(f"{live_server.url}/tests/{test.pk}/debrief/")
    no_barriers(page)
    do_all_waiting()
    after = Candidate.objects.get(reading__current=True, person=mill.bo_person).evidence["asked"]
    assert after > before, "the board knows what was delivered"
    hold_it(page, live_server.url, call, said)
    forecast(page, live_server.url, mill, said, no_barriers)


def record_by_key(page: Any, home: str, test: StructureTest, phone: bool) -> None:
    """Four came and two did not, typed down the first unit's lines, or pressed on a phone."""
    page.goto(f"{home}/tests/{test.pk}/grid/")
    if phone:
        for place, outcome in enumerate(("did", "did", "did", "did_not", "did_not", "could_not")):
            page.locator("#grid tbody tr").nth(place).locator(f"label.out.{outcome}").click()
    else:
        page.locator("#grid tbody tr").first.locator("label.out").first.focus()
        page.locator("#grid tbody tr input[type=radio]").first.focus()
        for key in "111223":
            page.keyboard.press(key)
    for _try in range(100):
        if Mark.objects.filter(entry__test=test).count() >= 6:
            break
        page.wait_for_timeout(100)
    outcomes = sorted(Mark.objects.filter(entry__test=test).values_list("outcome", flat=True))
    assert outcomes == ["could_not", "did", "did", "did", "did_not", "did_not"]


def type_paper_in(page: Any, home: str, test: StructureTest) -> None:
    """A line's code and what was ticked; a code that was typed wrong is told and nothing else is lost."""
    marked = Mark.objects.filter(entry__test=test).values("entry")
    entry = RollEntry.objects.filter(test=test).exclude(pk__in=marked).order_by("line").first()
    assert entry is not None
    code = code_of(test.pk, entry.line)
    page.goto(f"{home}/tests/{test.pk}/sheets/type/")
    page.fill("input[name=code-1]", code)
    page.fill("input[name=out-1]", "1")
    page.fill("input[name=code-2]", code[:-1] + str((int(code[-1]) + 1) % 10))
    page.fill("input[name=out-2]", "1")
    page.click("main .acts button.go")
    page.wait_for_selector("tr.wrong")
    assert page.locator("tr.wrong").count() == 1
    assert Mark.objects.get(entry=entry).how == "sheet"


def hold_it(page: Any, home: str, call: CallFor, said: dict[str, str]) -> None:
    """The conversation that was called for is held, and no longer called for."""
    page.goto(f"{home}/people/{call.person_id}/talk/")
    page.click(f"text={said['begin']}")
    page.wait_for_selector("#draft")
    page.fill("#id_opened", "Nine years on the looms")
    page.click(".steps button[data-step=task]")
    page.click(".thumb .keep")
    page.wait_for_url("**/conversations/*-*/")
    assert Conversation.objects.filter(person=call.person_id).count() == 1
    assert CallFor.objects.get(pk=call.pk).held_at is not None


def forecast(page: Any, home: str, mill: "Village", said: dict[str, str], no_barriers: Callable[[Any], None]) -> None:
    """The next test is forecast in the background, as a range and never as one number."""
    following = planned(mill, "Picket", days=6)
    page.goto(f"{home}/tests/{following.pk}/forecast/")
    page.click(f"text={said['forecast']}")
    do_all_waiting()
    page.goto(f"{home}/tests/{following.pk}/forecast/")
    no_barriers(page)
    assert following.forecasts.filter(current=True).count() >= 1
    assert page.locator("main svg").count() >= 3
