"""A busy or a full database: an honest answer, and nothing half done."""

import re

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.refusals import NotYours, Refusal
from commonweal.ledger.models import Entry
from commonweal.ledger.writes import record
from commonweal.people.models import Institution, Person
from commonweal.urls import urlpatterns as real
from tests.village import found

ROOM = 4  # pages the database may still grow by


def write_until_refused(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        for _ in range(4000):
            Institution.objects.create(
                kind="choir", name=f"Choir {new_id()} {'x' * 80}", added_at=now(), source="hand:test"
            )
        record("filled", by=None, at=now())
    return HttpResponse("written")


def be_locked_out(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def be_refused(request: HttpRequest) -> HttpResponse:
    raise Refusal


def be_outside(request: HttpRequest) -> HttpResponse:
    raise NotYours


urlpatterns = [
    *real,
    path("fill/", write_until_refused),
    path("locked-out/", be_locked_out),
    path("refused/", be_refused),
    path("outside/", be_outside),
]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="max_page_count is SQLite's way to be full")
def test_a_full_disk_is_said_and_leaves_what_was_there(client: Client) -> None:
    Institution.objects.create(kind="choir", name="Before", added_at=now(), source="hand:test")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # earlier tests leave free pages, which would be room
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages + ROOM}")
    try:
        answer = client.get("/fill/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count=1073741823")
    assert answer.status_code == 507
    assert "The disk is full" in answer.content.decode()
    assert list(Institution.objects.values_list("name", flat=True)) == ["Before"]
    assert not Entry.objects.exists()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="max_page_count is SQLite's way to be full")
def test_wherever_the_disk_is_full_an_answer_is_kept_whole_or_refused() -> None:
    """With room for one page more each time: what was answered well is there with its entry, what was refused is not."""
    village, client = found(), Client()
    client.force_login(village.ana)
    her, kept, refused = village.bo_person, 0, 0
    for room in range(24):
        before = Person.objects.get(pk=her.pk)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count={pages + room}")
        written = f"{room} {'x' * 1900 * (1 + room % 2)}"
        try:
            typed = {"note": written, "version": str(before.version), "once": str(new_id())}
            answer = client.post(f"/people/{her.pk}/note/", typed)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA max_page_count=1073741823")
        assert answer.status_code in (302, 507), answer.content.decode()[-500:]
        kept, refused = kept + (answer.status_code == 302), refused + (answer.status_code == 507)
        now_there = Person.objects.get(pk=her.pk).note
        assert now_there == (written if answer.status_code == 302 else before.note)
        assert Entry.objects.filter(verb="changed_note").count() == kept
    assert kept
    assert refused
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_locked_database_asks_to_try_again(client: Client) -> None:
    answer = client.get("/locked-out/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_an_unworded_refusal_is_a_plain_page(client: Client) -> None:
    assert client.get("/refused/").status_code == 409


@override_settings(DEBUG=False)
def test_outside_the_scope_and_not_there_answer_alike(client: Client) -> None:
    outside, missing = client.get("/outside/"), client.get("/never-was/")
    assert outside.status_code == missing.status_code == 404
    assert without_tokens(outside.content) == without_tokens(missing.content)


def without_tokens(page: bytes) -> bytes:
    """The page without its form tokens and without its own address."""
    page = re.sub(rb'name="(csrfmiddlewaretoken|next)" value="[^"]*"', b"", page)
    return page.replace(b"/outside/", b"").replace(b"/never-was/", b"")
