"""Who asked whom to one act: as lines on a map, and as reach in deeds."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.people.rules.outcomes import DID, UNASKED, stronger

SHORT, BARB, SPREAD = 8.0, 6.0, 3.2  # how far before the dot an arrow ends, and how long and wide its head is

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked somebody to an act, and what came of it."""

    asker: UUID
    asked: UUID
    outcome: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom somebody reached in deeds: how many she asked to an act, and how many of those came."""

    asker: UUID
    asked: int
    came: int


def reaches(asks: Iterable[Asked]) -> list[Reach]:
    """The reach of everybody who asked; whoever was asked by her twice counts once, by what is strongest."""
    outcomes: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for ask in asks:
        hers = outcomes[ask.asker]
        hers[ask.asked] = stronger(ask.outcome, hers.get(ask.asked, UNASKED))
    return [
        Reach(asker, len(hers), sum(outcome == DID for outcome in hers.values())) for asker, hers in outcomes.items()
    ]


def around(asks: Iterable[Asked], person: UUID) -> tuple[set[UUID], set[UUID]]:
    """Whom somebody asked, and who asked her."""
    kept = list(asks)
    return {ask.asked for ask in kept if ask.asker == person}, {ask.asker for ask in kept if ask.asked == person}


def arrow(start: Spot, end: Spot) -> Sequence[Spot]:
    """Where an arrow begins, where its tip is and the two ends of its head, so that it stops short of the dot it
    points at; an arrow of no length points to the right."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = math.hypot(dx, dy)
    ux, uy = (dx / long, dy / long) if long else (1.0, 0.0)
    short = min(SHORT, long / 2)
    tip = (end[0] - ux * short, end[1] - uy * short)
    back = (tip[0] - ux * BARB, tip[1] - uy * BARB)
    return (
        start,
        tip,
        (back[0] - uy * SPREAD, back[1] + ux * SPREAD),
        (back[0] + uy * SPREAD, back[1] - ux * SPREAD),
    )


def on_map(asks: Iterable[Asked], placed: Collection[UUID]) -> list[Asked]:
    """The asks of which both ends stand on the map."""
    return [ask for ask in asks if ask.asker in placed and ask.asked in placed]
