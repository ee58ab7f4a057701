"""One text file as columns, or every reason why not."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from commonweal.reckoning.plain_files.words import gettext as _
from commonweal.reckoning.plain_files.words import ngettext

MOST_PROBLEMS = 20
MOST_BYTES = 2 * 1024**3
LONGEST_CELL = 10_000
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True)
class Problem:
    """Why a file cannot be trusted, and where: line 0 is the file itself, column "" the whole line."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = ", " + _("line %(line)d") % {"line": self.line} if self.line else ""
        place += ", " + _("column %(column)s") % {"column": self.column} if self.column else ""
        return f"{self.file}{place}: {self.reason}"


class FilesRefused(ValueError):
    """At least one file cannot be trusted; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems[:3]))


@dataclass
class Table:
    """A file's columns as lists of text, stripped, with the line on which each row ends."""

    file: str
    columns: dict[str, list[str]]
    lines: list[int]
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    def doubt(self, row: int, column: str, reason: str) -> None:
        """Remember a reason to refuse the file; after twenty there is no point in looking further."""
        self.problems.append(Problem(self.file, self.lines[row], column, reason))
        if len(self.problems) >= MOST_PROBLEMS:
            raise FilesRefused(self.problems)

    def settle(self) -> None:
        """Refuse the file if there was a reason to."""
        if self.problems:
            raise FilesRefused(self.problems)

    def filled(self, column: str) -> list[str]:
        """A column in which every row must have something; names of people and tests."""
        values = self.columns[column]
        if "" in values:
            for row, value in enumerate(values):
                if not value:
                    self.doubt(row, column, _("is empty"))
        return values


def read_table(path: Path, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Table:
    """The file's columns by name, whatever it was saved by: any common encoding, separator and line ending.

    Shapes: `required` and `optional` names of columns; one text per row and column, stripped, in one form of
    Unicode.
    Errors: FilesRefused: unreadable, empty, a required column missing, or rows of several lengths.
    Cost: O(letters); files above 2 GB are refused.
    """
    name = path.name
    text = _text(path)
    lines = text.split("\n", 2)
    separator = None
    skipped = 0
    if lines[0].strip().lower().startswith("sep=") and len(lines[0].strip()) == 5:
        separator, skipped = lines[0].strip()[4], 1
        text = text.split("\n", 1)[1] if "\n" in text else ""
    heading = next((line for line in text.split("\n") if line.strip()), "")
    if not heading:
        raise FilesRefused([Problem(name, 0, "", _("is empty: it needs a line with the names of its columns"))])
    separator = separator or max(SEPARATORS, key=heading.count)
    rows, ends = _rows(name, text, separator, skipped)
    places = _places(name, rows[0], ends[0], required, optional)
    table = Table(name, {}, ends[1:])
    _note_extra(table, rows[0], places)
    body = rows[1:]
    _refuse_ragged(table, body, len(rows[0]), places)
    normal = text.isascii()
    for column, place in places.items():
        values = [row[place].strip() if place < len(row) else "" for row in body]
        table.columns[column] = values if normal else [unicodedata.normalize("NFC", value) for value in values]
    return table


def _text(path: Path) -> str:
    """What the file says, decoded and with plain line endings."""
    name = path.name
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FilesRefused([Problem(name, 0, "", _("is larger than 2 GB; split it or leave out columns"))])
        raw = path.read_bytes()
    except OSError as error:
        raise FilesRefused([Problem(name, 0, "", _unreadable(error))]) from error
    if raw[:4] == b"PK\x03\x04" or raw[:4] == b"\xd0\xcf\x11\xe0":
        raise FilesRefused([Problem(name, 0, "", _("is a spreadsheet or an archive, not text; save it as CSV"))])
    text = _decoded(name, raw)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise FilesRefused([Problem(name, line, "", _("holds a byte that no text has; save it as CSV again"))])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unreadable(error: OSError) -> str:
    """That a file cannot be read, and why, in the reader's words where they are known."""
    known = {
        FileNotFoundError: _("there is no such file"),
        IsADirectoryError: _("it is a folder"),
        PermissionError: _("whoever runs this may not"),
    }
    return _("cannot be read: %(reason)s") % {"reason": known.get(type(error), error.strerror)}


def _decoded(name: str, raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif raw[:200:2].count(0) > len(raw[:200]) // 8:
        encodings = ["utf-16-be"]
    elif raw[1:200:2].count(0) > len(raw[:200]) // 8:
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    where = 0
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            where = raw.count(b"\n", 0, error.start) + 1
    raise FilesRefused([Problem(name, where, "", _("is neither UTF-8 nor UTF-16 nor Windows-1252 text"))])


def _rows(name: str, text: str, separator: str, skipped: int) -> tuple[list[list[str]], list[int]]:
    """Every row that is not blank, the heading first, and the line on which it ends."""
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            if any(row) and any(map(str.strip, row)):
                rows.append(row)
                ends.append(reader.line_num + skipped)
    except csv.Error as error:
        reason = _("cannot be split into cells: %(reason)s") % {"reason": error}
        raise FilesRefused([Problem(name, reader.line_num + skipped, "", reason)]) from error
    return rows, ends


def _places(
    name: str, heading: list[str], line: int, required: tuple[str, ...], optional: tuple[str, ...]
) -> dict[str, int]:
    """Where each known column stands."""
    found = [cell.strip().lower() for cell in heading]
    problems = []
    for column in (*required, *optional):
        if found.count(column) > 1:
            problems.append(Problem(name, line, column, _("stands twice in the heading")))
    for column in required:
        if column not in found:
            there = ", ".join(cell for cell in found if cell)[:200]
            problems.append(
                Problem(name, line, column, _("is missing; the heading has: %(columns)s") % {"columns": there})
            )
    if problems:
        raise FilesRefused(problems)
    return {column: found.index(column) for column in (*required, *optional) if column in found}


def _note_extra(table: Table, heading: list[str], places: dict[str, int]) -> None:
    used = set(places.values())
    unnamed = _("(column %(number)d)")
    extra = [cell.strip() or unnamed % {"number": place + 1} for place, cell in enumerate(heading) if place not in used]
    if extra:
        said = ngettext("%(file)s: ignored column %(columns)s", "%(file)s: ignored columns %(columns)s", len(extra))
        table.notes.append(said % {"file": table.file, "columns": ", ".join(extra)})


def _refuse_ragged(table: Table, body: list[list[str]], width: int, places: dict[str, int]) -> None:
    """Refuse rows that stop short of a column or hold more cells than the heading."""
    if all(len(row) == width for row in body) and not any(len(cell) > LONGEST_CELL for row in body for cell in row):
        return
    for row, cells in enumerate(body):
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            table.doubt(
                row, "", _("has %(cells)d cells under a heading of %(width)d") % {"cells": len(cells), "width": width}
            )
        missing = [column for column, place in places.items() if place >= len(cells)]
        if missing:
            table.doubt(
                row,
                missing[0],
                _("is missing: the line ends after %(cells)d of %(width)d cells")
                % {"cells": len(cells), "width": width},
            )
        for column, place in places.items():
            if place < len(cells) and len(cells[place]) > LONGEST_CELL:
                table.doubt(row, column, _("is longer than %(most)d characters") % {"most": LONGEST_CELL})
    table.settle()
