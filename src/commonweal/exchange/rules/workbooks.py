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
from commonweal.exchange.rules.serials import date_formats

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
            texts.append(plain("".join(parts)))
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


def plain(text: str) -> str:
    """A text without the writing of unseen characters that workbooks use."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
