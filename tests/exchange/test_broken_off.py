"""Work that breaks, dies or is stopped in the middle: nothing is lost, nothing is doubled, and it can go on."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from commonweal.common.clock import now
from commonweal.common.models import Work
from commonweal.common.work import do, do_all_waiting, take_next
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.progress import progress_of
from commonweal.exchange.words import BRING_IN, LOOK, TAKE_BACK
from commonweal.exchange.writes import bringing_in, looking, taking_back
from commonweal.exchange.writes.bringing_in import begin_bringing_in
from commonweal.exchange.writes.looking import begin_looking
from commonweal.exchange.writes.stopping import stop, take_up_again
from commonweal.exchange.writes.taking_back import begin_taking_back
from commonweal.people.models import BareYes, ContactPoint, Person, Tie
from tests.exchange.bringing import Reading, as_csv, bring, brought, everything, given, looked, taken_back, work_is_done
from tests.village import THEN, Village

ROWS = 30
PEOPLE = as_csv(
    ("Employee ID", "Name", "Site", "Department", "Phone", "Petition 3/1/2026"),
    *(
        (f"E{n}", f"Person Number{chr(97 + n % 26)}{n}", "The mill", "Weaving", f"212555{n:04}", "x")
        for n in range(ROWS)
    ),
)
TIES = as_csv(("From", "To"), *((f"E{n}", f"E{n + 1}") for n in range(ROWS - 1)))


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (bringing_in, looking, taking_back):
        monkeypatch.setattr(module, "CHUNK", 7)


@contextmanager
def breaking(statement: str, at: int, error: Callable[[], Any]) -> Iterator[None]:
    """While this lasts, the database fails at the `at`-th statement that begins so."""
    count = 0

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        if sql.startswith(statement):
            count += 1
            if count == at:
                raise error()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        yield


def everything_is_in(batch: ImportBatch) -> None:
    batch.refresh_from_db()
    assert (batch.state, batch.made["counts"]) == ("done", {"brought": ROWS, "left": 0})
    assert Person.objects.filter(outside_number__startswith="E").count() == ROWS
    assert (ContactPoint.objects.count(), BareYes.objects.count()) == (ROWS + 1, ROWS)
    assert set(ImportRow.objects.filter(batch=batch).values_list("step", flat=True)) == {2}


@pytest.mark.django_db
@pytest.mark.parametrize("at", [1, 2, 3, 5, 6])
def test_an_import_that_broke_is_taken_up_again_and_doubles_nothing(village: Village, at: int) -> None:
    batch = looked(village.root, PEOPLE)
    begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
    with breaking('UPDATE "commonweal_importrow"', at, lambda: RuntimeError("pulled the plug")):
        do_all_waiting()
    batch.refresh_from_db()
    assert (batch.state, progress_of(batch).has_failed) == ("bringing_in", True)
    assert take_up_again(batch.pk, by=village.root.pk, at=THEN)
    assert not take_up_again(batch.pk, by=village.root.pk, at=THEN), "once is enough"
    assert not progress_of(batch).has_failed
    do_all_waiting()
    everything_is_in(batch)


@pytest.mark.django_db
def test_an_import_that_broke_can_be_taken_back_instead(village: Village) -> None:
    before = everything()
    batch = looked(village.root, PEOPLE)
    begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
    with breaking('UPDATE "commonweal_importrow"', 3, lambda: RuntimeError("pulled the plug")):
        do_all_waiting()
    assert everything() != before
    stop(batch.pk, by=village.root.pk, at=THEN)
    do_all_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.kept, batch.made) == ("looked", {}, {})
    after = everything()
    assert {noun: after[noun] for noun in after if after[noun] != before[noun]} == {}
    everything_is_in(bring(batch, village.root))


@pytest.mark.django_db
@pytest.mark.parametrize("at", [1, 2, 4, 6])
def test_a_taking_back_that_broke_goes_on_where_it_was(village: Village, at: int) -> None:
    before = everything()
    batch = brought(village.root, PEOPLE)
    begin_taking_back(batch.pk, by=village.root.pk, at=THEN)
    with breaking('UPDATE "commonweal_importrow"', at, lambda: RuntimeError("pulled the plug")):
        do_all_waiting()
    assert ImportBatch.objects.get().state == "taking_back"
    assert take_up_again(batch.pk, by=village.root.pk, at=THEN)
    do_all_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.kept) == ("taken_back", {})
    after = everything()
    assert {noun: after[noun] for noun in after if after[noun] != before[noun]} == {}


@pytest.mark.django_db
def test_a_look_that_broke_begins_anew(village: Village) -> None:
    batch = given(village.root, PEOPLE)
    begin_looking(batch.pk, Reading.from_json(batch.settings), by=village.root.pk, at=THEN)
    with breaking('SELECT "commonweal_importbatch"', 5, lambda: RuntimeError("pulled the plug")):
        do_all_waiting()
    batch.refresh_from_db()
    assert batch.state == "looking"
    take_up_again(batch.pk, by=village.root.pk, at=THEN)
    do_all_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.found["verdicts"], batch.rows.count()) == ("looked", {"new": ROWS}, ROWS)


@pytest.mark.django_db
def test_stopping_takes_back_what_came_in_and_waits_for_another_yes(village: Village) -> None:
    before = everything()
    batch = looked(village.root, PEOPLE)
    begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
    work = take_next()
    assert work is not None and work.kind == BRING_IN
    seen = []

    def guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "commonweal_importrow" SET "made"'):
            seen.append(sql)
            if len(seen) == 2:
                stop(batch.pk, by=village.root.pk, at=THEN)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(guard):
        do(work)
    batch.refresh_from_db()
    assert batch.state == "taking_back", "what is half in is on its way out, whoever dies now"
    do_all_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.kept) == ("looked", {})
    after = everything()
    assert {noun: after[noun] for noun in after if after[noun] != before[noun]} == {}
    everything_is_in(bring(batch, village.root))


@pytest.mark.django_db
def test_stopping_says_what_stays_and_meets_it_again(village: Village) -> None:
    batch = looked(village.root, PEOPLE)
    begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
    with breaking('UPDATE "commonweal_importrow"', 3, lambda: RuntimeError("pulled the plug")):
        do_all_waiting()
    edited = Person.objects.get(outside_number="E3")
    Person.objects.filter(pk=edited.pk).update(languages=["es"])
    stop(batch.pk, by=village.root.pk, at=THEN)
    do_all_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.kept) == ("looked", {"edited": 1})
    assert batch.found["verdicts"] == {"new": ROWS - 1, "changes": 1}
    bring(batch, village.root)
    assert Person.objects.filter(outside_number__startswith="E").count() == ROWS
    assert Person.objects.get(outside_number="E3").pk == edited.pk


@pytest.mark.django_db
def test_stopping_a_look_leads_back_to_the_columns(village: Village) -> None:
    batch = given(village.root, PEOPLE)
    begin_looking(batch.pk, Reading.from_json(batch.settings), by=village.root.pk, at=THEN)
    stop(batch.pk, by=village.root.pk, at=THEN)
    do_all_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("given", 0)
    begin_looking(batch.pk, Reading.from_json(batch.settings), by=village.root.pk, at=THEN)
    work_is_done()
    batch.refresh_from_db()
    assert batch.state == "looked"


@pytest.mark.django_db
def test_stopping_before_a_worker_began_leaves_the_file_waiting(village: Village) -> None:
    batch = looked(village.root, PEOPLE)
    begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
    stop(batch.pk, by=village.root.pk, at=THEN)
    work_is_done()
    batch.refresh_from_db()
    assert (batch.state, Person.objects.filter(outside_number__startswith="E").count()) == ("looked", 0)


@pytest.mark.django_db
def test_a_file_of_ties_that_broke_counts_each_tie_once(village: Village) -> None:
    brought(village.root, PEOPLE)
    batch = looked(village.root, TIES)
    begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
    with breaking('UPDATE "commonweal_importrow"', 3, lambda: RuntimeError("pulled the plug")):
        do_all_waiting()
    assert 0 < Tie.objects.count() < ROWS - 1
    take_up_again(batch.pk, by=village.root.pk, at=THEN)
    work = Work.objects.get(kind=BRING_IN, state="waiting")
    do_all_waiting()
    work.refresh_from_db()
    assert (work.state, Tie.objects.count()) == ("done", ROWS - 1)
    taken_back(batch, village.root)
    assert Tie.objects.count() == 0


@pytest.mark.django_db
def test_a_full_disk_in_the_middle_stops_at_a_whole_chunk(village: Village) -> None:
    batch = looked(village.root, PEOPLE)
    begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
    with breaking('UPDATE "commonweal_importrow"', 3, lambda: OperationalError("database or disk is full")):
        do_all_waiting()
    done = ImportRow.objects.filter(batch=batch, step__gte=1).count()
    assert Person.objects.filter(outside_number__startswith="E").count() == done == 7 * 2
    batch.refresh_from_db()
    assert progress_of(batch).has_failed
    take_up_again(batch.pk, by=village.root.pk, at=THEN)
    do_all_waiting()
    everything_is_in(batch)


CHILD = """
import os, signal, sys
import commonweal.settings as chosen
chosen.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.db import connection
from commonweal.common.work import do, take_next
from commonweal.exchange.writes import bringing_in, looking, taking_back
for module in (bringing_in, looking, taking_back):
    module.CHUNK = 7
count = 0
def kill(execute, sql, params, many, context):
    global count
    done = execute(sql, params, many, context)
    if sql.startswith('UPDATE "commonweal_importrow"'):
        count += 1
        if count == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
    return done
with connection.execute_wrapper(kill):
    while (work := take_next()) is not None:
        do(work)
"""


def killed_at(statement: int) -> None:
    """A worker process of its own, killed while it holds a transaction open."""
    name = str(connection.settings_dict["NAME"])
    places = {"DJANGO_SETTINGS_MODULE": "commonweal.settings", "COMMONWEAL_DATA": str(settings.MEDIA_ROOT.parent)}
    run = subprocess.run(
        [sys.executable, "-c", CHILD, name, str(statement)],
        env={**os.environ, **places},
        cwd=Path(__file__).parent.parent.parent / "src",
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()[-2000:]
    Work.objects.filter(state="running").update(beat_at=now() - timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_an_import_that_another_finishes_or_takes_back() -> None:
    from tests.village import found

    village = found()
    before = everything()
    batch = looked(village.root, PEOPLE)
    begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
    killed_at(3)
    assert Person.objects.filter(outside_number__startswith="E").count() == 7 * 2, "whole chunks alone"
    killed_at(2)
    do_all_waiting()
    everything_is_in(batch)
    begin_taking_back(batch.pk, by=village.root.pk, at=THEN)
    killed_at(4)
    do_all_waiting()
    batch.refresh_from_db()
    assert (batch.state, batch.kept) == ("taken_back", {})
    after = everything()
    assert {noun: after[noun] for noun in after if after[noun] != before[noun]} == {}
    assert {LOOK, BRING_IN, TAKE_BACK} <= set(Work.objects.filter(state="done").values_list("kind", flat=True))
