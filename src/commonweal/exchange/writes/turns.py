"""Taking turns: the chunks of all imports come one after the other, so that two lists that overlap never
add one person twice, and two workers on one import never do the same rows."""

from uuid import UUID

from django.db import connection

from commonweal.exchange.models import ImportBatch

CACHE = 128 * 1024  # kilobytes
TURN = 0x11F0A7  # any fixed number: PostgreSQL's advisory lock for chunks of imports


def use_more_memory() -> None:
    """Gives this connection a larger cache while it writes a whole list: with random ids every row touches
    other pages. Only SQLite has to be told."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size=-{CACHE}")


def take_turn(batch: UUID, state: str) -> ImportBatch | None:
    """The batch, locked until the transaction ends; None when it is no longer in that state.

    SQLite gives every transaction that writes its turn already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    return ImportBatch.objects.select_for_update().filter(pk=batch, state=state).first()
