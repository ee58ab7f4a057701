"""Files that only the holder of a secret key can open, in the age format (age-encryption.org/v1, X25519).

The machine that writes backups knows the public key alone: whoever takes the machine cannot open yesterday's copy.
The `age` program opens the same files, so nobody depends on this one.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HEAD = b"age-encryption.org/v1"
PUBLIC, SECRET = "age", "age-secret-key-"
CHUNK, TAG = 64 * 1024, 16
LONGEST_HEADER = 100  # lines
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
FOLDS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class NoKey(Exception):
    """The text is no public or no secret key of this kind."""


class CannotOpen(Exception):
    """None of the keys opens the file, or it is damaged."""


def new_pair() -> tuple[str, str]:
    """A new secret key and its public key, as text."""
    secret = X25519PrivateKey.generate()
    return _written(SECRET, secret.private_bytes_raw()).upper(), _written(
        PUBLIC, secret.public_key().public_bytes_raw()
    )


def public_key(text: str) -> bytes:
    """The bytes of a public key (`age1…`). Raises NoKey."""
    return _read(PUBLIC, text)


def secret_keys(text: str) -> list[bytes]:
    """The secret keys in the text of a key file; lines that begin with # are comments. Raises NoKey."""
    lines = [line.strip() for line in text.splitlines()]
    found = [_read(SECRET, line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise NoKey
    return found


def is_sealed(file: Path) -> bool:
    """True when the file begins as one in this format does."""
    with file.open("rb") as handle:
        return handle.read(len(HEAD)) == HEAD


def seal(source: Path, target: Path, recipients: Iterable[bytes]) -> None:
    """Writes `source` into `target`, to be opened with the secret key of any of the recipients; then reads it back.

    Raises CannotOpen when what is on the disk is not what was written.
    """
    file_key = secrets.token_bytes(16)
    with source.open("rb") as plain, target.open("wb") as sealed:
        os.fchmod(sealed.fileno(), 0o600)
        sealed.write(_header(file_key, recipients))
        nonce = secrets.token_bytes(16)
        sealed.write(nonce)
        cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        for number, (chunk, last) in enumerate(_chunks(plain, CHUNK)):
            sealed.write(cipher.encrypt(_nonce(number, last), chunk, None))
        sealed.flush()
        os.fsync(sealed.fileno())
    with source.open("rb") as plain, target.open("rb") as sealed:
        _stanzas(sealed)
        wanted = hashlib.file_digest(plain, "sha256").digest()
        found = hashlib.sha256()
        for chunk in _opened(sealed, file_key):
            found.update(chunk)
    if found.digest() != wanted:
        raise CannotOpen


def unseal(source: Path, target: Path, keys: Iterable[bytes]) -> None:
    """Writes what `source` holds into `target`. Raises CannotOpen, and leaves no half of it."""
    try:
        with source.open("rb") as sealed, target.open("wb") as plain:
            os.fchmod(plain.fileno(), 0o600)
            for chunk in _opened(sealed, _file_key(sealed, list(keys))):
                plain.write(chunk)
    except (CannotOpen, OSError):
        target.unlink(missing_ok=True)
        raise


def _header(file_key: bytes, recipients: Iterable[bytes]) -> bytes:
    lines = [HEAD]
    for recipient in recipients:
        once = X25519PrivateKey.generate()
        share = once.public_key().public_bytes_raw()
        wrap = _derived(
            once.exchange(X25519PublicKey.from_public_bytes(recipient)), share + recipient, HEAD + b"/X25519"
        )
        lines += [b"-> X25519 " + _b64(share), _b64(ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None))]
    whole = b"\n".join([*lines, b"---"])
    return whole + b" " + _b64(_mac(file_key, whole)) + b"\n"


def _file_key(sealed: BinaryIO, keys: list[bytes]) -> bytes:
    """The key of the file itself, by the first of the keys that opens it; the file then stands at its contents."""
    whole, stanzas, mac = _stanzas(sealed)
    for words, body in stanzas:
        if words[:1] != [b"X25519"] or len(words) != 2:
            continue
        for key in keys:
            secret = X25519PrivateKey.from_private_bytes(key)
            share = _unb64(words[1])
            try:
                salt = share + secret.public_key().public_bytes_raw()
                wrap = _derived(secret.exchange(X25519PublicKey.from_public_bytes(share)), salt, HEAD + b"/X25519")
                file_key = ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
            except (InvalidTag, ValueError):
                continue
            if not hmac.compare_digest(_mac(file_key, whole), mac):
                raise CannotOpen
            return file_key
    raise CannotOpen


def _stanzas(sealed: BinaryIO) -> tuple[bytes, list[tuple[list[bytes], bytes]], bytes]:
    """The header up to its end mark, for whom the file is (words and body), and the header's own seal."""
    whole, stanzas = b"", list[tuple[list[bytes], bytes]]()
    for number in range(LONGEST_HEADER):
        line = sealed.readline(4096).rstrip(b"\n")
        if number == 0 and line != HEAD:
            break
        if line.startswith(b"--- "):
            return whole + b"---", stanzas, _unb64(line[4:])
        if line.startswith(b"-> "):
            stanzas.append((line[3:].split(b" "), b""))
        elif stanzas:
            stanzas[-1] = (stanzas[-1][0], stanzas[-1][1] + _unb64(line))
        whole += line + b"\n"
    raise CannotOpen


def _opened(sealed: BinaryIO, file_key: bytes) -> Iterator[bytes]:
    """What stands after the header, piece by piece."""
    cipher = ChaCha20Poly1305(_derived(file_key, sealed.read(16), b"payload"))
    for number, (chunk, last) in enumerate(_chunks(sealed, CHUNK + TAG)):
        try:
            yield cipher.decrypt(_nonce(number, last), chunk, None)
        except InvalidTag as broken:
            raise CannotOpen from broken


def _chunks(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of a file, each with whether it is the last one."""
    here = file.read(size)
    while True:
        later = file.read(size)
        yield here, not later
        if not later:
            return
        here = later


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt or None, purpose).derive(key)


def _b64(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError as broken:
        raise CannotOpen from broken


# ── Keys as text: Bech32 (BIP 173) ──────────────────────────────────────────────────────────────


def _written(kind: str, value: bytes) -> str:
    number, bits = int.from_bytes(value, "big"), len(value) * 8
    padded, count = number << (-bits % 5), -(-bits // 5)
    letters = [(padded >> (5 * place)) & 31 for place in reversed(range(count))]
    check = _folded([*_spread(kind), *letters, 0, 0, 0, 0, 0, 0]) ^ 1
    letters += [(check >> (5 * (5 - place))) & 31 for place in range(6)]
    return kind + "1" + "".join(LETTERS[letter] for letter in letters)


def _read(kind: str, text: str) -> bytes:
    plain = text.strip()
    if plain not in (plain.lower(), plain.upper()):
        raise NoKey
    head, _, rest = plain.lower().rpartition("1")
    if head != kind or any(letter not in LETTERS for letter in rest):
        raise NoKey
    letters = [LETTERS.index(letter) for letter in rest]
    if _folded([*_spread(kind), *letters]) != 1 or len(letters) != 58:
        raise NoKey
    number = 0
    for letter in letters[:-6]:
        number = number << 5 | letter
    if number & 0xF:
        raise NoKey
    return (number >> 4).to_bytes(32, "big")


def _spread(kind: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in kind), 0, *(ord(letter) & 31 for letter in kind)]


def _folded(values: Iterable[int]) -> int:
    """The remainder that Bech32 checks by."""
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, fold in enumerate(FOLDS):
            rest ^= fold if top >> place & 1 else 0
    return rest
