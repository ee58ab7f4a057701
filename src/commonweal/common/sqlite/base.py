"""Django's SQLite engine behind one writer lock, held over writes and checkpoints.

SQLite before 3.51.3 can corrupt a database when two connections write and checkpoint at the same
instant (sqlite.org/wal.html, WAL-reset). On such a library every transaction and every single write
takes a lock on a file beside the database, no connection checkpoints on its own, and whoever
holds the lock checkpoints when the log has grown. On a newer library nothing is locked here.
"""

import fcntl
import os
import re
import sqlite3
import time
from contextlib import suppress
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from commonweal.common.sqlite.operations import DatabaseOperations

FIXED_IN = (3, 51, 3)
LOG_LIMIT = 8 * 1024 * 1024  # bytes of write-ahead log before the holder of the lock checkpoints
WRITES = re.compile(
    r"\s*(insert|update|delete|replace|create|drop|alter|vacuum|reindex|analyze"
    r"|with\b.*?\)\s*(insert|update|delete|replace)\b)",
    re.I | re.S,
)


def needs_writer_lock() -> bool:
    """True when this SQLite library has the WAL-reset fault."""
    return sqlite3.sqlite_version_info < FIXED_IN


def keeps_a_log(name: str) -> bool:
    """True when that database has a write-ahead log in use already.

    It is asked of the file beside it. The database itself must never be opened here: to close a file gives up
    every POSIX lock that this process holds on it, those of SQLite in other threads too (sqlite.org/howtocorrupt).
    """
    return os.path.exists(name + "-shm")


class WriterLock:
    """One lock file beside the database; waits up to `timeout` seconds, then says it is locked."""

    def __init__(self, path: str, timeout: float) -> None:
        self.path, self.timeout = path, timeout
        self.file: int | None = None

    @property
    def held(self) -> bool:
        return self.file is not None

    def acquire(self, timeout: float | None = None) -> None:
        """Take the lock, or raise OperationalError after the time-out."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        until, pause = time.monotonic() + (self.timeout if timeout is None else timeout), 0.0005
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.file = handle
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(handle)
                    raise OperationalError("database is locked") from None
                time.sleep(pause)
                pause = min(pause * 1.5, 0.02)

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self.file is not None:
            handle, self.file = self.file, None
            os.close(handle)


class LockingCursor(SQLiteCursorWrapper):
    """A cursor whose single writes outside a transaction hold the writer lock while they run."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        with self.wrapper.writing(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.writing(query):
            return super().executemany(query, param_list)


class _Writing:
    """The lock around one statement, if that statement needs it."""

    def __init__(self, lock: WriterLock | None) -> None:
        self.lock = lock

    def __enter__(self) -> None:
        if self.lock:
            self.lock.acquire()

    def __exit__(self, *exception: object) -> None:
        if self.lock:
            self.lock.release()


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection: takes the writer lock when a transaction begins, gives it back at its end."""

    ops_class = DatabaseOperations
    writer: WriterLock | None = None
    # With trusted_schema off, older libraries refuse JSON_VALID in a CHECK; Django writes only valid JSON.
    data_type_check_constraints = {
        kind: check for kind, check in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }

    def get_new_connection(self, conn_params: Any) -> Any:
        name = str(self.settings_dict["NAME"])
        if not self.is_in_memory_db():
            os.makedirs(os.path.dirname(name) or ".", mode=0o700, exist_ok=True)
        if needs_writer_lock() and not self.is_in_memory_db():
            self.writer = WriterLock(name + ".writer", float(conn_params.get("timeout", 20)))
            if not keeps_a_log(name):
                self.writer.acquire()  # the first connection to a new file writes its kind into it
            try:
                connection = super().get_new_connection(conn_params)
                connection.execute("PRAGMA wal_autocheckpoint=0")
                # Else the log's file stays as long as it ever was, and every commit would checkpoint.
                connection.execute(f"PRAGMA journal_size_limit={LOG_LIMIT}")
            finally:
                self.writer.release()
            return connection
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: Any = None) -> Any:
        if self.writer is None:
            return super().create_cursor(name)
        cursor = self.connection.cursor(factory=LockingCursor)
        cursor.wrapper = self
        return cursor

    def writing(self, query: str) -> _Writing:
        """What a statement must hold while it runs: the lock, unless a transaction holds it."""
        needs = self.writer is not None and not self.writer.held and bool(WRITES.match(query))
        return _Writing(self.writer if needs else None)

    def _start_transaction_under_autocommit(self) -> None:
        if self.writer is not None and not self.writer.held:
            self.writer.acquire()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._let_go()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        if self.writer is not None and self.writer.held:
            self._checkpoint_if_long()
            self._let_go()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._let_go()

    def _close(self) -> None:
        if self.writer is not None and not self.writer.held:
            # The last connection to close checkpoints by itself; while another holds the lock this is not the last.
            with suppress(OperationalError):
                self.writer.acquire(timeout=0)
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._let_go()

    def _let_go(self) -> None:
        if self.writer is not None:
            self.writer.release()

    def _checkpoint_if_long(self) -> None:
        try:
            long = os.path.getsize(str(self.settings_dict["NAME"]) + "-wal") > LOG_LIMIT
        except OSError:
            return
        if long:
            self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def empty_the_log(self) -> bool:
        """Write the whole log into the database and cut it to nothing, so that no deleted byte
        stays in it. False when a reader held it; call again later."""
        if self.is_in_memory_db():
            return True
        self.ensure_connection()
        with _Writing(self.writer if self.writer and not self.writer.held else None):
            busy, _, _ = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
