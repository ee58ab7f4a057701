"""From asks and yeses to one row per person and act, as the reading of pull wants them."""

from __future__ import annotations

import numpy as np

from commonweal.leaders.writes.reading.evidence import KNOWN, AskRows, NominationRows, TieRows
from commonweal.leaders.writes.reading.roll import Ints, Roll
from commonweal.reckoning.pull import NOBODY, AskRecords


def records_of(roll: Roll, asks: AskRows, named: NominationRows, ties: TieRows) -> AskRecords | None:
    """The records of a campaign, or None while nothing was seen.

    An ask whose outcome was seen is a row with its asker. Of several asks of one person for one act the
    one that brought her counts, else the first. A bare yes is a row that says she came, without asker:
    it teaches how hard the act was, never who has pull. Where a list of those who came was kept for a unit, its
    other people have a row that says they did not come; elsewhere nothing is known of them. "Could not" and
    "not known" are no row.
    """
    known = np.isin(asks.outcome, KNOWN)
    came = asks.outcome == KNOWN[0]
    key = asks.asked * len(asks.occasions) + asks.occasion
    chosen = _first_of_each(key, np.flatnonzero(known), came)
    seen = key[chosen]
    asker, did = asks.asker[chosen], came[chosen]
    yes = np.unique(asks_yes_key(asks))
    did |= np.isin(seen, yes)
    bare = yes[~np.isin(yes, seen)]
    absent = _absent(roll, asks, np.concatenate([seen, bare, key[~known]]))
    row = np.concatenate([seen, bare, absent])
    if not len(row):
        return None
    nobody = np.full(len(bare) + len(absent), NOBODY, dtype=np.int64)
    return AskRecords(
        person=row // len(asks.occasions),
        test=row % len(asks.occasions),
        asker=np.concatenate([asker, nobody]),
        came=np.concatenate([did, np.ones(len(bare), dtype=np.bool_), np.zeros(len(absent), dtype=np.bool_)]),
        n_people=roll.n,
        n_tests=len(asks.occasions),
        unit=roll.unit,
        test_order=np.arange(len(asks.occasions)),
        nominations=named_by(roll, named),
        degree=degree_of(roll, ties),
    )


def asks_yes_key(asks: AskRows) -> Ints:
    """The bare yeses as person and act in one number."""
    return asks.yes_person * len(asks.occasions) + asks.yes_occasion


def _first_of_each(key: Ints, rows: Ints, came: np.ndarray) -> Ints:
    """For each key one of its rows: the first that brought her, else the first."""
    order = rows[np.lexsort((rows, ~came[rows], key[rows]))]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = key[order[1:]] != key[order[:-1]]
    return order[first]


def _absent(roll: Roll, asks: AskRows, spoken_for: Ints) -> Ints:
    """Person and act of everybody who is on the roll of a unit whose list of who came was kept, and is not on it."""
    acts = len(asks.occasions)
    unit = roll.unit[: roll.n_own]
    kept = np.unique(roll.unit[asks.yes_person] * acts + asks.yes_occasion)
    if not len(kept):
        return np.zeros(0, dtype=np.int64)
    by_unit = np.argsort(unit, kind="stable")
    start = np.searchsorted(unit[by_unit], np.arange(unit.max() + 2))
    sizes = start[kept // acts + 1] - start[kept // acts]
    first = np.repeat(start[kept // acts] - np.cumsum(sizes) + sizes, sizes)
    people = by_unit[first + np.arange(sizes.sum())]
    everybody = people * acts + np.repeat(kept % acts, sizes)
    return everybody[~np.isin(everybody, spoken_for)]


def named_by(roll: Roll, named: NominationRows) -> Ints:
    """How many people name each person, whatever the question."""
    pairs = np.unique(named.nominee * roll.n + named.nominator)
    return np.bincount(pairs // roll.n, minlength=roll.n) if len(pairs) else np.zeros(roll.n, dtype=np.int64)


def degree_of(roll: Roll, ties: TieRows) -> Ints:
    """With how many people each person has a tie."""
    pairs = np.unique(np.concatenate([ties.from_ * roll.n + ties.to, ties.to * roll.n + ties.from_]))
    return np.bincount(pairs // roll.n, minlength=roll.n) if len(pairs) else np.zeros(roll.n, dtype=np.int64)
