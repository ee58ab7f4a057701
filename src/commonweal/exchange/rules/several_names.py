"""One name or several? "Rosa Diaz, Tomás Ibarra" is two people, "GARCIA LOPEZ, MARIA JOSE" is one."""

import re
from dataclasses import dataclass

from commonweal.people.rules import folded
from commonweal.people.rules.names import FAMILY_NAMES, PARTICLES, SUFFIXES

BETWEEN = re.compile(r"\s*[;|/\n\r]+\s*")
COMMA = re.compile(r"\s*,(?!\s*(?:jr|sr|ii|iii|iv)\b)\s*", re.I)
AND = re.compile(r"\s+(?:and|And|AND|y|\+)\s+|\s*&\s*")
AND_IN_CAPITALS = re.compile(r"\s+(?:AND|Y|\+)\s+|\s*&\s*")
NOBODY = frozenset(
    ["n a", "na", "none", "nobody", "no one", "noone", "nadie", "ninguno", "ninguna", "no se", "dont know"]
)


@dataclass(frozen=True)
class Names:
    """Some words of a cell as one name and, where they may be several, as those. `likely` is "apart!" where they are
    certainly several; else what they look like, "apart", "whole" or, where nothing tells, empty."""

    whole: str
    apart: tuple[str, ...]
    likely: str = ""


def names_in(cell: str) -> list[Names]:
    """The names in a cell, in its order. Semicolons, bars, strokes and new lines always part; a comma, "and" and "y" do
    where the words say so, else it is left open."""
    if folded(cell) in NOBODY:
        return []
    parts = BETWEEN.split(cell.strip(" \t\r\n;|/,"))
    return [_read(part) for part in parts if part.strip(" ,") and folded(part) not in NOBODY]


def _read(text: str) -> Names:
    text = text.strip(" ,")
    both = AND_IN_CAPITALS if text.isupper() else AND
    pieces = [piece for part in COMMA.split(text) for piece in both.split(part) if piece.strip()]
    valued = [any(sign.isdigit() or sign == "@" for sign in piece) for piece in pieces]
    if len(pieces) < 2 or (any(valued) and not all(valued)):
        return Names(text, (text,))
    if all(valued):
        return Names(text, tuple(pieces), "apart!")
    apart = tuple(pieces)
    words = [_words(piece) for piece in pieces]
    lengths = {min(len(some), 2) for some in words}
    joined = both.search(text) is not None
    if len(lengths) == 1 and (len(pieces) > 2 or (joined and lengths == {2})):
        return Names(text, apart, "apart!")
    if joined and len(pieces) == 2 and lengths == {1}:  # "Ana y Luis", but "MARIA Y SOTO" may be one
        return Names(text, apart, "" if text.isupper() else "apart")
    if len(pieces) == 2 and not joined:
        if lengths != {2}:  # "Diaz, Rosa", "Garcia Lopez, Maria"
            return Names(text, (text,))
        return Names(text, apart, _likely(*words))
    return Names(text, apart)


def _words(name: str) -> list[str]:
    words = [word for word in folded(name).split() if word not in SUFFIXES]
    while len(words) > 1 and words[0] in ("sra", "dr", "don", "dona", "mr", "mrs", "ms"):
        words = words[1:]
    return words


def _likely(first: list[str], second: list[str]) -> str:
    """What "FIRST WORDS, SECOND WORDS" looks like by the family names in it that everybody knows."""
    if first[0] in PARTICLES or (_is_family(first[0]) and not any(map(_is_family, second))):
        return "whole"
    ends = _is_family(first[-1]) and _is_family(second[-1])
    return "apart" if ends and not _is_family(first[0]) and not _is_family(second[0]) else ""


def _is_family(word: str) -> bool:
    return word in FAMILY_NAMES or (len(word) > 4 and word.endswith("ez"))
