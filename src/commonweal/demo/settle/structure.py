"""Five structure tests as they were recorded, and a sixth that is about to open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from commonweal.accounts.models import Account
from commonweal.common.ids import new_id
from commonweal.demo.committee import Committee
from commonweal.demo.hospital import DEPARTMENTS, NEXT, OCCASIONS
from commonweal.demo.invention import Invention
from commonweal.demo.spanish import called
from commonweal.people.models import Ask, Assessment, BareYes, Campaign, ChainLink, Occasion, Placement
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import Mark, Prediction, RollEntry, Rung, StructureTest
from commonweal.structure_tests.words import How, Standing
from commonweal.structure_tests.writes.ladders import load_ladder

LADDER = {
    "issue_cards": "Issue cards",
    "photo_card": "Photo cards",
    "group_question": "Question to the manager",
    "petition": "Petition on staffing",
    "majority_petition": "Majority petition, with names",
    "button_day": "Button day",
    "march": "March on the director",
    "picket": "Picket at the main door",
    "pledge": "Pledge",
    "strike_vote": "Strike vote",
    "warning_strike": "Warning strike",
    "open_strike": "Open-ended strike",
}
"""What the committee calls the steps of its ladder."""
PREDICTED = 3
"""From this test on, organizers wrote down what they expected."""
COVERED = ("Emergency", "Intensive Care")
"""Where somebody must stay with the patients whatever happens."""


@dataclass
class Roll:
    """The people of the campaign in the order of its paper: ids, unit and shift of each."""

    number: list[int]
    person: list[UUID]
    unit: list[UUID]
    shift: list[UUID | None]


def settle_tests(
    invention: Invention,
    committee: Committee,
    people: list[UUID],
    campaign: Campaign,
    occasions: list[Occasion],
    language: str,
    lot: int,
    at: datetime,
) -> StructureTest:
    """Stores the tests with their rolls, what was expected and what was recorded; the one about to open."""
    dice = np.random.default_rng([lot, 7])
    coming = Occasion.objects.create(
        campaign=campaign,
        kind=NEXT.kind,
        name=called(NEXT.name, language),
        on=(at - timedelta(days=NEXT.days_ago)).date(),
        source="demo",
    )
    ana = Account.objects.get(email="ana@riverside.example").pk
    names = {step: called(name, language) for step, name in LADDER.items()}
    load_ladder(campaign, "work", names=names, by=None, at=at - timedelta(days=178))
    roll, rungs = _roll(people), {rung.name: rung for rung in Rung.objects.filter(campaign=campaign)}
    test = None
    for order, occasion in enumerate([*occasions, coming]):
        past = order < len(OCCASIONS)
        day = datetime.combine(occasion.on, at.timetz())
        opened, closed = day - timedelta(days=2), day + timedelta(days=1)
        rung = rungs[occasion.name]
        test = StructureTest.objects.create(
            occasion=occasion,
            rung=rung,
            state="closed" if past else "planned",
            threshold=rung.threshold,
            unit_threshold=rung.unit_threshold,
            opened_at=opened if past else None,
            opened_by=ana if past else None,
            closed_at=closed if past else None,
            closed_by=ana if past else None,
        )
        entries = _entries(dice, committee, people, roll, test, opened if past else at)
        _take_out(dice, invention, roll, entries, occasion)
        RollEntry.objects.bulk_create(entries)
        _belong_to(entries, occasion)
        if order >= PREDICTED:
            difficulty = (*OCCASIONS, NEXT)[order].difficulty
            _predict(dice, invention, roll, entries, difficulty, ana, opened - timedelta(days=1) if past else at)
        if past and order >= PREDICTED:
            _marks(dice, entries, occasion, opened, ana)
    assert test is not None
    return test


def _roll(people: list[UUID]) -> Roll:
    known = {person: number for number, person in enumerate(people)}
    rows = (
        Placement.objects.filter(main=True, until=None, person__in=people)
        .order_by("unit__position", "unit__name", "shift__position", "person__sort_name", "person")
        .values_list("person", "unit", "shift")
    )
    roll = Roll([], [], [], [])
    for person, unit, shift in rows:
        roll.number.append(known[person])
        roll.person.append(person)
        roll.unit.append(unit)
        roll.shift.append(shift)
    return roll


def _entries(
    dice: np.random.Generator,
    committee: Committee,
    people: list[UUID],
    roll: Roll,
    test: StructureTest,
    moment: datetime,
) -> list[RollEntry]:
    """Everybody's line, with the chain and the stance of that moment; leaders walk with nobody."""
    links = ChainLink.objects.filter(campaign=test.occasion.campaign, since__lte=moment, until=None)
    leader = dict(links.values_list("follower", "leader"))
    said = Assessment.objects.filter(basis="stated", on__lte=moment.date(), replaced_by=None).order_by("on")
    stance = dict(said.values_list("person", "stance"))
    return [
        RollEntry(
            test=test,
            person_id=person,
            unit_id=roll.unit[line],
            shift_id=roll.shift[line],
            leader_id=leader.get(person),
            asker_id=leader.get(person),
            stance=stance.get(person, "") if test.opened_at else "",
            line=line + 1,
        )
        for line, person in enumerate(roll.person)
    ]


def _take_out(
    dice: np.random.Generator, invention: Invention, roll: Roll, entries: list[RollEntry], occasion: Occasion
) -> None:
    """Who could not take part: on leave, or kept back with the patients."""
    could_not = set(Ask.objects.filter(occasion=occasion, outcome=Outcome.COULD_NOT).values_list("asked", flat=True))
    seen = set(Ask.objects.filter(occasion=occasion).values_list("asked", flat=True))
    seen |= set(BareYes.objects.filter(occasion=occasion).values_list("person", flat=True))
    for line, entry in enumerate(entries):
        free = entry.person_id in could_not or entry.person_id not in seen
        if free and dice.random() < (0.5 if entry.person_id in could_not else 0.08):
            here = DEPARTMENTS[invention.staff.unit[roll.number[line]]].name
            entry.standing = Standing.COVER if here in COVERED and dice.random() < 0.7 else Standing.LEAVE


def _belong_to(entries: list[RollEntry], occasion: Occasion) -> None:
    """What was seen of each came by her line of the roll, so that a correction there replaces it."""
    entry_of = {entry.person_id: entry for entry in entries}
    asks = [ask for ask in Ask.objects.filter(occasion=occasion) if ask.asked_id in entry_of]
    for ask in asks:
        ask.source = f"test:{entry_of[ask.asked_id].pk}"
    Ask.objects.bulk_update(asks, ["source"], batch_size=400)


def _predict(
    dice: np.random.Generator,
    invention: Invention,
    roll: Roll,
    entries: list[RollEntry],
    difficulty: float,
    by: UUID,
    at: datetime,
) -> None:
    """What the organizer expected of every second person: near the truth, a little too hopeful."""
    rows = []
    for line, entry in enumerate(entries):
        if entry.standing != Standing.ELIGIBLE or dice.random() > 0.45:
            continue
        odds = invention.staff.readiness[roll.number[line]] + 0.5 - difficulty + dice.normal(0, 0.8)
        word = (
            "sure" if odds > 1.4 else "likely" if odds > 0.4 else "even" if odds > -0.5 else "unlikely"
            if odds > -1.6 else "no"
        )  # fmt: skip
        rows.append(Prediction(entry=entry, expectation=word, made_at=at, by=by))
    Prediction.objects.bulk_create(rows)


def _marks(dice: np.random.Generator, entries: list[RollEntry], occasion: Occasion, opened: datetime, by: UUID) -> None:
    """How the outcomes reached us: line by line, over the days of the test."""
    entry_of = {entry.person_id: entry for entry in entries}
    rows = []
    asks = Ask.objects.filter(occasion=occasion, replaced_by=None)
    for person, asker, outcome in asks.order_by("id").values_list("asked", "asker", "outcome"):
        entry = entry_of.get(person)
        if entry is None:
            continue
        hours = float(dice.gamma(2.0, 9.0 if asker else 14.0))
        seen = opened + timedelta(hours=min(hours, 66.0))
        rows.append(
            Mark(
                id=new_id(),
                entry=entry,
                outcome=outcome,
                asker_id=asker,
                asked_again=bool(dice.random() < 0.15),
                how=str(dice.choice([How.GRID, How.PHONE, How.SHEET], p=[0.4, 0.35, 0.25])),
                seen_at=seen,
                received_at=seen + timedelta(minutes=int(dice.integers(0, 90))),
                by=by,
            )
        )
    Mark.objects.bulk_create(rows)
