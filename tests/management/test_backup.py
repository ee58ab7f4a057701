"""A backup is whole, is read back, and says what is not in it."""

import sqlite3
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from commonweal.common.backup import BackupFailed, examine
from commonweal.common.ids import new_id
from commonweal.common.verified import last_verified_backup
from commonweal.common.work import ask_for
from commonweal.ledger.reads import prove
from commonweal.ledger.writes import record
from commonweal.management.commands.backup import verify
from tests.village import THEN, found

pytestmark = pytest.mark.django_db(transaction=True)
sqlite_only = pytest.mark.skipif("postgresql" in str(connection.vendor), reason="looks into the copy's own tables")


def backed_up(target, capsys) -> str:
    call_command("backup", "--plain", str(target))
    return capsys.readouterr().out


def test_a_backup_is_read_back_and_noted(tmp_path, capsys):
    found()
    record("tried", by=None, at=THEN)
    said = backed_up(tmp_path / "copy", capsys)
    assert "4 people, 1 ledger entries; read back and whole" in said
    noted = last_verified_backup()
    assert noted is not None
    assert (noted.people, noted.entries, noted.size) == (4, 1, (tmp_path / "copy").stat().st_size)


def test_only_its_owner_can_read_a_backup(tmp_path, capsys):
    backed_up(tmp_path / "copy", capsys)
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_the_keys_are_not_in_a_backup_and_it_says_so(tmp_path, capsys, settings):
    from pathlib import Path

    village = found()
    village.bo_person.note = "her note"
    village.bo_person.save()
    said = backed_up(tmp_path / "copy", capsys)
    assert "The keys are not in it" in said
    copied = (tmp_path / "copy").read_bytes()
    assert b"her note" not in copied
    for line in Path(settings.COMMONWEAL_KEY_FILE).read_text().split():
        if len(line) > 20:
            assert line.encode() not in copied


def test_a_backup_writes_over_nothing_unasked(tmp_path):
    (tmp_path / "copy").write_text("something else")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", "--plain", str(tmp_path / "copy"))
    assert (tmp_path / "copy").read_text() == "something else"


def test_a_backup_taken_while_others_write_is_one_moment(tmp_path, capsys):
    """Each act writes two rows; a copy that caught one without the other would be torn."""
    stop = threading.Event()

    def keep_writing():
        while not stop.is_set():
            with transaction.atomic():
                subject = new_id()
                record("first", by=None, at=THEN, subject=subject)
                ask_for("commonweal.none", subject=subject, by=None, at=THEN)
        connections.close_all()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for number in range(3):
            backed_up(tmp_path / f"copy{number}", capsys)
            if connection.vendor == "sqlite":
                rows = examine(tmp_path / f"copy{number}").rows
                assert rows["commonweal_entry"] == rows["commonweal_work"]
    finally:
        stop.set()
        writer.join()
    assert prove().holds


@sqlite_only
def test_an_altered_entry_in_the_copy_is_no_backup(tmp_path, capsys):
    for number in range(5):
        record("said", by=None, at=THEN, facts={"number": number})
    backed_up(tmp_path / "copy", capsys)
    with sqlite3.connect(tmp_path / "copy") as copy:
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            copy.execute(f'DROP TRIGGER "{name}"')
        copy.execute("UPDATE commonweal_entry SET verb = 'unsaid' WHERE number = 3")
    with pytest.raises(BackupFailed, match="ledger"):
        verify(tmp_path / "copy")


@sqlite_only
def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    real = sqlite3.connect

    def cramped(*given, **named):
        opened = real(*given, **named)
        opened.execute("PRAGMA max_page_count = 8")  # the copy may not grow, as on a full disk
        return opened

    found()
    monkeypatch.setattr(sqlite3, "connect", cramped)
    with pytest.raises(CommandError, match="The copy could not be written: database or disk is full"):
        call_command("backup", "--plain", str(tmp_path / "copy"))
    assert list(tmp_path.iterdir()) == []


@sqlite_only
def test_a_damaged_copy_is_no_backup(tmp_path, capsys):
    found()
    backed_up(tmp_path / "copy", capsys)
    whole = bytearray((tmp_path / "copy").read_bytes())
    begin = 20 * 4096
    whole[begin:] = b"\xff" * (len(whole) - begin)
    (tmp_path / "copy").write_bytes(whole)
    with pytest.raises(BackupFailed):
        examine(tmp_path / "copy")


def test_something_else_is_no_backup(tmp_path):
    (tmp_path / "letter").write_text("Dear all")
    with pytest.raises(BackupFailed, match="no copy"):
        examine(tmp_path / "letter")
