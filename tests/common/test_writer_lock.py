"""SQLite's one writer lock: two processes never write at once, and nobody checkpoints without it."""

import os
import re
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from commonweal.common.sqlite import base
from commonweal.common.sqlite.base import WRITES, WriterLock, needs_writer_lock

Program = Callable[[str], "subprocess.Popen[str]"]
BEGIN = """
import os, sys
from django.conf import settings
options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"}
here = {"ENGINE": "commonweal.common.sqlite", "NAME": os.environ["PLACE"], "OPTIONS": options}
settings.configure(DATABASES={"default": here})
from django.db import OperationalError, connection, transaction
def ask(sql):
    with connection.cursor() as cursor:
        return cursor.execute(sql).fetchone()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of its own with a database that holds one number."""
    with sqlite3.connect(tmp_path / "commonweal.sqlite3") as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE tally (number INTEGER)")
        made.execute("INSERT INTO tally VALUES (0)")
    made.close()
    return tmp_path


@pytest.fixture
def program(place: Path) -> Any:
    """Starts a Python program on that database."""
    running: list[subprocess.Popen[str]] = []

    def started(code: str) -> "subprocess.Popen[str]":
        environment = os.environ | {"PLACE": str(place / "commonweal.sqlite3")}
        command = [sys.executable, "-c", BEGIN + textwrap.dedent(code)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield started
    for process in running:
        process.kill()
        process.communicate()


def number_in(place: Path) -> int:
    with sqlite3.connect(place / "commonweal.sqlite3") as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(opened.execute("SELECT number FROM tally").fetchone()[0])


def test_two_processes_that_read_and_write_lose_nothing(place: Path, program: Program) -> None:
    code = """
        for turn in range(60):
            with transaction.atomic():
                number = ask("SELECT number FROM tally")[0]
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE tally SET number = %s", [number + 1])
            if turn % 3 == 0:
                with connection.cursor() as cursor:  # outside a transaction
                    cursor.execute("UPDATE tally SET number = number + 1")
    """
    for process in [program(code), program(code)]:
        assert process.wait(60) == 0
    assert number_in(place) == 2 * (60 + 20)


def test_a_writer_waits_for_the_other_and_a_reader_does_not(place: Path, program: Program) -> None:
    holder = program("""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("UPDATE tally SET number = 5")
            print("held", flush=True)
            sys.stdin.readline()
    """)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    other = program("""
        print(ask("SELECT number FROM tally")[0], flush=True)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE tally SET number = number + 1")
        print(ask("SELECT number FROM tally")[0], flush=True)
    """)
    assert other.stdout is not None and other.stdout.readline() == "0\n", "read while the other writes"
    time.sleep(0.3)
    assert other.poll() is None, "and waits to write"
    holder.communicate("go on\n", timeout=20)
    assert other.communicate(timeout=20)[0] == "6\n"


def test_a_writer_that_waited_too_long_is_told_and_wrote_nothing(place: Path, program: Program) -> None:
    holder = program("""
        with transaction.atomic():
            print("held", flush=True)
            sys.stdin.readline()
    """)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    other = program("""
        options["timeout"] = 0.4
        ask("SELECT 1")
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE tally SET number = 9")
        except OperationalError as error:
            print(error)
    """)
    assert "locked" in other.communicate(timeout=20)[0]
    holder.communicate("go on\n", timeout=20)
    assert number_in(place) == 0


def test_a_writer_that_is_killed_leaves_no_lock_behind(place: Path, program: Program) -> None:
    holder = program("""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("UPDATE tally SET number = 7")
            print("held", flush=True)
            sys.stdin.readline()
    """)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    holder.kill()
    other = program("""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE tally SET number = number + 1")
    """)
    assert other.wait(20) == 0
    assert number_in(place) == 1, "what was not committed never was"


def test_a_second_connection_of_a_process_gives_up_nothing_of_the_first(place: Path, program: Program) -> None:
    several = program("""
        import threading
        def look():
            print(f"{ask('SELECT number FROM tally')[0]}\\n", end="", flush=True)  # one write: threads do not mix
        look()
        for _ in range(3):
            threads = [threading.Thread(target=look) for _ in range(2)]
            for one in threads:
                one.start()
            for one in threads:
                one.join()
        print("open", flush=True)
        sys.stdin.readline()
        look()
    """)
    assert several.stdout is not None
    assert [several.stdout.readline().strip() for _ in range(8)] == ["0"] * 7 + ["open"]
    other = program("""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE tally SET number = 4")
        connection.close()
    """)
    assert other.wait(20) == 0
    assert (place / "commonweal.sqlite3-wal").exists(), "the one that closed was not the last"
    assert several.communicate("go on\n", timeout=20)[0] == "4\n"


@pytest.mark.skipif(not needs_writer_lock(), reason="this SQLite has no fault to lock out")
def test_no_connection_checkpoints_by_itself_and_the_log_stays_short(place: Path, program: Program) -> None:
    process = program("""
        print(ask("PRAGMA wal_autocheckpoint")[0])
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE long (words TEXT)")
        largest = 0
        for turn in range(30):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO long VALUES (%s)", ["x" * 1_000_000])
            largest = max(largest, os.path.getsize(str(connection.settings_dict["NAME"]) + "-wal"))
        print(largest)
    """)
    automatic, largest = process.communicate(timeout=60)[0].split()
    assert automatic == "0"
    assert int(largest) < base.LOG_LIMIT + 3_000_000


def test_the_lock_is_given_back_whatever_happens(tmp_path: Path) -> None:
    path = str(tmp_path / "x.writer")
    first, second = WriterLock(path, 0.05), WriterLock(path, 0.05)
    first.acquire()
    assert first.held
    with pytest.raises(OperationalError, match="database is locked"):
        second.acquire()
    first.release()
    first.release()
    second.acquire()
    second.release()
    assert not first.held and not second.held


@pytest.mark.parametrize(
    ("version", "needed"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False), ((4, 0, 0), False)]
)
def test_the_lock_is_needed_before_the_mended_version(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], needed: bool
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert needs_writer_lock() is needed


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO a VALUES (1)",
        "  update a set b = 1",
        "\nDELETE FROM a",
        "CREATE TABLE a (b)",
        "VACUUM",
        "WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a",
    ],
)
def test_every_kind_of_write_takes_the_lock(sql: str) -> None:
    assert WRITES.match(sql)


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM a", "PRAGMA page_count", "WITH a AS (SELECT 1) SELECT * FROM a", "EXPLAIN SELECT 1"]
)
def test_no_reading_takes_it(sql: str) -> None:
    assert not WRITES.match(sql)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite alone")
@pytest.mark.django_db(transaction=True)
def test_deleted_words_are_not_left_in_the_log() -> None:
    word = "Zxqvdeleted"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE passing (words TEXT)")
        cursor.execute("INSERT INTO passing VALUES (%s)", [word * 3])
        cursor.execute("DELETE FROM passing")
        cursor.execute("DROP TABLE passing")
    assert connection.empty_the_log()
    name = Path(str(connection.settings_dict["NAME"]))
    stored = b"".join(part.read_bytes() for part in name.parent.glob(name.name + "*"))
    assert not re.search(word.encode(), stored)


@pytest.mark.skipif(not needs_writer_lock(), reason="this SQLite keeps its log by itself")
def test_the_log_is_cut_back_once_it_has_been_written_into_the_database(program: Program, place: Path) -> None:
    writer = program(f"""
    connection.ensure_connection()
    for _ in range(3):
        with transaction.atomic():
            ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {2 * base.LOG_LIMIT // 1000}) INSERT INTO tally SELECT randomblob(1000) FROM n")
    ask("INSERT INTO tally VALUES (1)")
    ask("INSERT INTO tally VALUES (2)")
    print(os.path.getsize(os.environ["PLACE"] + "-wal"))
    """)
    assert int(writer.communicate()[0]) <= base.LOG_LIMIT
