"""Every page Ana can reach by links on her phone, in Spanish: no barriers, nothing to push sideways, targets for a
thumb, and not a sentence left in English."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Error

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
FEWEST = 60  # kinds of pages; fewer would mean that the walk broke off


def test_every_page_on_a_phone_in_spanish(mill: Village, open_page: Callable[..., Any]) -> None:
    page, axe, faults = open_page("/", account=mill.ana, phone=True, language="es"), Axe(), []
    names, forms = [], 0
    for name in walk(page):
        names.append(name)
        forms += page.locator("#asked").count()
        if forms <= ENOUGH_FORMS or not page.locator("#asked").count():
            barriers = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
            faults += [f"{name}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in barriers]
        if page.evaluate(SIDEWAYS) > 0:
            faults.append(f"{name}: wider than the phone by {page.evaluate(SIDEWAYS)} px")
        faults += [f"{name}: too low to press: {one}" for one in page.evaluate(TOO_LOW)]
        faults += [f"{name}: English: {line}" for line in page.inner_text("body").splitlines() if ENGLISH.search(line)]
    assert not faults, "\n".join(faults)
    assert len(names) >= FEWEST, names


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
