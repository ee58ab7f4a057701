"""What is known of a place before the next talk, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import numpy as np

from commonweal.reckoning.ties import BoolArray, IntArray

NOBODY = -1


class TalksRefused(ValueError):
    """The arrays do not describe one place; the message says which and why."""


class Hole(IntEnum):
    """How somebody is a hole in a chain: she was asked and did not come, or her leader never asked her."""

    NONE = 0
    DID_NOT_COME = 1
    NOT_ASKED = 2


class Reason(StrEnum):
    """What makes a talk worth having."""

    NAMED = "named"
    """Others name her, and nobody has sat down with her."""
    DECIDES = "decides"
    """Whom she names would decide between candidates about whom we are in doubt."""
    BRIDGE = "bridge"
    """She alone, as far as we know, joins two groups."""
    INSTITUTION = "institution"
    """She belongs where nobody whom we talked with belongs."""
    HOLE = "hole"
    """The chain has a hole where she stands."""
    UNMAPPED = "unmapped"
    """Of her unit and shift we have heard few or none."""


def _none() -> IntArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Known:
    """What is known of people 0..n-1.

    Shapes: `group` (unit and shift, -1: placed nowhere), `talked` (somebody sat down with her), `heard` (she told
    whom she goes to), `against` (she said no, or works against), `leader` (with whom she walks, -1 nobody) and `hole`
    have one entry per person. `nominator`/`nominee` are rows of who names whom; the same pair under several questions
    may repeat and counts once. `tie_one`/`tie_other` are rows of known bonds, either way round. `member`/`institution`
    are rows of who belongs where now. Empty rows are fine.
    Errors: TalksRefused.
    """

    group: IntArray
    talked: BoolArray
    heard: BoolArray
    nominator: IntArray = field(default_factory=_none)
    nominee: IntArray = field(default_factory=_none)
    tie_one: IntArray = field(default_factory=_none)
    tie_other: IntArray = field(default_factory=_none)
    member: IntArray = field(default_factory=_none)
    institution: IntArray = field(default_factory=_none)
    leader: IntArray | None = None
    hole: IntArray | None = None
    against: BoolArray | None = None

    def __post_init__(self) -> None:
        n = len(self.group)
        for name in ("group", "nominator", "nominee", "tie_one", "tie_other", "member", "institution"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.int64))
        for name, empty in (("leader", NOBODY), ("hole", int(Hole.NONE))):
            given = getattr(self, name)
            rows = np.full(n, empty) if given is None else given
            object.__setattr__(self, name, np.asarray(rows, dtype=np.int64))
        for name in ("talked", "heard", "against"):
            given = getattr(self, name)
            rows = np.zeros(n) if given is None else given
            object.__setattr__(self, name, np.asarray(rows, dtype=np.bool_))
        for name in ("talked", "heard", "against", "leader", "hole"):
            if len(getattr(self, name)) != n:
                raise TalksRefused(f"{name} has {len(getattr(self, name))} entries for {n} people")
        for name, other in (("nominator", "nominee"), ("tie_one", "tie_other"), ("member", "institution")):
            if len(getattr(self, name)) != len(getattr(self, other)):
                raise TalksRefused(f"{name} and {other} are rows of one table and differ in length")
        for name in ("nominator", "nominee", "tie_one", "tie_other", "member"):
            rows = getattr(self, name)
            if rows.size and (rows.min() < 0 or rows.max() >= n):
                raise TalksRefused(f"{name} holds a person outside 0..{n - 1}")
        if n and (self.leader.max() >= n or self.group.min() < NOBODY or self.leader.min() < NOBODY):  # type: ignore[union-attr]
            raise TalksRefused(f"group and leader are {NOBODY} or a number from 0 up, leaders below {n}")

    @property
    def n(self) -> int:
        """How many people."""
        return len(self.group)
