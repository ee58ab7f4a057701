"""The result of a test: by unit, against its thresholds and the test before; what waits, what was corrected."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from commonweal.common.scope import Scope
from commonweal.people.models import Ask, Unit
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.histories import actor_names
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import BallotCount, Mark, SignatureLine, StructureTest
from commonweal.structure_tests.reads.outcomes import Outcomes, outcomes_of
from commonweal.structure_tests.reads.shares import shares_of
from commonweal.structure_tests.reads.tallies import Tally
from commonweal.structure_tests.rules.readings import Reach, is_hole, reach_of
from commonweal.structure_tests.words import LineState, TestState

CORRECTIONS_SHOWN = 40
CONTESTED_SHOWN = 20


@dataclass(frozen=True)
class UnitResult:
    """One unit: its counts, where it stands, and its share in the test before (None where it had none)."""

    unit: UUID
    name: str
    tally: Tally
    reach: Reach
    hole: bool
    last: float | None
    alone: int
    """Who could take part, led nobody and walked with nobody when the test opened."""

    @property
    def change(self) -> int | None:
        """Points since the test before."""
        return None if self.last is None else round(100 * self.tally.share) - round(100 * self.last)


@dataclass(frozen=True)
class Result:
    """A test's result inside a scope; `last` is the test before it, `last_share` of the same units."""

    test: StructureTest
    outcomes: Outcomes
    tally: Tally
    units: list[UnitResult]
    last: StructureTest | None
    last_share: float | None

    @property
    def reaches_all(self) -> bool:
        """All together reach the threshold. Only to be said where the scope covers the whole roll."""
        return self.tally.share >= float(self.test.threshold)

    @property
    def holes(self) -> list[UnitResult]:
        """The units where too few took part, the emptiest first."""
        return sorted((unit for unit in self.units if unit.hole), key=lambda unit: unit.tally.share)

    @property
    def reached_units(self) -> int:
        """Units in which enough took part, of those where anybody could."""
        return sum(1 for unit in self.units if unit.tally.eligible and not unit.hole)

    @property
    def counted_units(self) -> int:
        """Units in which anybody could take part."""
        return sum(1 for unit in self.units if unit.tally.eligible)


def result_of(scope: Scope, test: StructureTest) -> Result:
    """The result of a test as it stands; about ten queries, whatever its size."""
    outcomes = outcomes_of(scope, test)
    last = last_test(test)
    shares = shares_of(scope, [last])[last.pk] if last else {}
    of_unit = outcomes.by_unit()
    names = dict(Unit.objects.filter(pk__in=of_unit).values_list("pk", "name"))
    alone: dict[UUID, int] = {}
    leaders = {line.leader for line in outcomes.lines}
    for line in outcomes.lines:
        if line.leader is None and line.eligible and line.person not in leaders:
            alone[line.unit] = alone.get(line.unit, 0) + 1
    units = [
        _unit_result(test, unit, names.get(unit, ""), tally, shares.get(unit), alone.get(unit, 0))
        for unit, tally in of_unit.items()
    ]
    units.sort(key=lambda one: (-one.tally.share, one.name))
    before = [shares[unit] for unit in of_unit if unit in shares]
    came, could = sum(did for did, _ in before), sum(eligible for _, eligible in before)
    return Result(test, outcomes, outcomes.tally, units, last, came / could if could else None)


def _unit_result(
    test: StructureTest, unit: UUID, name: str, tally: Tally, before: tuple[int, int] | None, alone: int
) -> UnitResult:
    each = float(test.unit_threshold)
    return UnitResult(
        unit,
        name,
        tally,
        reach_of(tally.share, threshold=float(test.threshold), unit_threshold=each),
        is_hole(eligible=tally.eligible, share=tally.share, unit_threshold=each),
        before[0] / before[1] if before and before[1] else None,
        alone,
    )


def last_test(test: StructureTest) -> StructureTest | None:
    """The closed test of the same campaign that was held last before this one."""
    earlier = StructureTest.objects.filter(
        occasion__campaign=test.occasion.campaign_id, state=TestState.CLOSED, occasion__on__lte=test.occasion.on
    ).exclude(pk=test.pk)
    if test.opened_at is not None:
        earlier = earlier.filter(opened_at__lt=test.opened_at)
    return earlier.select_related("occasion").order_by("-occasion__on", "-opened_at").first()


@dataclass(frozen=True)
class Contested:
    """Somebody whom two people recorded differently."""

    glance: Glance
    unit: UUID


def contested_on(scope: Scope, outcomes: Outcomes) -> tuple[int, list[Contested]]:
    """How many wait for somebody to settle them, and the first of them by name."""
    waiting = outcomes.contested
    seen = glances(scope, [line.person for line in waiting[:CONTESTED_SHOWN]]) if waiting else {}
    unit = {line.person: line.unit for line in waiting}
    return len(waiting), [Contested(glance, unit[person]) for person, glance in seen.items()]


def waiting_signatures(test: StructureTest) -> int:
    """How many lines of paper wait for somebody to say who it is."""
    waiting = (LineState.WAITING, LineState.DISPUTED)
    return SignatureLine.objects.filter(test=test, state__in=waiting).count()


@dataclass(frozen=True)
class Correction:
    """What was entered about somebody after the test had closed; `was` is "" where nothing stood before."""

    glance: Glance
    was: str
    now: str
    at: datetime
    by: str

    @property
    def was_word(self) -> str:
        """What stood before, in a word."""
        return str(Outcome(self.was).label) if self.was else ""

    @property
    def now_word(self) -> str:
        """What stands now, in a word."""
        return str(Outcome(self.now).label) if self.now else ""


def corrections_of(scope: Scope, result: Result) -> tuple[int, list[Correction]]:
    """How many outcomes were corrected after closing, and the latest of them with who and when."""
    test = result.test
    late = {line.person: line.outcome for line in result.outcomes.lines if line.corrected}
    if not late or test.closed_at is None:
        return len(late), []
    rows = [row for row in _entered_late(test) if row[0] in late]
    latest = {person: (at, by) for person, at, by in sorted(rows, key=lambda row: row[1])}
    was = _before_closing(test, list(latest))
    seen = glances(scope, latest)
    names = actor_names(by for _, by in latest.values())
    found = [
        Correction(seen[person], was.get(person, ""), late[person], at, names.get(by, "") if by else "")
        for person, (at, by) in sorted(latest.items(), key=lambda item: item[1][0], reverse=True)
        if person in seen
    ]
    return len(late), found[:CORRECTIONS_SHOWN]


def _entered_late(test: StructureTest) -> list[tuple[UUID, datetime, UUID | None]]:
    """The latest corrections with when and by whom. Found by the moment, never by a list of people: a file that came
    late may name thousands."""
    marks = Mark.objects.filter(entry__test=test, received_at__gt=test.closed_at).order_by("-received_at", "pk")
    asks = standing(Ask).filter(occasion=test.occasion_id, entered_at__gt=test.closed_at, replaces__isnull=False)
    signed: QuerySet[Any, Any] = SignatureLine.objects.filter(
        test=test, settled_at__gt=test.closed_at, person__isnull=False
    )
    return [
        *marks.values_list("entry__person", "received_at", "by")[:CORRECTIONS_SHOWN],
        *asks.order_by("-entered_at", "pk").values_list("asked", "entered_at", "entered_by")[:CORRECTIONS_SHOWN],
        *signed.order_by("-settled_at", "pk").values_list("person", "settled_at", "settled_by")[:CORRECTIONS_SHOWN],
    ]


def _before_closing(test: StructureTest, people: list[UUID]) -> dict[UUID, str]:
    """What stood about each of these people when the test closed: the last row entered before."""
    asks = Ask.objects.filter(occasion=test.occasion_id, asked__in=people, entered_at__lte=test.closed_at)
    return {
        person: "" if withdrawn else outcome
        for person, outcome, withdrawn in asks.order_by("entered_at").values_list("asked", "outcome", "withdrawn")
    }


@dataclass(frozen=True)
class Counted:
    """A ballot as it was counted in a unit; the name is "" for all together."""

    name: str
    entitled: int
    cast: int
    yes: int | None


def counted_ballots(scope: Scope, test: StructureTest, *, whole: bool) -> list[Counted]:
    """The counts of a ballot inside the scope; all together first, for who sees the whole roll."""
    rows = BallotCount.objects.filter(test=test).select_related("unit").order_by("unit__name")
    return [
        Counted(row.unit.name if row.unit else "", row.entitled, row.cast, row.yes)
        for row in sorted(rows, key=lambda row: row.unit is not None)
        if (whole if row.unit is None else scope.covers_unit(row.unit.pk))
    ]
