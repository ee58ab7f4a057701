"""What was seen in a campaign before a test, as the arithmetic wants it: one row for each person and act."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from commonweal.common.rows import as_id, rows_of
from commonweal.people.models import Ask, BareYes, Nomination, Occasion, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.rules.outcomes import PLACE
from commonweal.people.words import Outcome
from commonweal.reckoning.pull import NOBODY, AskRecords
from commonweal.structure_tests.models import RollEntry, StructureTest
from commonweal.structure_tests.reads.steps import kind_learnt
from commonweal.structure_tests.reads.tests import ONCE
from commonweal.structure_tests.rules.ballots import may_name
from commonweal.structure_tests.words import Standing, TestState

Ints = NDArray[np.int64]


class Act(NamedTuple):
    """An act before the test: its kind as a step is learnt by it, and its place on the ladder, None without one."""

    pk: UUID
    name: str
    kind: str
    order: float | None


@dataclass
class Gathered:
    """People by number (first those of the coming roll who can take part), their units, the acts before, and what was
    seen of them. `asker`: who is to ask each of the coming roll (NOBODY where nobody is). `records` is None while
    nothing was seen; `orders` are the acts' places on the ladder, None where the ladder does not say."""

    number: dict[Any, int] = field(default_factory=dict)
    eligible: int = 0
    unit: list[int] = field(default_factory=list)
    units: dict[Any, int] = field(default_factory=dict)
    asker: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    leader: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    records: AskRecords | None = None
    orders: NDArray[np.float64] | None = None
    order: float | None = None
    acts: list[str] = field(default_factory=list)
    kinds: tuple[str, ...] = ()
    """The kind of each act, as a step to it is learnt."""
    able: float = 1.0
    """Of those who could take part in the tests so far, the share whom nothing kept away on the day."""

    def people(self) -> list[UUID]:
        """The id of everybody, in the order of the numbers."""
        return [as_id(person) for person in self.number]


def gather(test: StructureTest) -> Gathered:
    """Everything that a forecast of a test starts from: its roll, who is to ask whom, and what was seen before.

    Everybody who could take part in an earlier test has a row of it: whoever is not recorded did not come. Of an act
    without a test there are the answers seen; where it was kept on paper, who of a unit with signatures has none did
    not sign. "Could not" and "not known" are no row; a ballot that names nobody has none, nor has a test of which nothing
    was written down.
    """
    found = Gathered()
    _roll(found, test)
    acts = _acts_before(test)
    rolls = _rolls_of(found, acts)
    seen = _seen(found, acts, rolls)
    if seen:
        found.records = _as_records(found, seen, len(acts))
    found.acts, found.kinds = [act.name for act in acts], tuple(act.kind for act in acts)
    orders = [act.order for act in acts]
    if test.rung is not None and all(order is not None for order in orders):
        found.orders, found.order = np.array(orders, dtype=np.float64), float(test.rung.position)
    else:
        found.order = float(len(acts))
    return found


def _admit(found: Gathered, person: Any, unit: Any = None) -> int:
    place = found.number.get(person)
    if place is None:
        place = found.number[person] = len(found.number)
        found.unit.append(-1)
    if unit is not None and found.unit[place] < 0:
        found.unit[place] = found.units.setdefault(unit, len(found.units))
    return place


def _roll(found: Gathered, test: StructureTest) -> None:
    entries = RollEntry.objects.filter(ONCE, test=test, standing=Standing.ELIGIBLE).order_by("line")
    rows = list(rows_of(entries.values_list("person_id", "unit_id", "asker_id", "leader_id")))
    for person, unit, _asker, _leader in rows:
        _admit(found, person, unit)
    found.eligible = len(found.number)
    plan, walks = [], []
    for _person, _unit, asker, leader in rows:
        plan.append(NOBODY if asker is None else _admit(found, asker))
        walks.append(NOBODY if leader is None else _admit(found, leader))
    found.asker, found.leader = np.array(plan, dtype=np.int64), np.array(walks, dtype=np.int64)


def _acts_before(test: StructureTest) -> list[Act]:
    """The campaign's acts that are over before this test, first to last, with their places on the ladder."""
    occasions = (
        Occasion.objects.filter(campaign=test.occasion.campaign_id, on__lte=test.occasion.on)
        .exclude(pk=test.occasion_id)
        .filter(Q(structure_test=None, on__lt=test.occasion.on) | Q(structure_test__state=TestState.CLOSED))
        .order_by("on", "name")
    )
    rows = occasions.values_list(
        "pk", "name", "kind", "structure_test__rung__position", "structure_test__turnout_named"
    )
    return [
        Act(pk, name, kind_learnt(kind), order) for pk, name, kind, order, named in rows if may_name(kind, bool(named))
    ]


def _rolls_of(found: Gathered, acts: list[Act]) -> dict[Any, list[int]]:
    """Of each act that was a test: the numbers of those who could take part."""
    pks = [act.pk for act in acts]
    entries = RollEntry.objects.filter(ONCE, test__occasion__in=pks, standing=Standing.ELIGIBLE).order_by(
        "test", "line"
    )
    rolls: dict[Any, list[int]] = defaultdict(list)
    for occasion, person, unit in rows_of(entries.values_list("test__occasion_id", "person_id", "unit_id")):
        rolls[as_id(occasion)].append(_admit(found, person, unit))
    return rolls


@dataclass
class _Answer:
    """What is known of one person at one act: the strongest answer and whose ask brought it."""

    strength: int = 9
    asker: Any = None


def _seen(found: Gathered, acts: list[Act], rolls: dict[Any, list[int]]) -> dict[tuple[int, int], tuple[Any, bool]]:
    """By person and act: who asked her, and whether she came."""
    place = {act.pk: number for number, act in enumerate(acts)}
    answers = _answers(found, place)
    written = {act for _person, act in answers}
    seen = {key: (one.asker, one.strength == 0) for key, one in answers.items() if one.strength <= 1}
    kept_away = sum(one.strength == PLACE[Outcome.COULD_NOT] for one in answers.values())
    kept = {(found.unit[person], act) for (person, act), one in answers.items() if one.strength == 0 and not one.asker}
    for occasion, people in rolls.items():
        for person in people if place[occasion] in written else ():
            if (person, place[occasion]) not in answers:
                seen[person, place[occasion]] = (None, False)
    for act, held in enumerate(acts):
        if held.pk in rolls:
            continue
        for person, unit in enumerate(found.unit):
            if (unit, act) in kept and unit >= 0 and (person, act) not in answers:
                seen[person, act] = (None, False)
    found.able = len(seen) / (len(seen) + kept_away) if seen else 1.0
    return seen


def _answers(found: Gathered, place: dict[UUID, int]) -> dict[tuple[int, int], _Answer]:
    """Of several asks of one person for one act the one that brought her counts, else the first."""
    answers: dict[tuple[int, int], _Answer] = defaultdict(_Answer)
    acts: dict[Any, int] = {}
    asks = standing(Ask).filter(occasion__in=list(place)).order_by("entered_at", "pk")
    for occasion, asker, asked, outcome in rows_of(asks.values_list("occasion_id", "asker_id", "asked_id", "outcome")):
        person = found.number.get(asked)
        if person is None:
            continue
        act = acts.get(occasion)
        if act is None:
            act = acts[occasion] = place[as_id(occasion)]
        one = answers[person, act]
        if PLACE[outcome] < one.strength:
            one.strength, one.asker = PLACE[outcome], asker
    yeses = standing(BareYes).filter(occasion__in=list(place)).order_by()
    for occasion, who in rows_of(yeses.values_list("occasion_id", "person_id")):
        person = found.number.get(who)
        if person is not None:
            answers[person, place[as_id(occasion)]].strength = 0
    return answers


def _as_records(found: Gathered, seen: dict[tuple[int, int], tuple[Any, bool]], acts: int) -> AskRecords:
    keys = np.array(list(seen), dtype=np.int64)
    askers = np.array(
        [NOBODY if asker is None else _admit(found, asker) for asker, _came in seen.values()], dtype=np.int64
    )
    askers[askers == keys[:, 0]] = NOBODY
    people = len(found.number)
    return AskRecords(
        person=keys[:, 0],
        test=keys[:, 1],
        asker=askers,
        came=np.array([came for _asker, came in seen.values()], dtype=np.bool_),
        n_people=people,
        n_tests=acts,
        unit=np.array(found.unit, dtype=np.int64),
        test_order=np.arange(acts),
        nominations=_pairs(found, standing(Nomination).values_list("nominee_id", "nominator_id"), both=False),
        degree=_pairs(found, standing(Tie).values_list("person_id", "other_id"), both=True),
    )


def _pairs(found: Gathered, rows: Any, *, both: bool) -> Ints:
    """With how many different people of the second column each person of the first is paired; `both`: and back."""
    number = found.number
    pairs = {
        (number[one], number[other]) for one, other in rows_of(rows.order_by()) if one in number and other in number
    }
    if both:
        pairs |= {(other, one) for one, other in pairs}
    return np.bincount(np.array([one for one, _ in pairs], dtype=np.int64), minlength=len(number))
