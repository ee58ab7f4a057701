"""Signing in by passphrase, the second step, and leaving."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from commonweal.accounts.models import Account, Device, FailedTry
from commonweal.accounts.rules import CODE_SECONDS, TRIES_OF_A_NETWORK_AN_HOUR, code_at
from commonweal.accounts.writes.devices import account_with, change_passphrase
from commonweal.accounts.writes.factors import add_codes_app, make_recovery_codes, new_app_secret
from commonweal.common.clock import now
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db
SIGN_IN, HOME, YOU = "/sign-in/", "/", "/you/"
PASSPHRASE = "four words nobody joins"


def with_passphrase(account: Account) -> Account:
    change_passphrase(account, PASSPHRASE, keep=None, by=account.pk, at=THEN)
    account.refresh_from_db()
    return account


def with_app(account: Account) -> str:
    """Gives an account a codes app that was last used long ago; returns its secret."""
    secret = new_app_secret()
    add_codes_app(account, secret, 0, name="Codes app", by=account.pk, at=THEN)
    return secret


def code_now(secret: str) -> str:
    return code_at(secret, int(time.time()) // CODE_SECONDS)


def type_passphrase(client: Client, account: Account, passphrase: str = PASSPHRASE, **more: Any) -> Any:
    return client.post(SIGN_IN, {"email": account.email, "passphrase": passphrase, **more})


def is_in(client: Client) -> bool:
    return client.get(YOU).status_code == 200


def test_a_member_comes_in_by_her_passphrase(client: Client, village: Village) -> None:
    type_passphrase(client, with_passphrase(village.cleo))
    assert is_in(client)


def test_a_wrong_passphrase_opens_nothing(client: Client, village: Village) -> None:
    answer = type_passphrase(client, with_passphrase(village.cleo), "four words nobody knows")
    assert answer.status_code == 200
    assert not is_in(client)


def test_an_ended_account_opens_nothing(client: Client, village: Village) -> None:
    with_passphrase(village.cleo)
    Account.objects.filter(pk=village.cleo.pk).update(is_active=False)
    type_passphrase(client, village.cleo)
    assert not is_in(client)


def test_an_organizer_without_a_second_factor_reaches_only_its_set_up(client: Client, village: Village) -> None:
    type_passphrase(client, with_passphrase(village.ana))
    assert client.get(SIGN_IN).headers["Location"] == reverse("accounts:second_factors")
    assert client.get(reverse("accounts:second_factors")).status_code == 200
    for page in (HOME, YOU, reverse("accounts:accounts"), reverse("accounts:recovery_codes")):
        assert client.get(page).status_code == 302, page


def test_an_organizer_comes_in_with_passphrase_and_code(client: Client, village: Village) -> None:
    secret = with_app(with_passphrase(village.ana))
    type_passphrase(client, village.ana)
    assert not is_in(client)
    client.post(reverse("accounts:second_step"), {"code": code_now(secret)})
    assert is_in(client)


def test_a_code_opens_once(client: Client, village: Village) -> None:
    secret = with_app(with_passphrase(village.ana))
    code = code_now(secret)
    for expected in (True, False):
        other = Client()
        type_passphrase(other, village.ana)
        other.post(reverse("accounts:second_step"), {"code": code})
        assert is_in(other) is expected


def test_a_code_from_paper_opens_once(village: Village) -> None:
    with_app(with_passphrase(village.ana))
    code = make_recovery_codes(village.ana, by=village.ana.pk, at=THEN)[3]
    for expected in (True, False):
        client = Client()
        type_passphrase(client, village.ana)
        client.post(reverse("accounts:second_step"), {"code": code.upper()})
        assert is_in(client) is expected


def test_a_member_with_a_second_factor_is_asked_for_it(client: Client, village: Village) -> None:
    with_app(with_passphrase(village.cleo))
    type_passphrase(client, village.cleo)
    assert client.get(SIGN_IN).headers["Location"] == reverse("accounts:second_step")


def test_the_session_has_a_new_key_after_each_step(client: Client, village: Village) -> None:
    secret = with_app(with_passphrase(village.ana))
    client.get(SIGN_IN)
    keys = []
    type_passphrase(client, village.ana)
    keys.append(client.cookies["s"].value)
    client.post(reverse("accounts:second_step"), {"code": code_now(secret)})
    keys.append(client.cookies["s"].value)
    assert len(set(keys)) == 2


def test_the_database_holds_no_key_that_opens_a_session(client: Client, village: Village) -> None:
    type_passphrase(client, with_passphrase(village.cleo))
    key = client.cookies["s"].value
    assert is_in(client)
    assert key not in set(Session.objects.values_list("session_key", flat=True))
    thief = Client()
    thief.cookies["s"] = Session.objects.values_list("session_key", flat=True)[0]
    assert not is_in(thief)


def test_known_and_unknown_addresses_get_the_same_answer(village: Village) -> None:
    with_passphrase(village.cleo)
    answers = []
    for email in (village.cleo.email, "nobody@village.example"):
        client = Client(enforce_csrf_checks=False)
        answer = client.post(SIGN_IN, {"email": email, "passphrase": "four words nobody knows"})
        answers.append((answer.status_code, without_tokens(answer.content.decode().replace(email, "…"))))
    assert answers[0] == answers[1]


def without_tokens(page: str) -> str:
    return re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", page)


def test_an_unknown_address_takes_one_hash_like_a_known_one(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth import hashers

    with_passphrase(village.cleo)
    worked: list[str] = []
    plain = hashers.MD5PasswordHasher.encode

    def counted(hasher: hashers.MD5PasswordHasher, password: str, salt: str) -> str:
        worked.append(password)
        return plain(hasher, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    for email in (village.cleo.email, "nobody@village.example", village.bo.email):
        worked.clear()
        assert account_with(email, "something else entirely") is None
        assert len(worked) == 1, email


def test_ten_failures_are_heard_in_an_hour_and_then_none(
    client: Client, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_passphrase(village.cleo)
    clock = Moving(monkeypatch)
    heard = 0
    for _ in range(200):
        clock.go(timedelta(seconds=15))
        before = set(FailedTry.objects.values_list("pk", flat=True))
        type_passphrase(client, village.cleo, "four words nobody knows")
        heard += bool(set(FailedTry.objects.values_list("pk", flat=True)) - before)
    assert heard == 10
    type_passphrase(client, village.cleo)
    assert not is_in(client), "the right passphrase is not heard either while the door waits"
    clock.go(timedelta(hours=1))
    type_passphrase(client, village.cleo)
    assert is_in(client)


def test_failures_from_elsewhere_lock_nobody_out(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    with_passphrase(village.cleo)
    clock = Moving(monkeypatch)
    attacker = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(50):
        clock.go(timedelta(seconds=60))
        type_passphrase(attacker, village.cleo, "four words nobody knows")
    victim = Client(REMOTE_ADDR="198.51.100.20")
    type_passphrase(victim, village.cleo)
    assert is_in(victim)


def test_no_address_is_kept(client: Client, village: Village) -> None:
    type_passphrase(Client(REMOTE_ADDR="203.0.113.7"), with_passphrase(village.cleo), "no")
    kept = list(FailedTry.objects.values_list("key", flat=True))
    assert len(kept) == 2, "one for her from there, one for everybody from there"
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in kept)
    assert not any("203.0.113" in repr(row) for row in everything_in_the_database())


def everything_in_the_database() -> list[Any]:
    return [row for model in apps.get_models() for row in model._default_manager.values_list()]


def test_one_network_cannot_try_everybody(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    with_passphrase(village.cleo)
    clock = Moving(monkeypatch)
    attacker = Client(REMOTE_ADDR="203.0.113.7")
    for number in range(TRIES_OF_A_NETWORK_AN_HOUR):
        clock.go(timedelta(seconds=1))
        attacker.post(SIGN_IN, {"email": f"guess{number}@village.example", "passphrase": "four words nobody knows"})
    neighbour = Client(REMOTE_ADDR="203.0.113.99")
    type_passphrase(neighbour, village.cleo)
    assert not is_in(neighbour), "the whole network waits"
    elsewhere = Client(REMOTE_ADDR="198.51.100.20")
    type_passphrase(elsewhere, village.cleo)
    assert is_in(elsewhere)
    clock.go(timedelta(hours=1))
    type_passphrase(neighbour, village.cleo)
    assert is_in(neighbour)


def test_somebody_who_comes_in_uses_up_no_try_of_her_network(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    with_passphrase(village.cleo)
    clock = Moving(monkeypatch)
    for _ in range(TRIES_OF_A_NETWORK_AN_HOUR + 5):
        clock.go(timedelta(seconds=1))
        client = Client(REMOTE_ADDR="203.0.113.7")
        type_passphrase(client, village.cleo)
        assert client.session.get("device")


def test_next_leads_only_to_a_page_of_this_site(village: Village) -> None:
    with_passphrase(village.cleo)
    for asked, led in (
        ("/you/", "/you/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("evil", "/"),
        ("http:///evil.example", "/"),
    ):
        client = Client()
        answer = client.post(
            SIGN_IN, {"email": village.cleo.email, "passphrase": PASSPHRASE, "next": asked}, follow=True
        )
        assert answer.redirect_chain[-1][0] == led, asked


def test_leaving_ends_the_device_and_clears_the_browser(client: Client, village: Village) -> None:
    client.force_login(village.cleo)
    key = client.cookies["s"].value
    answer = client.post(reverse("accounts:leave"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Device.objects.filter(account=village.cleo).exists()
    thief = Client()
    thief.cookies["s"] = key
    assert not is_in(thief)


def test_away_ends_the_session_and_leads_to_an_ordinary_page(client: Client, village: Village, settings: Any) -> None:
    settings.AWAY = "https://weather.example/"
    client.force_login(village.bo)
    answer = client.post("/leave/", {"away": "1"})
    assert (answer["Refresh"], answer["Clear-Site-Data"]) == (
        "0; url=https://weather.example/",
        '"cache", "cookies", "storage"',
    )
    assert "Commonweal" not in answer.content.decode(), "what a browser writes into its history says nothing of us"
    assert not village.bo.devices.exists()
    assert client.get("/").status_code == 302


def test_nothing_of_a_page_is_cached(client: Client, village: Village) -> None:
    client.force_login(village.cleo)
    assert client.get(YOU).headers["Cache-Control"] == "no-store"


def test_a_session_ends_with_the_browser_unless_the_device_is_her_own(village: Village) -> None:
    with_passphrase(village.cleo)
    for more, lasting in (({}, False), ({"own": "on"}, True)):
        client = Client()
        type_passphrase(client, village.cleo, **more)
        assert bool(client.cookies["s"]["max-age"]) is lasting


class Moving:
    """The clock of the program, moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from django.utils import timezone

        self.at = now()
        monkeypatch.setattr(timezone, "now", lambda: self.at)

    def go(self, by: timedelta) -> None:
        self.at += by
