"""What was recorded of the people on a page, by whom, and what waits to be settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.people.models import Ask, BareYes
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.histories import actor_names
from commonweal.people.rules.outcomes import PLACE
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.verdicts import verdicts_of


@dataclass(frozen=True)
class Said:
    """What one recorder says of somebody."""

    who: str
    outcome: str
    at: datetime


@dataclass(frozen=True)
class State:
    """How somebody stands now: outcome ("" where nothing was recorded), who asked, what each recorder says where they
    differ. `signed`: she stands on a sheet, so that she did it whatever else was recorded."""

    outcome: str = ""
    asker: UUID | None = None
    asked_again: bool = False
    contested: bool = False
    said: tuple[Said, ...] = ()
    signed: bool = False


NOTHING: tuple[str, UUID | None] = ("", None)


def states_of(test: StructureTest, entries: Mapping[UUID, UUID]) -> dict[UUID, State]:
    """How each of these lines (with her person) stands now; four queries."""
    marks = verdicts_of(entries)
    people = list(entries.values())
    asks: dict[UUID, tuple[str, UUID | None]] = {}
    rows = standing(Ask).filter(occasion=test.occasion_id, asked__in=people).order_by("entered_at")
    for asked, came, who in rows.values_list("asked", "outcome", "asker"):
        if asked not in asks or PLACE[came] < PLACE[asks[asked][0]]:
            asks[asked] = (came, who)
    yeses = set(standing(BareYes).filter(occasion=test.occasion_id, person__in=people).values_list("person", flat=True))
    contested = [one for one in marks.values() if one.contested]
    names = actor_names(seen.by for one in contested for seen in one.standing)
    found = {}
    for entry, person in entries.items():
        own = marks.get(entry)
        outcome, asker = asks.get(person, NOTHING)
        asker = own.asker if own is not None and own.outcome else asker
        signed = person in yeses
        found[entry] = State(
            outcome=Outcome.DID.value if signed else outcome,
            asker=asker,
            asked_again=own.asked_again if own else False,
            contested=own.contested if own else False,
            said=tuple(Said(names.get(seen.by, ""), seen.outcome, seen.seen_at) for seen in own.standing)
            if own and own.contested
            else (),
            signed=signed,
        )
    return found
