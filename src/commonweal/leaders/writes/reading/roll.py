"""Everybody whom a campaign is about, as numbers 0..n-1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from commonweal.common.rows import CHUNK, as_id, rows_of
from commonweal.people.models import Campaign, Person, Placement
from commonweal.people.reads.units import with_subtrees

Ints = NDArray[np.int64]


@dataclass
class Roll:
    """The people of a campaign by number, then those outside it who asked or are named, by number from `n_own` on.

    `unit`, `shift` and `group` have one entry per person (-1: outside, or no shift); `group` numbers the
    (unit, shift) pairs listed in `groups`.
    """

    people: list[Any]
    number: dict[Any, int]
    n_own: int
    unit: Ints
    group: Ints
    groups: list[tuple[Any, Any]] = field(default_factory=list)

    @property
    def n(self) -> int:
        """Everybody, outsiders included."""
        return len(self.people)

    def id_of(self, number: int) -> UUID:
        """The id of the person with this number."""
        return as_id(self.people[number])

    def admit(self, outsiders: Iterable[Any]) -> None:
        """Adds listed people from outside the campaign behind the others."""
        new = sorted({person for person in outsiders if person not in self.number})
        for start in range(0, len(new), CHUNK):
            listed = Person.objects.filter(
                pk__in=[as_id(person) for person in new[start : start + CHUNK]], forgotten_at=None, merged_into=None
            )
            for (person,) in rows_of(listed.order_by("pk").values_list("pk")):
                self.number[person] = len(self.people)
                self.people.append(person)
        more = np.full(len(self.people) - len(self.unit), -1, dtype=np.int64)
        self.unit = np.concatenate([self.unit, more])
        self.group = np.concatenate([self.group, more])


def roll_of(campaign: Campaign) -> Roll:
    """The people whose main place is in a campaign's units."""
    units = with_subtrees(campaign.units.values_list("pk", flat=True))
    placed = (
        Placement.objects.filter(
            main=True, until=None, unit__in=units, person__forgotten_at=None, person__merged_into=None
        )
        .order_by("person_id", "unit_id")
        .values_list("person_id", "unit_id", "shift_id")
    )
    number: dict[Any, int] = {}
    unit_number: dict[Any, int] = {}
    group_number: dict[tuple[Any, Any], int] = {}
    unit, group = [], []
    for person, where, shift in rows_of(placed):
        if person not in number:
            number[person] = len(number)
            unit.append(unit_number.setdefault(where, len(unit_number)))
            group.append(group_number.setdefault((where, shift), len(group_number)))
    return Roll(
        people=list(number),
        number=number,
        n_own=len(number),
        unit=np.array(unit, dtype=np.int64),
        group=np.array(group, dtype=np.int64),
        groups=list(group_number),
    )
