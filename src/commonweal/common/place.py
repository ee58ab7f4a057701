"""What the operator asks of the place itself: versions, memory, database, background work, backups."""

import os
import platform
import resource
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count

from commonweal.common.models import Work
from commonweal.common.readiness import unapplied_migrations
from commonweal.common.verified import last_verified_backup

__all__ = ["Engine", "Memory", "WorkNow", "engine_now", "last_verified_backup", "memory_now", "versions", "work_now"]


@dataclass(frozen=True)
class Memory:
    """Bytes in main memory that this process holds, and the most it ever held."""

    now: int
    most: int


@dataclass(frozen=True)
class Engine:
    """The database: its engine and version, its size in bytes, free bytes beside it (None elsewhere)."""

    name: str
    version: str
    size: int
    free: int | None
    migrations_missing: int


@dataclass(frozen=True)
class WorkNow:
    """The background work: how much waits, runs and failed, and the last heartbeat."""

    waiting: int
    running: int
    failed: int
    last_beat: datetime | None
    recent: list[Work]


def versions() -> Iterator[tuple[str, str]]:
    """The program and what it stands on, each with its version."""
    yield "Commonweal", version("commonweal")
    yield "Python", platform.python_version()
    for name in ("Django", "numpy", "scipy", "cryptography", "uvicorn"):
        yield name, version(name)
    yield "SQLite", sqlite3.sqlite_version


def memory_now() -> Memory:
    """What this process holds now and at most held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:  # not on Linux: only the most is known
        return Memory(most, most)
    return Memory(pages * os.sysconf("SC_PAGE_SIZE"), most)


def engine_now() -> Engine:
    """The database as it is now."""
    missing = len(unapplied_migrations())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            answered = cursor.fetchone()
        return Engine("PostgreSQL", str(answered[0]), int(answered[1]), None, missing)
    file = Path(str(connection.settings_dict["NAME"]))
    size = sum(part.stat().st_size for part in (file, file.with_name(file.name + "-wal")) if part.exists())
    room = os.statvfs(settings.DATA)
    return Engine("SQLite", sqlite3.sqlite_version, size, room.f_bavail * room.f_frsize, missing)


def work_now(most: int = 12) -> WorkNow:
    """The queue of background work, with its last pieces, newest first."""
    counted = dict(Work.objects.order_by().values_list("state").annotate(count=Count("*")))
    recent = list(Work.objects.order_by("-asked_at")[:most])
    beats = [one.beat_at for one in recent if one.beat_at]
    return WorkNow(
        counted.get(Work.State.WAITING, 0),
        counted.get(Work.State.RUNNING, 0),
        counted.get(Work.State.FAILED, 0),
        max(beats, default=None),
        recent,
    )
