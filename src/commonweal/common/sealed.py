"""Text that lies encrypted in the database and is bound to its row.

A value is stored as key id (1 byte), nonce (12 bytes) and AES-256-GCM ciphertext with tag. The
associated data is `table:primary key:field`, so a ciphertext copied to another row is refused.
The keys live in a file outside the database and its backups.
"""

import base64
import hmac
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from commonweal.common.secret_file import write_once


class SealBroken(Exception):
    """The stored bytes do not belong to this row, or no key opens them."""


@dataclass(frozen=True)
class Keyring:
    """The first key seals, any key opens by its id; `index` blinds values that must be found."""

    keys: tuple[tuple[int, bytes], ...]
    index: bytes

    def seal(self, text: str, bound_to: str) -> bytes:
        """`text` as sealed bytes that open only with the same `bound_to`."""
        number, key = self.keys[0]
        nonce = secrets.token_bytes(12)
        return bytes([number]) + nonce + AESGCM(key).encrypt(nonce, text.encode(), bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> str:
        """The text back, also when a key sealed it that was made since. Raises SealBroken when the bytes are
        not of this row or key."""
        keys = dict(self.keys)
        key = (keys.get(sealed[0]) or key_made_since(sealed[0])) if sealed else None
        if key is not None:
            try:
                return AESGCM(key).decrypt(sealed[1:13], sealed[13:], bound_to.encode()).decode()
            except InvalidTag:
                pass
        raise SealBroken(bound_to.split(":")[0])

    def key_for(self, value: str, purpose: str) -> str:
        """A key of its own (64 hex digits) for a value and a purpose; it follows from the ring and is kept nowhere."""
        return hmac.digest(self.index, f"{purpose}\0{value}".encode(), "sha256").hex()

    def blind(self, value: str, purpose: str) -> str:
        """A keyed fingerprint (32 hex digits) by which an equal value can be found again."""
        return self.key_for(value, purpose)[:32]


class KeysBarred(Exception):
    """The list is locked: nothing sealed is opened, and nothing is sealed."""


class KeysMissing(Exception):
    """Something lies sealed, and the file of the keys is not there."""


_rings: dict[str, Keyring] = {}
_written: dict[str, tuple[float, tuple[int, ...]]] = {}
"""By file: when it was looked at last, and what told it then from any other version of itself."""
LOOK_EVERY = 1.0
_barred = threading.Event()
_at_the_door: ContextVar[Keyring | None] = ContextVar("_at_the_door", default=None)


def keyring() -> Keyring:
    """The ring of the settings' key file, read again within a second of its change. Raises KeysBarred while locked."""
    at_the_door = _at_the_door.get()
    if at_the_door is not None:
        return at_the_door
    if _barred.is_set():
        raise KeysBarred
    path = str(settings.COMMONWEAL_KEY_FILE)
    ring = _rings.get(path)
    if ring is None or _is_written_anew(path):
        ring = _rings[path] = read_keyring(Path(path))
        _written[path] = time.monotonic(), _version_of(path)
    return ring


def _is_written_anew(path: str) -> bool:
    """Whether the file changed since it was read; one that was taken out of the machine did not."""
    looked_at, version = _written.get(path, (float("-inf"), ()))
    if time.monotonic() - looked_at < LOOK_EVERY:
        return False
    found = _version_of(path) or version
    _written[path] = time.monotonic(), version
    return found != version


def _version_of(path: str) -> tuple[int, ...]:
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def key_made_since(number: int) -> bytes | None:
    """The key of that number, if the file holds one that a ring in use does not know yet."""
    _written.pop(str(settings.COMMONWEAL_KEY_FILE), None)
    try:
        return dict(keyring().keys).get(number)
    except KeysMissing:
        return None


def bar_keys() -> None:
    """Forget the keys and read them no more until they are freed (the panic lock)."""
    _barred.set()
    _rings.clear()


def free_keys() -> None:
    """The keys may be read again."""
    _barred.clear()


@contextmanager
def keys_for_the_door() -> Iterator[None]:
    """The keys for as long as somebody shows her second factor, also while the list is locked."""
    token = _at_the_door.set(read_keyring(Path(settings.COMMONWEAL_KEY_FILE)) if _barred.is_set() else None)
    try:
        yield
    finally:
        _at_the_door.reset(token)


def read_keyring(path: Path) -> Keyring:
    """The keys of a file: lines `1 base64` (first seals) and `index base64`.

    A missing file is made while nothing lies sealed. Raises KeysMissing afterwards: new keys would open
    nothing and hide that the old ones are lost.
    """
    if not path.exists():
        if something_is_sealed():
            raise KeysMissing(str(path))
        make_keyring(path)
    keys, index = [], b""
    for line in path.read_text().split("\n"):
        name, _, value = line.partition(" ")
        if name == "index":
            index = base64.b64decode(value)
        elif name.isdigit():
            keys.append((int(name), base64.b64decode(value)))
    if not keys or not index:
        raise SealBroken(f"{path} holds no usable key")
    return Keyring(tuple(keys), index)


def something_is_sealed() -> bool:
    """Whether any row of any room holds sealed bytes."""
    return any(model._default_manager.exclude(**{field.attname: b""}).exists() for model, field in sealed_columns())


def sealed_columns() -> "list[tuple[type[models.Model], SealedTextField]]":
    """Every sealed column of every model."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedTextField)
    ]


def make_keyring(path: Path) -> None:
    """Write a new ring, readable by its owner only; never overwrites."""
    lines = [f"{name} {base64.b64encode(secrets.token_bytes(32)).decode()}" for name in ("1", "index")]
    write_once(path, "\n".join(lines) + "\n")


class SealedAttribute(DeferredAttribute):
    """Opens the sealed bytes when the attribute is read."""

    field: "SealedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        raw = super().__get__(instance, cls)
        if isinstance(raw, bytes | memoryview | bytearray):
            raw = bytes(raw)
            return keyring().open(raw, self.field.bound_to(instance)) if raw else ""
        return raw or ""

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text in the program, sealed bytes in the database; `values()` gives the sealed bytes.

    Only `save()` and `bulk_create()` can write it: the row's id is part of the seal.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def bound_to(self, instance: models.Model) -> str:
        """What the seal of this row and field is bound to."""
        return f"{instance._meta.db_table}:{instance.pk}:{self.attname}"

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        raw = model_instance.__dict__.get(self.attname, b"")
        if isinstance(raw, str):
            return keyring().seal(raw, self.bound_to(model_instance)) if raw else b""
        return bytes(raw or b"")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            raise TypeError(f"{self.attname} is sealed: write it with save() or bulk_create()")
        return super().get_db_prep_value(value, connection, prepared)
