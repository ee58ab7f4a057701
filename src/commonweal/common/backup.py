"""A consistent copy of the database while it is in use, and its way back. No key is in it.

SQLite is copied by its own online copy, PostgreSQL by pg_dump and pg_restore, where those are.
A copy counts only when it was read back: `examine` opens it and looks for damage.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from commonweal.common.age import is_sealed
from commonweal.common.database_address import environment_of

PARTS = ("", "-wal", "-shm", "-journal")
SQLITE_HEAD = b"SQLite format 3\x00"
POSTGRES_HEAD = b"PGDMP"


class BackupFailed(Exception):
    """The copy could not be made, or is not whole; the text says why, for the operator."""


@dataclass(frozen=True)
class Copy:
    """A copy that was read back: its bytes, and how many rows each table holds."""

    size: int
    rows: Mapping[str, int]


def make(target: Path) -> None:
    """Copy the database in use into `target`, which appears whole or not at all, for its owner alone."""
    aside = target.with_name(f".{target.name}.part")
    aside.unlink(missing_ok=True)
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        if connection.vendor == "sqlite":
            _copy_sqlite(aside)
        else:
            _run("pg_dump", "--format=custom", "--no-owner", f"--file={aside}", *postgres_words())
        settle(aside)
        aside.replace(target)
        settle(target.parent)
    finally:
        for part in PARTS:
            aside.with_name(aside.name + part).unlink(missing_ok=True)


def _copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)  # one step: a moment's picture, while others go on writing
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise BackupFailed(_("The copy could not be written: %(error)s.") % {"error": error}) from error


def examine(file: Path) -> Copy:
    """Read a SQLite copy back. Raises BackupFailed when a page, an index or a reference is broken."""
    if kind_of(file) != "sqlite":
        raise BackupFailed(_("%(file)s is no copy of a SQLite database.") % {"file": file})
    try:
        with opened(file) as copy:
            if (found := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise BackupFailed(_("%(file)s is damaged: %(found)s") % {"file": file, "found": found})
            if copy.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupFailed(_("%(file)s holds rows that refer to nothing.") % {"file": file})
            listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            tables = [name for (name,) in copy.execute(listed)]
            quoted = {name: name.replace('"', '""') for name in tables}
            rows = {
                name: int(copy.execute(f'SELECT count(*) FROM "{quoted[name]}"').fetchone()[0])  # noqa: S608
                for name in tables
            }
    except sqlite3.DatabaseError as error:
        raise BackupFailed(_("%(file)s cannot be read: %(error)s") % {"file": file, "error": error}) from error
    return Copy(file.stat().st_size, rows)


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A copy, opened to be read only."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        yield copy


def kind_of(file: Path) -> str:
    """`sqlite`, `postgresql`, `sealed` or `` for anything else, by the first bytes."""
    if is_sealed(file):
        return "sealed"
    with file.open("rb") as handle:
        head = handle.read(16)
    if head == SQLITE_HEAD:
        return "sqlite"
    return "postgresql" if head.startswith(POSTGRES_HEAD) else ""


def put_back(file: Path) -> None:
    """Make the copy the database, whole or not at all. Whatever was there is gone; the caller has asked."""
    if connection.vendor == "sqlite":
        _put_back_sqlite(file, Path(str(connection.settings_dict["NAME"])))
    else:
        _put_back_postgres(file)


def _put_back_sqlite(file: Path, place: Path) -> None:
    connection.close()
    aside = place.with_name(f".{place.name}.part")
    try:
        shutil.copyfile(file, aside)
        aside.chmod(0o600)
        settle(aside)
        for part in PARTS[1:]:
            place.with_name(place.name + part).unlink(missing_ok=True)
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)
    settle(place.parent)


EMPTY_THE_PLACE = """DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', one.tablename);
    END LOOP;
END $$"""


def _put_back_postgres(file: Path) -> None:
    """In one transaction: every table goes, also one that the copy does not know since it is older, then it comes."""
    script = Path(settings.DATA) / f".restoring-{os.getpid()}"
    try:
        os.close(os.open(script, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", f"--file={script}", str(file))
        words = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--output=/dev/null")
        _run("psql", *words, *postgres_words(), f"--command={EMPTY_THE_PLACE}", f"--file={script}")
    finally:
        script.unlink(missing_ok=True)
    connection.close()


def postgres_words(name: str | None = None) -> tuple[str, ...]:
    """Where PostgreSQL's programs find the database; the passphrase goes by the environment."""
    known: dict[str, Any] = connection.settings_dict
    words = [f"--dbname={name or known['NAME']}"]
    for word, key in (("host", "HOST"), ("port", "PORT"), ("username", "USER")):
        if known[key]:
            words.append(f"--{word}={known[key]}")
    return tuple(words)


@contextmanager
def scratch_database() -> Iterator[str]:
    """The name of an empty PostgreSQL database for a moment. Raises BackupFailed without the right to make one."""
    name = f"commonweal_check_{os.getpid()}"
    try:
        _run("createdb", *_connecting(), name)
    except BackupFailed as failure:
        rightless = _(
            "%(failure)s. The copy is read back into a scratch database, for which its user needs the right to make one."
        )
        raise BackupFailed(rightless % {"failure": failure}) from failure
    try:
        yield name
    finally:
        _run("dropdb", *_connecting(), "--if-exists", name)


def _connecting() -> tuple[str, ...]:
    return tuple(word for word in postgres_words() if not word.startswith("--dbname"))


def restore_into(name: str, file: Path) -> None:
    """Read a PostgreSQL copy back into the database of that name."""
    _run("pg_restore", "--no-owner", "--exit-on-error", *postgres_words(name), str(file))


def _run(program: str, *words: str) -> None:
    path = shutil.which(program) or next(
        (str(found) for found in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), None
    )
    if path is None:
        absent = _("%(program)s is not on this machine; it comes with PostgreSQL's client programs.")
        raise BackupFailed(absent % {"program": program})
    environment = os.environ | environment_of(connection.settings_dict)
    run = subprocess.run([path, *words], capture_output=True, text=True, check=False, env=environment)
    if run.returncode:
        last = run.stderr.strip().splitlines()[-1] if run.stderr else ""
        raise BackupFailed(_("%(program)s failed: %(said)s") % {"program": program, "said": last})


def settle(path: Path) -> None:
    """Have the file or folder written to the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
