"""A few talks to have next, not all in one corner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.next_talks.known import NOBODY, Known, Reason, TalksRefused
from commonweal.reckoning.next_talks.worth import FEWEST_TO_NAME, Worth
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray

CROWDED = 0.5
"""Each talk already chosen in her group lowers what one more there is worth: to two thirds, a half, two fifths …"""
TELLING = 0.2
"""A reason of her own is named first when it makes up so much of the worth."""
LOOKED_AT = 40
"""So many times as many people as are wanted are looked at for the choice."""


@dataclass(frozen=True)
class NextTalk:
    """Whom to talk with, why first and why else, and the facts a sentence needs.

    `worth`: people whose leader the talk is expected to make known; for the order, not for show. `named_apart`: from
    how many groups her nominators come; `named_opposed`: how many of them are against us. `candidates`: two people about
    whom we are in doubt and whom she may know. `other_group` and `institution`: -1 unless they are a reason.
    """

    person: int
    worth: float
    reasons: tuple[Reason, ...]
    named_by: int
    named_apart: int
    named_opposed: int
    group_size: int
    group_told: int
    group_alone: int
    candidates: tuple[int, ...]
    other_group: int
    institution: int
    holes: int


def choose(
    known: Known,
    worth: Worth,
    *,
    limit: int,
    lot: int,
    among: BoolArray | None = None,
    only: Reason | None = None,
    vary: float = 0.0,
) -> list[NextTalk]:
    """The talks worth most, one by one, so that no two of equal worth come from the same corner.

    After each choice what the others of her unit and shift are worth is lowered, for a second talk in one place
    teaches less than the first. `vary` does the same, as much as it says, to those with the same first reason: what is
    shown to people may mix reasons, at a small price.
    Shapes: `among` marks who may be chosen (all, if left out); at most `limit` talks, the first the most worth.
    With `only`, people for whom that reason holds, in the order of what it is worth.
    Units and ranges: the same `lot` gives the same choice.
    Errors: TalksRefused for a limit below 0.
    Ties: settled by the lot.
    Cost: O(people) and a sort of `LOOKED_AT` times `limit` people.
    """
    if limit < 0:
        raise TalksRefused(f"limit {limit} is below 0")
    value = worth.total if only is None else worth.parts[only]
    able = value > 0 if among is None else (value > 0) & among
    if only is not None:
        able &= _holds(worth, only, known)
    people = np.flatnonzero(able)
    if not people.size or not limit:
        return []
    people = _foremost(people, value, np.random.default_rng(lot).random(known.n), LOOKED_AT * limit)
    left = {one: _reasons(known, worth, one, only)[0] if vary else Reason.UNMAPPED for one in people.tolist()}
    places: Counter[int] = Counter()
    whys: Counter[Reason] = Counter()
    chosen: list[NextTalk] = []
    while left and len(chosen) < limit:
        best, best_value = NOBODY, -1.0
        for one, why in left.items():
            if value[one] <= best_value:
                break  # those after her are worth less even where nothing lowers them
            crowd = CROWDED * places[int(known.group[one])] + vary * whys[why]
            lowered = float(value[one]) / (1.0 + crowd)
            if lowered > best_value:
                best, best_value = one, lowered
        places[int(known.group[best])] += 1
        whys[left.pop(best)] += 1
        chosen.append(_talk(known, worth, best, _reasons(known, worth, best, only)))
    return chosen


def _foremost(people: IntArray, value: FloatArray, luck: FloatArray, wanted: int) -> IntArray:
    """Those of these people who are worth most, at most so many, the first the most worth."""
    wanted = min(people.size, wanted)
    people = people[np.argpartition(-value[people] - 1e-9 * luck[people], wanted - 1)[:wanted]]
    return people[np.lexsort((luck[people], -value[people]))]


def _holds(worth: Worth, reason: Reason, known: Known) -> BoolArray:
    """For whom a reason may be said, rather than be true of everybody a little."""
    if reason == Reason.NAMED:
        return worth.belief.named_by >= FEWEST_TO_NAME
    if reason == Reason.UNMAPPED:
        return known.group >= 0
    return worth.parts[reason] > 0


def _reasons(known: Known, worth: Worth, one: int, only: Reason | None) -> tuple[Reason, ...]:
    """Why she is worth a talk: what is hers alone first, then what holds for her whole group."""
    total = max(float(worth.total[one]), 1e-12)
    own = [
        (float(worth.parts[reason][one]), reason)
        for reason in Reason
        if reason != Reason.UNMAPPED and reason != only and worth.parts[reason][one] >= TELLING * total
    ]
    named = int(worth.belief.named_by[one]) >= FEWEST_TO_NAME
    telling: list[Reason] = [
        reason for _part, reason in sorted(own, key=lambda pair: -pair[0]) if reason != Reason.NAMED or named
    ]
    group = int(known.group[one])
    few = group >= 0 and 3 * int(worth.told[group]) <= int(worth.belief.size[group])
    if (few or not telling) and only != Reason.UNMAPPED and worth.parts[Reason.UNMAPPED][one] > 0:
        telling.append(Reason.UNMAPPED)
    if only is not None:
        telling.insert(0, only)
    return tuple(telling) or (Reason.UNMAPPED,)


def _talk(known: Known, worth: Worth, one: int, reasons: tuple[Reason, ...]) -> NextTalk:
    assert known.against is not None and known.leader is not None
    group = int(known.group[one])
    who = np.unique(known.nominator[(known.nominee == one) & (known.nominator != one)])
    places = np.unique(known.group[who])
    mates = known.group == group if group >= 0 else np.zeros(known.n, dtype=np.bool_)
    leads = np.isin(np.flatnonzero(mates), known.leader)
    return NextTalk(
        person=one,
        worth=float(worth.total[one]),
        reasons=reasons,
        named_by=int(who.size),
        named_apart=int((places >= 0).sum()),
        named_opposed=int(known.against[who].sum()),
        group_size=int(mates.sum()),
        group_told=int(known.heard[mates].sum()),
        group_alone=int(((known.leader[mates] == NOBODY) & ~leads).sum()),
        candidates=_candidates(known, worth, one, mates) if Reason.DECIDES in reasons else (),
        other_group=int(worth.bridge_to[one]) if Reason.BRIDGE in reasons else NOBODY,
        institution=int(worth.institution[one]) if Reason.INSTITUTION in reasons else NOBODY,
        holes=int(worth.holes[one]),
    )


def _candidates(known: Known, worth: Worth, one: int, mates: BoolArray) -> tuple[int, ...]:
    """The two candidates most in doubt of whom she can speak: those she is bound to first, then those of her group."""
    belief = worth.belief
    begin, end = np.searchsorted(belief.out, [one, one + 1])
    bound: IntArray = belief.over[begin:end]
    near = np.zeros(known.n, dtype=np.bool_)
    near[bound] = True
    people = np.flatnonzero(worth.in_doubt & (near | mates))
    people = people[people != one]
    doubt = belief.leads[people] * (1 - belief.leads[people])
    return tuple(int(other) for other in people[np.lexsort((people, -doubt, ~near[people]))][:2])
