"""One piece of evidence as a row of a file states it, and the fingerprint under which it counts once."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

DIRECTED = frozenset({"cares_for", "checks_on", "goes_to", "learned_from", "godparent"})


@dataclass
class Item:
    """`noun` is ask, yes, nomination, tie or assessment; `same_as` are the ids and codes that make it
    this piece and no other, `value` what it says (an outcome, a stance, a strength; None: nothing more)."""

    noun: str
    same_as: tuple[Any, ...]
    value: Any = None
    more: tuple[Any, ...] = ()
    """What goes into the row besides: the day of a tie, who carried the sheet."""

    @property
    def is_complete(self) -> bool:
        """False while a person or act it needs has still to be made."""
        needed = self.same_as
        if self.noun == "ask":
            needed = (self.same_as[0], self.same_as[2])
        if self.noun == "nomination":
            needed = self.same_as[:2]
        return None not in needed

    @property
    def source(self) -> str:
        """Equal for the same fact in any file."""
        text = ":".join(part.hex if isinstance(part, UUID) else str(part or "") for part in self.identity)
        return f"import:{self.noun}:{hashlib.sha256(text.encode()).hexdigest()[:40]}"

    @property
    def identity(self) -> tuple[Any, ...]:
        """`same_as`, with the two of an undirected tie in one order."""
        if self.noun != "tie" or self.same_as[2] in DIRECTED:
            return self.same_as
        one, two = sorted(self.same_as[:2], key=str)
        return (one, two, self.same_as[2])
