"""A test's result by leader: of the people who walked with her when it opened, what came of whom she asked."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, Exists, Max, OuterRef, Q

from commonweal.common.remembered import while_it_holds
from commonweal.common.rows import rows_of
from commonweal.common.scope import Scope
from commonweal.people.models import Ask, BareYes, Occasion
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.words import Outcome, Stance
from commonweal.reckoning.usual import usual_of
from commonweal.structure_tests.models import Mark, RollEntry, StructureTest
from commonweal.structure_tests.reads.outcomes import Outcomes
from commonweal.structure_tests.reads.tallies import Line
from commonweal.structure_tests.rules.readings import ChainSeen, Reading, reading_of
from commonweal.structure_tests.words import Standing, TestState

SAID_YES = {Stance.BRINGS, Stance.ACTED}
SAID_NO = {Stance.SAID_NO, Stance.AGAINST}
ANSWERED = {Outcome.DID, Outcome.DID_NOT}
ORDER = (
    Reading.WRONG_LEADER,
    Reading.DOES_NOT_DELIVER,
    Reading.NOT_ASKED,
    Reading.TOO_EARLY,
    Reading.DELIVERS,
)
"""What calls for a conversation first."""
Record = tuple[int, int]
"""Of how many earlier acts an answer is known, and in how many of them she took part."""


@dataclass
class LeaderResult:
    """A leader with what was seen of her chain; everything is counted of those who could take part.

    `expected`, `low`, `high`: how many of those she asked and who answered would have come had anybody asked them.
    `by_history`: most of them are known from earlier acts, so that the expectation is their own and not their unit's.
    `others`: with whom people of hers came instead, most first. `yes_stayed` had said yes and did not come, `no_came`
    had said no and came with her.
    """

    leader: UUID
    glance: Glance | None
    people: int = 0
    asked: int = 0
    came: int = 0
    refused: int = 0
    could_not: int = 0
    unknown: int = 0
    alone: int = 0
    came_in_all: int = 0
    yes_stayed: int = 0
    no_came: int = 0
    asked_again: int = 0
    others: Counter[UUID] = field(default_factory=Counter)
    other: Glance | None = None
    expected: float = 0.0
    low: float = 0.0
    high: float = 0.0
    by_history: bool = True
    reading: Reading = Reading.TOO_EARLY

    @property
    def answered(self) -> int:
        """Whom she asked and of whom it is known whether they came."""
        return self.came + self.refused

    @property
    def with_other(self) -> int:
        """Who came with somebody else."""
        return self.others.total()


def leaders_of(test: StructureTest, outcomes: Outcomes) -> list[LeaderResult]:
    """Every leader whose chain stood on the roll when the test opened, those who call for a conversation first; nobody
    has a name yet. Of a large roll it is remembered while nobody acts: nobody may change what comes."""
    return outcomes.kept("leaders", lambda: _leaders_of(test, outcomes))


def _leaders_of(test: StructureTest, outcomes: Outcomes) -> list[LeaderResult]:
    again = Mark.objects.filter(entry__test=test, asked_again=True).order_by()
    twice = {entry for (entry,) in rows_of(again.values_list("entry_id"))}
    found: dict[UUID, LeaderResult] = {}
    for leader, lines in outcomes.of_leader().items():
        found[leader] = one = LeaderResult(leader, None)
        for line in lines:
            if line.eligible:
                _count(one, line, twice)
    _expect(test, outcomes, found)
    records_askers = _records_askers(outcomes)
    for one in found.values():
        one.reading = reading_of(_seen(one, records_askers))
    return sorted(found.values(), key=lambda one: (ORDER.index(one.reading), -one.people, one.leader))


def _count(one: LeaderResult, line: Line, twice: set[Any]) -> None:
    one.people += 1
    one.came_in_all += line.did
    hers = line.asked_by_leader or line.asker == one.leader
    if line.did and not (line.asker == one.leader or (line.asker is None and line.carrier == one.leader)):
        if line.brought_by is None:
            one.alone += 1
        else:
            one.others[line.brought_by] += 1
    if not hers:
        return
    one.asked += 1
    one.asked_again += line.raw_entry in twice
    if line.outcome == Outcome.COULD_NOT:
        one.could_not += 1
    elif line.outcome == Outcome.DID_NOT:
        one.refused += 1
        one.yes_stayed += line.stance in SAID_YES
    elif line.did and line.asker == one.leader:
        one.came += 1
        one.no_came += line.stance in SAID_NO
    elif not line.did:
        one.unknown += 1


def _records_askers(outcomes: Outcomes) -> bool:
    """True where most of those who came are recorded with who asked them or carried their sheet."""
    came = [line.brought_by is not None for line in outcomes.lines if line.did]
    return 2 * sum(came) > len(came)


def _seen(one: LeaderResult, records_askers: bool) -> ChainSeen:
    return ChainSeen(
        people=one.people,
        asked=one.asked,
        came=one.came,
        refused=one.refused,
        with_other=one.with_other,
        alone=one.alone,
        expected=one.expected,
        low=one.low,
        records_askers=records_askers,
    )


def named(scope: Scope, leaders: Iterable[LeaderResult]) -> list[LeaderResult]:
    """The same leaders with their names and those of whoever brought their people; four queries.

    Whoever is outside the scope stays without a glance: her people inside it are counted all the same.
    """
    leaders = list(leaders)
    others = {one.leader: one.others.most_common(1)[0][0] for one in leaders if one.others}
    seen = glances(scope, {*(one.leader for one in leaders), *others.values()})
    return [
        replace(one, glance=seen.get(one.leader), other=seen.get(others[one.leader]) if one.leader in others else None)
        for one in leaders
    ]


def _expect(test: StructureTest, outcomes: Outcomes, found: dict[UUID, LeaderResult]) -> None:
    """What an average asker would have got of the people each leader asked, from what they did before."""
    asked = [
        line
        for line in outcomes.lines
        if line.eligible and line.asker is not None and line.outcome in ANSWERED
    ]  # fmt: skip
    if not asked:
        return
    records = records_before(test)
    group = {leader: place for place, leader in enumerate(found)}
    units: dict[UUID, int] = {}
    known = [records.get(line.raw_person, (0, 0)) for line in asked]
    # Whom nobody's leader asked stands in a group of its own: it tells what the day was like.
    groups = np.array(
        [group[line.leader] if line.asker == line.leader and line.leader else len(group) for line in asked]
    )
    usual = usual_of(
        held=[held for held, _ in known],
        came_before=[came for _, came in known],
        unit=[units.setdefault(line.unit, len(units)) for line in asked],
        came=[line.did for line in asked],
        group=groups,
        groups=len(group) + 1,
    )
    total = np.bincount(groups, minlength=len(group) + 1)
    history = np.bincount(groups, [held > 1 for held, _ in known], minlength=len(group) + 1)
    for leader, place in group.items():
        one = found[leader]
        one.expected, one.low, one.high = (float(column[place]) for column in (usual.expected, usual.low, usual.high))
        one.by_history = bool(2 * history[place] >= total[place])


def records_before(test: StructureTest) -> dict[Any, Record]:
    """What everybody on the roll did at earlier acts, as far as it is known: an answer seen, a signature, or a place on the roll of
    a test that closed. "Could not" is neither. By person as the engine sends her; remembered while nothing is entered
    about those acts."""
    earlier = Occasion.objects.filter(on__lt=test.occasion.on).exclude(pk=test.occasion_id)
    acts = sorted(earlier.order_by().values_list("pk", flat=True))
    state = (
        Ask.objects.filter(occasion__in=acts).aggregate(latest=Max("entered_at"))["latest"],
        BareYes.objects.filter(occasion__in=acts).aggregate(latest=Max("entered_at"))["latest"],
    )
    asked: Hashable = ("records before", test.pk, tuple(acts))
    return while_it_holds(asked, repr(state), lambda: _records_of(test, acts))


def _records_of(test: StructureTest, acts: list[UUID]) -> dict[Any, Record]:
    known, came, excused = Counter[Any](), Counter[Any](), Counter[Any]()
    roll = RollEntry.objects.filter(test=test).order_by().values("person")
    asks = standing(Ask).filter(occasion__in=acts, asked__in=roll).order_by()
    counted = asks.values_list("asked_id").annotate(
        known=Count("occasion", distinct=True, filter=Q(outcome__in=ANSWERED)),
        came=Count("occasion", distinct=True, filter=Q(outcome=Outcome.DID)),
        excused=Count("occasion", distinct=True, filter=Q(outcome=Outcome.COULD_NOT)),
    )
    for person, held, took_part, could_not in rows_of(counted):
        known[person], came[person], excused[person] = held, took_part, could_not
    answered = standing(Ask).filter(occasion=OuterRef("occasion"), asked=OuterRef("person"))
    signed = standing(BareYes).filter(occasion__in=acts, person__in=roll).order_by()
    # Whoever was asked for an act as well took part in it once.
    of_act = signed.values_list("person_id", "occasion_id").annotate(
        was_known=Exists(answered.filter(outcome__in=ANSWERED)), had_come=Exists(answered.filter(outcome=Outcome.DID))
    )
    for person, _occasion, was_known, had_come in rows_of(of_act.distinct()):
        known[person] += not was_known
        came[person] += not had_come
    on_rolls = RollEntry.objects.filter(
        test__occasion__in=acts, test__state=TestState.CLOSED, standing=Standing.ELIGIBLE, person__in=roll
    ).order_by()
    for person, tests in rows_of(on_rolls.values_list("person_id").annotate(tests=Count("pk"))):
        known[person] = max(known[person], tests - excused[person])
    return {person: (held, min(came[person], held)) for person, held in known.items()}
