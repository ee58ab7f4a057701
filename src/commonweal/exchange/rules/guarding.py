"""Cells that a spreadsheet would compute, made harmless on the way out and exact on the way in.

A cell that begins with `=`, `+`, `-`, `@` or the like, also behind blanks or unseen characters, and
after every separator or quotation mark inside it, gets an apostrophe before that sign. Reading takes
one apostrophe away at the same places, so that what went out comes back letter for letter.
"""

import re
import unicodedata

APART = ',;|"\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029'
BLANK = (
    " \xa0\xad\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\ufeff\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
)
BEFORE = f"(?:^|(?<=[{APART}]))([{BLANK}]*)('*)"
SIGNS = "(?=[=+\\-@\\t\\r%＝＋－＠﹢﹣﹦﹫⁺₊⁼₌−])"
TO_GUARD = re.compile(BEFORE + SIGNS)
GUARDED = re.compile(BEFORE + "(?<=')" + SIGNS)
UNSEEN = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0x200B, 0x2060, 0xFEFF,
     *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # fmt: skip


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet computes."""
    return TO_GUARD.sub(r"\1\2'", text) if text else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return GUARDED.sub(lambda found: found[1] + found[2][:-1], text) if "'" in text else text


def cleaned(text: str) -> str:
    """A cell as plain text: composed letters, no unseen control or direction-turning characters, no
    guard, single spaces within a line."""
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = unguarded(text).translate(UNSEEN)
    if "\n" in text or "\r" in text:
        return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    return " ".join(text.split())
