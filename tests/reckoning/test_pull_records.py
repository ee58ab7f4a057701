import numpy as np
import pytest

from commonweal.reckoning.pull import AskRecords
from commonweal.reckoning.pull.records import (
    AskedHerself,
    CountedTwice,
    NotANumberThere,
    NoTests,
    ShapesDiffer,
    UnknownPlace,
)


def records(**changed) -> AskRecords:
    plain = {
        "person": [0, 1, 2],
        "test": [0, 0, 1],
        "asker": [-1, 0, 0],
        "came": [1, 0, 1],
        "n_people": 3,
        "n_tests": 2,
        "unit": [0, 0, -1],
        "test_order": [0, 1],
        "nominations": [0, 2, 0],
        "degree": [1, 1, 0],
        "score": [3.0, np.nan, 5.0],
    }
    return AskRecords(**{**plain, **changed})


def test_lists_become_columns():
    assert records().asked.tolist() == [2, 0, 0]
    assert records().tests_held == 2


@pytest.mark.parametrize(
    ("changed", "refusal", "column", "row"),
    [
        ({"n_tests": 0, "test_order": []}, NoTests, "n_tests", -1),
        ({"person": [], "test": [], "asker": [], "came": []}, NoTests, "person", -1),
        ({"came": [1, 0]}, ShapesDiffer, "came", -1),
        ({"unit": [0, 0]}, ShapesDiffer, "unit", -1),
        ({"test_order": [0]}, ShapesDiffer, "test_order", -1),
        ({"person": [[0, 1, 2]]}, ShapesDiffer, "person", -1),
        ({"person": [0, -1, 2]}, UnknownPlace, "person", 1),
        ({"person": [0, 1, 3]}, UnknownPlace, "person", 2),
        ({"test": [0, 0, 2]}, UnknownPlace, "test", 2),
        ({"asker": [-2, 0, 0]}, UnknownPlace, "asker", 0),
        ({"nominations": [0, -1, 0]}, UnknownPlace, "nominations", 1),
        ({"person": [0, 1.5, 2]}, NotANumberThere, "person", 1),
        ({"came": [1, 2, 0]}, NotANumberThere, "came", 1),
        ({"score": [3.0, np.inf, 1.0]}, NotANumberThere, "score", 1),
        ({"asker": ["a", "b", "c"]}, NotANumberThere, "asker", -1),
        ({"asker": [0, 0, 0]}, AskedHerself, "asker", 0),
        ({"person": [0, 1, 1], "test": [0, 1, 1]}, CountedTwice, "person", 2),
    ],
)
def test_records_that_cannot_be_are_refused_with_column_and_row(changed, refusal, column, row):
    with pytest.raises(refusal) as refused:
        records(**changed)
    assert (refused.value.column, refused.value.row) == (column, row)
