"""What is asked: who may take part in the next test, who would ask whom, and what is to be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.pull.records import (
    NOBODY,
    AskedHerself,
    AskRecords,
    CountedTwice,
    Floats,
    Ints,
    NotANumberThere,
    ShapesDiffer,
    UnknownPlace,
)

AVERAGE_ASKER = -2
"""In a plan: somebody who moves people as those who ask do on the average; for a leader not yet won."""


@dataclass(frozen=True)
class Rung:
    """A test that could be held instead: its place among the tests, its kind, and what it would have to reach."""

    order: float
    kind: str
    threshold: float
    unit_threshold: float | None = None

    def __post_init__(self) -> None:
        if not np.isfinite(self.order):
            raise NotANumberThere("order")
        for name in ("threshold", "unit_threshold"):
            value = getattr(self, name)
            if value is not None and not 0.0 <= value <= 1.0:
                raise NotANumberThere(name)


@dataclass(frozen=True)
class NextTest:
    """The test to come.

    `eligible`: the people who may take part, each once. `asker`: for each of them who would ask her (NOBODY: nobody,
    AVERAGE_ASKER: somebody like those who ask), or a table with several columns of which each imagined run takes
    one by lot for each person, or None: she is asked as in the tests before. `order`: where it stands among the tests,
    None: nothing is known of its place. `threshold` of all eligible, `unit_threshold` of those of every unit, 0..1;
    without `unit_threshold` the units have nothing to reach. `able`: the share of those eligible who, as the tests so far
    went, are not kept away on the day ("could not"); shares and chances are of everybody eligible. `kind` of test, ""
    where it is of no matter.
    """

    eligible: Ints
    order: float | None
    threshold: float
    unit_threshold: float | None = None
    asker: Ints | None = None
    able: float = 1.0
    kind: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "eligible", _whole("eligible", self.eligible, flat=True))
        if self.asker is not None:
            object.__setattr__(self, "asker", _whole("asker", self.asker, flat=False))
        for name in ("threshold", "unit_threshold", "able"):
            value = getattr(self, name)
            if value is not None and not 0.0 <= value <= 1.0:
                raise NotANumberThere(name)
        if self.order is not None and not np.isfinite(self.order):
            raise NotANumberThere("order")

    def refuse_strangers(self, records: AskRecords) -> None:
        """Refuse people the records have no number for, people twice, and who would ask herself."""
        _refuse_unknown("eligible", self.eligible, 0, records.n_people)
        alike = np.flatnonzero(np.diff(np.sort(self.eligible)) == 0)
        if len(alike):
            twice = np.sort(self.eligible)[alike[0]]
            raise CountedTwice("eligible", int(np.flatnonzero(self.eligible == twice)[1]))
        if self.asker is not None:
            self.refuse_plan("asker", self.asker, records)

    def refuse_plan(self, column: str, asker: Ints, records: AskRecords) -> None:
        """Refuse a plan that has another length, names strangers or lets somebody ask herself."""
        if asker.ndim not in (1, 2) or len(asker) != len(self.eligible) or 0 in asker.shape[1:]:
            raise ShapesDiffer(column)
        plan = asker.reshape(len(asker), -1)
        for place in range(plan.shape[1]):
            _refuse_unknown(column, plan[:, place], AVERAGE_ASKER, records.n_people)
            herself = np.flatnonzero(plan[:, place] == self.eligible)
            if len(herself):
                raise AskedHerself(column, int(herself[0]))


def plan_as_before(records: AskRecords, eligible: Ints) -> Ints:
    """Who asked each of `eligible`, a column per test with rows; NOBODY where she has no row.

    Shapes: one line per person given, at least one column.
    Errs: a person without a row in a test counts as asked by nobody there.
    Cost: O(rows + people * tests).
    """
    held = np.unique(records.test)
    column = np.searchsorted(held, records.test)
    asked: NDArray[np.int64] = np.full((records.n_people, len(held)), NOBODY, dtype=np.int64)
    asked[records.person, column] = records.asker
    return asked[eligible]


def orders_of(records: AskRecords, test_order: Floats | None) -> Floats:
    """Where each test stands: as given, else as the records have it.

    Shapes: one finite number per test of the records.
    Errors: ShapesDiffer, NotANumberThere.
    """
    orders = np.asarray(records.test_order if test_order is None else test_order, dtype=np.float64)
    if orders.shape != (records.n_tests,):
        raise ShapesDiffer("test_order")
    wrong = np.flatnonzero(~np.isfinite(orders))
    if len(wrong):
        raise NotANumberThere("test_order", int(wrong[0]))
    return orders


def _whole(name: str, values: Any, *, flat: bool) -> Ints:
    given = np.asarray(values)
    if flat and given.ndim != 1:
        raise ShapesDiffer(name)
    if given.size and (given.dtype.kind not in "iuf" or (given != np.round(given)).any()):
        raise NotANumberThere(name)
    return given.astype(np.int64)


def _refuse_unknown(column: str, values: Ints, lowest: int, end: int) -> None:
    wrong = np.flatnonzero((values < lowest) | (values >= end))
    if len(wrong):
        raise UnknownPlace(column, int(wrong[0]))
