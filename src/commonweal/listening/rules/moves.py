"""What an employer's move did: who said yes before it, and who still does, with and without having been made ready."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from commonweal.people.rules.support import SAYS_YES

WATCHED = timedelta(weeks=8)
"""So long after a move what somebody says is read beside it; what changes later has other reasons too."""


@dataclass(frozen=True)
class Moved:
    """Of people who said yes before: how many there are, how many were heard since, how many of these no longer say so."""

    yes: int = 0
    heard: int = 0
    left: int = 0

    def with_one(self, after: str | None) -> "Moved":
        """With one more of them, who says `after` since, or None where nobody heard her."""
        return Moved(
            self.yes + 1, self.heard + (after is not None), self.left + (after is not None and after not in SAYS_YES)
        )


@dataclass(frozen=True)
class UnitMoved:
    """A unit: how many of its people were made ready before, and how those moved who had said yes."""

    unit: UUID | None
    ready: int
    moved: Moved

    @property
    def unready(self) -> bool:
        """Nobody there was made ready, and somebody had said yes."""
        return not self.ready and self.moved.yes > 0


@dataclass(frozen=True)
class Effect:
    """Both groups, the units with the most who left first, and who said yes before and was not heard since, those who
    were not made ready first."""

    ready: Moved
    unready: Moved
    units: list[UnitMoved]
    unheard: list[UUID]


def effect_of(
    before: Mapping[UUID, str], after: Mapping[UUID, str], ready: Collection[UUID], unit_of: Mapping[UUID, UUID]
) -> Effect:
    """Reads a move from where people stood `before` and `after` it by what they said, and from who was made ready."""
    groups = {True: Moved(), False: Moved()}
    moved: dict[UUID | None, Moved] = {}
    made: dict[UUID | None, int] = {}
    unheard = []
    for person in ready:
        unit = unit_of.get(person)
        made[unit] = made.get(unit, 0) + 1
    for person, stance in before.items():
        if stance not in SAYS_YES:
            continue
        unit, since = unit_of.get(person), after.get(person)
        groups[person in ready] = groups[person in ready].with_one(since)
        moved[unit] = moved.get(unit, Moved()).with_one(since)
        if since is None:
            unheard.append(person)
    units = [UnitMoved(unit, made.get(unit, 0), moved.get(unit, Moved())) for unit in {*made, *moved}]
    units.sort(key=lambda one: (-one.moved.left, one.ready, -one.moved.yes, str(one.unit)))
    unheard.sort(key=lambda person: (person in ready, str(person)))
    return Effect(groups[True], groups[False], units, unheard)
