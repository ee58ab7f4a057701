"""Everything that is kept about one person, as far as a reader may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.common.scope import Scope
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    BareYes,
    ChainLink,
    ContactPoint,
    Nomination,
    Person,
    PersonName,
    Placement,
    Tie,
)
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.rules.contacts import spoken_phone
from commonweal.people.words import DIRECTED_TIES, Outcome

SHOWN = 20  # rows of a section; the page of everything shows them all
EVERYTHING = 2000


@dataclass(frozen=True)
class Line:
    """A row of evidence with the other person in it; `other` is None where she is outside the scope
    or nobody known, and `known` tells the two apart."""

    row: Any
    other: Glance | None
    known: bool = True
    incoming: bool = False
    """The other person is the one the row begins with."""

    @property
    def directed(self) -> bool:
        """True for a tie that runs from one person to the other."""
        return self.row.kind in DIRECTED_TIES


@dataclass(frozen=True)
class Carried:
    """What a person asked others to, on one occasion: how many, and how many came."""

    name: str
    on: date
    asked: int
    came: int
    could_not: int
    unknown: int


@dataclass(frozen=True)
class Reached:
    """A contact point with its value opened: as it is dialled or written to, and as people write it."""

    point: ContactPoint
    value: str
    shown: str


@dataclass
class Record:
    """One person's record. Lists are cut at `SHOWN` rows unless everything was asked for; `cut` names
    the sections of which there is more."""

    person: Person
    glance: Glance
    names: list[PersonName] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    contacts: list[Reached] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    ties: list[Line] = field(default_factory=list)
    named_by: dict[str, list[Line]] = field(default_factory=dict)
    names_others: list[Line] = field(default_factory=list)
    asks_heard: list[Line] = field(default_factory=list)
    asks_made: list[Line] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    yeses: list[Line] = field(default_factory=list)
    stated: list[Assessment] = field(default_factory=list)
    observed: list[Assessment] = field(default_factory=list)
    walks_with: list[Line] = field(default_factory=list)
    walk_with_her: list[Line] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    named_by_count: int = 0
    """Different people who named her, also those outside the reader's scope."""
    ties_count: int = 0


def record_of(scope: Scope, person: Person, *, country: str, everything: bool = False) -> Record:
    """The record of a person inside the scope; a bounded number of queries."""
    most = EVERYTHING if everything else SHOWN
    cut: set[str] = set()
    rows = _rows_about(person.pk, most, cut)
    seen = glances(scope, [person.pk, *_others(person.pk, rows)])
    her = seen.get(person.pk) or Glance(person.pk, person.name, person.sort_name)

    def lines(section: str, one: str, other: str) -> list[Line]:
        return [_line(row, person.pk, one, other, seen) for row in rows[section]]

    return Record(
        person=person,
        glance=her,
        names=list(PersonName.objects.filter(person=person).order_by("name")),
        placements=_placements(scope, person.pk),
        contacts=contacts_of(person.pk, country),
        affiliations=_affiliations(person.pk),
        ties=lines("ties", "person_id", "other_id"),
        named_by=_by_question(lines("named_by", "nominee_id", "nominator_id")),
        names_others=lines("names_others", "nominator_id", "nominee_id"),
        asks_heard=lines("asks_heard", "asked_id", "asker_id"),
        asks_made=lines("asks_made", "asker_id", "asked_id"),
        carried=_carried(person.pk),
        yeses=lines("yeses", "person_id", "carried_by_id"),
        stated=[row for row in rows["assessments"] if row.basis == "stated"],
        observed=[row for row in rows["assessments"] if row.basis == "observed"],
        walks_with=lines("walks_with", "follower_id", "leader_id"),
        walk_with_her=lines("walk_with_her", "leader_id", "follower_id"),
        cut=cut,
        named_by_count=standing(Nomination).filter(nominee=person).values("nominator").distinct().count(),
        ties_count=standing(Tie).filter(Q(person=person) | Q(other=person)).count(),
    )


def _by_question(nominations: list[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in nominations:
        found[line.row.question].append(line)
    return dict(found)


def _affiliations(person: UUID) -> list[Affiliation]:
    found = Affiliation.objects.filter(person=person).select_related("institution")
    return list(found.order_by("until", "institution__name"))


def _rows_about(person: UUID, most: int, cut: set[str]) -> dict[str, list[Any]]:
    asks = standing(Ask).select_related("occasion").order_by("-occasion__on", "-entered_at")
    links = ChainLink.objects.filter(until=None).select_related("campaign").order_by("-since")
    nominations = standing(Nomination).order_by("question", "-entered_at")
    querysets: dict[str, QuerySet[Any]] = {
        "ties": standing(Tie).filter(Q(person=person) | Q(other=person)).order_by("kind", "-strength", "-entered_at"),
        "named_by": nominations.filter(nominee=person),
        "names_others": nominations.filter(nominator=person),
        "asks_heard": asks.filter(asked=person),
        "asks_made": asks.filter(asker=person),
        "yeses": standing(BareYes).filter(person=person).select_related("occasion").order_by("-occasion__on"),
        "assessments": standing(Assessment).filter(person=person).order_by("-on", "-entered_at"),
        "walks_with": links.filter(follower=person),
        "walk_with_her": links.filter(leader=person),
    }
    limits = {name: EVERYTHING if name == "walk_with_her" else most for name in querysets}  # a chain is shown whole
    rows = {name: list(queryset[: limits[name] + 1]) for name, queryset in querysets.items()}
    for name, found in rows.items():
        if len(found) > limits[name]:
            cut.add(name)
            del found[limits[name] :]
    return rows


ENDS = ("person_id", "other_id", "nominator_id", "nominee_id", "asker_id", "asked_id", "carried_by_id", "leader_id", "follower_id")  # fmt: skip


def _others(person: UUID, rows: dict[str, list[Any]]) -> Iterable[UUID]:
    ends = {getattr(row, end, None) for found in rows.values() for row in found for end in ENDS}
    return {end for end in ends if end is not None and end != person}


def _line(row: Any, person: UUID, one: str, other: str, seen: dict[UUID, Glance]) -> Line:
    incoming = getattr(row, one) != person  # only a tie can stand either way round
    there = getattr(row, one if incoming else other)
    return Line(row, seen.get(there) if there else None, there is not None, incoming)


def _placements(scope: Scope, person: UUID) -> list[Placement]:
    """Her places, those that go on first. A unit outside the scope keeps its name to itself."""
    found = list(
        Placement.objects.filter(person=person).select_related("unit", "shift").order_by("-main", "since", "pk")
    )
    found.sort(key=lambda place: place.until is not None)
    for place in found:
        if not scope.covers_unit(place.unit_id) and person not in scope.people:
            place.unit.name = ""
    return found


def _carried(person: UUID) -> list[Carried]:
    """What she asked others to, by occasion; people of every unit count, for the counts are hers."""
    counts: dict[tuple[date, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    asked = standing(Ask).filter(asker=person).values_list("occasion__on", "occasion__name", "outcome")
    for on, name, outcome in asked:
        counts[on, name][outcome] += 1
    return [
        Carried(name, on, sum(of.values()), of[Outcome.DID], of[Outcome.COULD_NOT], of[Outcome.UNKNOWN])
        for (on, name), of in sorted(counts.items(), reverse=True)
    ]


def contacts_of(person: UUID, country: str) -> list[Reached]:
    """The contact points of a person, the preferred first of each kind."""
    points = ContactPoint.objects.filter(person=person).order_by("kind", "-preferred", "id")
    opened = [(point, str(point.value)) for point in points]
    return [
        Reached(point, value, spoken_phone(value, country) if point.kind == "phone" else value)
        for point, value in opened
    ]
