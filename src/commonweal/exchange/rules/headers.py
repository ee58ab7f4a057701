"""Where does the table begin, and what are its columns called?"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from commonweal.exchange.rules.fields import KNOWN
from commonweal.people.rules import folded, normal_email

Row = tuple[int, list[str]]
LOOKED_AT = 40  # rows at the top in which a header may stand
EVERY_WORD = frozenset().union(*KNOWN.values())
NUMBER = re.compile(r"[\d\s().+/\-:]{4,}")


@dataclass
class Layout:
    """The line the header stands on (0: there is none), the first line of the rows, the columns' names."""

    header_line: int
    first_line: int
    titles: list[str]

    @property
    def signature(self) -> str:
        """The same for every file whose header has the same words in the same order."""
        if not self.header_line:
            return ""
        return hashlib.sha256("\0".join(folded(title) for title in self.titles).encode()).hexdigest()[:32]


def found_layout(rows: list[Row], header_line: int | None = None) -> Layout:
    """The layout of a table from its first rows; `header_line` says where a person saw the header
    (0: nowhere). Title lines above and captions over several columns are not the header."""
    rows = rows[:LOOKED_AT]
    width = _width(rows)
    place: int | None
    if header_line is None:
        place = _header_place(rows, width)
    else:
        place = next((index for index, (line, _) in enumerate(rows) if line == header_line), None)
    if place is None:
        return Layout(0, rows[0][0] if rows else 1, [""] * width)
    line, cells = rows[place]
    titles = [_title(cells, column) for column in range(width)]
    above = [row for _, row in rows[max(0, place - 2) : place] if _distinct(row) > 1]
    for column in range(width):
        if not titles[column]:
            titles[column] = next((_title(row, column) for row in reversed(above) if _title(row, column)), "")
    first = rows[place + 1][0] if place + 1 < len(rows) else line + 1
    return Layout(line, first, titles)


def column_letters(column: int) -> str:
    """The letters a spreadsheet gives a column: A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _width(rows: list[Row]) -> int:
    last = 0
    for _, cells in rows:
        filled = [place for place, cell in enumerate(cells) if cell.strip()]
        last = max(last, filled[-1] + 1 if filled else 0)
    return last


def _title(cells: list[str], column: int) -> str:
    return " ".join(cells[column].split())[:120] if column < len(cells) else ""


def _distinct(cells: list[str]) -> int:
    return len({cell.strip() for cell in cells if cell.strip()})


def _header_place(rows: list[Row], width: int) -> int | None:
    """The row that looks most like a header: many different short words, known ones best."""
    best, most = None, 0.0
    usual = Counter(_distinct(cells) for _, cells in rows[1:]).most_common(1)
    usual_width = usual[0][0] if usual else width
    for place, (_, cells) in enumerate(rows[:20]):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled or (_distinct(cells) < 2 and width > 1):
            continue
        known = len({folded(cell) for cell in filled} & EVERY_WORD)  # "No" in five cells is one word
        valued = sum(1 for cell in filled if NUMBER.fullmatch(cell) or normal_email(cell) or len(cell) > 80)
        share = min(1.0, len(set(filled)) / max(1, min(width, max(usual_width, 2))))
        score = 3 * known + share - 3 * valued - 0.05 * place - (1.5 if len(set(filled)) < len(filled) else 0)
        if known and score > most:
            best, most = place, score
    if best is None and rows and len(rows) > 1 and _looks_unlike(rows[0][1], [cells for _, cells in rows[1:12]]):
        return 0
    return best


def _looks_unlike(first: list[str], others: list[list[str]]) -> bool:
    """True when the first row holds no number, date or address where the others do."""
    for column, cell in enumerate(first):
        below = [cells[column] for cells in others if column < len(cells) and cells[column].strip()]
        if not below or not cell.strip():
            continue
        valued = sum(1 for text in below if NUMBER.fullmatch(text.strip()) or normal_email(text))
        if valued > len(below) / 2 and not NUMBER.fullmatch(cell.strip()) and not normal_email(cell):
            return True
    return False
