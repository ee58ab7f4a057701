"""How outcomes reached us: marks over the days of a test, some of them contested, and lines of paper nobody could read."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from commonweal.common.ids import new_id
from commonweal.people.models import Ask, BareYes, Occasion, Person
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import Mark, RollEntry, SignatureLine, StructureTest
from commonweal.structure_tests.words import How, LineState, Standing

CONTESTED = 2
"""So many people were written down differently by two who saw them, and nobody has settled it."""
UNREAD = 3
"""So many lines of the petition's paper wait for somebody who knows whose they are."""
SHEETS = (4, 4, 9)
LINES = (7, 11, 2)


def write_marks(
    dice: np.random.Generator,
    entries: list[RollEntry],
    occasion: Occasion,
    opened: datetime,
    organizers: tuple[UUID, UUID],
) -> None:
    """Line by line, over the days of the test."""
    entry_of = {entry.person_id: entry for entry in entries}
    found = Ask.objects.filter(occasion=occasion, replaced_by=None)
    asks = sorted((ask for ask in found if ask.asked_id in entry_of), key=lambda ask: entry_of[ask.asked_id].line)
    rows = []
    for ask in asks:
        hours = float(dice.gamma(2.0, 9.0 if ask.asker_id else 14.0))
        seen = opened + timedelta(hours=min(hours, 66.0))
        rows.append(_mark(dice, entry_of[ask.asked_id], ask, str(ask.outcome), seen, organizers[0]))
    open_to_doubt = [
        place
        for place, ask in enumerate(asks)
        if ask.outcome == Outcome.DID and ask.asker_id and entry_of[ask.asked_id].standing == Standing.ELIGIBLE
    ]
    for place in dice.choice(open_to_doubt, CONTESTED, replace=False):
        ask, first = asks[place], rows[place]
        later = first.seen_at + timedelta(hours=3)
        rows.append(_mark(dice, first.entry, ask, Outcome.DID_NOT, later, organizers[1]))
        ask.outcome = Outcome.UNKNOWN
        ask.save(update_fields=["outcome"])
    Mark.objects.bulk_create(rows)


def _mark(dice: np.random.Generator, entry: RollEntry, ask: Ask, outcome: str, seen: datetime, by: UUID) -> Mark:
    return Mark(
        id=new_id(),
        entry=entry,
        outcome=outcome,
        asker_id=ask.asker_id,
        asked_again=bool(dice.random() < 0.15),
        how=str(dice.choice([How.GRID, How.PHONE, How.SHEET], p=[0.4, 0.35, 0.25])),
        seen_at=seen,
        received_at=seen + timedelta(minutes=int(dice.integers(0, 90))),
        by=by,
    )


def leave_lines_open(
    dice: np.random.Generator,
    test: StructureTest,
    entries: list[RollEntry],
    organizers: tuple[UUID, UUID],
    at: datetime,
) -> None:
    """Some lines of the petition's sheets stay unread: names on paper that fit nobody, one read in two ways."""
    on_paper = BareYes.objects.filter(occasion=test.occasion)
    units = set(
        RollEntry.objects.filter(test=test, person__in=on_paper.values("person")).values_list("unit", flat=True)
    )
    signed = set(on_paper.values_list("person", flat=True))
    free = [
        entry
        for entry in entries
        if entry.unit_id in units and entry.person_id not in signed and entry.standing == Standing.ELIGIBLE
        and entry.leader_id
    ]  # fmt: skip
    chosen = [free[int(place)] for place in dice.choice(len(free), UNREAD, replace=False)]
    names = Person.objects.in_bulk([entry.person_id for entry in chosen])
    for order, entry in enumerate(chosen):
        person = names[entry.person_id]
        family = misread(person.family_name.split()[0])
        last = order == UNREAD - 1
        SignatureLine.objects.create(
            test=test,
            sheet=SHEETS[order],
            line=LINES[order],
            written=f"{person.given_name[:1]}. {family}",
            other_reading=f"{person.given_name} {family[:-1]}" if last else "",
            state=LineState.DISPUTED if last else LineState.WAITING,
            carried_by_id=entry.leader_id,
            read_at=at,
            read_by=organizers[order % 2],
        )


def misread(name: str) -> str:
    """A name as somebody copies it from a crumpled sheet: a letter twice, or once that stands there twice."""
    return name[:2] + name[3:] if name[2:3] == name[3:4] else name[:3] + name[2:]
