"""Rows of an XLSX workbook, read as a stream; nothing in it is ever computed or executed.

The packed file is looked at before anything is inflated, and what inflates is counted while it
does. A document type or an entity anywhere is refused. Of a formula the value that was last shown
is taken, and where there is none its text.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from commonweal.exchange.rules import limits
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.serials import date_formats, shown_number

Row = tuple[int, list[str]]
PIECE = 1 << 16
SMALL = 1 << 20  # entries below this may be packed as tightly as they like
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def is_zip(content: bytes) -> bool:
    """True for a packed file, whatever its name says."""
    return content.startswith(b"PK\x03\x04")


def opened(content: bytes) -> zipfile.ZipFile:
    """The package, looked at before anything in it is inflated. Raises FileRefused."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileRefused("damaged") from None
    entries = package.infolist()
    if len(entries) > limits.MOST_ENTRIES or sum(entry.file_size for entry in entries) > limits.MOST_INFLATED:
        raise FileRefused("bomb")
    for entry in entries:
        if entry.flag_bits & 1:
            raise FileRefused("locked")
        if entry.file_size > SMALL and entry.file_size > limits.MOST_RATIO * max(1, entry.compress_size):
            raise FileRefused("bomb")
    names = set(package.namelist())
    if "xl/workbook.xml" not in names:
        raise FileRefused("not_a_table" if "[Content_Types].xml" in names or "mimetype" in names else "zip")
    return package


def column_number(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class Parsed:
    """Runs a part through expat with handlers of local names; refuses document types and entities."""

    def __init__(self, package: zipfile.ZipFile, part: str, most: int = limits.MOST_INFLATED) -> None:
        self.most = most
        try:
            self.size = package.getinfo(part).file_size
            self.stream = package.open(part)
        except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
            raise FileRefused("damaged") from None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.read = 0

    @staticmethod
    def _refuse(*_: Any) -> None:
        raise FileRefused("entities")

    def pieces(self) -> Iterator[None]:
        """Feeds the parser piece by piece, yielding after each."""
        try:
            while piece := self.stream.read(PIECE):
                self.read += len(piece)
                if self.read > self.size or self.read > self.most:
                    raise FileRefused("bomb")
                self.parser.Parse(piece, False)
                yield
            self.parser.Parse(b"", True)
            yield
        except (expat.ExpatError, zipfile.BadZipFile, zipfile.zlib.error, EOFError):  # type: ignore[attr-defined]
            raise FileRefused("damaged") from None
        finally:
            self.stream.close()

    def run(self, begun: Callable[[str, dict[str, str]], None]) -> None:
        """Reads the whole part, calling `begun` for each element."""
        self.parser.StartElementHandler = lambda name, found: begun(name.rpartition(":")[2], found)
        for _ in self.pieces():
            pass


@dataclass
class Workbook:
    """A looked-at package with what is needed to read its sheets."""

    package: zipfile.ZipFile
    sheets: list[tuple[str, str]] = field(default_factory=list)
    """Name and part of each visible sheet."""
    shared: list[str] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    since_1904: bool = False


def read_workbook(content: bytes) -> Workbook:
    """The workbook's sheets, shared texts and formats. Raises FileRefused."""
    package = opened(content)
    book = Workbook(package)
    names: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def of_book(name: str, found: dict[str, str]) -> None:
        if name == "sheet" and found.get("state", "visible") == "visible":
            mark = next((value for key, value in found.items() if key.endswith(":id")), "")
            names.append((found.get("name", ""), mark))
        elif name == "workbookPr":
            book.since_1904 = found.get("date1904") in ("1", "true")

    def of_relations(name: str, found: dict[str, str]) -> None:
        if name == "Relationship":
            targets[found.get("Id", "")] = found.get("Target", "")

    Parsed(package, "xl/workbook.xml", limits.MOST_OF_A_LIST).run(of_book)
    Parsed(package, "xl/_rels/workbook.xml.rels", limits.MOST_OF_A_LIST).run(of_relations)
    parts = set(package.namelist())
    for name, mark in names[:100]:
        target = targets.get(mark, "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in parts and "worksheets" in part:
            book.sheets.append((name, part))
    if not book.sheets:
        raise FileRefused("empty")
    if "xl/sharedStrings.xml" in parts:
        book.shared = _shared_texts(package)
    if "xl/styles.xml" in parts:
        styles = Parsed(package, "xl/styles.xml", limits.MOST_OF_A_LIST)
        found_formats = date_formats()
        styles.run(found_formats.element)
        book.dates = found_formats.flags
    return book


def _shared_texts(package: zipfile.ZipFile) -> list[str]:
    """The texts that cells point to; readings in small letters above (phonetic runs) are left out."""
    texts: list[str] = []
    parts: list[str] = []
    held = [0, 0, 0]  # characters, inside a text, inside a phonetic run
    parsed = Parsed(package, "xl/sharedStrings.xml")

    def begun(name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            parts.clear()
        elif local == "t":
            held[1] = 1
        elif local == "rPh":
            held[2] = 1

    def ended(name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            texts.append(_plain("".join(parts)))
        elif local == "t":
            held[1] = 0
        elif local == "rPh":
            held[2] = 0

    def said(text: str) -> None:
        if held[1] and not held[2]:
            held[0] += len(text)
            if held[0] > limits.MOST_SHARED or len(texts) > 2_000_000:
                raise FileRefused("bomb")
            parts.append(text)

    parser = parsed.parser
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begun, ended, said
    for _ in parsed.pieces():
        pass
    return texts


def _plain(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


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
        return _plain(raw)


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
