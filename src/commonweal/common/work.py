"""Background work: a row says what still has to be done, a worker does it and says how far it is.

A piece of work is a function `do(subject, report, *, by, at)` named by its dotted path in this
package. It saves its progress in its own transactions, so that it can be stopped and taken up
again: a worker that died leaves its row running with an old heartbeat, and the next one starts it anew.
"""

import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from commonweal.common.clock import now
from commonweal.common.lock import is_locked
from commonweal.common.models import Work
from commonweal.common.sealed import KeysBarred

DEAD_AFTER = timedelta(seconds=90)  # without a heartbeat
BEAT_EVERY = 20.0  # seconds
ATTEMPTS = 3
GOES_ON = (Work.State.WAITING, Work.State.RUNNING)
ending = threading.Event()
"""Set when this process was told to end: what it does is put back into the queue at the next step."""


class Cancelled(Exception):
    """Somebody asked for this work to stop; raised by `Report.step`."""


class Paused(Exception):
    """The list was locked while this work went on, or the worker was told to end: it waits, and is taken up again."""


class Piece(Protocol):
    """A function that does background work."""

    def __call__(self, subject: UUID | None, report: "Report", *, by: UUID | None, at: datetime) -> None: ...


class Report:
    """How the work tells its progress. Call `step` outside a transaction, some times a second at most."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def step(self, done: int, total: int) -> None:
        """Saves the progress; raises Cancelled when somebody asked the work to stop, Paused when the
        list was locked or this process shall end."""
        if ending.is_set() or is_locked():
            raise Paused
        Work.objects.filter(pk=self.work.pk).update(done=done, total=total, beat_at=now())
        if Work.objects.filter(pk=self.work.pk, cancel_asked=True).exists():
            raise Cancelled


class Silent(Report):
    """Nobody watches how far it is, and nobody asked for it: the work is done on the spot."""

    def __init__(self) -> None:
        """It is no row of the queue."""

    def step(self, done: int, total: int) -> None:
        """Nothing to say."""


def ask_for(kind: str, *, subject: UUID | None, by: UUID | None, at: datetime, anew: bool = False) -> Work:
    """Puts a piece of work in the queue; the same kind and subject waits or runs once at a time.

    With `anew`, work that runs already is done once more when it ends: it may have read what has changed since.
    """
    if not kind.startswith("commonweal."):
        raise ValueError(kind)
    while True:
        # The look before the row also holds where there is no subject: a database takes two of those for different.
        if (work := going_on(kind, subject)) is not None:
            if not anew or work.state == Work.State.WAITING:
                return work
            if Work.objects.filter(pk=work.pk, state=Work.State.RUNNING).update(once_more=True):
                return work
            continue  # it has ended in between
        try:
            with transaction.atomic():
                return Work.objects.create(kind=kind, subject=subject, asked_by=by, asked_at=at)
        except IntegrityError:  # somebody else asked in between; it may even have ended since
            continue


def cancel(work: UUID) -> None:
    """Asks a piece of work to stop; one that still waits is ended at once."""
    Work.objects.filter(pk=work, state=Work.State.WAITING).update(state=Work.State.CANCELLED, ended_at=now())
    Work.objects.filter(pk=work, state=Work.State.RUNNING).update(cancel_asked=True)


def going_on(kind: str, subject: UUID | None) -> Work | None:
    """The piece of work of a kind about a subject that waits or runs."""
    return Work.objects.filter(kind=kind, subject=subject, state__in=GOES_ON).first()


def latest(kind: str, subject: UUID | None) -> Work | None:
    """The last piece of work of a kind about a subject."""
    return Work.objects.filter(kind=kind, subject=subject).order_by("-asked_at").first()


def take_next() -> Work | None:
    """Takes the oldest waiting work, or one whose worker died; None when there is nothing to do or
    while the list is locked."""
    if is_locked():
        return None
    moment = now()
    dead = Q(state=Work.State.RUNNING, beat_at__lt=moment - DEAD_AFTER)
    with transaction.atomic():
        queue = Work.objects.filter(Q(state=Work.State.WAITING) | dead).order_by("asked_at")
        if connection.features.has_select_for_update_skip_locked:
            queue = queue.select_for_update(skip_locked=True)
        work = queue.first()
        if work is None:
            return None
        if work.attempts >= ATTEMPTS:
            work.state, work.ended_at, work.problem = Work.State.FAILED, moment, "died repeatedly"
        else:
            work.state, work.attempts = Work.State.RUNNING, work.attempts + 1
            work.begun_at = work.beat_at = moment
        work.save()
    return work if work.state == Work.State.RUNNING else take_next()


@contextmanager
def beating(work: Work) -> Iterator[None]:
    """While the block runs another thread says that this process lives: one step of a large reckoning may take minutes,
    and another worker must not take it for dead meanwhile."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_EVERY):
            with suppress(DatabaseError):  # busy for once: the next beat will do
                Work.objects.filter(pk=work.pk, state=Work.State.RUNNING).update(beat_at=now())
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def do(work: Work) -> None:
    """Does a piece of work that was taken and saves how it ended."""
    problem, state = "", Work.State.DONE
    try:
        piece: Piece = import_string(work.kind)
        with beating(work):
            piece(work.subject, Report(work), by=work.asked_by, at=now())
    except Cancelled:
        state = Work.State.CANCELLED
    except (Paused, KeysBarred):
        again = {"state": Work.State.WAITING, "attempts": max(work.attempts - 1, 0), "beat_at": None}
        Work.objects.filter(pk=work.pk).update(**again)
        return
    except Exception as error:  # noqa: BLE001 the row keeps what broke; the worker goes on
        place = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{type(error).__name__} at {place.filename.rpartition('/')[2]}:{place.lineno}"
        state = Work.State.FAILED
    with transaction.atomic():
        Work.objects.filter(pk=work.pk).update(state=state, problem=problem, ended_at=now())
        if Work.objects.filter(pk=work.pk, once_more=True).exists():
            Work.objects.create(kind=work.kind, subject=work.subject, asked_by=work.asked_by, asked_at=now())


def do_all_waiting() -> int:
    """Does everything that waits, here and now; how many pieces that were."""
    count = 0
    while work := take_next():
        do(work)
        count += 1
    return count
