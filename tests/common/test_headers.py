"""Headers: one strict content policy on every answer, nothing kept, nothing framed, nothing from elsewhere."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.common.headers import POLICY
from tests.village import Village

pytestmark = pytest.mark.django_db
RULES = dict(rule.strip().partition(" ")[::2] for rule in POLICY.split(";"))


def test_the_policy_allows_nothing_that_is_not_ours() -> None:
    assert RULES["default-src"] == "'none'"
    for kind in ("script-src", "style-src", "font-src", "connect-src", "form-action", "manifest-src"):
        assert RULES[kind] == "'self'", kind
    assert RULES["img-src"] == "'self' data:"
    assert RULES["base-uri"] == RULES["frame-ancestors"] == "'none'"
    assert RULES["require-trusted-types-for"] == "'script'"
    assert RULES["trusted-types"] == "'none'"
    assert not re.search(r"unsafe|https?:|\*|blob:|nonce", POLICY)


@pytest.mark.parametrize("address", ["/sign-in/", "/nowhere/", "/enter/abc/", "/"])
def test_every_answer_carries_them(client: Client, village: Village, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_a_refused_form_carries_them_and_speaks_plainly(village: Village) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("accounts:sign_in"), {"email": "x@y.example"})
    assert answer.status_code == 403
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "This page lay open too long." in answer.content.decode()


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client, village: Village) -> None:
    client.get("/sign-in/")
    client.post(reverse("set_language"), {"language": "es"})
    assert {"c", "django_language"} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key
