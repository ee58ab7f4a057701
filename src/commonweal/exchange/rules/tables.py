"""A file as a table, whatever it is inside: what kind it is, its sheets, its rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from commonweal.exchange.rules import delimited, sheets, workbooks
from commonweal.exchange.rules.encodings import ENCODINGS, guessed_encoding
from commonweal.exchange.rules.limits import MOST_BYTES, FileRefused

Row = tuple[int, list[str]]
OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "zip"),
    (b"Rar!", "zip"),
    (b"{\\rtf", "document"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
)
LOCKED = "EncryptedPackage".encode("utf-16-le")
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body", b"<!--", b"mime-version:", b"<svg")


@dataclass
class TableFile:
    """An opened file. `kind` is "text" or "workbook"; sheets are those of a workbook."""

    kind: str
    content: bytes = field(repr=False)
    encoding: str = ""
    delimiter: str = ""
    book: workbooks.Workbook | None = field(default=None, repr=False)

    @property
    def sheets(self) -> list[str]:
        """Names of the visible sheets; empty for a text."""
        return [name for name, _ in self.book.sheets] if self.book else []

    def rows(self, sheet: int = 0) -> Iterator[Row]:
        """The rows with their line numbers, as a stream. Raises FileRefused where reading fails."""
        if self.book is None:
            return delimited.rows_of(self.content, encoding=self.encoding, delimiter=self.delimiter)
        return sheets.rows_of(self.book, self.book.sheets[min(sheet, len(self.book.sheets) - 1)][1])


def open_table(content: bytes, *, encoding: str = "", delimiter: str = "") -> TableFile:
    """The file as a table, by what it holds and not by its name. Raises FileRefused with the reason."""
    if not content.strip(b"\0 \r\n\t"):
        raise FileRefused("empty")
    if len(content) > MOST_BYTES:
        raise FileRefused("bytes")
    for begins, why in OTHERS:
        if content.startswith(begins):
            is_locked = why == "old_excel" and LOCKED in content[: 1 << 20]
            raise FileRefused("locked" if is_locked else why)
    if workbooks.is_zip(content):
        return TableFile("workbook", content, book=workbooks.read_workbook(content))
    start = content[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if start.startswith(MARKUP):
        raise FileRefused("markup")
    encoding = encoding if encoding in ENCODINGS else guessed_encoding(content)
    if delimiter not in delimited.DELIMITERS:
        delimiter = delimited.guessed_delimiter(content, encoding)
    return TableFile("text", content, encoding, delimiter)
