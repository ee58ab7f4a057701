"""Five structure tests as they were recorded, and a sixth that is about to open."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db.models import Q

from commonweal.accounts.models import Account
from commonweal.common.ids import new_id
from commonweal.common.work import Silent
from commonweal.demo.hospital import DEPARTMENTS, NEXT, OCCASIONS
from commonweal.demo.spanish import called
from commonweal.demo.staff import Invention
from commonweal.people.models import Ask, Assessment, BareYes, Campaign, ChainLink, Occasion, Placement
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import Mark, Prediction, RollEntry, Rung, StructureTest
from commonweal.structure_tests.words import How, Standing
from commonweal.structure_tests.writes.forecasts.computing import compute
from commonweal.structure_tests.writes.forecasts.scoring import score_forecasts
from commonweal.structure_tests.writes.ladders import load_ladder
from commonweal.structure_tests.writes.marks import source_of

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
SET = {
    "Issue cards": ("0.60", "0.30"),
    "Question to the manager": ("0.50", "0.25"),
    "Petition on staffing": ("0.50", "0.20"),
    "Button day": ("0.40", "0.15"),
    "March on the director": ("0.30", "0.10"),
    "Picket at the main door": ("0.25", "0.05"),
}
"""What the committee set for its acts so far instead of the ladder's shares."""
FORECAST = 2
"""From this test on, each was forecast before it opened."""
PREDICTED = 3
"""From this test on, organizers wrote down what they expected."""
COVERED = ("Emergency", "Intensive Care")
"""Where somebody must stay with the patients whatever happens."""


Roll = list[tuple[UUID, UUID, UUID | None]]
"""The people of the campaign in the order of its paper, each with her unit and shift."""


def settle_tests(
    invention: Invention,
    people: list[UUID],
    campaign: Campaign,
    occasions: list[Occasion],
    language: str,
    lot: int,
    at: datetime,
) -> None:
    """Stores the tests with their rolls, what was expected and what was recorded; the last is about to open."""
    dice = np.random.default_rng([lot, 7])
    ana = Account.objects.get(email="ana@riverside.example").pk
    names = {step: called(name, language) for step, name in LADDER.items()}
    load_ladder(campaign, "work", names=names, by=None, at=at - timedelta(days=178))
    rungs = {rung.name: rung for rung in Rung.objects.filter(campaign=campaign)}
    roll, number = _roll(people), {person: number for number, person in enumerate(people)}
    for order, (act, occasion) in enumerate(zip((*OCCASIONS, NEXT), occasions, strict=True)):
        past, rung = act is not NEXT, rungs[occasion.name]
        opened = datetime.combine(occasion.on, at.timetz()) - timedelta(days=2)
        before = opened - timedelta(days=1) if past else at
        threshold, unit_threshold = SET.get(act.name, (rung.threshold, rung.unit_threshold))
        test = StructureTest.objects.create(
            occasion=occasion, rung=rung, threshold=threshold, unit_threshold=unit_threshold
        )
        entries = _entries(roll, test, opened if past else at, frozen=past)
        _take_out(dice, invention, number, entries, occasion)
        RollEntry.objects.bulk_create(entries)
        if order >= PREDICTED:
            _predict(dice, invention, number, entries, act.difficulty, ana, before)
        if order >= FORECAST:
            compute(test.pk, Silent(), by=ana, at=before)
        if past:
            _hold(dice, test, entries, opened, opened + timedelta(days=3), ana, marked=order >= PREDICTED)


def _hold(
    dice: np.random.Generator,
    test: StructureTest,
    entries: list[RollEntry],
    opened: datetime,
    closed: datetime,
    by: UUID,
    *,
    marked: bool,
) -> None:
    """It opened, what was seen was written down, and it closed; what was forecast is scored."""
    test.state, test.opened_at, test.opened_by, test.closed_at, test.closed_by = "closed", opened, by, closed, by
    test.save()
    _belong_to(entries, test.occasion, closed)
    if marked:
        _marks(dice, entries, test.occasion, opened, by)
    score_forecasts(test=test, by=by, at=closed)


def _roll(people: list[UUID]) -> Roll:
    return list(
        Placement.objects.filter(main=True, until=None, person__in=people)
        .order_by("unit__position", "unit__name", "shift__position", "person__sort_name", "person")
        .values_list("person", "unit", "shift")
    )


def _entries(roll: Roll, test: StructureTest, moment: datetime, *, frozen: bool) -> list[RollEntry]:
    """Everybody's line, with the chain and the stance of that moment; leaders walk with nobody."""
    links = ChainLink.objects.filter(
        Q(until=None) | Q(until__gt=moment), campaign=test.occasion.campaign, since__lte=moment
    )
    leader = dict(links.values_list("follower", "leader"))
    said = Assessment.objects.filter(basis="stated", on__lte=moment.date(), replaced_by=None).order_by("on")
    stance = dict(said.values_list("person", "stance"))
    return [
        RollEntry(
            test=test,
            person_id=person,
            unit_id=unit,
            shift_id=shift,
            leader_id=leader.get(person),
            asker_id=leader.get(person),
            stance=stance.get(person, "") if frozen else "",
            line=line,
        )
        for line, (person, unit, shift) in enumerate(roll, start=1)
    ]


def _take_out(
    dice: np.random.Generator,
    invention: Invention,
    number: dict[UUID, int],
    entries: list[RollEntry],
    occasion: Occasion,
) -> None:
    """Who could not take part: on leave, or kept back with the patients."""
    could_not = set(Ask.objects.filter(occasion=occasion, outcome=Outcome.COULD_NOT).values_list("asked", flat=True))
    seen = set(Ask.objects.filter(occasion=occasion).values_list("asked", flat=True))
    seen |= set(BareYes.objects.filter(occasion=occasion).values_list("person", flat=True))
    for entry in entries:
        free = entry.person_id in could_not or entry.person_id not in seen
        if free and dice.random() < (0.5 if entry.person_id in could_not else 0.08):
            here = DEPARTMENTS[invention.staff.unit[number[entry.person_id]]].name
            entry.standing = Standing.COVER if here in COVERED and dice.random() < 0.7 else Standing.LEAVE


def _belong_to(entries: list[RollEntry], occasion: Occasion, closed: datetime) -> None:
    """What was seen of each came by her line of the roll before the test closed, so that a correction there replaces it."""
    entry_of = {entry.person_id: entry for entry in entries}
    asks = [ask for ask in Ask.objects.filter(occasion=occasion) if ask.asked_id in entry_of]
    for ask in asks:
        ask.source, ask.entered_at = source_of(entry_of[ask.asked_id].pk), closed
    Ask.objects.bulk_update(asks, ["source", "entered_at"], batch_size=200)
    BareYes.objects.filter(occasion=occasion).update(entered_at=closed)


def _predict(
    dice: np.random.Generator,
    invention: Invention,
    number: dict[UUID, int],
    entries: list[RollEntry],
    difficulty: float,
    by: UUID,
    at: datetime,
) -> None:
    """What the organizer expected of every second person: near the truth, a little too hopeful."""
    rows = []
    for entry in entries:
        if entry.standing != Standing.ELIGIBLE or dice.random() > 0.45:
            continue
        odds = invention.staff.readiness[number[entry.person_id]] + 0.5 - difficulty + dice.normal(0, 0.8)
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
