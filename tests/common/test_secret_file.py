"""A secret file appears whole, once, for its owner alone."""

import os
import threading
from pathlib import Path

import pytest

from commonweal.common.secret_file import made_once, write_once


def test_of_many_who_begin_at_once_all_read_the_same_secret(tmp_path):
    read, gate = [], threading.Barrier(8)

    def begin():
        gate.wait()
        read.append(made_once(tmp_path / "secret"))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(read) == 8
    assert len(set(read)) == 1
    assert len(read[0]) >= 50
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_what_is_there_stays(tmp_path):
    (tmp_path / "secret").write_text("hers")
    write_once(tmp_path / "secret", "another")
    assert (tmp_path / "secret").read_text() == "hers"


def test_a_full_disk_leaves_no_empty_secret(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_once(tmp_path / "secret", "something")
    assert list(tmp_path.iterdir()) == []


def test_a_medium_without_links_holds_one_too(tmp_path, monkeypatch):
    def refused(_aside: Path, _path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    write_once(tmp_path / "keys", "1 abc")
    assert (tmp_path / "keys").read_text() == "1 abc"
    assert [one.name for one in tmp_path.iterdir()] == ["keys"]
