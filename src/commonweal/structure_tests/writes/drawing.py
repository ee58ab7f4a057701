"""The roll of a test, drawn from those who stand in the campaign's units: at once, or where they are many in the background."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from commonweal.common.ids import IdsTogether
from commonweal.common.scope import EVERYTHING
from commonweal.common.work import Report, ask_for
from commonweal.ledger.writes import record
from commonweal.people.models import ChainLink, Placement
from commonweal.people.reads.units import unit_choices
from commonweal.people.writes.bulk import add_rows, change_rows, chunks, remove_rows
from commonweal.structure_tests.models import Prediction, RollEntry, StructureTest
from commonweal.structure_tests.reads.tests import units_of
from commonweal.structure_tests.words import DRAWING, Standing
from commonweal.structure_tests.writes.refusals import NotNow
from commonweal.structure_tests.writes.state import locked_for

KIND = "structure_test"
AT_ONCE = 20_000
"""So many people are drawn while their organizer waits; more in the background."""
CHUNK = 5_000
"""Lines that are written together in the background."""
COLUMNS = ("id", "test_id", "person_id", "unit_id", "shift_id", "standing", "leader_id", "asker_id", "stance", "line")


@dataclass(frozen=True)
class Drawn:
    """What a draw did: people added, people who stand there no longer, people who moved."""

    added: int
    gone: int
    moved: int


@dataclass(frozen=True)
class Changes:
    """What makes a roll what the placements of this moment say: new rows, lines (unit, shift, id) of those who moved,
    lines of those who left."""

    new: list[tuple[Any, ...]]
    moved: list[tuple[UUID, UUID | None, UUID]]
    gone: list[UUID]


@transaction.atomic
def redraw(*, test: StructureTest, by: UUID, at: datetime) -> Drawn | None:
    """Draws the roll again: whoever came is added, whoever left is taken out, and what was set of the others stays,
    with the numbers that may stand on paper already. None where it was begun in the background. Raises NotNow."""
    row = locked_for("draw", test.pk)
    drawn = draw(row, by=by, at=at)
    if drawn is not None:
        _into_ledger(row, drawn, by, at)
    return drawn


def draw(test: StructureTest, *, by: UUID | None, at: datetime) -> Drawn | None:
    """The roll as the placements of this moment have it, numbered by unit, shift and name; in the caller's transaction.
    None where they are so many that it is asked for as background work. Six queries, and one statement each for those
    who came, went and moved."""
    if _stand_there(test).count() > AT_ONCE:
        ask_for(DRAWING, subject=test.pk, by=by, at=at)
        return None
    changes = changes_of(test)
    _let_go_and_move(changes)
    add_rows(RollEntry, changes.new, COLUMNS)
    return Drawn(len(changes.new), len(changes.gone), len(changes.moved))


def draw_in_background(subject: UUID | None, report: Report, *, by: UUID | None, at: datetime) -> None:
    """The same in small parts, each whole: stopped and taken up again it goes on where it was. A test that has opened
    meanwhile, or is gone, stays as it is."""
    rows = StructureTest.objects.select_related("occasion__campaign")
    test = rows.filter(pk=subject).first() if subject else None
    if test is None:
        return
    changes = changes_of(test)
    done, total = 0, len(changes.new)
    report.step(done, total)
    try:
        with transaction.atomic():
            locked_for("draw", test.pk)
            _let_go_and_move(changes)
        for some in chunks(changes.new, CHUNK):
            with transaction.atomic():
                locked_for("draw", test.pk)
                add_rows(RollEntry, some, COLUMNS)
            done += len(some)
            report.step(done, total)
    except (NotNow, StructureTest.DoesNotExist):
        return
    with transaction.atomic():
        _into_ledger(test, Drawn(total, len(changes.gone), len(changes.moved)), by, at)


def changes_of(test: StructureTest) -> Changes:
    """What a draw would change; five queries."""
    placed = in_order(placed_now(test))
    there = {
        person: (key, unit, shift)
        for key, person, unit, shift in RollEntry.objects.filter(test=test)
        .order_by()
        .values_list("pk", "person", "unit", "shift")
    }
    top = RollEntry.objects.filter(test=test).aggregate(top=Max("line"))["top"] or 0
    links = ChainLink.objects.filter(campaign=test.occasion.campaign_id, until=None).order_by()
    leader_of = dict(links.values_list("follower_id", "leader_id"))
    new: list[tuple[Any, ...]] = []
    moved, ids = [], IdsTogether()
    for person, unit, shift in placed:
        if (found := there.pop(person, None)) is None:
            top, leader = top + 1, leader_of.get(person)
            new.append((ids.new(), test.pk, person, unit, shift, Standing.ELIGIBLE.value, leader, leader, "", top))
        elif found[1:] != (unit, shift):
            moved.append((unit, shift, found[0]))
    return Changes(new, moved, [row[0] for row in there.values()])


def placed_now(test: StructureTest) -> list[tuple[UUID, UUID, UUID | None, int, str]]:
    """Who has her main place in the campaign's units now: person, unit, shift, its place in the order, name to sort by."""
    columns = ("person", "unit", "shift", "shift__position", "person__sort_name")
    return list(_stand_there(test).values_list(*columns))


def in_order(
    placed: Iterable[tuple[UUID, UUID, UUID | None, int | None, str]],
) -> list[tuple[UUID, UUID, UUID | None]]:
    """Persons with unit and shift in the order of paper: units as in the tree, then shift, then name."""
    tree = {UUID(unit): place for place, (unit, _name) in enumerate(unit_choices(EVERYTHING))}
    rows = sorted(
        placed, key=lambda row: (tree.get(row[1], len(tree)), 99 if row[3] is None else row[3], row[4], row[0])
    )
    return [(person, unit, shift) for person, unit, shift, _position, _name in rows]


def _stand_there(test: StructureTest) -> QuerySet[Placement]:
    return Placement.objects.filter(
        main=True, until=None, unit__in=units_of(test.occasion.campaign), person__forgotten_at=None, person__merged_into=None
    ).order_by()  # fmt: skip


def _let_go_and_move(changes: Changes) -> None:
    """Takes out who left, with what was expected of them, and moves who moved. A test that has not opened has no marks."""
    for some in chunks(changes.gone, CHUNK):
        Prediction.objects.filter(entry__in=some).delete()
    remove_rows(RollEntry, changes.gone)
    change_rows(RollEntry, ("unit_id", "shift_id"), changes.moved)


def _into_ledger(test: StructureTest, drawn: Drawn, by: UUID | None, at: datetime) -> None:
    facts = {"people": drawn.added, "gone": drawn.gone, "moved": drawn.moved}
    record("drew_roll", by=by, at=at, subject_kind=KIND, subject=test.pk, facts=facts)
