"""Two at once take no more out than one may."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.exchange.models import Export, ExportDay
from commonweal.exchange.writes.export import Asked, OverTheDay, take_out
from tests.village import Village

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(village: Village, forms: list[str], a_day: int) -> list[str]:
    """What became of several exports of three rows that began at the same moment."""
    ready, ended = Barrier(len(forms)), []

    def one(once: str) -> None:
        asked = Asked(once, "people", "csv", {}, 3, "the same three", "a test of speed")
        ready.wait()
        try:
            take_out(asked, a_day=a_day, on=now().date(), by=village.ana.pk, at=now())
            ended.append("out")
        except OverTheDay:
            ended.append("over")
        finally:
            connection.close()

    threads = [Thread(target=one, args=(once,)) for once in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def test_six_at_once_take_no_more_than_a_day_holds(village: Village) -> None:
    assert at_once(village, [str(new_id()) for _ in range(6)], a_day=7) == [
        "out",
        "out",
        "over",
        "over",
        "over",
        "over",
    ]
    assert ExportDay.objects.get().rows == 6
    assert Export.objects.count() == 2


def test_one_form_sent_six_times_at_once_counts_once(village: Village) -> None:
    assert at_once(village, [str(new_id())] * 6, a_day=7) == ["out"] * 6
    assert ExportDay.objects.get().rows == 3
    assert Export.objects.count() == 1
