"""The holes a test showed, as people with whom somebody should talk, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.people.models import Nomination
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.leaders import SAID_YES, leaders_of
from commonweal.structure_tests.reads.results import Result, result_of
from commonweal.structure_tests.reads.tallies import Line
from commonweal.structure_tests.rules.holes import ALONE_OF_A_UNIT, CALLS, Call
from commonweal.structure_tests.rules.readings import Reading

SHOWN = 60
OF_READING = {
    Reading.DOES_NOT_DELIVER: Call.DOES_NOT_DELIVER,
    Reading.NOT_ASKED: Call.ASKS_NOBODY,
    Reading.WRONG_LEADER: Call.OTHERS_BRING,
}


@dataclass(frozen=True)
class Hole:
    """Those with whom to talk for one reason, inside the scope; `more` are not among them because there are so many."""

    why: Call
    people: list[Glance]
    more: int


def holes_of(scope: Scope, test: StructureTest) -> list[Hole]:
    """With whom a test's result says to talk, by reason, leaders first; nobody stands under two reasons."""
    result = result_of(scope, test)
    leaders = {one.leader: one.reading for one in leaders_of(test, result.outcomes)}
    found: dict[Call, list[UUID]] = {call: [] for call in CALLS}
    for leader, reading in leaders.items():
        if reading in OF_READING:
            found[OF_READING[reading]].append(leader)
    under = {unit.unit for unit in result.holes}
    for line in result.outcomes.lines:
        call = _call_of(line, leaders)
        if call is not None and (line.unit in under or call is Call.SAID_YES):
            found[call].append(line.person)
    found[Call.NO_LEADER] = _most_named(result, found[Call.NO_LEADER])
    seen = glances(scope, {person for people in found.values() for person in people})
    holes = []
    for call in CALLS:
        here = [seen[person] for person in found[call] if person in seen]
        if here:
            holes.append(Hole(call, here[:SHOWN], max(len(here) - SHOWN, 0)))
    return holes


def _call_of(line: Line, leaders: dict[UUID, Reading]) -> Call | None:
    """Why to talk with a follower, or with somebody whom nobody has; None where nothing calls for it."""
    if not line.eligible or line.did or line.contested or line.person in leaders:
        return None
    if line.leader is None:
        return Call.NO_LEADER
    if line.outcome == "did_not":
        return Call.SAID_YES if line.stance in SAID_YES else Call.DID_NOT_COME
    if line.asker is None and not line.outcome and leaders.get(line.leader) is not Reading.NOT_ASKED:
        return Call.NOT_ASKED
    return None


def _most_named(result: Result, people: Iterable[UUID]) -> list[UUID]:
    """Of those in no chain, the few of every unit whom most others name: they know who goes to whom."""
    ids = set(people)
    named: Counter[UUID] = Counter()
    for nominee in standing(Nomination).filter(nominee__on_rolls__test=result.test).values_list("nominee", flat=True):
        if nominee in ids:
            named[nominee] += 1
    chosen: list[UUID] = []
    taken: Counter[UUID] = Counter()
    lines = [line for line in result.outcomes.lines if line.person in ids]
    for line in sorted(lines, key=lambda one: (-named[one.person], one.number)):
        if taken[line.unit] < ALONE_OF_A_UNIT:
            taken[line.unit] += 1
            chosen.append(line.person)
    return chosen
