"""Who uses this place now: locks on files beside the database, so that nothing pulls it away from under them.

A server and a worker hold a lock for as long as they run, however they end. What needs the place for itself (to put
a backup back, to take out old keys) asks first.
"""

import fcntl
from contextlib import suppress
from pathlib import Path
from typing import TextIO

SERVING, WORKING = "serving.lock", "working.lock"


class InUse(Exception):
    """Another process holds what was asked for; the text is the name of its lock."""


def hold(folder: Path, name: str, *, alone: bool) -> TextIO:
    """A lock held until the answer is closed or the process ends; `alone` when nobody else may hold it at the same
    time. Raises InUse."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = (folder / name).open("a")
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InUse(name) from None
    return file


def users_of(folder: Path) -> list[str]:
    """Which locks of the place somebody holds now; empty where nobody uses it."""
    held = []
    for name in (SERVING, WORKING):
        with suppress(FileNotFoundError), (folder / name).open("r") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append(name)
    return held
