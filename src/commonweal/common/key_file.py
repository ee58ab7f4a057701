"""Changing the file of the keys: whole or not at all, for its owner alone, by one hand at a time."""

import base64
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commonweal.common.sealed import read_keyring
from commonweal.common.secret_file import keep_names_in

MOST_KEYS = 255  # the number of a key is one byte in front of what it sealed


class BeingChanged(Exception):
    """Another process is changing the keys."""


class TooManyKeys(Exception):
    """Every number is taken: drop old keys first."""


@contextmanager
def changing_keys(path: Path) -> Iterator[None]:
    """For as long as the keys are changed no other process changes them. Raises BeingChanged."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BeingChanged from None
        yield
    finally:
        os.close(folder)


def add_first_key(path: Path) -> int:
    """Put a new key in front of the others; its number. From now on it seals. Raises TooManyKeys."""
    taken = {number for number, _key in read_keyring(path).keys}
    number = max(taken) + 1
    if number > MOST_KEYS:
        free = set(range(1, MOST_KEYS + 1)) - taken
        if not free:
            raise TooManyKeys
        number = min(free)
    line = f"{number} {base64.b64encode(secrets.token_bytes(32)).decode()}"
    _write_anew(path, [line, *_lines(path)])
    return number


def keep_first_key(path: Path) -> list[int]:
    """Take every key but the first one out of the file; the numbers of those that went."""
    first, *gone = (number for number, _key in read_keyring(path).keys)
    kept = [line for line in _lines(path) if not _names_a_key(line) or int(line.partition(" ")[0]) == first]
    _write_anew(path, kept)
    return gone


def _names_a_key(line: str) -> bool:
    return line.partition(" ")[0].isdigit()


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def _write_anew(path: Path, lines: list[str]) -> None:
    """The file with other lines, its owner and rights kept; a stop in between leaves the old file."""
    path = path.resolve()
    old, aside = path.stat(), path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fchmod(file.fileno(), old.st_mode & 0o700)
            if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(file.fileno(), old.st_uid, old.st_gid)
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    keep_names_in(path.parent)
