"""How much a file may hold, and the refusals of files that cannot be brought in."""

from dataclasses import dataclass

from commonweal.common.refusals import Refusal

MOST_BYTES = 40 * 1024 * 1024
MOST_ROWS = 250_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_000
"""Characters; a longer cell is a quotation mark that nobody closed."""
LONGEST_LINE = 4_000_000
"""Characters of one line of a text; so many cells nobody means."""
MOST_ENTRIES = 2_000
MOST_INFLATED = 600 * 1024 * 1024
MOST_OF_A_LIST = 16 * 1024 * 1024
"""Bytes that the parts of a workbook may unpack to which say what there is: its sheets, relations and styles."""
MOST_RATIO = 200
"""How many times larger an entry of a workbook may be than it is packed (small entries excepted)."""
MOST_SHARED = 48 * 1024 * 1024
"""Characters that the shared texts of a workbook may hold together."""


@dataclass
class FileRefused(Refusal):
    """A file that cannot be brought in: why (a code), on which line and column, and a fact of the case."""

    why: str
    line: int = 0
    column: int = 0
    fact: str = ""
