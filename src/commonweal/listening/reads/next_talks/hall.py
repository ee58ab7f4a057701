"""What the hall knows of the people of a scope, as plain arrays for the ranking of talks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef, Q
from numpy.typing import NDArray

from commonweal.common.rows import as_id, rows_of
from commonweal.common.scope import Scope
from commonweal.listening.models import CallFor, Conversation
from commonweal.listening.reads.next_talks.inside import Inside
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    BareYes,
    ChainLink,
    Nomination,
    Occasion,
    Person,
    Placement,
    Tie,
)
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.people import placed_nowhere
from commonweal.people.words import CampaignState, Outcome
from commonweal.reckoning.next_talks import Hole, Known

AGAINST = ("4", "5")
NOT_ASKED_CALLS = ("leader_did_not_ask", "not_asked")
Ints = NDArray[np.int64]


@dataclass
class Place:
    """The people of a scope by number, the first `n_own` of them; behind them those outside it whom they name, who name
    them or lead them. `group` has one entry for each of them, -1 outside and for nobody's place."""

    people: list[Any] = field(default_factory=list)
    number: dict[Any, int] = field(default_factory=dict)
    n_own: int = 0
    group: list[int] = field(default_factory=list)
    groups: list[tuple[UUID, UUID | None]] = field(default_factory=list)
    institutions: list[UUID] = field(default_factory=list)
    occasion: dict[int, UUID] = field(default_factory=dict)
    """At which occasion somebody was a hole, by her number."""
    chains: bool = False
    """Whether anybody here walks with anybody."""

    def id_of(self, number: int) -> UUID:
        """The id of the person with this number."""
        return as_id(self.people[number])

    def admit(self, person: Any) -> int:
        """The number of a person, outsiders added behind the others."""
        if person not in self.number:
            self.number[person] = len(self.people)
            self.people.append(person)
            self.group.append(-1)
        return self.number[person]


def place_of(scope: Scope, inside: Inside) -> Place:
    """The listed people inside a scope, with the unit and shift of their main place; three queries at most."""
    place, groups = Place(), dict[tuple[Any, Any], int]()
    main = Placement.objects.filter(main=True, until=None).order_by("person_id")
    parts = [main] if scope.everything else [main.filter(unit__in=scope.units), main.filter(person__in=inside.others)]
    for person, unit, shift in (
        row for rows in parts for row in rows_of(rows.values_list("person_id", "unit_id", "shift_id"))
    ):
        place.admit(person)
        place.group[-1] = groups.setdefault((unit, shift), len(groups))
    more = Person.objects.filter(forgotten_at=None, merged_into=None).order_by("pk")
    rows = rows_of(placed_nowhere(scope).order_by("pk").values_list("pk")) if scope.everything else ()
    for (person,) in rows or inside.rows(more, "pk", "pk"):
        place.admit(person)
    place.groups = [(as_id(unit), None if shift is None else as_id(shift)) for unit, shift in groups]
    place.n_own = len(place.people)
    return place


def known_of(inside: Inside, place: Place, today: date, *, account: UUID, own_chain: bool = False) -> Known:
    """What is known of the people of a place today; a bounded number of queries.

    With `own_chain`, as a leader sees it: her own talks alone, and neither who names whom, nor ties, nor where people
    belong or stand.
    """
    talks = Conversation.objects.filter(account=account) if own_chain else Conversation.objects.all()
    talked_on: dict[Any, Any] = {}
    for person, on in inside.rows(talks.order_by("on"), "person", "person_id", "on"):
        talked_on[person] = on
    none: tuple[Ints, Ints] = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    named, ties, belongs = none, none, none
    if not own_chain:
        named, ties, belongs = _named(place, inside), _ties(place, inside, today), _belongs(place, inside)
    walks = _walks(place, inside)
    holes = _holes(place, inside, walks, talked_on, today)
    n, own = len(place.people), place.number
    talked = np.zeros(n, dtype=np.bool_)
    talked[[own[person] for person in talked_on if person in own]] = True
    heard = talked.copy()
    talked[list(walks.values())] = True  # whom people walk with in a chain is known to us, also without a written talk
    heard[named[0]] = True
    leader = np.full(n, -1, dtype=np.int64)
    leader[list(walks)] = list(walks.values())
    hole = np.zeros(n, dtype=np.int64)
    hole[list(holes)] = [int(one) for one in holes.values()]
    return Known(
        group=np.array(place.group, dtype=np.int64),
        talked=talked,
        heard=heard,
        nominator=named[0],
        nominee=named[1],
        tie_one=ties[0],
        tie_other=ties[1],
        member=belongs[0],
        institution=belongs[1],
        leader=leader,
        hole=hole,
        against=_against(place, inside, n) if not own_chain else None,
    )


def _pairs(rows: Iterable[tuple[int, int]]) -> tuple[Ints, Ints]:
    found = np.array(list(rows), dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _named(place: Place, inside: Inside) -> tuple[Ints, Ints]:
    """Who names whom, where one of the two is of this place; people elsewhere join it behind the others."""
    found: set[tuple[Any, Any]] = set()
    for column in ("nominee", "nominator"):
        rows = standing(Nomination).order_by()
        found.update((one, other) for one, other in inside.rows(rows, column, "nominator_id", "nominee_id"))
        if inside.units is None:
            break
    listed = _listed({person for pair in found for person in pair}, place)
    pairs = sorted((one, other) for one, other in found if one in listed and other in listed)
    return _pairs((place.admit(one), place.admit(other)) for one, other in pairs)


def _listed(people: set[Any], place: Place) -> set[Any]:
    """Those of them who are of this place, or listed elsewhere."""
    own = people & place.number.keys()
    outside = [as_id(person) for person in people - own]
    listed = Person.objects.filter(pk__in=outside, forgotten_at=None, merged_into=None).values_list("pk")
    return own | {person for (person,) in rows_of(listed)}


def _ties(place: Place, inside: Inside, today: date) -> tuple[Ints, Ints]:
    rows = standing(Tie).filter(Q(until=None) | Q(until__gte=today)).order_by()
    number = place.number
    found = inside.rows(rows, "person", "person_id", "other_id")
    ends = ((number.get(one), number.get(other)) for one, other in found)
    return _pairs((one, other) for one, other in ends if one is not None and other is not None)


def _belongs(place: Place, inside: Inside) -> tuple[Ints, Ints]:
    rows = Affiliation.objects.filter(until=None).order_by()
    found: dict[Any, int] = {}
    pairs = [
        (place.number[person], found.setdefault(institution, len(found)))
        for institution, person in sorted(
            tuple(row) for row in inside.rows(rows, "person", "institution_id", "person_id")
        )
        if person in place.number
    ]
    place.institutions = [as_id(institution) for institution in found]
    return _pairs(pairs)


def _walks(place: Place, inside: Inside) -> dict[int, int]:
    """With whom the people of this place walk in an open campaign; leaders elsewhere join it behind the others."""
    links = ChainLink.objects.filter(until=None, campaign__state=CampaignState.OPEN).order_by("since", "pk")
    walks: dict[int, int] = {}
    for follower, leader in inside.rows(links, "follower", "follower_id", "leader_id"):
        if follower in place.number:
            walks[place.number[follower]] = place.admit(leader)
    place.chains = bool(walks)
    return walks


def _against(place: Place, inside: Inside, n: int) -> NDArray[np.bool_]:
    against = np.zeros(n, dtype=np.bool_)
    rows = standing(Assessment).order_by("on", "entered_at", "id")
    for person, stance in inside.rows(rows, "person", "person_id", "stance"):
        if person in place.number:
            against[place.number[person]] = stance in AGAINST
    return against


def _holes(
    place: Place, inside: Inside, walks: dict[int, int], talked_on: dict[Any, Any], today: date
) -> dict[int, Hole]:
    """Who is a hole in a chain: by the last occasion of an open campaign, unless somebody has talked with her since; and
    whoever is called for. On the day itself it tells only of those who were seen."""
    holes: dict[int, Hole] = {}
    for occasion, on in _last_occasions(today):
        asked = standing(Ask).filter(occasion=occasion).order_by()
        outcomes = set(inside.rows(asked, "asked", "asked_id", "outcome"))
        yes = standing(BareYes).filter(occasion=occasion).order_by()
        came = {person for (person,) in inside.rows(yes, "person", "person_id")} | {
            person for person, what in outcomes if what == Outcome.DID
        }
        absent = {person for person, what in outcomes if what == Outcome.DID_NOT} - came
        heard_of = came | {person for person, _what in outcomes}
        for follower in walks:
            person = place.people[follower]
            if on == today and person in came:
                holes.pop(follower, None)
            elif on == today and person not in absent:
                continue
            elif str(talked_on.get(person, "")) <= str(on) and (person in absent or person not in heard_of):
                holes[follower] = Hole.DID_NOT_COME if person in absent else Hole.NOT_ASKED
                place.occasion[follower] = occasion
    calls = CallFor.objects.filter(held_at=None).order_by("at")
    for person, why, occasion in inside.rows(calls, "person", "person_id", "why", "occasion_id"):
        if person in place.number:
            number = place.number[person]
            holes[number] = Hole.NOT_ASKED if why in NOT_ASKED_CALLS else Hole.DID_NOT_COME
            if occasion is not None:
                place.occasion[number] = as_id(occasion)
    return holes


def _last_occasions(today: date) -> list[tuple[UUID, date]]:
    """The last occasion of each open campaign to which anybody was asked by name, and that of today after it."""
    asked = Exists(standing(Ask).filter(occasion=OuterRef("pk")))
    held = Occasion.objects.filter(asked, campaign__state=CampaignState.OPEN, on__lte=today).order_by("on", "pk")
    latest: dict[tuple[UUID, bool], tuple[UUID, date]] = {}
    for pk, campaign, on in held.values_list("pk", "campaign_id", "on"):
        latest[campaign, on == today] = (pk, on)
    return sorted(latest.values(), key=lambda pair: (pair[1], pair[0]))
