"""What each kind of file must hold, cell by cell; every reason why not, with its place."""

from __future__ import annotations

import math

import numpy as np

from commonweal.reckoning.plain_files.table import FilesRefused, Problem, Table
from commonweal.reckoning.plain_files.words import gettext as _
from commonweal.reckoning.ties import FloatArray

OUTCOMES = ("did", "did_not", "could_not", "unknown")
UNKNOWN = OUTCOMES[3]
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ties": (("from", "to"), ("kind", "weight")),
    "nominations": (("nominator", "nominee"), ("question",)),
    "asks": (("test", "asker", "asked", "outcome"), ()),
    "tests": (("test", "order"), ()),
    "people": (("id",), ("name", "unit", "shift")),
    "plan": (("asker", "asked"), ()),
}
PEOPLE_COLUMNS = {
    "people": ("id",),
    "ties": ("from", "to"),
    "nominations": ("nominator", "nominee"),
    "asks": ("asked",),
    "plan": ("asked",),
}


def check_cells(tables: dict[str, Table], problems: list[Problem], *, coming: str | None = None) -> FloatArray:
    """Check every cell; the ties' weights come back as numbers, all problems as one list.

    Shapes: one table per word of COLUMNS; `problems` grows by what is found; one weight per row of ties, none
    without ties. `coming`: None, or, where asks without an outcome are planned ones, the name of their test if the file
    of tests need not know it.
    Units and ranges: weights finite, from 0; 1 where nothing is said.
    Cost: O(cells).
    """
    weights = np.zeros(0)
    for word, table in tables.items():
        try:
            for column in PEOPLE_COLUMNS.get(word, ()):
                table.filled(column)
            if word == "ties":
                weights = _weights(table)
            elif word == "asks":
                _check_asks(table, tables.get("tests"), coming=coming)
            elif word == "tests":
                _check_tests(table)
            elif word == "plan":
                _check_plan(table, tables.get("people"))
            table.settle()
        except FilesRefused as refused:
            problems += refused.problems
    return weights


def _weights(table: Table) -> FloatArray:
    """The ties' strengths: finite numbers from 0 up; 1 where nothing is said."""
    cells = table.columns.get("weight")
    if cells is None:
        return np.ones(len(table))
    weights = np.ones(len(table))
    for row, cell in enumerate(cells):
        if not cell:
            continue
        try:
            value = float(cell.replace(",", ".")) if "_" not in cell else math.nan
        except ValueError:
            table.doubt(row, "weight", _('"%(cell)s" is not a number') % {"cell": cell[:40]})
            continue
        if not math.isfinite(value):
            table.doubt(row, "weight", _('"%(cell)s" is not a finite number') % {"cell": cell[:40]})
        elif value < 0:
            table.doubt(
                row, "weight", _('"%(cell)s" is below 0; leave out whom she would not follow') % {"cell": cell[:40]}
            )
        weights[row] = value
    return weights


def _check_asks(table: Table, tests: Table | None, *, coming: str | None) -> None:
    known = {*tests.columns["test"], coming} if tests is not None else None
    said = [cell.lower().replace(" ", "_").replace("-", "_") for cell in table.columns["outcome"]]
    if coming is not None:
        said = [cell or UNKNOWN for cell in said]
    table.columns["outcome"] = said
    for row, (test, asker, asked, outcome) in enumerate(
        zip(table.filled("test"), table.columns["asker"], table.columns["asked"], said, strict=True)
    ):
        if outcome not in OUTCOMES:
            table.doubt(
                row,
                "outcome",
                _('"%(cell)s" is none of %(words)s') % {"cell": outcome[:40], "words": ", ".join(OUTCOMES)},
            )
        if known is not None and test and test not in known:
            table.doubt(row, "test", _('"%(cell)s" is not in the file of tests') % {"cell": test[:40]})
        _refuse_asking_oneself(table, row, asker, asked)


def _refuse_asking_oneself(table: Table, row: int, asker: str, asked: str) -> None:
    if asker and asker == asked:
        table.doubt(
            row,
            "asker",
            _('"%(cell)s" asks herself; leave the asker empty if nobody asked her') % {"cell": asker[:40]},
        )


def _check_plan(table: Table, people: Table | None) -> None:
    """Nobody asks herself, and nobody is asked who may not take part."""
    able = set(people.columns["id"]) if people is not None else None
    for row, (asker, asked) in enumerate(zip(table.columns["asker"], table.columns["asked"], strict=True)):
        _refuse_asking_oneself(table, row, asker, asked)
        if able is not None and asked and asked not in able:
            table.doubt(
                row,
                "asked",
                _('"%(cell)s" is not in the file of people: she cannot take part') % {"cell": asked[:40]},
            )


def _check_tests(table: Table) -> None:
    seen: dict[str, int] = {}
    table.columns["order"] = [order.replace(",", ".") for order in table.columns["order"]]
    for row, (test, order) in enumerate(zip(table.filled("test"), table.columns["order"], strict=True)):
        if test in seen:
            table.doubt(
                row,
                "test",
                _('"%(cell)s" stands already on line %(line)d') % {"cell": test[:40], "line": table.lines[seen[test]]},
            )
        seen.setdefault(test, row)
        try:
            usable = math.isfinite(float(order))
        except ValueError:
            usable = False
        if not usable:
            table.doubt(row, "order", _('"%(cell)s" is not a number') % {"cell": order[:40]})
