"""Who stands on a roll, unit by unit, and who is to ask whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from commonweal.common.refusals import NotYours
from commonweal.common.scope import EVERYTHING, Scope
from commonweal.people.models import ChainLink, Placement, Shift
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.units import unit_choices
from commonweal.structure_tests.models import Prediction, RollEntry, StructureTest
from commonweal.structure_tests.reads.tests import ONCE, inside_roll, units_of
from commonweal.structure_tests.rules.states import PLANNED
from commonweal.structure_tests.words import Standing

SHOWN = 200
"""People on one page."""
ABLE = Count("pk", filter=Q(standing=Standing.ELIGIBLE))
"""How many of some lines of a roll can take part."""


@dataclass(frozen=True)
class Readiness:
    """How far a planned test is, inside the scope: on the roll, able to take part, asked by nobody, expected by the
    reader; who came to the units since the roll was drawn, and who left."""

    people: int
    eligible: int
    unasked: int
    expected: int
    joined: int
    gone: int


@dataclass(frozen=True)
class Part:
    """A unit and shift of a roll: how many stand there, and how many of them can take part."""

    unit: UUID
    name: str
    shift: UUID | None
    shift_name: str
    people: int
    eligible: int


@dataclass(frozen=True)
class RollUnit:
    """A unit of a roll in the order of the tree."""

    id: UUID
    name: str
    people: int
    eligible: int


@dataclass
class Line:
    """One person of a roll as a page shows her; whom the reader may not see is None, with `leader_there` and
    `asker_there` saying that there is somebody."""

    entry: UUID
    number: int
    glance: Glance
    standing: str
    unit: UUID
    leader: Glance | None
    leader_there: bool
    asker: Glance | None
    asker_there: bool
    asker_id: UUID | None
    leader_id: UUID | None

    @property
    def eligible(self) -> bool:
        """She can take part."""
        return self.standing == Standing.ELIGIBLE

    @property
    def standing_word(self) -> str:
        """Why she cannot take part."""
        return str(Standing(self.standing).label)


@dataclass(frozen=True)
class Page:
    """Some lines of a roll; `next` is the number after which the next page begins, None at the end."""

    lines: list[Line]
    all: int
    next: int | None


def roll_of(scope: Scope, test: StructureTest) -> QuerySet[RollEntry]:
    """The lines of a test's roll inside a scope."""
    return RollEntry.objects.filter(ONCE, inside_roll(scope), test=test)


def readiness(scope: Scope, test: StructureTest) -> Readiness:
    """How far a test is before it opens; five queries."""
    able = Q(standing=Standing.ELIGIBLE)
    lines = roll_of(scope, test).order_by()
    counted = lines.aggregate(people=Count("pk"), eligible=Count("pk", filter=able))
    unasked = lines.filter(able, nobody_asks(test)).count()
    expected = Prediction.objects.filter(entry__in=lines.values("pk"), by=scope.reader).count() if scope.reader else 0
    units = units_of(test.occasion.campaign)
    on_roll = RollEntry.objects.filter(test=test, person=OuterRef("person"))
    inside = units if scope.everything else units & scope.units
    stands = Placement.objects.filter(main=True, until=None, person__forgotten_at=None, person__merged_into=None)
    joined = stands.filter(unit__in=inside).exclude(Exists(on_roll)).order_by().count()
    # Coalesce keeps SQLite from probing its index once for each unit.
    there = Placement.objects.filter(main=True, until=None, person=OuterRef("person")).annotate(
        at=Coalesce("unit", "unit")
    )
    gone = lines.exclude(Exists(there.filter(at__in=units))).count()
    return Readiness(counted["people"], counted["eligible"], unasked, expected, joined, gone)


def parts_of(scope: Scope, test: StructureTest) -> list[Part]:
    """The units and shifts of a roll with their numbers, in the order of paper; three queries."""
    counted = roll_of(scope, test).order_by().values_list("unit", "shift").annotate(people=Count("pk"), able=ABLE)
    return parts_in_order(counted)


def parts_in_order(counted: Iterable[tuple[UUID, UUID | None, int, int]]) -> list[Part]:
    """The same of unit, shift, people and how many of them can take part, counted already; two queries."""
    names = {UUID(key): name.strip() for key, name in unit_choices(EVERYTHING)}
    order = {key: place for place, key in enumerate(names)}
    shifts: dict[UUID | None, tuple[int, str]] = {
        shift.pk: (place, shift.name) for place, shift in enumerate(Shift.objects.all())
    }
    shifts[None] = (len(shifts), "")
    rows = sorted(counted, key=lambda row: (order.get(row[0], len(order)), shifts[row[1]][0]))
    return [Part(unit, names[unit], shift, shifts[shift][1], *numbers) for unit, shift, *numbers in rows]


def units_on(parts: Iterable[Part]) -> list[RollUnit]:
    """The same by unit."""
    found: dict[UUID, list[Any]] = {}
    for part in parts:
        row = found.setdefault(part.unit, [part.name, 0, 0])
        row[1] += part.people
        row[2] += part.eligible
    return [RollUnit(unit, *row) for unit, row in found.items()]


def page_of(scope: Scope, test: StructureTest, which: Q | None = None, *, after: int = 0, most: int = SHOWN) -> Page:
    """Lines of a roll inside the scope after a number, in the order of paper; whom the hall no longer shows there is
    left out. Nine queries at most."""
    rows = roll_of(scope, test)
    if which is not None:
        rows = rows.filter(which)
    columns = ("pk", "line", "person", "standing", "unit", "leader", "asker")
    found = list(rows.filter(line__gt=after).order_by("line").values_list(*columns)[: most + 1])
    following = found[most - 1][1] if len(found) > most else None
    number = rows.count() if after or following is not None else len(found)
    return Page(_lines(scope, test, found[:most]), number, following)


def _lines(scope: Scope, test: StructureTest, found: list[Any]) -> list[Line]:
    people = {row[2] for row in found}
    walks: dict[UUID, UUID] = {}
    if test.state == PLANNED:
        links = ChainLink.objects.filter(campaign=test.occasion.campaign_id, follower__in=people, until=None)
        walks = dict(links.values_list("follower", "leader"))
    rows = []
    for entry, number, person, where, unit, leader, asker in found:
        if test.state == PLANNED:
            chosen = asker if asker != leader else None
            leader = walks.get(person)
            asker = (chosen or leader) if where == Standing.ELIGIBLE else None
        rows.append((entry, number, person, where, unit, leader, asker))
    seen = glances(scope, people | {one for row in rows for one in row[5:] if one})
    return [
        Line(
            entry=entry,
            number=number,
            glance=seen[person],
            standing=where,
            unit=unit,
            leader=seen.get(leader),
            leader_there=leader is not None,
            asker=seen.get(asker),
            asker_there=asker is not None,
            asker_id=asker,
            leader_id=leader,
        )
        for entry, number, person, where, unit, leader, asker in rows
        if person in seen
    ]


def covers_roll(scope: Scope, test: StructureTest) -> bool:
    """Whether everybody on the roll stands inside the scope."""
    if scope.everything:
        return True
    units = set(RollEntry.objects.filter(test=test).values_list("unit", flat=True).distinct())
    return units <= scope.units


def entries_inside(scope: Scope, test: StructureTest, entries: Iterable[UUID]) -> list[UUID]:
    """Those of these lines that the reader sees. Raises NotYours when one of them is not hers."""
    wanted = set(entries)
    found = list(roll_of(scope, test).filter(pk__in=wanted).values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise NotYours
    return found


def leaders_and_askers(which: Q, entries: Iterable[UUID]) -> dict[UUID, tuple[UUID | None, UUID | None]]:
    """Leader and asker of those of these lines that `which`, the reader's part of the roll, lets through."""
    found = RollEntry.objects.filter(which, pk__in=list(entries)).values_list("pk", "leader", "asker")
    return {key: (leader, asker) for key, leader, asker in found}


def askers_of(scope: Scope, test: StructureTest) -> list[tuple[Glance | None, UUID, int]]:
    """Who is to ask how many of those who can take part, those who ask most first; None where the reader may not see
    her. Two queries and those of glances."""
    lines = roll_of(scope, test).filter(standing=Standing.ELIGIBLE).exclude(asker=None).order_by()
    counted = dict(lines.values_list("asker").annotate(number=Count("pk")))
    seen = glances(scope, counted)
    rows = [(seen.get(asker), asker, number) for asker, number in counted.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0].sort_name if row[0] else "\uffff", row[1]))


def predicted_by(reader: UUID, entries: Iterable[UUID]) -> dict[UUID, str]:
    """What somebody expects of these lines."""
    rows = Prediction.objects.filter(by=reader, entry__in=list(entries))
    return dict(rows.values_list("entry", "expectation"))


def nobody_asks(test: StructureTest) -> Q:
    """The lines whom nobody is to ask: with no leader now, where the test has not opened."""
    if test.state != PLANNED:
        return Q(asker=None)
    walks = ChainLink.objects.filter(campaign=test.occasion.campaign_id, follower=OuterRef("person"), until=None)
    return Q(asker=None) & ~Q(Exists(walks))


def asked_by(test: StructureTest, askers: Collection[UUID]) -> Q:
    """The lines whom one of these may be to ask: given to her, or where the test has not opened, walking with her now."""
    given = Q(asker__in=askers)
    if test.state != PLANNED:
        return given
    links = ChainLink.objects.filter(campaign=test.occasion.campaign_id, leader__in=askers, until=None)
    return given | Q(person__in=links.values("follower"))


def names_on(test: StructureTest, entries: Iterable[UUID]) -> list[tuple[str, UUID]]:
    """The names of these lines of a roll, which the caller knows to lie inside the scope, with the lines."""
    lines = RollEntry.objects.filter(test=test, pk__in=list(entries)).order_by("line")
    return list(lines.values_list("person__name", "pk"))
