"""The roll of a test: drawn from those who stand in the campaign's units; who can take part, and who asks whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from commonweal.common.ids import IdsTogether
from commonweal.common.scope import EVERYTHING
from commonweal.ledger.writes import record
from commonweal.people.models import ChainLink, Placement
from commonweal.people.reads.units import unit_choices
from commonweal.people.writes.bulk import add_rows, change_rows, remove_rows
from commonweal.structure_tests.models import Prediction, RollEntry, StructureTest
from commonweal.structure_tests.reads.tests import units_of
from commonweal.structure_tests.rules.eligibility import asker_of, may_be_asked
from commonweal.structure_tests.words import Standing
from commonweal.structure_tests.writes.refusals import CannotBeAsked
from commonweal.structure_tests.writes.state import locked_for

KIND = "structure_test"
COLUMNS = ("id", "test_id", "person_id", "unit_id", "shift_id", "standing", "leader_id", "asker_id", "stance", "line")


@dataclass(frozen=True)
class Drawn:
    """What a draw did: people added, people who stand there no longer, people who moved."""

    added: int
    gone: int
    moved: int


@transaction.atomic
def redraw(*, test: StructureTest, by: UUID, at: datetime) -> Drawn:
    """Draws the roll again: whoever came is added, whoever left is taken out, and what was set of the others stays,
    with the numbers that may stand on paper already. Raises NotNow."""
    row = locked_for("draw", test.pk)
    drawn = draw(row)
    facts = {"people": drawn.added, "gone": drawn.gone, "moved": drawn.moved}
    record("drew_roll", by=by, at=at, subject_kind=KIND, subject=row.pk, facts=facts)
    return drawn


def draw(test: StructureTest) -> Drawn:
    """The roll as the placements of this moment have it, numbered by unit, shift and name; in the caller's transaction.
    Five queries, and one statement each for those who came, went and moved."""
    placed = in_order(placed_now(test))
    there = {
        person: (key, unit, shift, leader)
        for key, person, unit, shift, leader in RollEntry.objects.filter(test=test)
        .order_by()
        .values_list("pk", "person", "unit", "shift", "leader")
    }
    top = RollEntry.objects.filter(test=test).aggregate(top=Max("line"))["top"] or 0
    links = ChainLink.objects.filter(campaign=test.occasion.campaign_id, until=None).order_by()
    leader_of = dict(links.values_list("follower_id", "leader_id"))
    new, moved, ids = [], [], IdsTogether()
    for person, unit, shift in placed:
        if (found := there.pop(person, None)) is None:
            top, leader = top + 1, leader_of.get(person)
            new.append((ids.new(), test.pk, person, unit, shift, Standing.ELIGIBLE.value, leader, leader, "", top))
        elif found[1:3] != (unit, shift):
            moved.append((unit, shift, found[0]))
    remove_rows(RollEntry, _without_marks([row[0] for row in there.values()]))
    change_rows(RollEntry, ("unit_id", "shift_id"), moved)
    add_rows(RollEntry, new, COLUMNS)
    return Drawn(len(new), len(there), len(moved))


def placed_now(test: StructureTest) -> list[tuple[UUID, UUID, UUID | None, int, str]]:
    """Who has her main place in the campaign's units now: person, unit, shift, its place in the order, name to sort by."""
    places = Placement.objects.filter(
        main=True, until=None, unit__in=units_of(test.occasion.campaign), person__forgotten_at=None, person__merged_into=None
    ).order_by()  # fmt: skip
    return list(places.values_list("person", "unit", "shift", "shift__position", "person__sort_name"))


def in_order(
    placed: Iterable[tuple[UUID, UUID, UUID | None, int | None, str]],
) -> list[tuple[UUID, UUID, UUID | None]]:
    """Persons with unit and shift in the order of paper: units as in the tree, then shift, then name."""
    tree = {UUID(unit): place for place, (unit, _name) in enumerate(unit_choices(EVERYTHING))}
    rows = sorted(
        placed, key=lambda row: (tree.get(row[1], len(tree)), 99 if row[3] is None else row[3], row[4], row[0])
    )
    return [(person, unit, shift) for person, unit, shift, _position, _name in rows]


@transaction.atomic
def set_standing(*, test: StructureTest, entries: Collection[UUID], standing: str, by: UUID, at: datetime) -> int:
    """Says of people on the roll whether they can take part; who cannot is asked by nobody. How many changed.
    Raises NotNow."""
    row = locked_for("set_standing", test.pk)
    changed = 0
    for some in _chunks(entries):
        lines = RollEntry.objects.filter(test=row, pk__in=some).exclude(standing=standing)
        asker = F("leader") if may_be_asked(standing) else None
        changed += lines.update(standing=standing, asker=asker)
    if changed:
        facts = {"people": changed, "standing": standing}
        record("set_standing", by=by, at=at, subject_kind=KIND, subject=row.pk, facts=facts)
    return changed


@transaction.atomic
def assign_asks(*, test: StructureTest, entries: Collection[UUID], asker: UUID | None, by: UUID, at: datetime) -> int:
    """Says who is to ask some people on the roll; None gives each back to the leader with whom she walks.

    She does not become anybody's leader by it. An asker is never given herself: she keeps whoever asks her.
    How many changed. Raises NotNow, CannotBeAsked.
    """
    row = locked_for("assign", test.pk)
    lines = [
        line for some in _chunks(entries)
        for line in RollEntry.objects.filter(test=row, pk__in=some).values_list("pk", "person", "standing", "leader", "asker")
    ]  # fmt: skip
    cannot = tuple((key, where) for key, _person, where, _leader, _asker in lines if not may_be_asked(where))
    if cannot:
        raise CannotBeAsked(cannot)
    changed = []
    for key, person, where, leader, now in lines:
        to = asker_of(where, None if asker == person else asker, now if asker == person else leader)
        if to != now:
            changed.append((to, key))
    change_rows(RollEntry, ("asker_id",), changed)
    if changed:
        facts = {"people": len(changed), "asker": str(asker) if asker else None}
        record("assigned_asks", by=by, at=at, subject_kind=KIND, subject=row.pk, facts=facts)
    return len(changed)


def _without_marks(entries: list[UUID]) -> list[UUID]:
    """These entries, with what was expected of them taken out first. A test that has not opened has no marks."""
    for some in _chunks(entries):
        Prediction.objects.filter(entry__in=some).delete()
    return entries


def _chunks(ids: Collection[UUID]) -> Iterable[list[UUID]]:
    all_ids = list(ids)
    for start in range(0, len(all_ids), 5000):
        yield all_ids[start : start + 5000]
