"""A real Chromium, started once for a run, and pages of two sizes in two languages."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.village import Village

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 900}


def chromium_path() -> str | None:
    """Where Chromium is: the variable COMMONWEAL_CHROMIUM, else the first of the usual names."""
    named = os.environ.get("COMMONWEAL_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of this run; a missing one fails where it is required and is named at the end."""
    path = chromium_path()
    if path is None:
        reason = "there is no Chromium on this machine"
        if "browser" in os.environ.get("COMMONWEAL_TEST_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of the running site: `open_page("/", phone=True, language="es", dark=False)`.

    Whatever the page does that it must not (a script error, a refusal by the content policy, a
    request to another host) fails the test at its end.
    """
    contexts: list[Any] = []
    wrongs: list[str] = []

    def on_request(request: Any) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            wrongs.append(f"request to another host: {request.url}")

    def on_console(message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            wrongs.append(message.text)

    def opened(
        path: str = "/",
        *,
        phone: bool = False,
        language: str = "en",
        dark: bool = False,
        account: Any = None,
        javascript: bool = True,
    ) -> Any:
        context = chromium.new_context(
            viewport=PHONE if phone else LAPTOP,
            locale={"en": "en-US", "es": "es-MX"}[language],
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        if account is not None:
            context.add_cookies([session_cookie(account, live_server.url)])
        page = context.new_page()
        page.on("request", on_request)
        page.on("console", on_console)
        page.on("pageerror", lambda error: wrongs.append(f"script error: {error}"))
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrongs == []


def session_cookie(account: Any, url: str) -> dict[str, str]:
    """The cookie of a session of `account`, made as the test client makes it."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


@pytest.fixture
def no_barriers() -> Callable[[Any], None]:
    """Asserts that axe finds no barrier on a page."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Any) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return check


@pytest.fixture
def mill(transactional_db: None) -> "Village":
    """A small mill that was read a moment ago."""
    from datetime import UTC, datetime, timedelta

    from commonweal.leaders.writes.reading.computing import compute
    from commonweal.people.models import Person
    from commonweal.people.writes.search_keys import refresh
    from tests.leaders.small_mill import Silent, busy_mill, listed
    from tests.village import found

    village = found()
    busy_mill(village)
    refresh(Person.objects.values_list("pk", flat=True))
    listed(village, village.bo_person)
    listed(village, village.finn_person, "target")
    compute(village.campaign.pk, Silent(), by=None, at=datetime.now(UTC) - timedelta(minutes=5))
    return village
