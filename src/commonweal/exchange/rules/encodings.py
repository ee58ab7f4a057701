"""In which alphabet of bytes is this text written?"""

import codecs
from collections.abc import Iterator

from commonweal.exchange.rules.limits import FileRefused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLD = ("cp1252", "mac_roman", "cp850")
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", *OLD, "latin-1")
CHUNK = 1 << 18
USUAL = frozenset("áéíóúüñçàèìòùâêîôûäöëïãõåøßÁÉÍÓÚÜÑÇÀÈÂÊÎÔÛÄÖËÏÃÕÅØ¿¡ºª’‘“”–—€·…")
CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 26, 27}


def guessed_encoding(content: bytes) -> str:
    """The encoding a text was most likely written in. Raises FileRefused("binary") for what is no text,
    and FileRefused("nul") with the line for text that holds NUL characters."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    if wide := _wide_without_mark(content[:4096]):
        return wide
    if (place := content.find(b"\0")) >= 0:
        if _share_of_controls(content[:65536]) > 0.02:
            raise FileRefused("binary")
        raise FileRefused("nul", line=content.count(b"\n", 0, place) + 1)
    if _share_of_controls(content[:65536]) > 0.02:
        raise FileRefused("binary")
    return "utf-8-sig" if _is_utf8(content) else _best_old(content)


def chunks_of(content: bytes) -> Iterator[bytes]:
    """The bytes in pieces, so that no copy of the whole is made."""
    view = memoryview(content)
    for start in range(0, len(content), CHUNK):
        yield bytes(view[start : start + CHUNK])


def _wide_without_mark(head: bytes) -> str:
    """UTF-16 shows by a zero in nearly every other place."""
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0) * 2 / len(head), head[1::2].count(0) * 2 / len(head)
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else ""


def _share_of_controls(head: bytes) -> float:
    return sum(1 for byte in head if byte in CONTROLS) / max(1, len(head))


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in chunks_of(content):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _best_old(content: bytes) -> str:
    """Of the old one-byte alphabets the one whose strange bytes become letters people use."""
    lines = [line for line in content.split(b"\n", 20000)[:20000] if not line.isascii()][:400]
    sample = b"\n".join(lines)[:65536] or content[-65536:]
    best, most = OLD[0], float("-inf")
    for name in OLD:
        text = sample.decode(name, errors="replace")
        strange = [letter for letter in text if letter > "\x7f"]
        good = sum(1 if letter in USUAL else -1 if letter.isalpha() else -2 for letter in strange)
        if good > most:
            best, most = name, good
    return best
