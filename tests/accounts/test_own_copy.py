"""She takes a copy of what is kept about her; it says who looked, and names nobody who spoke of her in trust."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from commonweal.accounts.models import Account
from commonweal.accounts.reads import own_copy
from commonweal.ledger.models import Entry
from commonweal.ledger.writes import record_look
from commonweal.people.models import Nomination, Tie
from tests.planted import Planted, plant
from tests.village import SENTINEL, THEN, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def greta(village: Village) -> Planted:
    planted = plant(village, "Qqgreta", village.weaving, village.eve_person, village.ana)
    record_look(at=THEN, by=village.ana.pk, person=planted.person.pk)
    return planted


def copy_of(account: Account) -> Any:
    client = Client()
    client.force_login(account)
    answer: Any = client.post("/you/copy/")
    assert answer["Content-Disposition"].startswith("attachment")
    return json.loads(answer.content)


def test_it_holds_what_is_hers(village: Village, greta: Planted) -> None:
    copy = copy_of(Account.objects.get(person=greta.person))
    assert copy["you"]["name"] == "Greta Qqgreta"
    assert "Gretchen Qqgreta" in copy["you"]["other_names"]
    assert [one["kind"] for one in copy["you"]["contacts"]] == ["phone"]
    assert {one["unit"] for one in copy["you"]["places"]} == {"Weaving"}
    assert copy["how_you_are_seen"] == [{"from_1_to_5": "2", "by": "observed", "on": "2026-03-02"}]
    assert [one["who"] for one in copy["who_looked"]] == ["Ana"]
    assert copy["account"]["devices"]
    assert copy["kept_besides"]["ties_with_others"] == Tie.objects.count()
    assert copy["kept_besides"]["a_note"] is True
    assert Entry.objects.get(verb="took_own_copy").actor == Account.objects.get(person=greta.person).pk


def test_it_names_nobody_else_and_tells_no_secret(village: Village, greta: Planted) -> None:
    text = json.dumps(copy_of(Account.objects.get(person=greta.person)), ensure_ascii=False)
    assert Nomination.objects.filter(nominee=greta.person).exists()
    for word in (SENTINEL, "Hana", "note Qqgreta", "JBSWY3DP", str(village.eve_person.pk), str(greta.partner.pk)):
        assert word not in text


def test_an_administrator_without_a_record_gets_her_account(village: Village) -> None:
    copy = copy_of(village.root)
    assert copy["account"]["role"] == "administrator"
    assert "you" not in copy


def test_every_table_is_told_counted_read_to_her_or_nothing_about_her() -> None:
    """Whoever adds a table decides what the person in it may take home."""
    lists = (own_copy.TOLD, own_copy.COUNTED, own_copy.READ_TO_HER, own_copy.NOTHING_ABOUT_HER)
    tables = {model.__name__ for model in apps.get_app_config("commonweal").get_models()}
    assert set().union(*lists) == tables
    assert sum(map(len, lists)) == len(tables)


def test_a_copy_is_taken_by_a_press_alone(village: Village) -> None:
    client = Client()
    client.force_login(village.cleo)
    assert client.get("/you/copy/").status_code == 405
    assert Client().post("/you/copy/").status_code == 302
