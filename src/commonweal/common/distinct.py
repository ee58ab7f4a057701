"""How many different ones were seen, in a kilobyte that holds nobody: a board of 8,192 lamps.

Whoever is seen lights the lamp that her id names; seen again, she lights it again. From how many lamps are dark
follows how many different ones were seen (linear counting), give or take two in two hundred and fifteen in
fifteen hundred. Two boards laid over each other count the different ones of both.
"""

from collections.abc import Iterable
from math import log
from uuid import UUID

LAMPS = 8192
DARK = bytes(LAMPS // 8)


def lit(people: Iterable[UUID], board: bytes = DARK) -> bytes:
    """The board with the lamps of these ids lit as well."""
    lamps = bytearray(board)
    for one in people:
        place = one.int % LAMPS
        lamps[place >> 3] |= 1 << (place & 7)
    return bytes(lamps)


def laid_over(*boards: bytes) -> bytes:
    """One board on which every lamp is lit that is lit on any of them."""
    every = 0
    for one in boards:
        every |= int.from_bytes(one, "little")
    return every.to_bytes(len(DARK), "little")


def is_lit(board: bytes, one: UUID) -> bool:
    """True for everybody who was seen; also, rarely, for somebody who was not (her lamp is another's too)."""
    place = one.int % LAMPS
    return bool(board[place >> 3] >> (place & 7) & 1)


def how_many(board: bytes) -> int:
    """About how many different ones lit it; a board without a dark lamp says as many as it can tell of."""
    dark = LAMPS - int.from_bytes(board, "little").bit_count()
    return round(LAMPS * log(LAMPS / max(dark, 1)))
