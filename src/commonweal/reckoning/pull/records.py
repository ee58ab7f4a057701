"""What goes in: who was asked for which test, by whom, and whether she came."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOBODY = -1


class RecordsRefused(ValueError):
    """The records cannot be reckoned with; `column` and `row` say where (row -1: the whole column)."""

    def __init__(self, column: str, row: int = -1) -> None:
        self.column, self.row = column, row
        place = f" in row {row}" if row >= 0 else ""
        super().__init__(f"{type(self).__name__}: {column}{place}")


class NoTests(RecordsRefused):
    """There is no test, or no row of one."""


class ShapesDiffer(RecordsRefused):
    """A column has another length than it must have, or is not flat."""


class NotANumberThere(RecordsRefused):
    """A column holds something that is not a (finite, whole) number of the kind it needs."""


class UnknownPlace(RecordsRefused):
    """A number points to a person or a test that does not exist, or a count is negative."""


class CountedTwice(RecordsRefused):
    """One person has two rows for the same test."""


class AskedHerself(RecordsRefused):
    """A person stands as her own asker."""


@dataclass(frozen=True)
class AskRecords:
    """One row per person and test that was observed, asked or not; and what is known of each person.

    `person`, `test`, `asker` (-1: nobody asked her) and `came` have one entry per row. "Could not" and
    "unknown" get no row: they are not a no. Everybody else on a unit's roll has a row in every test held there.
    `unit` (-1: none), `nominations`, `degree` and `score` (1..5, nan: not judged) have one entry per person;
    `test_order` one per test, first to last.
    """

    person: Ints
    test: Ints
    asker: Ints
    came: Flags
    n_people: int
    n_tests: int
    unit: Ints
    test_order: Ints
    nominations: Ints
    degree: Ints
    score: Floats | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name not in ("n_people", "n_tests", "score"):
                kind = np.bool_ if field.name == "came" else np.int64
                object.__setattr__(self, field.name, _column(field.name, getattr(self, field.name), kind))
        if self.score is not None:
            object.__setattr__(self, "score", _column("score", self.score, np.float64))
        self._refuse_wrong_lengths()
        self._refuse_unknown_places()
        self._refuse_impossible_rows()

    def _refuse_wrong_lengths(self) -> None:
        if self.n_tests < 1 or len(self.person) == 0:
            raise NoTests("n_tests" if self.n_tests < 1 else "person")
        for column in ("test", "asker", "came"):
            if len(getattr(self, column)) != len(self.person):
                raise ShapesDiffer(column)
        for column in ("unit", "nominations", "degree", "score"):
            values = getattr(self, column)
            if values is not None and len(values) != self.n_people:
                raise ShapesDiffer(column)
        if len(self.test_order) != self.n_tests:
            raise ShapesDiffer("test_order")

    def _refuse_unknown_places(self) -> None:
        bounds = {
            "person": (0, self.n_people),
            "test": (0, self.n_tests),
            "asker": (NOBODY, self.n_people),
            "unit": (NOBODY, np.inf),
            "nominations": (0, np.inf),
            "degree": (0, np.inf),
        }
        for column, (lowest, end) in bounds.items():
            values = getattr(self, column)
            wrong = np.flatnonzero((values < lowest) | (values >= end))
            if len(wrong):
                raise UnknownPlace(column, int(wrong[0]))
        if self.score is not None and np.isinf(self.score).any():
            raise NotANumberThere("score", int(np.flatnonzero(np.isinf(self.score))[0]))

    def _refuse_impossible_rows(self) -> None:
        alone = np.flatnonzero(self.person == self.asker)
        if len(alone):
            raise AskedHerself("asker", int(alone[0]))
        place = self.person * self.n_tests + self.test
        order = np.argsort(place, kind="stable")
        twice = np.flatnonzero(np.diff(place[order]) == 0)
        if len(twice):
            raise CountedTwice("person", int(order[twice + 1].min()))

    @property
    def asked(self) -> Ints:
        """How many asks each person made."""
        return np.bincount(self.asker[self.asker >= 0], minlength=self.n_people)

    @property
    def tests_held(self) -> int:
        """Tests with at least one row."""
        return len(np.unique(self.test))


def _column(name: str, values: Any, kind: type) -> NDArray[Any]:
    given = np.asarray(values)
    if given.ndim != 1:
        raise ShapesDiffer(name)
    if given.dtype.kind not in "biuf" and given.size:
        raise NotANumberThere(name)
    if given.dtype.kind == "f" and kind is not np.float64:
        wrong = np.flatnonzero(~np.isfinite(given) | (given != np.round(given)))
        if len(wrong):
            raise NotANumberThere(name, int(wrong[0]))
    if kind is np.bool_:
        wrong = np.flatnonzero((given != 0) & (given != 1))
        if len(wrong):
            raise NotANumberThere(name, int(wrong[0]))
    return given.astype(kind)
