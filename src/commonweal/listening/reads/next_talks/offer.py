"""The talks to have next, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from commonweal.common.doors import LEADER, SignedIn
from commonweal.common.rows import rows_of
from commonweal.common.scope import Scope
from commonweal.listening.models import Conversation, NotNow
from commonweal.listening.reads.next_talks.hall import Place, known_of, place_of
from commonweal.listening.reads.next_talks.inside import Inside, inside_of
from commonweal.listening.reads.next_talks.parts import MOST, Part, kept, narrowed, part_of, parts_of, people_in
from commonweal.people.models import Institution, Occasion
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.units import children_of_units, with_subtrees
from commonweal.reckoning.next_talks import Hole, Known, NextTalk, Reason, Worth, choose, worth_of

LATELY = timedelta(days=14)
"""Whoever was talked with in these days is left in peace."""
VARY = 0.15
"""So that a page does not hold one reason ten times; the sixth of a kind counts four sevenths."""
LEADS_HOLES = frozenset({Reason.HOLE, Reason.UNMAPPED})
"""What a leader is told of her own people."""


@dataclass(frozen=True)
class Advice:
    """Somebody to talk with next, and the facts of each reason for it; names only of people inside the scope."""

    person: Glance
    talk: NextTalk
    talked: bool
    chains: bool
    """Whether chains are kept here at all, so that walking with no one says something."""
    candidates: tuple[tuple[Glance, int], ...] = ()
    """Those between whom she would decide, and how many name each."""
    leader: Glance | None = None
    hole: Hole = Hole.NONE
    occasion: str = ""
    other_group: str = ""
    institution: str = ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.talk.reasons


@dataclass(frozen=True)
class Offer:
    """The talks to have next; `parts` and `part` where the place is so large that it is looked at in parts. `besides`:
    for every reason that stands first at none of them, the talk most worth it."""

    talks: list[Advice]
    parts: list[Part] = field(default_factory=list)
    part: UUID | None = None
    people: int = 0
    besides: list[Advice] = field(default_factory=list)


@dataclass(frozen=True)
class Ranked:
    """What a ranking was made from and what came out; kept until somebody acts."""

    inside: Inside
    place: Place
    known: Known
    worth: Worth


def next_talks(scope: Scope, account: SignedIn, today: date, limit: int) -> list[Advice]:
    """Whom this account should talk with next, the most worth first: nobody put off until later, talked with in the
    last days or agreed with for a later day, nobody outside the scope, and not herself. A leader: her own people."""
    return offer_of(scope, account, today, limit=limit).talks


def offer_of(
    scope: Scope,
    account: SignedIn,
    today: date,
    *,
    limit: int,
    unit: UUID | None = None,
    reason: Reason | None = None,
    besides: bool = False,
) -> Offer:
    """The talks to have next in the scope or in one of its units, for one reason or any; a bounded number of queries.

    With `besides`, also one for each other reason, unless there is one for all or a leader asks.
    """
    parts: list[Part] = []
    part = None
    people = people_in(scope)
    if people > MOST:
        parts = parts_of(scope)
        part = _part_with(parts, unit) if unit is not None else part_of(scope, account.pk)
        if part is None:
            return Offer([])
        unit = None if unit == part else unit
        scope = narrowed(scope, part)
        people = next(one.people for one in parts if one.unit == part)
    ranked = ranked_of(scope, account, today, people=people)
    if not ranked.place.n_own:
        return Offer([], parts, part)
    among = _open_to(ranked, account, today, unit)
    if account.role == LEADER and reason not in LEADS_HOLES:
        reason = None
    lot = _lot(account, today)
    talks = choose(ranked.known, ranked.worth, limit=limit, lot=lot, among=among, only=reason, vary=VARY)
    others = _besides(ranked, talks, among, lot) if besides and reason is None and account.role != LEADER else []
    told = _told(scope, ranked, [*talks, *others])
    shown = {talk.person for talk in talks}
    return Offer(
        [one for one in told if one.talk.person in shown],
        parts,
        part,
        ranked.place.n_own,
        [one for one in told if one.talk.person not in shown],
    )


def _besides(ranked: Ranked, talks: list[NextTalk], among: NDArray[np.bool_], lot: int) -> list[NextTalk]:
    """The talk most worth having for each reason for which none of these is had in the first place."""
    first, found = {talk.reasons[0] for talk in talks}, list[NextTalk]()
    for reason in Reason:
        if reason not in first:
            left = among.copy()
            left[[talk.person for talk in (*talks, *found)]] = False
            found += choose(ranked.known, ranked.worth, limit=1, lot=lot, among=left, only=reason)
    return found


def _part_with(parts: list[Part], unit: UUID) -> UUID | None:
    """The part in which a unit lies; of a unit above them the first part in it."""
    children = children_of_units()
    below = with_subtrees([unit], children)
    holds = (one.unit for one in parts if one.unit in below or unit in with_subtrees([one.unit], children))
    return next(holds, None)


def ranked_of(scope: Scope, account: SignedIn, today: date, *, people: int) -> Ranked:
    """The people of a scope with what a talk with each is worth, as a leader or as an organizer may know it.

    `people`: how many they are. In a large place as of a minute ago; who was talked with since, and who is no longer there, is left out later.
    """
    asked = ("next_talks", scope, account.pk if account.role == LEADER else None, today)
    return kept(asked, lambda: _ranked(scope, account, today), people=people)


def _ranked(scope: Scope, account: SignedIn, today: date) -> Ranked:
    inside = inside_of(scope)
    place = place_of(scope, inside)
    known = known_of(inside, place, today, account=account.pk, own_chain=account.role == LEADER)
    return Ranked(inside, place, known, worth_of(known))


def _lot(account: SignedIn, today: date) -> int:
    """The seed of the choice among equals: another one for each account and day, the same all day."""
    return (account.pk.int ^ today.toordinal()) % 2**63


def _open_to(ranked: Ranked, account: SignedIn, today: date, unit: UUID | None) -> NDArray[np.bool_]:
    """Who may be proposed to this account today."""
    place, held = ranked.place, Conversation.objects.order_by()
    among = np.zeros(len(place.people), dtype=np.bool_)
    among[: place.n_own] = True
    if unit is not None:
        units = with_subtrees([unit])
        here = np.array([group[0] in units for group in place.groups] + [False], dtype=np.bool_)
        among &= here[np.array(place.group, dtype=np.int64)]

    put_off = NotNow.objects.filter(account=account.pk, until__gt=today).order_by().values_list("person_id")
    left_out = {person for (person,) in rows_of(put_off)}
    for talks in (held.filter(on__gt=today - LATELY), held.filter(next_on__gt=today)):
        left_out |= {person for (person,) in ranked.inside.rows(talks, "person", "person_id")}
    if account.person_id is not None:
        left_out |= {account.person_id, account.person_id.hex}
    among[[place.number[person] for person in left_out if person in place.number]] = False
    return among


@dataclass(frozen=True)
class PutOff:
    """Somebody with whom this account will not talk before a day, and why."""

    person: Glance
    row: NotNow


def put_off_by(scope: Scope, account: UUID, today: date) -> list[PutOff]:
    """Whom this account has put off, the soonest first; four queries."""
    rows = list(NotNow.objects.filter(account=account, until__gt=today).order_by("until", "at")[:100])
    seen = glances(scope, (row.person_id for row in rows))
    return [PutOff(seen[row.person_id], row) for row in rows if row.person_id in seen]


def _told(scope: Scope, ranked: Ranked, talks: list[NextTalk]) -> list[Advice]:
    place, known = ranked.place, ranked.known
    assert known.leader is not None and known.hole is not None
    leaders = {talk.person: int(known.leader[talk.person]) for talk in talks if Reason.HOLE in talk.reasons}
    numbers = {one for talk in talks for one in (talk.person, *talk.candidates)}
    numbers |= {leader for leader in leaders.values() if leader >= 0}
    groups = _some_of(place, (talk.other_group for talk in talks))
    seen = glances(scope, (place.id_of(number) for number in numbers | set(groups.values())))
    institutions = {place.institutions[talk.institution] for talk in talks if talk.institution >= 0}
    called = dict(Institution.objects.filter(pk__in=institutions).values_list("pk", "name")) if institutions else {}
    held = {place.occasion[talk.person] for talk in talks if talk.person in place.occasion}
    names = dict(Occasion.objects.filter(pk__in=held).values_list("pk", "name")) if held else {}
    advice = []
    for talk in talks:
        glance = seen.get(place.id_of(talk.person))
        if glance is None:
            continue
        leader = leaders.get(talk.person, -1)
        named = ranked.worth.belief.named_by
        candidates = [(seen.get(place.id_of(one)), int(named[one])) for one in talk.candidates]
        occasion = place.occasion.get(talk.person)
        advice.append(
            Advice(
                person=glance,
                talk=talk,
                talked=bool(known.talked[talk.person]),
                chains=place.chains,
                candidates=tuple((one, number) for one, number in candidates if one is not None),
                leader=seen.get(place.id_of(leader)) if leader >= 0 else None,
                hole=Hole(int(known.hole[talk.person])),
                occasion=names.get(occasion, "") if occasion else "",
                other_group=_called(seen.get(place.id_of(groups[talk.other_group])))
                if talk.other_group in groups
                else "",
                institution=called.get(place.institutions[talk.institution], "") if talk.institution >= 0 else "",
            )
        )
    return advice


def _called(one: Glance | None) -> str:
    """Unit and shift in words."""
    return ", ".join(part for part in (one.unit, one.shift) if part) if one is not None else ""


def _some_of(place: Place, groups: Iterable[int]) -> dict[int, int]:
    """One of the scope's people of each of these groups, so that the group is called what her place is called."""
    stands = np.array(place.group[: place.n_own], dtype=np.int64)
    found = {number: np.flatnonzero(stands == number) for number in groups if number >= 0}
    return {number: int(here[0]) for number, here in found.items() if here.size}
