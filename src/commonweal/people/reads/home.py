"""The news of a place, as far as a reader may see it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.common.scope import Scope
from commonweal.people.models import (
    Ask,
    BareYes,
    ChainLink,
    ContactPoint,
    Nomination,
    Person,
    Placement,
    Resemblance,
    Tie,
    Unit,
)
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import count_within, inside, is_small, placed_inside, placed_nowhere
from commonweal.people.rules.contacts import spoken_phone
from commonweal.people.words import Outcome

FEW = 500  # counts of the week are looked up no further


@dataclass(frozen=True)
class News:
    """How a place stands and what is new in it. `step` is the next thing to do: `units`, `people`,
    `evidence`, `chains`, or "" when all have begun."""

    people: int
    walking: int
    """Who walk with a leader."""
    alone: int
    """Who neither walk with a leader nor have anybody who walks with them."""
    units: int
    step: str
    nowhere: int
    pairs: int
    added: int
    named: int
    asked: int
    tied: int

    @property
    def nothing_new(self) -> bool:
        return not (self.added or self.named or self.asked or self.tied)


def news(scope: Scope, *, since: datetime) -> News:
    """The news within a scope since a moment; a bounded number of queries. The counts of the week stop at `FEW`."""
    people = count_within(scope)
    units = Unit.objects.count() if scope.everything else len(scope.units)
    walking, leading = _in_chains(scope) if people else (0, 0)
    alone = people - walking - leading
    known = standing(Nomination).exists() or standing(Ask).exists() or standing(Tie).exists()
    step = "units" if not units else "people" if not people else "evidence" if not known else ""
    if not step and alone == people:
        step = "chains"
    listed = Person.objects.filter(forgotten_at=None, merged_into=None, added_at__gte=since)
    within = placed_inside if is_small(scope) else inside
    return News(
        people=people,
        walking=walking,
        alone=alone,
        units=units,
        step=step,
        nowhere=_nowhere(scope, people),
        pairs=_open_pairs(scope),
        added=listed.filter(inside(scope))[:FEW].count(),
        named=_new(standing(Nomination), within(scope, "nominee"), since),
        asked=_new(standing(Ask), within(scope, "asked"), since),
        tied=_new(standing(Tie), within(scope, "person"), since),
    )


def _nowhere(scope: Scope, people: int) -> int:
    if not scope.everything:
        return placed_nowhere(scope).count()
    return people - Placement.objects.filter(until=None).order_by().values("person").distinct().count()


def _new(rows: QuerySet[Any], within: Q, since: datetime) -> int:
    return rows.filter(within, entered_at__gte=since).order_by()[:FEW].count()


def _open_pairs(scope: Scope) -> int:
    open_ones = Resemblance.objects.filter(state=Resemblance.State.OPEN)
    return open_ones.filter(inside(scope, "first"), inside(scope, "second"))[:FEW].count()


def _in_chains(scope: Scope) -> tuple[int, int]:
    """How many people inside the scope walk with somebody, and how many of the others are walked with."""
    current = ChainLink.objects.filter(until=None).order_by()
    follows = current.filter(placed_inside(scope, "follower")).values("follower").distinct().count()
    leads = Person.objects.filter(pk__in=current.values("leader")).filter(inside(scope))
    return follows, leads.filter(~Exists(current.filter(follower=OuterRef("pk")))).count()


@dataclass(frozen=True)
class Walking:
    """Somebody who walks with a leader, as the leader sees her: name, mark, telephone, what she did."""

    glance: Glance
    phone: str
    spoken: str
    did: tuple[tuple[str, date, str], ...] = field(default_factory=tuple)
    """Occasion, day and outcome in words, the latest first."""


def chain_of(scope: Scope, leader: UUID, *, country: str) -> list[Walking]:
    """A leader's own people within her scope, by name, and nobody else; a bounded number of queries."""
    links = ChainLink.objects.filter(leader=leader, until=None).values_list("follower", flat=True)
    seen = glances(scope, links)
    phones: dict[UUID, str] = {}
    points = ContactPoint.objects.filter(person__in=seen, kind="phone", stopped_at=None).order_by("preferred")
    for point in points:
        phones[point.person_id] = str(point.value)
    did: dict[UUID, list[tuple[str, date, str]]] = defaultdict(list)
    asks = standing(Ask).filter(asked__in=seen).values_list("asked", "occasion__name", "occasion__on", "outcome")
    yeses = standing(BareYes).filter(person__in=seen).values_list("person", "occasion__name", "occasion__on")
    for person, name, on, outcome in (*asks, *((*row, Outcome.DID.value) for row in yeses)):
        said = (name, on, str(Outcome(outcome).label))
        if said not in did[person]:
            did[person].append(said)
    return [
        Walking(
            glance,
            phones.get(pk, ""),
            spoken_phone(phones.get(pk, ""), country),
            tuple(sorted(did[pk], key=lambda act: act[1], reverse=True)[:4]),
        )
        for pk, glance in seen.items()
    ]
