"""Recording what came of people: each mark counts once, and the hall's ask follows from all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.common.ids import new_id
from commonweal.ledger.writes import record_many
from commonweal.people.models import Ask
from commonweal.people.writes.bulk import add_rows, change_rows
from commonweal.structure_tests.models import Mark, RollEntry, StructureTest
from commonweal.structure_tests.reads.tests import names_nobody
from commonweal.structure_tests.reads.verdicts import verdicts_of
from commonweal.structure_tests.rules.marks import Verdict, seen_within
from commonweal.structure_tests.rules.states import CLOSED, may
from commonweal.structure_tests.writes.refusals import SecretBallot
from commonweal.structure_tests.writes.state import not_now

COLUMNS = (
    "id", "entry_id", "outcome", "asker_id", "asked_again", "how", "seen_at", "received_at", "by", "settles",
)  # fmt: skip


@dataclass(frozen=True)
class NewMark:
    """What somebody recorded: `id` from where it was recorded; outcome "" takes back what she said before."""

    id: UUID
    entry: UUID
    outcome: str
    asker: UUID | None = None
    asked_again: bool = False
    seen_at: datetime | None = None
    settles: bool = False


@dataclass(frozen=True)
class Recorded:
    """What became of the marks: how many are new, how many were there before, whose lines two people see differently,
    and how each entry stands now. `late`: the test had closed, so that they are corrections."""

    new: int
    again: int
    contested: frozenset[UUID]
    now: Mapping[UUID, Verdict]
    late: bool = False


@transaction.atomic
def record_marks(test: StructureTest, marks: Iterable[NewMark], *, how: str, by: UUID, at: datetime) -> Recorded:
    """Keeps marks, all or none, and lets the standing ask of each person follow.

    Shapes: of several marks with one id the first counts, now and ever; marks of entries that are not on the roll
    are left out. Raises NotNow before the opening, SecretBallot. A dozen statements, however many marks.
    """
    row = StructureTest.objects.select_related("occasion").get(pk=test.pk)
    if not may("mark", row.state):
        raise not_now("mark", row)
    if names_nobody(row):
        raise SecretBallot
    given: dict[UUID, NewMark] = {}
    for mark in marks:
        given.setdefault(mark.id, mark)
    # Whoever records the same person at this moment waits: the verdict is over all marks of her.
    ids = {mark.entry for mark in given.values()}
    lines = RollEntry.objects.select_for_update().filter(test=row, pk__in=ids).order_by("pk")
    entries = dict(lines.values_list("pk", "person"))
    there = set(Mark.objects.filter(pk__in=list(given)).values_list("pk", flat=True))
    wanted = [mark for mark in given.values() if mark.entry in entries]
    fresh = [mark for mark in wanted if mark.id not in there]
    assert row.opened_at is not None
    rows = [
        (
            mark.id,
            mark.entry,
            mark.outcome,
            None if mark.asker == entries[mark.entry] else mark.asker,
            mark.asked_again,
            how,
            seen_within(mark.seen_at, row.opened_at, at),
            at,
            by,
            mark.settles,
        )
        for mark in fresh
    ]
    add_rows(Mark, rows, COLUMNS)
    now = verdicts_of(entries)
    _let_asks_follow(row, {key: entries[key] for key in {mark.entry for mark in fresh}}, now, by, at)
    contested = frozenset(key for key, one in now.items() if one.contested)
    return Recorded(len(fresh), len(wanted) - len(fresh), contested, now, row.state == CLOSED)


def source_of(entry: UUID) -> str:
    """Where the hall's ask of an entry comes from: one for each line of each roll."""
    return f"test:{entry}"


def _let_asks_follow(
    test: StructureTest, entries: Mapping[UUID, UUID], now: Mapping[UUID, Verdict], by: UUID, at: datetime
) -> None:
    """Replaces or adds the ask of each entry where it says something else than the marks."""
    rows = _asks_to_follow(test, entries, now)
    replaced, new, facts = [], [], []
    for entry, person in entries.items():
        said, old = now[entry], rows.get(entry)
        wanted = (said.asker, said.outcome)
        if old is None and not said.outcome:
            continue
        if old is not None and (old.withdrawn if not said.outcome else not old.withdrawn and says(old) == wanted):
            continue
        key, source = new_id(), old.source if old is not None else source_of(entry)
        if old is not None:
            replaced.append((key, old.pk))
            who, outcome = wanted if said.outcome else says(old)
        else:
            who, outcome = wanted
        new.append((key, test.occasion_id, who, person, outcome, source, at, by, None, not said.outcome))
        facts.append((person, {"kind": "ask", "row": str(key), "test": str(test.pk)}))
    # The old rows first: a source may have one row that nothing replaced. The key is checked at the end.
    change_rows(Ask, ("replaced_by_id",), replaced)
    add_rows(Ask, new)
    if facts:
        record_many("recorded_outcome", facts, by=by, at=at, subject_kind="person")


def says(ask: Ask) -> tuple[Any, str]:
    """Who asked, and what came of it."""
    return ask.asker_id, ask.outcome


def _asks_to_follow(test: StructureTest, entries: Mapping[UUID, UUID], now: Mapping[UUID, Verdict]) -> dict[UUID, Ask]:
    """The row of the hall that says what the marks of an entry say: its own, or where it has none yet, one that was
    written down by another way with the same asker, so that nobody is asked twice by one."""
    entry_of = {person: entry for entry, person in entries.items()}
    found: dict[UUID, Ask] = {}
    others: dict[UUID, Ask] = {}
    asks = Ask.objects.filter(occasion=test.occasion_id, asked__in=list(entry_of), replaced_by=None)
    for ask in asks.order_by("entered_at", "pk"):
        entry = entry_of[ask.asked_id]
        if ask.source == source_of(entry):
            found[entry] = ask
        elif not ask.withdrawn and (ask.asker_id == now[entry].asker or not now[entry].outcome):
            others.setdefault(entry, ask)
    return others | found
