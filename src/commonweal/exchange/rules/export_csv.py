"""Rows as comma-separated text, a piece at a time."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from commonweal.exchange.rules.guarding import guarded

BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_ONCE = 500


class _Said:
    """A file that keeps nothing: what is written is handed on."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def write(self, piece: str) -> None:
        self.pieces.append(piece)

    def taken(self) -> bytes:
        whole, self.pieces = "".join(self.pieces), []
        return whole.encode()


def csv_lines(titles: Sequence[str], rows: Iterable[Sequence[str]], *, mark: bool = False) -> Iterator[bytes]:
    """UTF-8 pieces of a table whose every cell, the titles too, is guarded; `mark`: with the byte-order
    mark by which Excel knows UTF-8."""
    said = _Said()
    writer = csv.writer(said, lineterminator="\r\n")
    if mark:
        said.write(BYTE_ORDER_MARK)
    writer.writerow([as_cell(title) for title in titles])
    for count, row in enumerate(rows, start=1):
        writer.writerow([as_cell(cell) for cell in row])
        if count % ROWS_AT_ONCE == 0:
            yield said.taken()
    yield said.taken()


def as_cell(text: str) -> str:
    """A cell's text without what no file may hold, guarded."""
    return guarded(text.replace("\x00", "").encode("utf-8", "replace").decode())
