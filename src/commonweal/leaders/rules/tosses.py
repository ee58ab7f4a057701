"""A coin that anybody can toss again: the published lot decides who asks whom."""

from collections.abc import Sequence
from hashlib import sha256

FEWEST = 4
"""With fewer people to ask, a toss teaches nothing."""


def fallen(lot: int, people: Sequence[str]) -> list[bool]:
    """For each person (by id), whether her coin fell to the first leader; halves that differ by one at most.

    The people are laid out by the SHA-256 of "lot:id" and go to the two leaders in turn; the lot says who begins.
    """
    order = sorted(people, key=lambda person: sha256(f"{lot}:{person}".encode()).hexdigest())
    first = {person for place, person in enumerate(order) if (place + lot) % 2 == 0}
    return [person in first for person in people]


def lot_of(*words: object) -> int:
    """A lot that follows from what is tossed and when, so that nobody can choose it after the fact."""
    return int.from_bytes(sha256("|".join(map(str, words)).encode()).digest()[:4])
