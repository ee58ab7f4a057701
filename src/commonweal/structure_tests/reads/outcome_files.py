"""What each row of a table of outcomes would do, before it does it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from typing import NamedTuple
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.ledger.models import Entry
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.marks import states_of
from commonweal.structure_tests.reads.roll import roll_of
from commonweal.structure_tests.rules.codes import letters_of, read_code
from commonweal.structure_tests.rules.outcome_files import Columns, outcome_of

NEW, CHANGES, SAME = "new", "changes", "same"
NO_CODE, OTHER_TEST, BAD_DIGIT, NOBODY, SEVERAL, NO_OUTCOME, TWICE, NO_ASKER = (
    "no_code", "other_test", "bad_digit", "nobody", "several", "no_outcome", "twice", "no_asker",
)  # fmt: skip


class OnRoll(NamedTuple):
    """Somebody's place on the roll."""

    entry: UUID
    line: int
    person: UUID


Find = Callable[[str], OnRoll | str]
"""Whom a cell means, or why nobody."""


@dataclass
class FileRow:
    """One row of the file: on which line it stands, what was typed, what it would do or what is wrong with it. `asker`
    asked her, by the file; None where it says that nobody did, or has no column for it."""

    at: int
    who: str
    said: str
    asked_by: str = ""
    verdict: str = ""
    outcome: str = ""
    before: str = ""
    her: OnRoll | None = None
    asker: OnRoll | None = None

    @property
    def good(self) -> bool:
        """It can be kept."""
        return self.verdict in (NEW, CHANGES, SAME)


def rows_of_file(
    scope: Scope, test: StructureTest, columns: Columns, table: Sequence[tuple[int, list[str]]]
) -> list[FileRow]:
    """Each row with its verdict; five queries."""
    rows = [
        FileRow(at, _cell(cells, columns.who), _cell(cells, columns.outcome), _cell(cells, columns.asker))
        for at, cells in (table[1:] if columns.titled else table)
    ]
    wanted = {word for row in rows for word in (row.who, row.asked_by) if word}
    find = _by_code(scope, test) if columns.by_code else _by_number(scope, test, wanted)
    seen: dict[UUID, FileRow] = {}
    for row in rows:
        row.verdict = _wrong_with(row, find)
        if not row.verdict and row.her is not None:
            row.verdict = TWICE if row.her.entry in seen else ""
            seen.setdefault(row.her.entry, row)
    states = states_of(test, {entry: row.her.person for entry, row in seen.items() if row.her})
    for entry, row in seen.items():
        state = states[entry]
        row.before = state.outcome
        asker = row.asker.person if row.asker else None
        same = row.before == row.outcome and (columns.asker is None or state.asker == asker)
        row.verdict = SAME if same else CHANGES if row.before else NEW
    return rows


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place].strip()[:80] if place is not None and place < len(cells) else ""


def _wrong_with(row: FileRow, find: Find) -> str:
    """Finds whom the row means, who asked her and what came of it; why that cannot be, empty where it can."""
    found = find(row.who)
    if isinstance(found, str):
        return found
    asker = find(row.asked_by) if row.asked_by else None
    if isinstance(asker, str):
        return NO_ASKER
    row.her, row.asker, row.outcome = found, asker, outcome_of(row.said) or ""
    return "" if row.outcome else NO_OUTCOME


def _by_code(scope: Scope, test: StructureTest) -> Find:
    there = {row.line: row for row in starmap(OnRoll, roll_of(scope, test).values_list("pk", "line", "person"))}

    def find(text: str) -> OnRoll | str:
        read = read_code(test.pk, text)
        if read is None:
            return NO_CODE
        if read.letters and read.letters != letters_of(test.pk):
            return OTHER_TEST
        if not read.fits:
            return BAD_DIGIT
        return there.get(read.line, NOBODY)

    return find


def _by_number(scope: Scope, test: StructureTest, wanted: set[str]) -> Find:
    there: dict[str, list[OnRoll]] = {}
    people = roll_of(scope, test).exclude(person__outside_number="")
    for number, entry, line, person in people.values_list("person__outside_number", "pk", "line", "person"):
        if number in wanted:
            there.setdefault(number, []).append(OnRoll(entry, line, person))

    def find(text: str) -> OnRoll | str:
        found = there.get(text, [])
        if len(found) == 1:
            return found[0]
        return SEVERAL if found else NOBODY

    return find


@dataclass(frozen=True)
class Brought:
    """A file that somebody brought: its upload, when, how many rows it had kept."""

    upload: UUID
    at: datetime
    rows: int


def files_brought(test: StructureTest, by: UUID) -> list[Brought]:
    """The files that somebody brought to a test and has not taken back, the latest first; one query."""
    verbs = ("brought_outcomes", "took_back_outcomes")
    acts = Entry.objects.filter(subject=test.pk, verb__in=verbs, actor=by).order_by("number")
    found: dict[str, Brought] = {}
    for verb, at, facts in acts.values_list("verb", "at", "facts"):
        upload = facts.get("upload", "")
        if verb == "took_back_outcomes":
            found.pop(upload, None)
        elif upload:
            found[upload] = Brought(UUID(upload), at, facts["rows"])
    return list(reversed(found.values()))
