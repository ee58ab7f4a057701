"""Logs hold no name, number, token, address of a machine or query: a kind of error, places in the code, a pattern."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from commonweal.common.quiet_log import WithoutPeople
from commonweal.urls import urlpatterns as real
from tests.village import SENTINEL, Village

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
ADDRESS = "203.0.113.7"


def stumble(request: HttpRequest, word: str) -> HttpResponse:
    secret = SENTINEL + word  # a local value, which a full traceback would show
    raise ValueError(f"cannot read {secret}")


urlpatterns = [*real, path("stumble/<str:word>/", stumble)]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the program's own handler writes, from every logger there is."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.addFilter(WithoutPeople())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    loggers = [logging.getLogger(name) for name in ("", "django")]
    for one in loggers:
        one.addHandler(handler)
    yield text
    for one in loggers:
        one.removeHandler(handler)


def test_an_error_is_a_kind_and_places(village: Village, written: io.StringIO) -> None:
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    client.force_login(village.ana)
    client.get(f"/stumble/{SENTINEL}/?q={SENTINEL}", headers={"user-agent": SENTINEL, "referer": f"/{SENTINEL}"})
    line = written.getvalue()
    assert "GET stumble/<str:word>/ 500 ValueError: " in line
    assert "test_quiet_log.py" in line and "stumble" in line
    for word in (SENTINEL, ADDRESS, client.cookies["s"].value, village.ana.email, "cannot read"):
        assert word not in line, word


def test_nothing_found_is_told_without_its_address(client: Client, village: Village, written: io.StringIO) -> None:
    client.get(f"/{SENTINEL}/")
    client.get(reverse("accounts:enter", args=[SENTINEL]))
    client.get("/sign-in/", headers={"host": f"{SENTINEL}.example"})
    assert written.getvalue().count("\n") >= 3
    assert SENTINEL not in written.getvalue()


@pytest.mark.parametrize(
    "say",
    [
        lambda log: log.warning("could not write to %s", SENTINEL),
        lambda log: log.warning("%(name)s", {"name": SENTINEL}),
        lambda log: log.error(ValueError(SENTINEL)),
        lambda log: log.error("%d percent of %s", 3, SENTINEL, stack_info=True),
    ],
)
def test_what_is_filled_into_the_words_is_left_out(written: io.StringIO, say: Any) -> None:
    say(logging.getLogger("somebody.else"))
    assert "somebody.else" in written.getvalue()
    assert SENTINEL not in written.getvalue()


def test_an_exception_whose_message_was_put_into_the_words_is_left_out(written: io.StringIO) -> None:
    try:
        raise KeyError(SENTINEL)
    except KeyError as error:
        logging.getLogger("somebody.else").exception(f"it broke: {error}")  # noqa: G004, TRY401
    assert "KeyError: test_quiet_log.py" in written.getvalue()
    assert SENTINEL not in written.getvalue()


def test_a_request_that_is_none_of_ours_is_told_too(written: io.StringIO) -> None:
    logging.getLogger("django.server").warning("GET /%s", SENTINEL, extra={"request": object()})
    assert SENTINEL not in written.getvalue()


def test_the_settings_put_the_filter_before_every_handler(settings: Any) -> None:
    for handler in settings.LOGGING["handlers"].values():
        assert handler["filters"] == ["quiet"]
    assert settings.LOGGING["filters"]["quiet"]["()"] == "commonweal.common.quiet_log.WithoutPeople"
