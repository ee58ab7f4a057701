"""Where people already belong: whom of ours is closest, and the steps to there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef

from commonweal.common.doors import SignedIn
from commonweal.common.rows import as_id, rows_of
from commonweal.common.scope import Scope
from commonweal.listening.reads.next_talks.hall import Place
from commonweal.listening.reads.next_talks.inside import Inside
from commonweal.listening.reads.next_talks.offer import Ranked, ranked_of
from commonweal.listening.reads.next_talks.parts import kept
from commonweal.people.models import Affiliation, Ask, BareYes, Institution, Occasion, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.support import public_acts, said_lately, window_of_place
from commonweal.people.rules.support import SAYS_YES, Window
from commonweal.people.words import Outcome
from commonweal.reckoning.steps import Steps, steps_from

ROLES = {"treasurer": 0, "officer": 1, "convener": 2, "member": 3}
"""Of several members equally near, whoever holds the money or the keys is named."""


@dataclass(frozen=True)
class Step:
    """One knows the other: by a kind of tie, or because both belong to the institution `place`."""

    one: Glance
    other: Glance
    kind: str = ""
    place: str = ""


@dataclass(frozen=True)
class Reach:
    """An institution with how many of the people in scope belong there, whether anybody was talked with, and the way from
    our closest person to a member; without one no way is known."""

    institution: Institution
    members: int
    ours: int
    """How many of them are with us."""
    reached: bool
    closest: Glance | None = None
    steps: list[Step] = field(default_factory=list)
    member: Glance | None = None
    role: str = ""


@dataclass(frozen=True)
class Surroundings:
    """The institutions of a scope in their order, with what their ways are read from; kept until somebody acts."""

    ranked: Ranked
    order: list[int]
    members: list[int]
    ours: list[int]
    reached: list[bool]
    steps: Steps


def institutions_around(
    scope: Scope, account: SignedIn, today: date, *, people: int, limit: int, kind: str = ""
) -> tuple[list[Reach], int]:
    """The institutions to which people in the scope belong, those where nobody was talked with first, then those with the
    most of our people; and how many of them were never reached. `people`: how many are in the scope. A bounded number of queries."""
    asked = ("institutions_around", scope, today)
    around = kept(asked, lambda: _surroundings(scope, account, today, people), people=people)
    place = around.ranked.place
    order = around.order
    if kind:
        of_kind = set(Institution.objects.filter(kind=kind).values_list("pk", flat=True))
        order = [number for number in order if place.institutions[number] in of_kind]
    shown = order[:limit]
    found = Institution.objects.in_bulk([place.institutions[number] for number in shown])
    never = sum(not around.reached[number] for number in order)
    return _told(scope, around, [one for one in shown if place.institutions[one] in found], found), never


def without_members(limit: int) -> list[Institution]:
    """The institutions to which nobody on the list is known to belong, by name."""
    belongs = Affiliation.objects.filter(institution=OuterRef("pk"))
    return list(Institution.objects.filter(~Exists(belongs))[:limit])


def _surroundings(scope: Scope, account: SignedIn, today: date, people: int) -> Surroundings:
    ranked = ranked_of(scope, account, today, people=people)
    place, known = ranked.place, ranked.known
    count = len(place.institutions)
    inside = known.member < place.n_own
    member, institution = known.member[inside], known.institution[inside]
    members = np.bincount(institution, minlength=count)
    ours = with_us(ranked.inside, place, window_of_place(today))
    is_ours = np.isin(member, ours)
    mine = np.bincount(institution[is_ours], minlength=count)
    met = (known.talked | known.heard)[member] | is_ours
    reached = np.bincount(institution[met], minlength=count) > 0
    own = (known.tie_one < place.n_own) & (known.tie_other < place.n_own)
    steps = steps_from(
        ours,
        np.concatenate([known.tie_one[own], member]),
        np.concatenate([known.tie_other[own], institution + place.n_own]),
        n=place.n_own + count,
    )
    order = np.lexsort((np.arange(count), -members, reached))
    return Surroundings(ranked, order.tolist(), members.tolist(), mine.tolist(), reached.tolist(), steps)


def with_us(inside: Inside, place: Place, window: Window) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Who is with us, by number: whoever said so last, within the time for which it counts, and whoever took part in
    something public or brought somebody to it; four queries."""
    said: dict[Any, str] = {}
    for person, stance in inside.rows(said_lately(window), "person", "person_id", "stance"):
        said[person] = stance
    acts = Occasion.objects.filter(**public_acts(window))
    public = {raw for (raw,) in rows_of(acts.order_by().values_list("pk"))}
    came = standing(Ask).filter(outcome=Outcome.DID).order_by()
    people = {person for person, stance in said.items() if stance in SAYS_YES}
    # The days are compared here: a database would rather go through all the asks of each occasion.
    for rows, column in ((came, "asked"), (came, "asker"), (standing(BareYes).order_by(), "person")):
        found = inside.rows(rows, column, f"{column}_id", "occasion_id")
        people |= {person for person, occasion in found if occasion in public}
    refused = {person for person, stance in said.items() if stance not in SAYS_YES}
    numbers = (place.number.get(person) for person in people - refused)
    return np.array(sorted(one for one in numbers if one is not None and one < place.n_own), dtype=np.int64)


def _told(scope: Scope, around: Surroundings, shown: list[int], found: dict[UUID, Institution]) -> list[Reach]:
    place, steps = around.ranked.place, around.steps
    nearest, roles = _nearest(around, [place.institutions[number] for number in shown])
    ways = {number: steps.way_to(nearest[number]) for number in shown if number in nearest}
    people = {node for way in ways.values() for node in way if node < place.n_own}
    seen = _seen(scope, place, people)
    kinds = _tie_kinds(place, ways.values())
    names = _names(place, ways.values())
    told = []
    for number in shown:
        one, way = found[place.institutions[number]], ways.get(number, [])
        reach = Reach(one, around.members[number], around.ours[number], around.reached[number])
        if way and all(node in seen for node in way if node < place.n_own):
            steps_there = _steps(place, way, seen, kinds, names)
            reach = replace(reach, closest=seen[way[0]], steps=steps_there, member=seen[way[-1]], role=roles[number])
        told.append(reach)
    return told


def _nearest(around: Surroundings, institutions: Collection[UUID]) -> tuple[dict[int, int], dict[int, str]]:
    """For each institution its member nearest to us, and the role she holds."""
    place, distance = around.ranked.place, around.steps.distance
    number_of = {institution: number for number, institution in enumerate(place.institutions)}
    best: dict[int, tuple[int, int, int, str]] = {}
    rows = Affiliation.objects.filter(institution__in=list(institutions), until=None).order_by()
    for person, institution, role in rows_of(rows.values_list("person_id", "institution_id", "role")):
        node = place.number.get(person, place.n_own)
        if node >= place.n_own or distance[node] < 0:
            continue
        there = number_of[as_id(institution)]
        key = (int(distance[node]), ROLES.get(role, 9), node, role)
        best[there] = min(best.get(there, key), key)
    return {there: key[2] for there, key in best.items()}, {there: key[3] for there, key in best.items()}


def _seen(scope: Scope, place: Place, people: Collection[int]) -> dict[int, Glance]:
    found = glances(scope, (place.id_of(number) for number in people))
    return {number: found[place.id_of(number)] for number in people if place.id_of(number) in found}


def _tie_kinds(place: Place, ways: Collection[list[int]]) -> dict[tuple[UUID, UUID], str]:
    """By what kind of tie the neighbours on these ways know each other; the strongest of several."""
    pairs = {pair for way in ways for pair in pairwise(way) if max(pair) < place.n_own}
    people = {place.id_of(one) for pair in pairs for one in pair}
    kinds: dict[tuple[UUID, UUID], str] = {}
    rows = standing(Tie).filter(person__in=people, other__in=people).order_by("strength", "kind")
    for one, other, kind in rows.values_list("person_id", "other_id", "kind") if people else ():
        kinds[one, other] = kinds[other, one] = kind
    return kinds


def _names(place: Place, ways: Collection[list[int]]) -> dict[int, str]:
    """The names of the institutions through which these ways lead."""
    through = {node - place.n_own for way in ways for node in way if node >= place.n_own}
    ids = {place.institutions[number]: number for number in through}
    return {ids[pk]: name for pk, name in Institution.objects.filter(pk__in=ids).values_list("pk", "name")}


def _steps(
    place: Place,
    way: list[int],
    seen: dict[int, Glance],
    kinds: dict[tuple[UUID, UUID], str],
    names: dict[int, str],
) -> list[Step]:
    steps, through = [], defaultdict(str)
    last = way[0]
    for node in way[1:]:
        if node >= place.n_own:
            through[last] = names.get(node - place.n_own, "")
            continue
        one, other = seen[last], seen[node]
        place_name = through.pop(last, "")
        kind = "" if place_name else kinds.get((one.id, other.id), "")
        steps.append(Step(one, other, kind, place_name))
        last = node
    return steps
