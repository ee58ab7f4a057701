"""Where a chain has a hole: people in her place with whom nobody walks, and followers nobody ever asked."""

from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 3
"""Fewer people together are not yet a hole."""


@dataclass(frozen=True)
class Group:
    """People of one unit and shift, or of one language there: how many, and how many of them walk with somebody."""

    key: tuple[str, ...]
    people: int
    walking: int


def holes(groups: Iterable[Group]) -> list[Group]:
    """The groups with whom hardly anybody walks: three or more, and fewer than one in ten of them, widest first."""
    found = [group for group in groups if group.people - group.walking >= FEWEST and group.walking * 10 < group.people]
    return sorted(found, key=lambda group: (group.walking - group.people, group.key))
