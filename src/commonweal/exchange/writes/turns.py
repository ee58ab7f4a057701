"""Taking turns: the chunks of all imports come one after the other, so that two lists that overlap never
add one person twice, and two workers on one import never do the same rows."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from commonweal.exchange.models import ImportBatch

CACHE = 128 * 1024  # kilobytes
USUAL_PACE = gc.get_threshold()
SLOWER_PACE = (50_000, 20, 20)
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
    gc.freeze()
    gc.set_threshold(*SLOWER_PACE)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL_PACE)
        gc.unfreeze()


def take_turn(batch: UUID, state: str) -> ImportBatch | None:
    """The batch, locked until the transaction ends; None when it is no longer in that state.

    SQLite gives every transaction that writes its turn already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    return ImportBatch.objects.select_for_update().filter(pk=batch, state=state).first()
