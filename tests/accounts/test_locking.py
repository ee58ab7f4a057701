"""The lock: every session ends, nobody sees a person, keys are dropped, work rests; two organizers open it again."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonweal.accounts.models import Account, Device, OpeningVoice
from commonweal.accounts.writes.devices import change_passphrase
from commonweal.accounts.writes.factors import add_codes_app, new_app_secret
from commonweal.accounts.writes.locking import MayNotOpen, ask_to_open, lock_list
from commonweal.common import lock as lock_of_the_place
from commonweal.common import sealed
from commonweal.common.clock import now
from commonweal.common.lock import is_locked
from commonweal.common.models import Work
from commonweal.common.sealed import KeysBarred, keyring
from commonweal.common.work import do_all_waiting
from commonweal.ledger.models import Entry
from commonweal.people.models import Organization
from tests.accounts.test_sign_in import code_now
from tests.village import SENTINEL, THEN, Village

pytestmark = pytest.mark.django_db
PASSPHRASE = "four words nobody joins"
PANIC, LOCKED = "/panic/", "/locked/"


def of(one: Account) -> Client:
    client = Client()
    client.force_login(one)
    return client


def test_an_organizers_press_ends_every_session_and_hides_the_list(village: Village) -> None:
    everybody = [of(one) for one in (village.root, village.ana, village.dov, village.bo, village.cleo)]
    answer = everybody[1].post(PANIC, {"list": "1"})
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Device.objects.exists()
    for client in everybody:
        assert client.get("/").headers["Location"].startswith("/sign-in/")
    for one in (village.root, village.ana, village.bo, village.cleo):
        client = of(one)
        for page in (
            "/",
            "/people/",
            reverse("people:person", args=[village.bo_person.pk]),
            "/you/",
            "/ledger/",
            "/status/",
        ):
            shown = client.get(page, follow=True).content.decode()
            assert "The list is locked." in shown, (one.name, page)
            assert "Adeyemi" not in shown and SENTINEL not in shown


def test_a_leaders_or_members_press_ends_her_own_sessions_alone(village: Village) -> None:
    for one in (village.bo, village.cleo):
        hers, other = of(one), of(village.dov)
        hers.post(PANIC, {"list": "1"})
        assert not is_locked(fresh=True)
        assert not Device.objects.filter(account=one).exists()
        assert other.get("/").status_code == 200


def test_looking_at_the_address_locks_nothing(village: Village) -> None:
    assert of(village.root).get(PANIC).status_code == 405
    assert not is_locked(fresh=True)


def test_every_process_knows_within_a_second_and_drops_its_keys(village: Village, monkeypatch: Any) -> None:
    keyring()
    assert not is_locked()
    Organization.objects.update(locked_at=THEN)  # by another process
    clock = time.monotonic()
    monkeypatch.setattr(lock_of_the_place.time, "monotonic", lambda: clock + lock_of_the_place.ASKED_EVERY + 0.01)
    assert is_locked()
    assert sealed._rings == {}
    with pytest.raises(KeysBarred):
        keyring()
    Organization.objects.update(locked_at=None)
    monkeypatch.setattr(lock_of_the_place.time, "monotonic", lambda: clock + 2 * lock_of_the_place.ASKED_EVERY + 0.02)
    assert not is_locked()
    keyring()


def test_background_work_rests_while_it_is_locked(village: Village) -> None:
    lock_list(by=village.root, at=now())
    Work.objects.create(kind="commonweal.people.writes.resemblance.look_for", asked_at=now())
    assert do_all_waiting() == 0
    ask_to_open(by=village.root, at=now())
    assert do_all_waiting() == 1


def test_an_administrator_opens_it_alone_and_organizers_in_twos_within_a_day(village: Village) -> None:
    lock_list(by=village.ana, at=now())
    assert ask_to_open(by=village.ana, at=now() - timedelta(hours=25)) is False
    assert ask_to_open(by=village.dov, at=now()) is False, "the first voice is too old"
    assert ask_to_open(by=village.dov, at=now()) is False, "one organizer is one voice"
    assert ask_to_open(by=village.ana, at=now()) is True
    assert not is_locked(fresh=True)
    assert not OpeningVoice.objects.exists()
    lock_list(by=village.ana, at=now())
    assert ask_to_open(by=village.root, at=now()) is True
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs.count("locked_list") == verbs.count("opened_list") == 2


def test_a_voice_from_before_the_lock_opens_nothing(village: Village) -> None:
    lock_list(by=village.root, at=now())
    ask_to_open(by=village.ana, at=now())
    ask_to_open(by=village.root, at=now())
    lock_list(by=village.root, at=now())
    assert ask_to_open(by=village.dov, at=now()) is False


def test_leaders_and_members_have_no_say(village: Village) -> None:
    lock_list(by=village.root, at=now())
    for one in (village.bo, village.cleo):
        with pytest.raises(MayNotOpen):
            ask_to_open(by=one, at=now())
        assert of(one).post(LOCKED).status_code == 200
    assert is_locked(fresh=True)


def test_whoever_opens_it_shows_first_that_it_is_she(village: Village) -> None:
    lock_list(by=village.root, at=now())
    client = of(village.root)
    Device.objects.update(confirmed_at=now() - timedelta(minutes=6))
    assert client.post(LOCKED).headers["Location"] == "/confirm/?next=%2Flocked%2F"
    assert is_locked(fresh=True)


def test_the_second_factor_opens_the_door_while_the_list_is_locked(client: Client, village: Village) -> None:
    secret = new_app_secret()
    change_passphrase(village.root, PASSPHRASE, keep=None, by=village.root.pk, at=THEN)
    add_codes_app(village.root, secret, 0, name="App", by=village.root.pk, at=THEN)
    lock_list(by=village.root, at=now())
    client.post("/sign-in/", {"email": village.root.email, "passphrase": PASSPHRASE})
    client.post(reverse("accounts:second_step"), {"code": code_now(secret)})
    assert client.get("/", follow=True).redirect_chain[-1][0] == LOCKED
    assert sealed._rings == {}, "the keys were read for the door alone"
    client.post(LOCKED)
    assert client.get("/").status_code == 200


def test_no_mail_is_promised_while_it_is_locked(client: Client, village: Village, settings: Any) -> None:
    settings.ORIGIN = "https://list.example.org"
    lock_list(by=village.root, at=now())
    client.post(reverse("accounts:by_mail"), {"email": village.cleo.email})
    assert not Work.objects.exists()


def test_a_thousand_sessions_end_in_as_few_steps_as_one(village: Village) -> None:
    steps = []
    for count in (1, 200):
        day = THEN.date()
        Device.objects.bulk_create(Device(account=village.cleo, begun_on=day, seen_at=THEN) for _ in range(count))
        with CaptureQueriesContext(connection) as asked:
            lock_list(by=village.root, at=now())
        steps.append(len(asked))
        ask_to_open(by=village.root, at=now())
        assert not Device.objects.exists()
    assert steps[0] == steps[1]
