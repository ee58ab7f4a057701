"""Five structure tests as they were recorded, and a sixth that is about to open."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db.models import Q

from commonweal.common.work import Silent
from commonweal.demo.hospital import DEPARTMENTS, NEXT, OCCASIONS, PETITION
from commonweal.demo.settle.expected import expect
from commonweal.demo.settle.recorded import leave_lines_open, write_marks
from commonweal.demo.spanish import called
from commonweal.demo.staff import Invention
from commonweal.people.models import Ask, Assessment, BareYes, Campaign, ChainLink, Occasion, Placement
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import RollEntry, Rung, StructureTest
from commonweal.structure_tests.words import Standing
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
    "March on the director": ("0.30", "0.20"),
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
    organizers: tuple[UUID, UUID],
    language: str,
    lot: int,
    at: datetime,
) -> None:
    """Stores the tests with their rolls, what was expected and what was recorded; the last is about to open."""
    dice = np.random.default_rng([lot, 7])
    ana = organizers[0]
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
        could_not, seen = _seen_at(occasion) if past else _to_be_seen(invention, people)
        _take_out(dice, invention, number, entries, could_not, seen)
        RollEntry.objects.bulk_create(entries)
        if order >= PREDICTED:
            expect(dice, invention, number, entries, act.difficulty, organizers, before)
        if order >= FORECAST:
            compute(test.pk, Silent(), by=ana, at=before)
        if past:
            _hold(dice, test, entries, opened, opened + timedelta(days=3), organizers, marked=order >= PREDICTED)
        if order == PETITION:
            leave_lines_open(dice, test, entries, organizers, opened + timedelta(days=4))


def _hold(
    dice: np.random.Generator,
    test: StructureTest,
    entries: list[RollEntry],
    opened: datetime,
    closed: datetime,
    organizers: tuple[UUID, UUID],
    *,
    marked: bool,
) -> None:
    """It opened, what was seen was written down, and it closed; what was forecast is scored."""
    by, _colleague = organizers
    test.state, test.opened_at, test.opened_by, test.closed_at, test.closed_by = "closed", opened, by, closed, by
    test.save()
    _belong_to(entries, test.occasion, closed)
    if marked:
        write_marks(dice, entries, test.occasion, opened, organizers)
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
    could_not: set[UUID],
    seen: set[UUID],
) -> None:
    """Who could not take part: on leave, or kept back with the patients; of those of whom nothing was seen, a few."""
    for entry in entries:
        free = entry.person_id in could_not or entry.person_id not in seen
        if free and dice.random() < (0.5 if entry.person_id in could_not else 0.08):
            here = DEPARTMENTS[invention.staff.unit[number[entry.person_id]]].name
            entry.standing = Standing.COVER if here in COVERED and dice.random() < 0.7 else Standing.LEAVE


def _seen_at(occasion: Occasion) -> tuple[set[UUID], set[UUID]]:
    """Who could not on the day, and of whom anything was seen."""
    asks = Ask.objects.filter(occasion=occasion)
    could_not = set(asks.filter(outcome=Outcome.COULD_NOT).values_list("asked", flat=True))
    signed = BareYes.objects.filter(occasion=occasion).values_list("person", flat=True)
    return could_not, {*asks.values_list("asked", flat=True), *signed}


def _to_be_seen(invention: Invention, people: list[UUID]) -> tuple[set[UUID], set[UUID]]:
    """The same of the act that is to come."""
    could_not = {people[person] for _, person, outcome in invention.coming if outcome == Outcome.COULD_NOT}
    return could_not, {people[person] for _, person, _ in invention.coming}


def _belong_to(entries: list[RollEntry], occasion: Occasion, closed: datetime) -> None:
    """What was seen of each came by her line of the roll before the test closed, so that a correction there replaces it."""
    entry_of = {entry.person_id: entry for entry in entries}
    asks = [ask for ask in Ask.objects.filter(occasion=occasion) if ask.asked_id in entry_of]
    for ask in asks:
        ask.source, ask.entered_at = source_of(entry_of[ask.asked_id].pk), closed
    Ask.objects.bulk_update(asks, ["source", "entered_at"], batch_size=200)
    BareYes.objects.filter(occasion=occasion).update(entered_at=closed)
