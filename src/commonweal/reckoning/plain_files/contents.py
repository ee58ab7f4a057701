"""What the five kinds of file say: ties, nominations, asks, tests and people."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from commonweal.reckoning.plain_files.table import FilesRefused, Problem, Table, read_table
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray

OUTCOMES = ("did", "did_not", "could_not", "unknown")
NOBODY = -1


@dataclass
class Roll:
    """Everybody any file names, by number in the order of their ids; units and shifts where a people file says."""

    ids: list[str]
    number: dict[str, int]
    unit: list[tuple[int, str]]
    shift: list[tuple[int, str]]
    counted: BoolArray


@dataclass
class Contents:
    """The files as numbers: rows of ties, nominations and asks between people on the roll."""

    roll: Roll
    ties: tuple[IntArray, IntArray, FloatArray]
    nominations: tuple[IntArray, IntArray]
    asks: tuple[IntArray, IntArray, IntArray, IntArray]
    tests: list[str]
    notes: list[str] = field(default_factory=list)


def read_contents(
    ties: Path,
    *,
    nominations: Path | None = None,
    asks: Path | None = None,
    tests: Path | None = None,
    people: Path | None = None,
    kinds: tuple[str, ...] = (),
) -> Contents:
    """Read every file, refuse all that cannot be trusted together, and number the people."""
    problems: list[Problem] = []
    tables: dict[str, Table] = {}
    for word, path in (
        ("people", people),
        ("ties", ties),
        ("nominations", nominations),
        ("asks", asks),
        ("tests", tests),
    ):
        if path is not None:
            try:
                tables[word] = read_table(path, *COLUMNS[word])
            except FilesRefused as refused:
                problems += refused.problems
    weights = _checked(tables, problems)
    if problems:
        raise FilesRefused(problems)
    notes = [note for table in tables.values() for note in table.notes]
    roll = _roll(tables)
    if people is not None:
        _note_strangers(tables, roll, notes)
    return Contents(
        roll=roll,
        ties=_ties(tables["ties"], weights, roll, kinds, notes),
        nominations=_nominations(tables.get("nominations"), roll, notes),
        asks=_asks(tables.get("asks"), _test_names(tables), roll, notes),
        tests=_test_names(tables),
        notes=notes,
    )


COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ties": (("from", "to"), ("kind", "weight")),
    "nominations": (("nominator", "nominee"), ("question",)),
    "asks": (("test", "asker", "asked", "outcome"), ()),
    "tests": (("test", "order"), ()),
    "people": (("id",), ("name", "unit", "shift")),
}
PEOPLE_COLUMNS = {
    "people": ("id",),
    "ties": ("from", "to"),
    "nominations": ("nominator", "nominee"),
    "asks": ("asked",),
}


def _checked(tables: dict[str, Table], problems: list[Problem]) -> FloatArray:
    """Check every cell; the ties' weights come back as numbers, all problems as one list."""
    weights = np.zeros(0)
    for word, table in tables.items():
        try:
            for column in PEOPLE_COLUMNS.get(word, ()):
                table.filled(column)
            if word == "ties":
                weights = _weights(table)
            elif word == "asks":
                _check_asks(table, tables.get("tests"))
            elif word == "tests":
                _check_tests(table)
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
            table.doubt(row, "weight", f'"{cell[:40]}" is not a number')
            continue
        if not math.isfinite(value):
            table.doubt(row, "weight", f'"{cell[:40]}" is not a finite number')
        elif value < 0:
            table.doubt(row, "weight", f'"{cell[:40]}" is below 0; leave out whom she would not follow')
        weights[row] = value
    return weights


def _check_asks(table: Table, tests: Table | None) -> None:
    known = set(tests.columns["test"]) if tests is not None else None
    said = [cell.lower().replace(" ", "_").replace("-", "_") for cell in table.columns["outcome"]]
    table.columns["outcome"] = said
    for row, (test, asker, asked, outcome) in enumerate(
        zip(table.filled("test"), table.columns["asker"], table.columns["asked"], said, strict=True)
    ):
        if outcome not in OUTCOMES:
            table.doubt(row, "outcome", f'"{outcome[:40]}" is none of {", ".join(OUTCOMES)}')
        if known is not None and test and test not in known:
            table.doubt(row, "test", f'"{test[:40]}" is not in the file of tests')
        if asker and asker == asked:
            table.doubt(row, "asker", f'"{asker[:40]}" asks herself; leave the asker empty if nobody asked her')


def _check_tests(table: Table) -> None:
    seen: dict[str, int] = {}
    for row, (test, order) in enumerate(zip(table.filled("test"), table.columns["order"], strict=True)):
        if test in seen:
            table.doubt(row, "test", f'"{test[:40]}" stands already on line {table.lines[seen[test]]}')
        seen.setdefault(test, row)
        try:
            usable = math.isfinite(float(order))
        except ValueError:
            usable = False
        if not usable:
            table.doubt(row, "order", f'"{order[:40]}" is not a number')


def _roll(tables: dict[str, Table]) -> Roll:
    everybody: set[str] = set()
    for word, columns in PEOPLE_COLUMNS.items():
        if word in tables:
            for column in columns:
                everybody.update(tables[word].columns[column])
    if "asks" in tables:
        everybody.update(tables["asks"].columns["asker"])
    everybody.discard("")
    ids = sorted(everybody)
    number = {name: place for place, name in enumerate(ids)}
    roll = Roll(ids, number, [], [], np.ones(len(ids), dtype=np.bool_))
    if "people" not in tables:
        return roll
    listed = tables["people"].columns
    rows = [number[name] for name in listed["id"]]
    roll.counted = np.zeros(len(ids), dtype=np.bool_)
    roll.counted[rows] = True
    for column, pairs in (("unit", roll.unit), ("shift", roll.shift)):
        cells = listed.get(column, [])
        pairs.extend(dict.fromkeys((row, cell) for row, cell in zip(rows, cells, strict=False) if cell))
    return roll


def _note_strangers(tables: dict[str, Table], roll: Roll, notes: list[str]) -> None:
    strangers = int((~roll.counted).sum())
    if strangers:
        notes.append(
            f"{strangers} {'person' if strangers == 1 else 'people'} named in other files but not in "
            f"{tables['people'].file}: they may lead, but nobody counts on reaching them"
        )
    repeated = len(tables["people"]) - int(roll.counted.sum())
    if repeated:
        notes.append(f"{tables['people'].file}: {repeated} repeated ids; one person may be in several units")


def _numbers(names: list[str], roll: Roll) -> IntArray:
    number = roll.number
    return np.fromiter((number[name] for name in names), dtype=np.int64, count=len(names))


def _ties(
    table: Table, weights: FloatArray, roll: Roll, kinds: tuple[str, ...], notes: list[str]
) -> tuple[IntArray, IntArray, FloatArray]:
    tail, head = _numbers(table.columns["from"], roll), _numbers(table.columns["to"], roll)
    used = np.ones(tail.size, dtype=np.bool_)
    if kinds:
        said = table.columns.get("kind", [""] * len(table))
        missing = [kind for kind in kinds if kind not in set(said)]
        if missing:
            raise FilesRefused([Problem(table.file, 0, "kind", f'no tie is of the kind "{missing[0]}"')])
        used = np.array([kind in kinds for kind in said], dtype=np.bool_)
    for what, rows in (("ties of a person to herself", tail == head), ("ties of weight 0", weights == 0)):
        count = int((rows & used).sum())
        if count:
            notes.append(f"{table.file}: {count} {what} ignored")
        used &= ~rows
    tail, head, weights = tail[used], head[used], weights[used]
    repeated = tail.size - np.unique(tail * np.int64(max(len(roll.ids), 1)) + head).size
    if repeated:
        notes.append(f"{table.file}: {repeated} repeated ties; the strongest of each pair counts")
    return tail, head, weights


def _nominations(table: Table | None, roll: Roll, notes: list[str]) -> tuple[IntArray, IntArray]:
    """Who names whom, each pair once however many questions it answers; nobody names herself."""
    if table is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    by, of = _numbers(table.columns["nominator"], roll), _numbers(table.columns["nominee"], roll)
    own = int((by == of).sum())
    if own:
        notes.append(f"{table.file}: {own} nominations of oneself ignored")
    pair = np.unique((by * np.int64(max(len(roll.ids), 1)) + of)[by != of])
    return pair // max(len(roll.ids), 1), pair % max(len(roll.ids), 1)


def _test_names(tables: dict[str, Table]) -> list[str]:
    """The tests in order: by the file of tests, or as the asks first name them."""
    if "tests" in tables:
        names, orders = (tables["tests"].columns[column] for column in ("test", "order"))
        return [names[row] for row in sorted(range(len(names)), key=lambda row: float(orders[row]))]
    return list(dict.fromkeys(tables["asks"].columns["test"])) if "asks" in tables else []


def _asks(
    table: Table | None, tests: list[str], roll: Roll, notes: list[str]
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Test, asker (-1: nobody), asked and outcome (0 did, 1 did not, 2 could not, 3 unknown); repeats dropped."""
    if table is None:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none, none
    place = {test: order for order, test in enumerate(tests)}
    number = roll.number
    rows = {
        (place[test], number.get(asker, NOBODY), number[asked], OUTCOMES.index(outcome)): None
        for test, asker, asked, outcome in zip(
            *(table.columns[column] for column in ("test", "asker", "asked", "outcome")), strict=True
        )
    }
    if len(rows) < len(table):
        notes.append(f"{table.file}: {len(table) - len(rows)} repeated asks counted once")
    columns = np.array(list(rows), dtype=np.int64).reshape(-1, 4)
    return columns[:, 0], columns[:, 1], columns[:, 2], columns[:, 3]
