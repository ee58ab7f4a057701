"""The file of the sixth act is one that the place itself can read, and it tells nothing before its time."""

import csv

import pytest

from commonweal.demo import console
from commonweal.demo.coming import write_coming
from commonweal.demo.hospital import DEPARTMENTS, ON_PAPER
from commonweal.demo.invention import invent
from commonweal.demo.loading import LOT
from commonweal.demo.settle.staff import personnel_number
from commonweal.demo.staff import NOBODY
from commonweal.structure_tests.rules.outcome_files import columns_of, outcome_of


@pytest.fixture(scope="module")
def hospital():
    return invent(LOT)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_file_is_read_as_outcomes_by_personnel_number(hospital, language, tmp_path):
    file = write_coming(hospital, language, tmp_path)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    columns = columns_of(rows)
    assert columns is not None and columns.titled and not columns.by_code
    said = {row[columns.who]: outcome_of(row[columns.outcome]) for row in rows[1:]}
    happened = {personnel_number(person): outcome for _, person, outcome in hospital.coming}
    assert said.items() <= happened.items()
    assert columns.asker is not None
    askers = {(row[columns.asker], row[columns.who]) for row in rows[1:]}
    asked = {("" if by == NOBODY else personnel_number(by), personnel_number(one)) for by, one, _ in hospital.coming}
    assert askers <= asked and len(askers) == len(rows) - 1
    assert str(file) in console.ways_in("http://x", [], tmp_path)


def test_the_unit_whose_sheets_are_on_paper_is_not_in_the_file(hospital, tmp_path):
    place = next(number for number, one in enumerate(DEPARTMENTS) if one.name == ON_PAPER)
    on_paper = {personnel_number(one) for one in range(hospital.staff.n) if hospital.staff.unit[one] == place}
    text = write_coming(hospital, "en", tmp_path).read_text("utf-8-sig")
    assert not any(f"{number}," in text for number in on_paper)
    assert len(text.splitlines()) > 500
