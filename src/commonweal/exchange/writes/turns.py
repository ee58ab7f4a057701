"""Taking turns: the chunks of all imports come one after the other, so that two lists that overlap never
add one person twice, and two workers on one import never do the same rows."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from commonweal.exchange.models import ImportBatch

CACHE = 128 * 1024  # kilobytes
USUAL_PACE = gc.get_threshold()
SLOWER_PACE = (50_000, 20, 20)
LONG = 0.22  # seconds that a turn may take
FIRST, LEAST = 900, 700  # rows
TURN = 0x11F0A7  # any fixed number: PostgreSQL's advisory lock for chunks of imports


def use_more_memory() -> None:
    """Gives this connection a larger cache while it writes a whole list: with random ids every row touches
    other pages. Only SQLite has to be told."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size=-{CACHE}")


@contextmanager
def rare_sweeping() -> Iterator[None]:
    """Lets Python look for circles of dead objects more rarely while thousands of rows are held, which are all
    alive: to walk through them again and again took a quarter of an import's time."""
    stays = gc.get_freeze_count() > 0  # a server's own things stay left out (see `common/warm.py`)
    gc.freeze()
    gc.set_threshold(*SLOWER_PACE)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL_PACE)
        gc.unfreeze()
        if stays:
            gc.collect()
            gc.freeze()


class Pace:
    """How many rows one turn takes. SQLite has one writer, and whoever writes something down meanwhile waits for
    the turn to end, so a turn that took long makes the next one shorter. PostgreSQL lets nobody wait."""

    def __init__(self, most: int, least: int = LEAST) -> None:
        self.most, self.least = most, min(most, least)
        self.rows = min(most, FIRST) if connection.vendor == "sqlite" else most
        self.began = 0.0

    def begin(self) -> None:
        """The turn is had from now on."""
        self.began = time.monotonic()

    def end(self) -> None:
        """The turn is over, and others had theirs; the next one is as long as this one should have been."""
        if connection.vendor == "sqlite":
            much = LONG / max(time.monotonic() - self.began, 0.001)
            self.rows = min(self.most, max(self.least, int(self.rows * min(max(much, 0.5), 1.5))))


def take_turn(batch: UUID, state: str) -> ImportBatch | None:
    """The batch, locked until the transaction ends; None when it is no longer in that state.

    SQLite gives every transaction that writes its turn already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    return ImportBatch.objects.select_for_update().filter(pk=batch, state=state).first()
