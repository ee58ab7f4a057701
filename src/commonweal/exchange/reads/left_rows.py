"""The rows that are not brought in, to be mended in a spreadsheet and brought again."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.rules.guarding import guarded
from commonweal.exchange.rules.records import Record

LEFT = ("bad", "unclear")
AT_ONCE = 500


@dataclass
class LeftRow:
    """A row as it stands in the file, the line it begins on, and why it is not brought in: codes, each problem
    with its column (from 1; 0: the row as a whole)."""

    line: int
    verdict: str
    reason: str
    problems: list[tuple[str, int]]
    cells: list[str]


def left_rows(batch: ImportBatch, verdicts: Sequence[str] = LEFT) -> Iterator[LeftRow]:
    """The rows with these verdicts whose values are still kept, in the order of the file."""
    for row in _kept(batch, verdicts).order_by("line").iterator(chunk_size=AT_ONCE):
        record = json.loads(str(row.values))
        problems = [(code, place) for code, place in row.problems]
        yield LeftRow(row.line, row.verdict, row.reason, problems, record.get("cells") or _as_cells(record))


def has_left_rows(batch: ImportBatch, verdicts: Sequence[str] = LEFT) -> bool:
    """True while there is something to give back."""
    return _kept(batch, verdicts).exists()


def left_rows_csv(
    batch: ImportBatch, *, titles: tuple[str, str], say: Callable[[str], str], verdicts: Sequence[str] = LEFT
) -> Iterator[str]:
    """The rows as CSV, a piece at a time: the file's own columns first, then the line and the reason.

    `titles` name the two columns that are added, `say` words a code. No cell is computed by a spreadsheet.
    """
    own = [title or "" for title in batch.settings.get("titles", [])]
    yield "\ufeff" + _line([*own, *titles])
    for row in left_rows(batch, verdicts):
        cells = [*row.cells, *[""] * (len(own) - len(row.cells))]
        codes = list(dict.fromkeys([row.reason, *(code for code, _ in row.problems)]))
        yield _line([*cells, str(row.line), " ".join(say(code) for code in codes if code)])


def _kept(batch: ImportBatch, verdicts: Sequence[str]) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(batch=batch, verdict__in=verdicts).exclude(values=b"")


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def _as_cells(record: Record) -> list[str]:
    """The names in a row whose cells are no longer kept."""
    people = [
        record[part] for part in ("from", "a", "b", "asked", "asker", "who") if isinstance(record.get(part), dict)
    ]
    texts = [record.get("name", ""), *(one.get("text", "") for one in people)]
    return [text for text in texts if text]
