"""Every route, asked by every role: nobody learns of a person outside her scope.

Routes are taken from the URLconf, so a new one is walked by itself; PARAMETERS says what each parameter
of a path means for Eve, and a text parameter without its word in WORDS fails here. The village's Eve, in Dov's
parish, carries a sentinel in every field; no answer to anybody but Dov and the administrator may hold it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commonweal.accounts.models import Account
from tests.village import SENTINEL, Village

pytestmark = pytest.mark.django_db
NOWHERE = UUID(int=0x4D8AB21F)
Case = Callable[[Village], dict[str, Any]]


def of_person(village: Village) -> dict[str, Any]:
    return {"person": village.eve_person.pk}


# What each parameter of a path means for Eve and her parish; what is not named here is asked with an id that is nowhere.
PARAMETERS: dict[str, Case] = {
    "person": of_person,
    "leader": lambda village: {"leader": village.eve_person.pk},
    "unit": lambda village: {"unit": village.parish.pk},
    "campaign": lambda village: {"campaign": village.campaign.pk},
    "shift": lambda village: {"shift": village.day.pk},
    "account": lambda village: {"account": village.dov.pk},
}
# Of these only Eve's own lie outside Ana's scope; the campaign and the shift of the village are hers too.
OUTSIDE = {"person", "leader", "unit", "account"}
# Routes that are not ours to walk: Django's own switch of language takes no object and shows no page.
NOT_WALKED = {"set_language"}


def routes(patterns: Any = None, space: str = "") -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every named route with the names and kinds of its parameters."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            inner = one.namespace or ""
            yield from routes(one.url_patterns, f"{space}{inner}:" if inner else space)
        elif isinstance(one, URLPattern):
            kinds = [(name, type(kind).__name__) for name, kind in one.pattern.converters.items()]
            yield f"{space}{one.name}", kinds


def arguments(village: Village, kinds: list[tuple[str, str]], *, there: bool) -> dict[str, Any]:
    """Arguments for a route: of what lies outside everybody's scope but Dov's, or of what is nowhere."""
    found: dict[str, Any] = {}
    for name, kind in kinds:
        if there and name in PARAMETERS:
            found |= PARAMETERS[name](village)
        elif kind == "UUIDConverter":
            found[name] = NOWHERE
        elif kind == "IntConverter":
            found[name] = 1
        else:
            found[name] = WORDS.get(name, "abcde")
    return found


WORDS = {"paper": "a4", "format": "csv", "kind": "person", "size": "a4"}


def everybody(village: Village) -> dict[str, Account | None]:
    return {
        "stranger": None,
        "cleo": village.cleo,
        "bo": village.bo,
        "ana": village.ana,
    }


def signed_in(account: Account | None) -> Client:
    client = Client(raise_request_exception=True)
    if account is not None:
        client.force_login(account)
    return client


def bytes_of(answer: Any) -> bytes:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content + repr(sorted(answer.headers.items())).encode()


WALKED = [(name, kinds) for name, kinds in routes() if name not in NOT_WALKED]
UNKNOWN = {
    name for name, kinds in WALKED for parameter, kind in kinds if kind == "StringConverter" and parameter not in WORDS
}


def test_every_route_has_a_name_and_known_parameters() -> None:
    nameless = [name for name, _ in routes() if name.endswith("None")]
    assert nameless == [], "give these routes a name, so that they can be walked"
    assert set() == UNKNOWN, "say in WORDS which word these routes' text parameter takes, so that they are walked"


@pytest.mark.parametrize(("name", "kinds"), WALKED, ids=[name for name, _ in WALKED])
def test_nobody_learns_of_a_person_outside_her_scope(village: Village, name: str, kinds: Any) -> None:
    path = reverse(name, kwargs=arguments(village, kinds, there=True))
    there = arguments(village, kinds, there=True)
    nowhere = reverse(name, kwargs={key: NOWHERE if key in OUTSIDE else value for key, value in there.items()})
    for who, account in everybody(village).items():
        for method in ("get", "post"):
            for more in ({}, {"q": SENTINEL[:6]}):
                sent = getattr(signed_in(account), method)(path, more)
                shown = bytes_of(sent).replace(b"?q=" + SENTINEL[:6].encode(), b"")
                assert SENTINEL.encode() not in shown, f"{who} {method} {path}"
                assert sent.status_code < 500, f"{who} {method} {path}"
            if path != nowhere:
                missing = getattr(signed_in(account), method)(nowhere)
                forbidden = getattr(signed_in(account), method)(path)
                assert forbidden.status_code == missing.status_code, f"{who} {method} {path}"


@pytest.mark.parametrize(("name", "kinds"), WALKED, ids=[name for name, _ in WALKED])
def test_looking_changes_nothing_and_every_answer_keeps_to_itself(village: Village, name: str, kinds: Any) -> None:
    path = reverse(name, kwargs=arguments(village, kinds, there=True))
    for account in (None, village.cleo, village.ana, village.dov, village.root):
        client = signed_in(account)
        before = everything_stored()
        answer = client.get(path)
        assert everything_stored() == before, path
        assert answer.status_code < 500, path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy or "sandbox" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"], path
        if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
            page = answer.content.decode()
            assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', page) == [], path
            assert re.findall(r"<script(?![^>]*src=)|\sstyle=\"|\son[a-z]+=\"|<style", page) == [], path


@pytest.mark.parametrize(("name", "kinds"), WALKED, ids=[name for name, _ in WALKED])
def test_no_post_counts_without_its_csrf_token(village: Village, name: str, kinds: Any) -> None:
    path = reverse(name, kwargs=arguments(village, kinds, there=True))
    for account in (None, village.ana, village.root):
        client = Client(enforce_csrf_checks=True)
        if account is not None:
            client.force_login(account)
        before = everything_stored()
        answer = client.post(path, {"name": "Changed"})
        assert answer.status_code == 403, path
        assert everything_stored() == before, path


def everything_stored() -> str:
    """A fingerprint of every row but looks, sessions, devices and what is measured by the clock."""
    kept_out = {"Session", "Device", "Entry"}
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.db_table):
            if model.__name__ in kept_out:
                continue
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            digest.update(repr(sorted(map(repr, cursor.fetchall()))).encode())
    return digest.hexdigest()
