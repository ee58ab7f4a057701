"""What the five kinds of file say: ties, nominations, asks, tests and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from commonweal.reckoning.plain_files.checks import COLUMNS, OUTCOMES, PEOPLE_COLUMNS, check_cells
from commonweal.reckoning.plain_files.table import FilesRefused, Problem, Table, read_table
from commonweal.reckoning.plain_files.tests_listed import tests_in_order, unlisted_test
from commonweal.reckoning.plain_files.words import gettext as _
from commonweal.reckoning.plain_files.words import ngettext
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray

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
    """The files as numbers: rows of ties, nominations, asks and planned asks between people on the roll.

    `orders` has one entry per test, None without a file of tests; `test_kinds` too, "" where no kind is given. `plan` is
    None without a file of it.
    """

    roll: Roll
    ties: tuple[IntArray, IntArray, FloatArray]
    nominations: tuple[IntArray, IntArray]
    asks: tuple[IntArray, IntArray, IntArray, IntArray]
    tests: list[str]
    notes: list[str] = field(default_factory=list)
    orders: FloatArray | None = None
    test_kinds: tuple[str, ...] = ()
    plan: tuple[IntArray, IntArray] | None = None


def read_contents(
    ties: Path | None = None,
    *,
    nominations: Path | None = None,
    asks: Path | None = None,
    tests: Path | None = None,
    people: Path | None = None,
    plan: Path | None = None,
    kinds: tuple[str, ...] = (),
    next_order: float | None = None,
) -> Contents:
    """Read every file, refuse all that cannot be trusted together, and number the people.

    Shapes: one path per kind of file, None for a kind that is not there; people are numbered in the order of the
    files. With `next_order`, the place of a test to come, an ask without an outcome is a planned one, and a test of
    such asks alone that the file of tests does not know stands at that place.
    Errors: FilesRefused, with every fault of every file at once.
    Cost: O(cells).
    """
    problems: list[Problem] = []
    tables: dict[str, Table] = {}
    for word, path in (
        ("people", people),
        ("ties", ties),
        ("nominations", nominations),
        ("asks", asks),
        ("tests", tests),
        ("plan", plan),
    ):
        if path is not None:
            try:
                required, optional = COLUMNS[word]
                if word == "tests" and next_order is not None:
                    optional = (*optional, "kind")
                tables[word] = read_table(path, required, optional)
            except FilesRefused as refused:
                problems += refused.problems
    coming = unlisted_test(tables) if next_order is not None else None
    weights = check_cells(tables, problems, coming=coming)
    if problems:
        raise FilesRefused(problems)
    notes = [note for table in tables.values() for note in table.notes]
    roll = _roll(tables)
    if people is not None:
        _note_strangers(tables, roll, notes)
    names, orders, test_kinds = tests_in_order(tables, coming, next_order)
    return Contents(
        roll=roll,
        ties=_ties(tables.get("ties"), weights, roll, kinds, notes),
        nominations=_nominations(tables.get("nominations"), roll, notes),
        asks=_asks(tables.get("asks"), names, roll, notes),
        tests=names,
        notes=notes,
        orders=orders,
        test_kinds=test_kinds,
        plan=_plan(tables.get("plan"), roll),
    )


def _roll(tables: dict[str, Table]) -> Roll:
    everybody: set[str] = set()
    for word, columns in PEOPLE_COLUMNS.items():
        if word in tables:
            for column in columns:
                everybody.update(tables[word].columns[column])
    for word in ("asks", "plan"):
        if word in tables:
            everybody.update(tables[word].columns["asker"])
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
        said = ngettext(
            "%(count)d person is named in other files but not in %(file)s: she may lead, but nobody counts on reaching her",
            "%(count)d people are named in other files but not in %(file)s: they may lead, but nobody counts on reaching them",
            strangers,
        )
        notes.append(said % {"count": strangers, "file": tables["people"].file})
    repeated = len(tables["people"]) - int(roll.counted.sum())
    if repeated:
        said = ngettext(
            "%(file)s: %(count)d repeated id; one person may be in several units",
            "%(file)s: %(count)d repeated ids; one person may be in several units",
            repeated,
        )
        notes.append(said % {"file": tables["people"].file, "count": repeated})


def _numbers(names: list[str], roll: Roll) -> IntArray:
    number = roll.number
    return np.fromiter((number[name] for name in names), dtype=np.int64, count=len(names))


def _ties(
    table: Table | None, weights: FloatArray, roll: Roll, kinds: tuple[str, ...], notes: list[str]
) -> tuple[IntArray, IntArray, FloatArray]:
    """From, to and strength of every tie that counts; what is ignored is noted. None without a file."""
    if table is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    tail, head = _numbers(table.columns["from"], roll), _numbers(table.columns["to"], roll)
    used = np.ones(tail.size, dtype=np.bool_)
    if kinds:
        said = table.columns.get("kind", [""] * len(table))
        missing = [kind for kind in kinds if kind not in set(said)]
        if missing:
            raise FilesRefused(
                [Problem(table.file, 0, "kind", _('no tie is of the kind "%(kind)s"') % {"kind": missing[0]})]
            )
        used = np.array([kind in kinds for kind in said], dtype=np.bool_)
    own, empty = int((used & (tail == head)).sum()), int((used & (tail != head) & (weights == 0)).sum())
    if own:
        note = ngettext(
            "%(file)s: %(count)d tie of a person to herself ignored",
            "%(file)s: %(count)d ties of people to themselves ignored",
            own,
        )
        notes.append(note % {"file": table.file, "count": own})
    if empty:
        note = ngettext(
            "%(file)s: %(count)d tie of weight 0 ignored", "%(file)s: %(count)d ties of weight 0 ignored", empty
        )
        notes.append(note % {"file": table.file, "count": empty})
    used &= (tail != head) & (weights > 0)
    tail, head, weights = tail[used], head[used], weights[used]
    repeated = tail.size - np.unique(tail * np.int64(max(len(roll.ids), 1)) + head).size
    if repeated:
        note = ngettext(
            "%(file)s: %(count)d repeated tie; the strongest of each pair counts",
            "%(file)s: %(count)d repeated ties; the strongest of each pair counts",
            repeated,
        )
        notes.append(note % {"file": table.file, "count": repeated})
    if not tail.size:
        notes.append(_("%(file)s: holds no tie that can be used: nobody can lead anybody") % {"file": table.file})
    return tail, head, weights


def _nominations(table: Table | None, roll: Roll, notes: list[str]) -> tuple[IntArray, IntArray]:
    """Who names whom, each pair once however many questions it answers; nobody names herself."""
    if table is None:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    by, of = _numbers(table.columns["nominator"], roll), _numbers(table.columns["nominee"], roll)
    own = int((by == of).sum())
    if own:
        said = ngettext(
            "%(file)s: %(count)d nomination of oneself ignored",
            "%(file)s: %(count)d nominations of oneself ignored",
            own,
        )
        notes.append(said % {"file": table.file, "count": own})
    pair = np.unique((by * np.int64(max(len(roll.ids), 1)) + of)[by != of])
    return pair // max(len(roll.ids), 1), pair % max(len(roll.ids), 1)


def _plan(table: Table | None, roll: Roll) -> tuple[IntArray, IntArray] | None:
    """Asker (-1: nobody) and asked, row by row."""
    if table is None:
        return None
    asker = [roll.number.get(name, NOBODY) for name in table.columns["asker"]]
    return np.array(asker, dtype=np.int64), _numbers(table.columns["asked"], roll)


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
        said = ngettext(
            "%(file)s: %(count)d repeated ask counted once",
            "%(file)s: %(count)d repeated asks counted once",
            len(table) - len(rows),
        )
        notes.append(said % {"file": table.file, "count": len(table) - len(rows)})
    columns = np.array(list(rows), dtype=np.int64).reshape(-1, 4)
    return columns[:, 0], columns[:, 1], columns[:, 2], columns[:, 3]
