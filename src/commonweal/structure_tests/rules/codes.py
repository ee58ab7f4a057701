"""The code of a line on a tick sheet: `KT-0147-7`, test, line and a digit that catches what was mistyped."""

import re
from typing import NamedTuple
from uuid import UUID

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # none that a pen confuses with a digit
TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
WRITTEN = re.compile(r"^([A-Z]{2})?(\d{2,8})$")
MOST_LINE = 9_999_999
FEWEST_DIGITS = 4
"""A line's number is filled up with noughts to so many digits."""


class Code(NamedTuple):
    """A code as it was read: the letters of the test ("" where they were left out), the line, whether its digit fits."""

    letters: str
    line: int
    fits: bool


def letters_of(test: UUID) -> str:
    """The two letters of a test, the same on each of its sheets."""
    high, low = divmod(test.int % len(LETTERS) ** 2, len(LETTERS))
    return LETTERS[high] + LETTERS[low]


def check_digit(test: UUID, line: int) -> int:
    """The last digit of a line's code, reckoned over the test as well, so that a line of another test is found out.

    It catches every single wrong digit and every two that changed places (Damm 2004, a quasigroup of order ten).
    """
    digit = 0
    for sign in f"{test.int % 9973:04d}{line:04d}":
        digit = int(TABLE[digit][int(sign)])
    return digit


def code_of(test: UUID, line: int) -> str:
    """The code that stands on the sheet."""
    return f"{letters_of(test)}-{line:04d}-{check_digit(test, line)}"


def read_code(test: UUID, typed: str) -> Code | None:
    """What was typed as a code of this test, with or without letters and strokes; None where it cannot be one."""
    found = WRITTEN.match(re.sub(r"[\s.,/_\u2010-\u2015-]+", "", typed.upper()))
    if found is None:
        return None
    letters, digits = found[1] or "", found[2]
    line = int(digits[:-1])
    if not 0 < line <= MOST_LINE:
        return None
    # Five digits and more are never printed with a nought in front: two of them changed places.
    as_printed = len(digits) <= FEWEST_DIGITS + 1 or digits[0] != "0"
    return Code(letters, line, as_printed and check_digit(test, line) == int(digits[-1]))
