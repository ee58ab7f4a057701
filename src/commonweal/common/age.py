"""Files that only the holder of a secret key can open, in the age format (age-encryption.org/v1, X25519).

The machine that writes backups knows the public key alone: whoever takes the machine cannot open yesterday's copy.
The `age` program opens the same files, so nobody depends on this one.
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient

HEAD = b"age-encryption.org/v1"


class NoKey(Exception):
    """The text is no public or no secret key of this kind."""


class CannotOpen(Exception):
    """None of the keys opens the file, or it is damaged."""


def new_pair() -> tuple[str, str]:
    """A new secret key and its public key, as text."""
    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def public_key(text: str) -> Recipient:
    """The public key that the text `age1…` stands for. Raises NoKey."""
    try:
        return Recipient.from_str(text)
    except pyrage.RecipientError:
        raise NoKey from None


def secret_keys(text: str) -> list[Identity]:
    """The secret keys in the text of a key file; lines that begin with # are comments. Raises NoKey."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        raise NoKey from None
    if not found:
        raise NoKey
    return found


def is_sealed(file: Path) -> bool:
    """True when the file begins as one in this format does."""
    with file.open("rb") as handle:
        return handle.read(len(HEAD)) == HEAD


def seal(source: Path, target: Path, recipients: Iterable[Recipient]) -> None:
    """Writes `source` into `target`, to be opened with the secret key of any of the recipients; then reads it back.

    It is read back with a key made for this one file, which nobody keeps. Raises CannotOpen when what is on the
    disk is not what was written, and OSError when it cannot be written.
    """
    passing = Identity.generate()
    with source.open("rb") as plain, target.open("wb") as sealed:
        os.fchmod(sealed.fileno(), 0o600)
        try:
            pyrage.encrypt_io(plain, sealed, [*recipients, passing.to_public()])
        except pyrage.EncryptError as failure:
            raise OSError(str(failure)) from failure
        sealed.flush()
        os.fsync(sealed.fileno())
    found = _Digest()
    _open(target, found, [passing])
    with source.open("rb") as plain:
        if found.sum.digest() != hashlib.file_digest(plain, "sha256").digest():
            raise CannotOpen


def unseal(source: Path, target: Path, keys: Iterable[Identity]) -> None:
    """Writes what `source` holds into `target`. Raises CannotOpen, and leaves no half of it."""
    try:
        with target.open("wb") as plain:
            os.fchmod(plain.fileno(), 0o600)
            _open(source, plain, list(keys))
    except (CannotOpen, OSError):
        target.unlink(missing_ok=True)
        raise


class _Digest:
    """A file that keeps of what is written only its sum."""

    def __init__(self) -> None:
        self.sum = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.sum.update(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""


def _open(source: Path, target: BinaryIO | _Digest, keys: Sequence[Identity]) -> None:
    try:
        with source.open("rb") as sealed:
            pyrage.decrypt_io(sealed, target, keys)
    except pyrage.DecryptError:
        raise CannotOpen from None
    except OSError as failure:
        if failure.errno is None:  # not the disk's: a piece of the file is not what was sealed
            raise CannotOpen from None
        raise
