"""Promises: due, late, done with a press, moved, and taken back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from commonweal.common.clock import now
from commonweal.listening.models import Promise
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db


def promise(village: Village, days: int, what: str = "Bring the sheets", whose: str = "ours") -> Promise:
    due = localdate(now()) + timedelta(days=days)
    row = Promise(
        person=village.cleo_person, account=village.ana, whose=whose, due=due, first_due=due, made_at=THEN
    )  # fmt: skip
    row.what = what
    row.save()
    return row


def press(client: Client, row: Promise, act: str, **more: str) -> None:
    row.refresh_from_db()
    sent = {"once": f"{act}{row.version}", "act": act, "version": str(row.version), "back": "today"} | more
    assert client.post(f"/promises/{row.pk}/", sent).headers["Location"] == "/today/"
    row.refresh_from_db()


def test_today_says_what_is_due_and_what_is_late(village: Village, ana: Client) -> None:
    promise(village, -2, "Ring after her shift")
    promise(village, 0)
    promise(village, 3, "Ask the lawyer")
    page = ana.get("/today/").content.decode()
    for words in ("One promise falls due today", "2 days late", "Ring after her shift", "Ask the lawyer", "All 3"):
        assert words in page


def test_a_press_ends_it_and_another_takes_that_back(village: Village, ana: Client) -> None:
    row = promise(village, 0)
    press(ana, row, "kept")
    assert row.state == "kept" and row.ended_at is not None
    assert "Take it back" in ana.get("/today/").content.decode()
    press(ana, row, "undo")
    assert row.state == "open" and row.ended_at is None
    press(ana, row, "not_kept")
    assert row.state == "not_kept"


def test_moved_it_remembers_its_first_day_and_can_be_put_back(village: Village, ana: Client) -> None:
    row = promise(village, -1)
    first, later = row.due, localdate(now()) + timedelta(days=5)
    press(ana, row, "move", due=later.isoformat())
    assert (row.due, row.first_due, row.state) == (later, first, "open")
    press(ana, row, "undo")
    assert (row.due, row.state) == (first, "open")


def test_a_day_that_is_over_is_refused(village: Village, ana: Client) -> None:
    row = promise(village, 1)
    press(ana, row, "move", due="2020-01-01")
    assert row.due == row.first_due
    assert "still to come" in ana.get("/today/").content.decode()


def test_an_older_page_does_not_end_what_was_moved_meanwhile(village: Village, ana: Client) -> None:
    row = promise(village, 0)
    press(ana, row, "move", due=(row.due + timedelta(days=2)).isoformat())
    ana.post(f"/promises/{row.pk}/", {"once": "x", "act": "kept", "version": "1"})
    row.refresh_from_db()
    assert row.state == "open"


def test_the_promises_of_somebody_who_left_are_the_organizers(village: Village, ana: Client) -> None:
    row = promise(village, 0, "Left behind")
    Promise.objects.filter(pk=row.pk).update(account=None)
    village.ana.refresh_from_db()
    assert "something promised" not in ana.get("/promises/").content.decode()
    assert "Left behind" in ana.get("/promises/").content.decode()
