"""How much a request may hold: more is refused before anything is read into the program, and plainly."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.village import Village

pytestmark = pytest.mark.django_db


def test_a_form_of_more_than_a_megabyte_is_refused(village: Village) -> None:
    client = Client()
    client.force_login(village.ana)
    note = f"/people/{village.bo_person.pk}/note/"
    answer = client.post(note, {"note": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), "once": "k", "version": "1"})
    assert answer.status_code == 400
    village.bo_person.refresh_from_db()
    assert village.bo_person.note == ""


def test_a_form_of_too_many_fields_is_refused(village: Village) -> None:
    fields = "&".join(f"a{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    answer = Client().post("/sign-in/", fields, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


def test_a_stranger_cannot_leave_a_body_that_is_held(village: Village) -> None:
    body = b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    for address in ("/", "/people/", "/ledger/", "/exchange/exports/trace/"):
        assert Client().post(address, body, content_type="text/plain").status_code in (302, 400, 403, 404, 405)


ASKS_OTHERS = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "telnetlib"}


def test_no_module_asks_another_machine() -> None:
    """No address that somebody typed is ever opened, since none is; mail goes out by Django's own sender."""
    house = Path(settings.HERE)
    imported = {
        (path.relative_to(house).as_posix(), name)
        for path in house.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert len(imported) > 1000
    assert {one for one in imported if one[1] in ASKS_OTHERS or one[1].split(".")[0] in ASKS_OTHERS} == set()
