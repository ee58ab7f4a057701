"""How we know: every ask, nomination and tie behind what is said of a candidate, with days and sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.leaders.models import CoinToss
from commonweal.leaders.reads.campaigns import Part
from commonweal.people.models import Ask, Nomination, Tie
from commonweal.people.reads.evidence import standing

SHOWN = 200


@dataclass(frozen=True)
class Seen:
    """One row of evidence: who, what, when, and where it comes from."""

    person: UUID
    what: str
    on: date | None
    occasion: str
    source: str
    entered_at: datetime


@dataclass(frozen=True)
class Shown:
    """Rows inside the part, newest first, and how many more there are outside it or beyond what is shown."""

    rows: list[Seen]
    outside: int
    more: int


def asks_by(part: Part, person: UUID) -> Shown:
    """Everybody whom she was seen to ask, and what came of it."""
    rows = (
        standing(Ask)
        .filter(asker=person)
        .order_by("-occasion__on", "-entered_at", "pk")
        .values_list("asked", "outcome", "occasion__on", "occasion__name", "source", "entered_at")
    )
    return _shown(part, rows)


def namings_of(part: Part, person: UUID) -> Shown:
    """Everybody who names her, and on which question."""
    rows = (
        standing(Nomination)
        .filter(nominee=person)
        .order_by("-on", "-entered_at", "pk")
        .values_list("nominator", "question", "on", "source", "source", "entered_at")
    )
    return _shown(part, ((who, what, on, "", source, at) for who, what, on, _same, source, at in rows))


def ties_of(part: Part, person: UUID) -> Shown:
    """Everybody she has a tie with, strongest first."""
    out = standing(Tie).filter(person=person).values_list("other", "kind", "since", "strength", "source", "entered_at")
    into = standing(Tie).filter(other=person).values_list("person", "kind", "since", "strength", "source", "entered_at")
    rows = sorted([*out, *into], key=lambda row: (-row[3], str(row[0])))
    return _shown(part, ((who, what, on, "", source, at) for who, what, on, _strength, source, at in rows))


def tosses_with(part: Part, person: UUID) -> list[tuple[UUID, UUID]]:
    """With whom coins were tossed, as pairs in the order of the stored rows."""
    mine = CoinToss.objects.filter(campaign=part.campaign)
    pairs = set(mine.filter(first=person).values_list("first", "second"))
    pairs |= set(mine.filter(second=person).values_list("first", "second"))
    return sorted(pairs)


def _shown(part: Part, rows: Iterable[Any]) -> Shown:
    everything = list(rows)
    people = {row[0] for row in everything}
    inside = set(part.placements_of(people).values_list("person_id", flat=True))
    here = [Seen(*row) for row in everything if row[0] in inside]
    return Shown(here[:SHOWN], len(everything) - len(here), max(len(here) - SHOWN, 0))
