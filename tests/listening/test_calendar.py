"""Reminders for a calendar: neutral, revocable, and written as the calendars of the world read them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from commonweal.accounts.writes.accounts import end_account
from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.lock import is_locked
from commonweal.listening.models import CalendarFeed, Conversation, Draft, Promise
from commonweal.listening.rules.calendar import Reminder, Visits, calendar_text
from commonweal.listening.views import calendar as views
from commonweal.people.models import Occasion, Organization
from tests.signed_in import signed_in
from tests.village import THEN, Village


@pytest.fixture(autouse=True)
def _fresh_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "visits", Visits(most=50, within=timedelta(hours=1)))


def made(village: Village) -> tuple[Client, str]:
    """An address made by Ana."""
    client = signed_in(village.ana)
    client.post("/you/calendar/", {"once": str(new_id()), "act": "make"})
    [address] = re.findall(r'href="http://testserver(/calendar/[^"]+)"', client.get("/you/calendar/").content.decode())
    return client, address


def due(village: Village, on: date) -> None:
    row = Promise(person=village.cleo_person, account=village.ana, whose="ours", due=on, first_due=on, made_at=THEN)
    row.what = "Ring Cleo about the float pool"
    row.save()


@pytest.mark.django_db
def test_it_tells_days_and_neither_names_nor_words(village: Village) -> None:
    today = datetime.now(UTC).date()
    due(village, today)
    due(village, today)
    Occasion.objects.create(
        kind="picket", name="Picket at the gate", on=today + timedelta(days=3), campaign=village.campaign, source="x"
    )  # fmt: skip
    _, address = made(village)
    answer = Client().get(address)
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar") and not answer.cookies
    assert text.count("BEGIN:VEVENT") == 2 and "SUMMARY:2 reminders\r\n" in text and "SUMMARY:Reminder\r\n" in text
    assert f"DTSTART;VALUE=DATE:{today:%Y%m%d}\r\n" in text
    for word in ("Cleo", "Ring", "Picket", "Mill", "Ana", str(village.cleo_person.pk)):
        assert word not in text
    assert Client().get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_what_is_overdue_or_about_to_be_deleted_stands_on_today(village: Village) -> None:
    at = now()
    today = localdate(at)
    due(village, today - timedelta(days=400))
    talk = {"account": village.ana, "entered_at": THEN, "entered_by": village.ana.pk}
    cleo, finn = village.cleo_person, village.finn_person
    Conversation.objects.create(person=cleo, on=today - timedelta(days=9), next_on=today - timedelta(days=2), **talk)
    Conversation.objects.create(person=finn, on=today - timedelta(days=9), next_on=today, **talk)
    Conversation.objects.create(person=finn, on=today - timedelta(days=1), **talk | {"entered_at": at})
    last_word = at - timedelta(days=25)
    Draft.objects.create(person=finn, account=village.ana, typed="{}", begun_at=last_word, changed_at=last_word)
    _, address = made(village)
    text = Client().get(address).content.decode()
    assert text.count("BEGIN:VEVENT") == 1 and "SUMMARY:3 reminders" in text
    assert f"DTSTART;VALUE=DATE:{today:%Y%m%d}\r\n" in text and f"DTSTAMP:{today:%Y%m%d}T000000Z\r\n" in text


@pytest.mark.django_db
def test_only_its_fingerprint_is_kept_and_looking_changes_the_day_alone(village: Village) -> None:
    _, address = made(village)
    token = address.split("/")[2].removesuffix(".ics")
    assert len(token) == 43 and token not in repr(list(CalendarFeed.objects.values()))
    Client().get(address)
    before = list(CalendarFeed.objects.values())
    Client().get(address)
    assert list(CalendarFeed.objects.values()) == before and before[0]["fetched_on"] is not None


@pytest.mark.django_db
def test_revoked_replaced_unknown_ended_and_locked_answer_alike(village: Village) -> None:
    client, first = made(village)
    client.post("/you/calendar/", {"once": "2", "act": "make"})
    [second] = re.findall(r'href="http://testserver(/calendar/[^"]+)"', client.get("/you/calendar/").content.decode())
    missing = Client().get("/calendar/nothing.ics")
    assert Client().get(second).status_code == 200
    Organization.objects.update(locked_at=THEN)
    is_locked(fresh=True)
    locked = Client().get(second).status_code
    Organization.objects.update(locked_at=None)
    is_locked(fresh=True)
    gone = Client().get(first)
    assert (gone.status_code, gone.content) == (missing.status_code, missing.content) and locked == 404
    client.post("/you/calendar/", {"once": "3", "act": "revoke"})
    assert Client().get(second).status_code == 404
    client, third = made(village)
    end_account(village.ana, by=village.root.pk, at=THEN)
    assert Client().get(third).status_code == 404


@pytest.mark.django_db
def test_whoever_asks_too_often_waits(village: Village) -> None:
    answers = [Client().get("/calendar/guess.ics").status_code for _try in range(52)]
    assert answers[:50] == [404] * 50 and answers[50:] == [429] * 2


def test_visits_count_within_an_hour_and_for_each_key() -> None:
    visits = Visits(most=2, within=timedelta(hours=1))
    assert [visits.allows("a", THEN) for _ in range(3)] == [True, True, False]
    assert visits.allows("b", THEN) and visits.allows("a", THEN + timedelta(hours=1))


def test_a_calendar_has_the_lines_a_calendar_needs() -> None:
    text = calendar_text([Reminder(date(2026, 3, 1), "Reminder", "ab")], name="Reminders", stamp=THEN)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "UID:ab", "DTSTAMP:20260302T090000Z", "DTEND;VALUE=DATE:20260302"} <= set(lines)
