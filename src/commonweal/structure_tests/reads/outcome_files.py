"""What each row of a table of outcomes would do, before it does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.ledger.models import Entry
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.marks import states_of
from commonweal.structure_tests.reads.roll import roll_of
from commonweal.structure_tests.rules.codes import letters_of, read_code
from commonweal.structure_tests.rules.outcome_files import Columns, outcome_of

NEW, CHANGES, SAME = "new", "changes", "same"
NO_CODE, OTHER_TEST, BAD_DIGIT, NOBODY, SEVERAL, NO_OUTCOME, TWICE = (
    "no_code", "other_test", "bad_digit", "nobody", "several", "no_outcome", "twice",
)  # fmt: skip


@dataclass
class FileRow:
    """One row of the file: on which line it stands, what was typed, what it would do or what is wrong with it."""

    at: int
    who: str
    said: str
    verdict: str = ""
    outcome: str = ""
    before: str = ""
    entry: UUID | None = None
    line: int = 0

    @property
    def good(self) -> bool:
        """It can be kept."""
        return self.verdict in (NEW, CHANGES, SAME)


def rows_of_file(
    scope: Scope, test: StructureTest, columns: Columns, table: Sequence[tuple[int, list[str]]]
) -> list[FileRow]:
    """Each row with its verdict; six queries."""
    rows = [
        FileRow(at, _cell(cells, columns.who), _cell(cells, columns.outcome))
        for at, cells in (table[1:] if columns.titled else table)
    ]
    _find_by_code(scope, test, rows) if columns.by_code else _find_by_number(scope, test, rows)
    seen: dict[UUID, FileRow] = {}
    for row in rows:
        if row.verdict or row.entry is None:
            continue
        outcome = outcome_of(row.said)
        if outcome is None:
            row.verdict = NO_OUTCOME
        elif row.entry in seen:
            row.verdict = TWICE
        else:
            row.outcome = outcome
            seen[row.entry] = row
    people = dict(roll_of(scope, test).filter(pk__in=list(seen)).values_list("pk", "person"))
    states = states_of(test, people)
    for entry, row in seen.items():
        row.before = states[entry].outcome
        row.verdict = SAME if row.before == row.outcome else CHANGES if row.before else NEW
    return rows


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip()[:80] if place < len(cells) else ""


def _find_by_code(scope: Scope, test: StructureTest, rows: list[FileRow]) -> None:
    there = dict(roll_of(scope, test).values_list("line", "pk"))
    for row in rows:
        read = read_code(test.pk, row.who)
        if read is None:
            row.verdict = NO_CODE
        elif read.letters and read.letters != letters_of(test.pk):
            row.verdict = OTHER_TEST
        elif not read.fits:
            row.verdict = BAD_DIGIT
        elif read.line not in there:
            row.verdict = NOBODY
        else:
            row.line, row.entry = read.line, there[read.line]


def _find_by_number(scope: Scope, test: StructureTest, rows: list[FileRow]) -> None:
    there: dict[str, list[tuple[UUID, int]]] = {}
    wanted = {row.who for row in rows if row.who}
    people = roll_of(scope, test).exclude(person__outside_number="")
    for number, entry, line in people.values_list("person__outside_number", "pk", "line"):
        if number in wanted:
            there.setdefault(number, []).append((entry, line))
    for row in rows:
        found = there.get(row.who, [])
        if len(found) == 1:
            row.entry, row.line = found[0]
        else:
            row.verdict = SEVERAL if found else NOBODY


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
