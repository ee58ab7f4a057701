"""The rows of one sheet of a workbook, as a stream; merged cells all show their text."""

import zipfile
from collections.abc import Iterator

from commonweal.exchange.rules import limits
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.serials import shown_number
from commonweal.exchange.rules.workbooks import MERGED, REFERENCE, Parsed, Row, Workbook, column_number, plain


def merged_cells(book: Workbook, part: str, most: int = 20_000) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell hidden under a merged one, the row and column of the cell that shows the text."""
    hidden: dict[tuple[int, int], tuple[int, int]] = {}
    kept = b""
    try:
        with book.package.open(part) as stream:
            while piece := stream.read(1 << 20):
                kept = kept[-100:] + piece
                for left, top, right, bottom in MERGED.findall(kept):
                    first = (int(top), column_number(left.decode()))
                    _hide(hidden, first, (int(bottom), column_number(right.decode())), most)
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, NotImplementedError):  # type: ignore[attr-defined]
        raise FileRefused("damaged") from None
    return hidden


def _hide(
    hidden: dict[tuple[int, int], tuple[int, int]], first: tuple[int, int], last: tuple[int, int], most: int
) -> None:
    """Notes the cells under a merged one; a merger over thousands of cells is a drawing and no table."""
    if (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > 5_000:
        return
    for row in range(first[0], last[0] + 1):
        for column in range(first[1], min(last[1], limits.MOST_COLUMNS) + 1):
            if (row, column) != first and len(hidden) < most:
                hidden[row, column] = first


class _SheetRows:
    """Collects the rows of a sheet as its elements go by."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.ready: list[tuple[int, list[str]]] = []
        self.cells: list[str] = []
        self.row = self.column = 0
        self.kind = self.style = ""
        self.inside = ""
        self.value: list[str] = []
        self.formula: list[str] = []
        self.length = 0

    def begun(self, name: str, found: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            place = REFERENCE.match(found.get("r", ""))
            self.column = column_number(place[1]) if place else self.column + 1
            self.kind, self.style = found.get("t", "n"), found.get("s", "")
            self.value.clear()
            self.formula.clear()
            self.length = 0
        elif local in ("v", "t", "f"):
            self.inside = local
        elif local == "row":
            number = found.get("r", "")
            self.row = int(number) if number.isdecimal() and len(number) < 9 else self.row + 1
            self.cells, self.column = [], -1

    def said(self, text: str) -> None:
        if self.inside:
            self.length += len(text)
            if self.length > limits.LONGEST_CELL:
                raise FileRefused("cell", line=self.row, column=self.column + 1)
            (self.formula if self.inside == "f" else self.value).append(text)

    def ended(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in ("v", "t", "f"):
            self.inside = ""
        elif local == "c":
            self._keep(self._shown())
        elif local == "row" and any(self.cells):
            self.ready.append((self.row, self.cells))

    def _keep(self, text: str) -> None:
        if not text:
            return
        if self.column >= limits.MOST_COLUMNS:
            raise FileRefused("columns", line=self.row)
        while len(self.cells) <= self.column:
            self.cells.append("")
        self.cells[self.column] = text

    def _shown(self) -> str:
        raw = "".join(self.value)
        if self.kind == "s":
            place = int(raw) if raw.isdecimal() and len(raw) < 9 else len(self.book.shared)
            return self.book.shared[place] if place < len(self.book.shared) else ""
        if not raw and self.formula:
            return "=" + "".join(self.formula)
        if self.kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
        if self.kind == "e":
            return ""
        if self.kind == "n" and raw:
            style = int(self.style) if self.style.isdecimal() and len(self.style) < 9 else 0
            is_date = style < len(self.book.dates) and self.book.dates[style]
            return shown_number(raw, is_date, self.book.since_1904)
        return plain(raw)


class _Merged:
    """Shows under each merged cell the text of the first."""

    def __init__(self, hidden: dict[tuple[int, int], tuple[int, int]]) -> None:
        self.under: dict[int, list[tuple[int, tuple[int, int]]]] = {}
        self.wanted: dict[int, set[tuple[int, int]]] = {}
        self.shown: dict[tuple[int, int], str] = {}
        for (row, column), shows in hidden.items():
            self.under.setdefault(row, []).append((column, shows))
            self.wanted.setdefault(shows[0], set()).add(shows)

    def fill(self, number: int, cells: list[str]) -> None:
        """Puts the texts into the cells of a row."""
        for row, column in self.wanted.get(number, ()):
            self.shown[row, column] = cells[column] if column < len(cells) else ""
        for column, shows in self.under.get(number, ()):
            text = self.shown.get(shows, "")
            while text and len(cells) <= column:
                cells.append("")
            if text and not cells[column]:
                cells[column] = text


def rows_of(book: Workbook, part: str) -> Iterator[Row]:
    """The rows of a sheet with their numbers, blank ones left out; merged cells all show their text."""
    merged = _Merged(merged_cells(book, part))
    sheet = _SheetRows(book)
    parsed = Parsed(book.package, part)
    parser = parsed.parser
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
        sheet.begun,
        sheet.ended,
        sheet.said,
    )
    count = 0
    for _ in parsed.pieces():
        for number, cells in sheet.ready:
            merged.fill(number, cells)
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            count += 1
            if count > limits.MOST_ROWS:
                raise FileRefused("rows", line=number)
            yield number, cells
        sheet.ready.clear()
