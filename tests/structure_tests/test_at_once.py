"""Several at the same moment: a test is opened and closed once, a line of a sheet and a mark count once."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from commonweal.common.ids import new_id
from commonweal.journeys import closed_test, petition_line
from commonweal.ledger.models import Entry
from commonweal.people.models import Ask, BareYes
from commonweal.people.reads.evidence import standing
from commonweal.structure_tests.models import Mark, SignatureLine, StructureTest
from commonweal.structure_tests.writes.marks import record_marks
from commonweal.structure_tests.writes.refusals import NotNow
from commonweal.structure_tests.writes.tests import open_test
from tests.structure_tests.planned import AT, mark, opened, plan
from tests.village import Village

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AT + timedelta(hours=5)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What became of acts that began at the same moment."""
    ready, ended = Barrier(len(acts)), []

    def one(act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            act()
            ended.append("done")
        except NotNow:
            ended.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def test_of_four_who_open_and_four_who_close_at_once_one_does(village: Village) -> None:
    test = plan(village)
    openers = [lambda: open_test(test=test, by=village.ana.pk, at=AT)] * 4
    assert at_once(*openers) == ["done", "refused", "refused", "refused"]
    closers = [lambda: closed_test.close(test=test, by=village.ana.pk, at=LATER)] * 4
    assert at_once(*closers) == ["done", "refused", "refused", "refused"]
    assert StructureTest.objects.get().state == "closed"
    assert Entry.objects.filter(verb="closed_test").count() == 1


def test_a_sheet_that_four_read_in_at_once_counts_once(village: Village) -> None:
    test = opened(village, kind="petition", name="Petition")

    def read() -> None:
        lines = [(1, "Cleo Ruiz"), (2, "Nobody Known")]
        by = village.ana.pk
        petition_line.read_sheet(test=test, sheet=7, lines=lines, carried_by=None, by=by, at=LATER)

    assert at_once(read, read, read, read) == ["done"] * 4
    assert list(SignatureLine.objects.order_by("line").values_list("line", "state")) == [(1, "settled"), (2, "waiting")]
    assert [yes.person_id for yes in standing(BareYes)] == [village.cleo_person.pk]


def test_a_mark_that_a_phone_sends_four_times_at_once_counts_once(village: Village) -> None:
    test = opened(village)
    sent = mark(test, village.cleo_person, "did", id=new_id())
    send = [lambda: record_marks(test, [sent], how="phone", by=village.bo.pk, at=LATER)] * 4
    assert at_once(*send) == ["done"] * 4
    assert Mark.objects.count() == 1
    assert [ask.outcome for ask in standing(Ask)] == ["did"]


def test_two_who_record_her_differently_at_once_leave_it_to_a_human(village: Village) -> None:
    test = opened(village)
    one, other = (mark(test, village.cleo_person, outcome) for outcome in ("did", "did_not"))
    at_once(
        lambda: record_marks(test, [one], how="grid", by=village.ana.pk, at=LATER),
        lambda: record_marks(test, [other], how="phone", by=village.bo.pk, at=LATER),
    )
    assert [ask.outcome for ask in standing(Ask)] == ["unknown"]
