"""Whoever sees very many people in an hour is slowed and reported, whichever pages showed them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commonweal.accounts.models import Looking
from commonweal.accounts.reads.looking import alarms_for, shown_lately
from commonweal.accounts.writes.looking import answer_alarms, keep_looks
from commonweal.common.ids import new_id
from commonweal.ledger.models import Entry
from commonweal.people.models import Unit
from commonweal.people.writes.search_keys import refresh
from tests.planted import plant
from tests.signed_in import signed_in
from tests.structure_tests import planned
from tests.village import Village, account, person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _few(settings: Any) -> None:
    settings.RECORDS_AN_HOUR, settings.NAMES_AN_HOUR = 5, 15


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What time it is for the pages; a test moves it."""
    at = [NOON]
    monkeypatch.setattr("commonweal.accounts.views.looking.now", lambda: at[0])
    return at


def crowd(village: Village, number: int) -> list[Any]:
    return [person(f"Hand{place:02d} Weaver", village.weaving, village.day) for place in range(number)]


def opened(client: Client, whom: list[Any]) -> list[int]:
    return [client.get(f"/people/{one.pk}/").status_code for one in whom]


def reports() -> list[tuple[Any, dict[str, Any]]]:
    return list(Entry.objects.filter(verb="looked_at_many").values_list("actor", "facts"))


def test_the_sixth_record_is_reported_and_the_next_waits(village: Village, clock: Any) -> None:
    people, client = crowd(village, 8), signed_in(village.ana)
    assert opened(client, people[:5]) == [200] * 5
    assert reports() == []
    assert opened(client, people[5:7]) == [200, 429]
    [(actor, facts)] = reports()
    assert (actor, facts["opened"]) == (village.ana.pk, 6)
    clock[0] += timedelta(seconds=21)
    assert opened(client, people[6:]) == [200, 429]
    assert len(reports()) == 1


def test_a_record_that_had_to_wait_was_not_looked_at(village: Village, clock: Any) -> None:
    people, client = crowd(village, 7), signed_in(village.ana)
    answer: Any = [client.get(f"/people/{one.pk}/") for one in people][-1]
    assert (answer.status_code, answer["Retry-After"], answer["Refresh"]) == (429, "20", "20")
    assert people[6].name not in answer.content.decode()
    assert not Entry.objects.filter(verb="looked_at", subject=people[6].pk).exists()


def test_whom_she_saw_in_this_hour_she_sees_again_at_once_and_what_she_sends_is_taken(
    village: Village, clock: Any
) -> None:
    people, client = crowd(village, 7), signed_in(village.ana)
    opened(client, people[:6])
    assert opened(client, [people[6], people[0]]) == [429, 200]
    assert client.post(f"/people/{people[6].pk}/note/", {"note": "Met her.", "version": "1"}).status_code != 429


def test_names_on_lists_and_searches_count_together_and_slow_the_next_list(village: Village, clock: Any) -> None:
    crowd(village, 14)
    spinners = [person(f"Spin{place:02d} Frame", village.spinning, village.night) for place in range(5)]
    fresh = person("Newa Comer", village.weaving)
    refresh([one.pk for one in [*spinners, fresh]])
    client = signed_in(village.ana)
    assert client.get(f"/people/?unit={village.spinning.pk}").status_code == 200
    assert client.get("/people/find/?q=Frame").status_code == 200
    assert reports() == []
    assert client.get(f"/people/?unit={village.weaving.pk}").status_code == 200
    assert reports()[0][1]["people"] in range(18, 24)
    other = person("Later Comer", village.spinning)
    refresh([other.pk])
    assert client.get("/people/find/?q=Later").status_code == 429
    assert client.get("/people/find/?q=Frame").status_code == 200
    clock[0] += timedelta(seconds=21)
    assert other.name in client.get("/people/find/?q=Later").content.decode()


def test_the_pages_of_a_test_count_whom_they_name(village: Village, clock: Any) -> None:
    crowd(village, 20)
    test = planned.opened(village)
    pages = ("grid", "asks", "predict")
    other = account("Ola", "organizer", None, village.mill)
    for one, name in zip((village.ana, village.root, other), pages, strict=True):
        address = reverse(f"structure_tests:{name}", args=[test.pk])
        assert signed_in(one).get(address).status_code == 200
        assert shown_lately(one.pk, NOON).names > 15, name
    assert len(reports()) == 3
    part = f"?part={village.weaving.pk.hex}{village.day.pk.hex}"
    other = account("Olu", "organizer", None, village.mill)
    signed_in(other).get(reverse("structure_tests:roll", args=[test.pk]) + part)
    assert shown_lately(other.pk, NOON).names > 15


def test_whom_a_leader_was_handed_counts_as_seen(village: Village, clock: Any) -> None:
    test = planned.opened(village)
    planned.RollEntry.objects.filter(test=test, person=village.finn_person).update(asker=village.bo_person)
    signed_in(village.bo).get(reverse("structure_tests:mine", args=[test.pk]))
    assert shown_lately(village.bo.pk, NOON).names == 2


def test_the_wall_chart_of_a_large_place_slows_nobody(village: Village, clock: Any) -> None:
    crowd(village, 40)
    client = signed_in(village.ana)
    for _ in range(3):
        assert client.get("/leaders/wall_chart/").status_code == 200
    assert reports() == []


def test_an_hour_later_she_begins_anew_and_is_reported_anew(village: Village, clock: Any) -> None:
    people, client = crowd(village, 7), signed_in(village.ana)
    opened(client, people[:6])
    clock[0] += timedelta(minutes=71)
    assert opened(client, people[:6]) == [200] * 6
    assert len(reports()) == 2
    assert not Looking.objects.filter(begun_at__lt=clock[0] - timedelta(hours=3)).exists()


def test_looks_spread_over_the_hour_add_up_whatever_process_showed_them(village: Village) -> None:
    for minute in range(0, 60, 10):
        keep_looks(by=village.ana.pk, at=NOON + timedelta(minutes=minute), named=[], opened=[new_id()])
    [(_, facts)] = reports()
    assert facts["opened"] == 6


def test_a_clock_set_back_opens_nothing(village: Village) -> None:
    keep_looks(by=village.ana.pk, at=NOON, named=[new_id() for _ in range(30)])
    assert shown_lately(village.ana.pk, NOON + timedelta(minutes=59)).names >= 28
    assert shown_lately(village.ana.pk, NOON + timedelta(minutes=71)).names == 0


def test_one_accounts_looks_are_nobody_elses(village: Village) -> None:
    keep_looks(by=village.ana.pk, at=NOON, named=[new_id() for _ in range(30)])
    assert shown_lately(village.dov.pk, NOON).names == 0


def test_what_is_kept_cannot_say_whom_she_saw(village: Village) -> None:
    her = village.bo_person.pk
    keep_looks(by=village.ana.pk, at=NOON, named=[her], opened=[her])
    row = Looking.objects.get()
    for board in (bytes(row.named), bytes(row.opened)):
        assert her.bytes not in board
        assert str(her).encode() not in board


def test_administrators_are_told_until_another_one_has_seen_to_it(village: Village) -> None:
    other = account("Rosa", "administrator")
    at = timezone.now()
    keep_looks(by=village.ana.pk, at=at, named=[new_id() for _ in range(30)])
    assert "/ledger/many/" in signed_in(village.root).get("/").content.decode()
    assert "/ledger/many/" not in signed_in(village.ana).get("/").content.decode()
    client = signed_in(village.root)
    page = client.get("/ledger/many/").content.decode()
    assert "Ana" in page
    once = page.partition('name="once" value="')[2].partition('"')[0]
    client.post("/ledger/many/", {"once": once})
    assert alarms_for(village.root, at) == alarms_for(other, at) == []
    assert "/ledger/many/" not in signed_in(other).get("/").content.decode()
    assert signed_in(village.ana).get("/ledger/many/").status_code == 404


def test_nobody_answers_for_herself_unless_she_administers_alone(village: Village) -> None:
    other, at = account("Rosa", "administrator"), timezone.now()
    keep_looks(by=other.pk, at=at, named=[new_id() for _ in range(30)])
    assert answer_alarms(other, by=other.pk, at=at) == 0
    assert len(alarms_for(village.root, at)) == 1
    other.is_active = False
    other.save()
    keep_looks(by=village.root.pk, at=at, named=[new_id() for _ in range(30)])
    assert len(alarms_for(village.root, at)) == 2
    assert answer_alarms(village.root, by=village.root.pk, at=at) == 2
    assert alarms_for(village.root, at) == []


def test_the_count_is_found_by_its_index(village: Village) -> None:
    for number in range(400):
        who = account(f"Hand{number}", "organizer")
        Looking.objects.create(account=who, begun_at=NOON, named=b"", opened=b"", latest_at=NOON)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    question = Looking.objects.filter(account=village.ana, begun_at__gt=NOON, begun_at__lte=NOON)
    plan = question.explain()
    assert "looking_once_in_ten_minutes" in plan or "sqlite_autoindex" in plan or "commonweal_looking_account" in plan
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan


def test_planted_rows_of_every_kind_are_counted_as_people_and_not_as_things(village: Village, clock: Any) -> None:
    planted = plant(village, "Qqplanted", village.weaving, village.bo_person, village.ana)
    client = signed_in(village.ana)
    client.get(f"/people/{planted.person.pk}/")
    seen = shown_lately(village.ana.pk, clock[0])
    assert seen.records == 1
    assert 1 <= seen.names <= 8


def test_units_to_choose_from_are_not_people(village: Village, clock: Any) -> None:
    for number in range(30):
        Unit.objects.create(parent=village.mill, kind="department", name=f"Room {number}")
    page = signed_in(village.root).get("/campaigns/begin/")
    assert page.content.count(b'type="checkbox"') > 30
    assert shown_lately(village.root.pk, clock[0]).names == 0


def test_to_count_costs_a_page_one_query_before_its_answer_and_six_after_it(village: Village) -> None:
    client, address = signed_in(village.ana), f"/people/{village.bo_person.pk}/"
    with CaptureQueriesContext(connection) as fresh:
        client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    asked = [[one["sql"] for one in each if "commonweal_looking" in one["sql"]] for each in (fresh, seen)]
    assert len(asked[1]) == 1
    assert len(asked[0]) <= 7
