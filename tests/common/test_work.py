"""Background work: once at a time, taken up again after a crash, given up after three, at rest while the list is locked."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction

from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.lock import is_locked
from commonweal.common.models import Work
from commonweal.common.sealed import keyring
from commonweal.common.work import (
    ATTEMPTS,
    DEAD_AFTER,
    Report,
    ask_for,
    cancel,
    do,
    do_all_waiting,
    ending,
    latest,
    take_next,
)
from commonweal.people.models import Organization
from tests.village import SENTINEL, THEN

pytestmark = pytest.mark.django_db
HERE = "tests.common.test_work"
done: list[UUID | None] = []


@pytest.fixture(autouse=True)
def _nothing_done() -> Iterator[None]:
    done.clear()
    yield


def note(subject: UUID | None, report: Report, *, by: UUID | None, at: Any) -> None:
    done.append(subject)


def in_steps(subject: UUID | None, report: Report, *, by: UUID | None, at: Any) -> None:
    for number in range(3):
        report.step(number, 3)
        done.append(subject)
        if number == 1:
            Work.objects.filter(pk=report.work.pk, subject=CANCELLED_MEANWHILE).update(cancel_asked=True)
            if subject == LOCKED_MEANWHILE and len(done) == 2:
                lock()


def stumble(subject: UUID | None, report: Report, *, by: UUID | None, at: Any) -> None:
    raise ValueError(f"{SENTINEL} is no number")


def open_seal(subject: UUID | None, report: Report, *, by: UUID | None, at: Any) -> None:
    lock()
    keyring()


def think(subject: UUID | None, report: Report, *, by: UUID | None, at: Any) -> None:
    """One long step, which ends as soon as somebody has heard that this process lives."""
    begun = Work.objects.get(pk=report.work.pk).beat_at
    for _ in range(1000):
        if Work.objects.get(pk=report.work.pk).beat_at != begun:
            done.append(subject)
            return
        threading.Event().wait(0.02)


CANCELLED_MEANWHILE, LOCKED_MEANWHILE = UUID(int=3), UUID(int=4)


def lock() -> None:
    Organization.objects.get_or_create(defaults={"name": "Mill workers", "created_at": THEN})
    Organization.objects.update(locked_at=THEN)
    is_locked(fresh=True)


def unlock() -> None:
    Organization.objects.update(locked_at=None)
    is_locked(fresh=True)


def waiting(kind: str = "note", subject: UUID | None = None) -> Work:
    return Work.objects.create(kind=f"{HERE}.{kind}", subject=subject, asked_at=now())


def state_of(work: Work) -> str:
    work.refresh_from_db()
    return str(work.state)


def test_work_is_done_in_the_order_it_was_asked_for(db: None) -> None:
    subjects = [new_id() for _ in range(3)]
    for minutes, subject in zip((2, 1, 3), subjects, strict=True):
        Work.objects.create(kind=f"{HERE}.note", subject=subject, asked_at=now() - timedelta(minutes=minutes))
    assert do_all_waiting() == 3
    assert done == [subjects[2], subjects[0], subjects[1]]


@pytest.mark.parametrize("subject", [UUID(int=9), None])
def test_the_same_work_waits_once_and_may_be_asked_for_again_when_it_ended(subject: UUID | None) -> None:
    kind = "commonweal.people.writes.resemblance.look_for"
    first = ask_for(kind, subject=subject, by=None, at=now())
    assert ask_for(kind, subject=subject, by=None, at=now()).pk == first.pk
    assert ask_for(kind, subject=new_id(), by=None, at=now()).pk != first.pk
    Work.objects.filter(pk=first.pk).update(state=Work.State.DONE)
    again = ask_for(kind, subject=subject, by=None, at=now())
    assert again.pk != first.pk
    newest = latest(kind, subject)
    assert newest is not None and newest.pk == again.pk


def test_what_is_asked_for_anew_while_it_runs_is_done_once_more(db: None) -> None:
    kind = "commonweal.people.writes.resemblance.look_for"
    first = asked_anew(kind)
    running = take_next()
    assert running is not None and running.pk == first.pk
    assert asked_anew(kind).pk == asked_anew(kind).pk == first.pk
    do(running)
    second = Work.objects.get(kind=kind, state=Work.State.WAITING)
    assert asked_anew(kind).pk == second.pk, "what waits will see it anyway"
    assert do_all_waiting() == 1
    assert [state_of(first), state_of(second)] == [Work.State.DONE, Work.State.DONE]


def asked_anew(kind: str) -> Work:
    return ask_for(kind, subject=None, by=None, at=now(), anew=True)


def test_only_functions_of_this_package_are_asked_for(db: None) -> None:
    with pytest.raises(ValueError, match="os.system"):
        ask_for("os.system", subject=None, by=None, at=now())


def test_work_that_was_asked_for_in_an_act_that_failed_is_not_there(db: None) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        ask_for("commonweal.common.nothing", subject=new_id(), by=None, at=now())
        raise RuntimeError
    assert not Work.objects.exists()


def test_a_worker_that_died_is_followed_by_another(db: None) -> None:
    work = waiting()
    taken = take_next()
    assert taken is not None and taken.attempts == 1
    assert take_next() is None, "it is being done"
    Work.objects.update(beat_at=now() - DEAD_AFTER - timedelta(seconds=1))
    assert do_all_waiting() == 1
    assert state_of(work) == Work.State.DONE
    assert work.attempts == 2


def test_work_that_kills_its_worker_again_and_again_is_given_up(db: None) -> None:
    work = waiting()
    for _ in range(ATTEMPTS):
        assert take_next() is not None
        Work.objects.update(beat_at=now() - DEAD_AFTER - timedelta(seconds=1))
    assert take_next() is None
    assert state_of(work) == Work.State.FAILED
    assert work.problem == "died repeatedly"


def test_what_broke_is_kept_without_a_word_of_a_person_and_the_next_goes_on(db: None) -> None:
    broken, after = waiting("stumble"), waiting()
    assert do_all_waiting() == 2
    assert state_of(broken) == Work.State.FAILED
    assert broken.problem.startswith("ValueError at test_work.py:")
    assert SENTINEL not in broken.problem
    assert state_of(after) == Work.State.DONE


def test_work_that_waits_is_cancelled_at_once_and_work_that_runs_at_its_next_step(db: None) -> None:
    idle, running = waiting(), waiting("in_steps", CANCELLED_MEANWHILE)
    cancel(idle.pk)
    assert state_of(idle) == Work.State.CANCELLED
    assert do_all_waiting() == 1
    assert state_of(running) == Work.State.CANCELLED
    assert len(done) == 2
    cancel(running.pk)
    assert state_of(running) == Work.State.CANCELLED


def test_nothing_is_taken_up_while_the_list_is_locked(db: None) -> None:
    work = waiting()
    lock()
    assert do_all_waiting() == 0
    assert state_of(work) == Work.State.WAITING
    unlock()
    assert do_all_waiting() == 1


def test_work_that_runs_when_the_list_is_locked_rests_and_begins_again(db: None) -> None:
    work = waiting("in_steps", LOCKED_MEANWHILE)
    taken = take_next()
    assert taken is not None
    do(taken)
    assert state_of(work) == Work.State.WAITING
    assert work.attempts == 0, "it was not the work's fault"
    assert len(done) == 2
    unlock()
    assert do_all_waiting() == 1
    assert state_of(work) == Work.State.DONE
    assert len(done) == 2 + 3


def test_work_whose_worker_is_told_to_end_waits_for_the_next_at_once(db: None) -> None:
    work = waiting("in_steps", new_id())
    taken = take_next()
    assert taken is not None
    ending.set()
    try:
        do(taken)
    finally:
        ending.clear()
    assert (state_of(work), work.attempts, done) == (Work.State.WAITING, 0, [])
    assert do_all_waiting() == 1
    assert state_of(work) == Work.State.DONE


@pytest.mark.django_db(transaction=True)
def test_a_long_step_is_not_taken_for_a_dead_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonweal.common.work.BEAT_EVERY", 0.01)
    work = waiting("think", new_id())
    taken = take_next()
    assert taken is not None
    do(taken)
    assert (state_of(work), done) == (Work.State.DONE, [work.subject])


def test_work_that_needs_a_key_when_the_list_is_locked_rests(db: None) -> None:
    work = waiting("open_seal")
    taken = take_next()
    assert taken is not None
    do(taken)
    assert state_of(work) == Work.State.WAITING


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_work() -> None:
    for _ in range(12):
        waiting(subject=new_id())
    taken: list[UUID] = []

    def work_on() -> None:
        while (work := take_next()) is not None:
            taken.append(work.pk)
        connections.close_all()

    workers = [threading.Thread(target=work_on) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(taken) == len(set(taken)) == 12
