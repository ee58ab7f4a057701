"""Cells that a spreadsheet would compute: harmless on the way out, letter for letter on the way in."""

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commonweal.exchange.rules.export_csv import csv_lines
from commonweal.exchange.rules.guarding import guarded, unguarded

SIGNS = "=+-@\t\r%＝＋－＠﹢﹣﹦﹫⁺₊⁼₌−"
APART = ',;|"\t\n\r\x0b\x0c\u2028'
BLANK = " \xa0\u3000\u2003\u200b\ufeff\u202e\xad\x00\x1b"
texts = st.text(st.sampled_from(SIGNS + APART + BLANK + "'" + "a1(é"), max_size=12) | st.text(max_size=20)


def begins_a_formula(cell: str) -> bool:
    """What the most eager spreadsheet would compute: it skips everything that cannot be seen."""
    seen = next((letter for letter in cell if letter in "\t\r" or not blank(letter)), "")
    return seen != "" and seen in SIGNS


def blank(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc")


@given(texts)
@example("\t=1")
@example("\r\n=1")
@example(" '=1")
@example('"=HYPERLINK("x")')
@example("x;\u3000＝1")
def test_no_part_of_a_guarded_cell_begins_a_formula(text: str) -> None:
    whole = guarded(text)
    assert not begins_a_formula(whole)
    for part in re.split(f"[{APART}]", whole):
        assert not begins_a_formula(part)


@given(texts)
@example("''=1")
@example("'\t'=")
@example(" ' =1")
def test_what_went_out_comes_back_letter_for_letter(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(st.characters(categories=["L", "N"]), max_size=20))
def test_ordinary_words_are_left_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=4))
def test_every_cell_of_a_csv_is_guarded_and_none_moves(rows: list[list[str]]) -> None:
    written = b"".join(csv_lines(["=Title", "Two"], rows)).decode()
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert [len(row) for row in read] == [2] * (len(rows) + 1)
    assert not any(begins_a_formula(cell) for row in read for cell in row)
    back = [[unguarded(cell) for cell in row] for row in read[1:]]
    assert back == [[cell.replace("\x00", "") for cell in row] for row in rows]


def test_a_csv_for_excel_begins_with_its_mark_and_a_plain_one_does_not() -> None:
    assert b"".join(csv_lines(["a"], [["é"]], mark=True)).startswith(b"\xef\xbb\xbfa\r\n")
    assert b"".join(csv_lines(["a"], [["é"]])) == b"a\r\n\xc3\xa9\r\n"


@pytest.mark.parametrize("cell", ["=1+1", "+1 212 555 0199", "-x", "@sum", "\t=1", "\r=1", "＝1", " =1"])
def test_the_known_beginnings_get_an_apostrophe(cell: str) -> None:
    assert "'" in guarded(cell)
