"""Rows of a delimited text, each with the number of the line it begins on."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from commonweal.exchange.rules.encodings import guessed_encoding
from commonweal.exchange.rules.limits import LONGEST_CELL, LONGEST_LINE, MOST_COLUMNS, MOST_ROWS, FileRefused

DELIMITERS = (",", ";", "\t", "|")
Row = tuple[int, list[str]]
HEAD = 1 << 16


def guessed_delimiter(content: bytes, encoding: str) -> str:
    """The sign between the cells: the one that cuts most lines into the same number of pieces."""
    head = content[: HEAD * (2 if "16" in encoding else 4 if "32" in encoding else 1)].decode(encoding, errors="ignore")
    said = head.lstrip("\ufeff")[:6].lower()
    if said.startswith("sep=") and len(said) > 4 and said[4] in DELIMITERS:
        return head.lstrip("\ufeff")[4]
    lines = head.splitlines(keepends=True)
    lines = lines[: max(1, len(lines) - 1)][:120]
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row))
        except csv.Error:
            continue
        score = sum(count * (min(width, 12) - 1) for width, count in widths.items() if width > 1)
        even = max((count for width, count in widths.items() if width > 1), default=0) / max(1, sum(widths.values()))
        if score * even > most:
            best, most = delimiter, score * even
    return best


def rows_of(content: bytes, *, encoding: str = "", delimiter: str = "") -> Iterator[Row]:
    """The rows with their line numbers, blank ones left out. Raises FileRefused where the text
    cannot be read so: wrong encoding, a cell without end, too many rows or columns."""
    encoding = encoding or guessed_encoding(content)
    delimiter = delimiter or guessed_delimiter(content, encoding)
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="strict", newline="")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_sound(text), delimiter=delimiter)
    begin, count = 1, 0
    try:
        for cells in reader:
            line, begin = begin, reader.line_num + 1
            if line == 1 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep="):
                continue
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise FileRefused("rows", line=line)
            if len(cells) > MOST_COLUMNS:
                cells = _trimmed(cells)
                if len(cells) > MOST_COLUMNS:
                    raise FileRefused("columns", line=line)
            yield line, cells
    except UnicodeDecodeError:
        raise FileRefused("encoding", line=begin, fact=encoding) from None
    except csv.Error:
        raise FileRefused("cell", line=begin) from None


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _sound(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines, none with NUL bytes and none without end."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if "\0" in line:
            raise FileRefused("nul", line=number)
        if len(line) >= LONGEST_LINE:
            raise FileRefused("line", line=number)
        yield line
