"""What came of a test: of everybody on its roll, as the hall holds it now."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from commonweal.common.remembered import while_it_holds
from commonweal.common.rows import as_id, rows_of
from commonweal.common.scope import Scope
from commonweal.ledger.reads import last_act
from commonweal.people.models import Ask, BareYes
from commonweal.people.reads.evidence import standing
from commonweal.people.rules.outcomes import DID, OUTCOMES, PLACE
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import Mark, RollEntry, SignatureLine, StructureTest
from commonweal.structure_tests.reads.tallies import Line, Tally
from commonweal.structure_tests.reads.tests import ONCE
from commonweal.structure_tests.reads.verdicts import verdicts_of
from commonweal.structure_tests.words import Standing

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Outcomes:
    """Everybody of a roll inside a scope. `whole`: the scope covers all of the roll. `of`: which roll and scope;
    `state`: the last act and mark, which may have changed anything."""

    lines: list[Line]
    whole: bool
    on_roll: int
    of: tuple[UUID, Scope]
    state: str

    def kept(self, what: str, count: Callable[[], Answer]) -> Answer:
        """What `count` makes of these outcomes, or made of them since the last act. Nobody may change what comes."""
        return while_it_holds((what, *self.of), self.state, count)

    @property
    def tally(self) -> Tally:
        """All together."""
        return self.by(lambda line: "").get("", Tally())

    @property
    def contested(self) -> list[Line]:
        """Whom two people recorded differently."""
        return [line for line in self.lines if line.contested]

    def by_unit(self) -> dict[UUID, Tally]:
        """The counts of every unit that stands on the roll."""
        return self.by(lambda line: line.unit)

    def by(self, key: Callable[[Line], Any]) -> dict[Any, Tally]:
        """The counts of each group of lines."""
        found: dict[Any, Tally] = defaultdict(Tally)
        counted = Counter([(key(line), line.standing, line.outcome, line.asker is not None) for line in self.lines])
        for (group, where, outcome, asked), number in counted.items():
            found[group].add((where == Standing.ELIGIBLE, outcome, asked), number)
        return dict(found)

    def of_leader(self) -> dict[UUID, list[Line]]:
        """The people of each chain as it was when the test opened."""
        found: dict[UUID, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.leader is not None:
                found[line.leader].append(line)
        return dict(found)


@dataclass
class _Seen:
    """What the hall holds about one person of one occasion; ids as the engine sends them."""

    asks: list[tuple[int, Any]] = field(default_factory=list)
    yes: bool = False
    carrier: Any = None


NOTHING = _Seen()


def outcomes_of(scope: Scope, test: StructureTest) -> Outcomes:
    """Everybody of a test's roll inside the scope with what came of her, in the order of the paper; six or seven queries,
    and one more of a test that has closed. Of a large roll it is remembered while nobody acts or marks anything."""
    state = f"{last_act()} {Mark.objects.aggregate(latest=Max('received_at'))['latest']}"
    roll = while_it_holds(("outcomes", test.pk), state, lambda: _whole_roll(test))
    lines = roll if scope.everything else [line for line in roll if _inside(scope, line)]
    return Outcomes(lines, len(lines) == len(roll), len(roll), (test.pk, scope), state)


def _inside(scope: Scope, line: Line) -> bool:
    return line.unit in scope.units or bool(scope.people and line.person in scope.people)


def _whole_roll(test: StructureTest) -> list[Line]:
    ids, seen, late, contested = _Ids(), _seen_on(test), _late(test), _contested(test)
    return [_line(row, ids, seen, late, contested) for row in _roll_rows(test)]


def contested_entries(test: StructureTest) -> set[UUID]:
    """The roll entries that were recorded differently by different people and that nobody has settled; one query."""
    return {as_id(entry) for entry in _contested(test)}


def _contested(test: StructureTest) -> set[Any]:
    """The same as the engine sends them. Of what is contested the hall knows nothing: that makes them few."""
    said = Q(outcome__gt="")
    nothing_known = Ask.objects.filter(
        occasion=test.occasion_id, outcome=Outcome.UNKNOWN, replaced_by=None, withdrawn=False
    ).order_by()
    marks = Mark.objects.filter(entry__test=test, entry__person__in=nothing_known.values("asked")).order_by()
    counted = marks.values("entry").annotate(
        recorders=Count("by", distinct=True, filter=said), ways=Count("outcome", distinct=True, filter=said)
    )
    differing = counted.filter(recorders__gt=1, ways__gt=1).values_list("entry")
    entries = {entry: as_id(entry) for (entry,) in rows_of(differing)}
    said_together = verdicts_of(entries.values()) if entries else {}
    return {raw for raw, entry in entries.items() if said_together[entry].contested}


class _Ids(dict[Any, UUID]):
    """Ids as the engine sends them, each made into an id once."""

    def __missing__(self, raw: Any) -> UUID:
        found = self[raw] = as_id(raw)
        return found


def _roll_rows(test: StructureTest) -> Iterator[Any]:
    roll = RollEntry.objects.filter(ONCE, test=test).order_by("line")
    yield from rows_of(
        roll.values_list("pk", "person_id", "unit_id", "shift_id", "leader_id", "stance", "standing", "line")
    )


def _seen_on(test: StructureTest) -> dict[Any, _Seen]:
    """What the hall holds of a test's occasion, by person as the engine sends her."""
    seen: dict[Any, _Seen] = defaultdict(_Seen)
    asks = standing(Ask).filter(occasion=test.occasion_id).order_by("entered_at", "pk")
    for asked, asker, outcome in rows_of(asks.values_list("asked_id", "asker_id", "outcome")):
        seen[asked].asks.append((PLACE[outcome], asker))
    yeses = standing(BareYes).filter(occasion=test.occasion_id).order_by("entered_at", "pk")
    for person, carrier in rows_of(yeses.values_list("person_id", "carried_by_id")):
        one = seen[person]
        one.yes, one.carrier = True, one.carrier or carrier
    return seen


def _late(test: StructureTest) -> set[Any]:
    """Whose outcome was corrected after the test had closed: by a mark, by evidence that took another's place, or by a
    signature that found its person. What a file brought in later without changing anything is no correction."""
    if test.closed_at is None:
        return set()
    marks = Mark.objects.filter(entry__test=test, received_at__gt=test.closed_at)
    asks = standing(Ask).filter(occasion=test.occasion_id, entered_at__gt=test.closed_at, replaces__isnull=False)
    signed = SignatureLine.objects.filter(test=test, settled_at__gt=test.closed_at).exclude(person=None)
    late: QuerySet[Any, Any] = (
        marks.order_by()
        .values_list("entry__person_id")
        .union(asks.order_by().values_list("asked_id"), signed.order_by().values_list("person_id"), all=True)
    )
    return {person for (person,) in rows_of(late)}


def _line(row: Any, ids: _Ids, seen: dict[Any, _Seen], late: set[Any], contested: set[Any]) -> Line:
    entry, person, unit, shift, leader, stance, where, number = row
    found = seen.get(person, NOTHING)
    asks = found.asks
    outcome, asker, by_leader = "", None, False
    if asks:
        strongest, asker = asks[0] if len(asks) == 1 else _counting(asks, leader)
        outcome = OUTCOMES[strongest]
        by_leader = leader is not None and (asker == leader or any(who == leader for _, who in asks))
    if found.yes:
        outcome = DID
    return Line(
        entry,
        person,
        ids[unit],
        None if shift is None else ids[shift],
        None if leader is None else ids[leader],
        stance,
        where,
        number,
        outcome,
        None if asker is None else ids[asker],
        by_leader,
        None if found.carrier is None else ids[found.carrier],
        entry in contested,
        person in late,
    )


def _counting(asks: list[tuple[int, Any]], leader: Any) -> tuple[int, Any]:
    """Of the asks of one person the one that counts: the strongest outcome, her leader's ask first, somebody's before
    nobody's, then the earliest."""
    return min(asks, key=lambda ask: (ask[0], ask[1] != leader, ask[1] is None))
