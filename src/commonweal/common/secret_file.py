"""A secret that is made at the first start and kept in a file only its owner can read."""

import os
import secrets
from pathlib import Path


def made_once(path: Path) -> str:
    """The secret in `path`, written there first when the file is missing."""
    write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def write_once(path: Path, text: str) -> None:
    """A file of that text for its owner alone, on the disk before this returns; one that is there stays as it is.

    It appears whole: of two processes that begin at the same time both read what the first one wrote, and a full
    disk leaves no empty file where a secret is expected.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        return
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)
        except FileExistsError:
            return
        except OSError:  # a medium without links, such as a USB stick
            aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    keep_names_in(path.parent)


def keep_names_in(folder: Path) -> None:
    """What the folder's files are called is on the disk before this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
