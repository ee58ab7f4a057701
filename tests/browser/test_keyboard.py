"""Without a mouse: the first key skips to the page, every stop shows where one is, and no page holds one captive."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from commonweal.leaders.writes.reading import compute
from commonweal.people.models import Person
from commonweal.people.writes.search_keys import refresh
from tests.leaders.small_mill import Silent, busy_mill, listed
from tests.village import Village, found

# Where the focus is: what has it, whether a ring of two pixels or more shows it, whether it lies in the window
# and under nothing else.
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const shown = one.matches("input[type=radio], input[type=checkbox]") && one.closest("label") || one;
  const looks = [one, shown].map((each) => getComputedStyle(each));
  const box = one.getClientRects()[0];  // of a link over two lines the first: between them lies another
  const ringed = looks.some((look) =>
    (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== "none");
  const there = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), box.top + box.height / 2);
  return {
    what: `${one.tagName} ${one.className.baseVal ?? one.className} ${(one.textContent || one.name || "").trim().slice(0, 40)}`,
    ringed, seen: !!there && (one.contains(there) || there.contains(one) || shown.contains(there)),
  };
}"""
MOST_STOPS = 140


@pytest.fixture
def mill(transactional_db: None) -> Village:
    """A small mill that was read a moment ago."""
    village = found()
    busy_mill(village)
    refresh(Person.objects.values_list("pk", flat=True))
    listed(village, village.bo_person)
    compute(village.campaign.pk, Silent(), by=None, at=datetime.now(UTC) - timedelta(minutes=5))
    return village


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_every_stop_of_the_tab_key_is_seen_and_none_is_a_trap(
    mill: Village, open_page: Callable[..., Any], phone: bool
) -> None:
    bo = mill.bo_person.pk
    page, faults = open_page("/", account=mill.ana, phone=phone), []
    origin = page.evaluate("location.origin")
    addresses = ["/", reverse("people:person", args=[bo]), reverse("people:assess", args=[bo]), reverse("leaders:board"),
                 reverse("leaders:wall_chart"), reverse("exchange:imports")]  # fmt: skip
    for address in addresses:
        page.goto(origin + address)
        stops = []
        for _ in range(MOST_STOPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            if stop is None:
                break
            stops.append(stop)
        else:
            faults.append(f"{address}: the tab key never leaves the page")
        assert "skip" in stops[0]["what"], (address, stops[0])
        faults += [f"{address}: no ring: {stop['what']}" for stop in stops if not stop["ringed"]]
        faults += [f"{address}: out of sight: {stop['what']}" for stop in stops if not stop["seen"]]
    assert not faults, "\n".join(faults)


def test_the_first_key_skips_to_the_page(mill: Village, open_page: Callable[..., Any]) -> None:
    page = open_page(reverse("leaders:board"), account=mill.ana)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
