"""From the files' numbers to what the arithmetic takes: ask records, tie strengths, groups, and an order of candidates."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.plain_files.contents import NOBODY, Contents, Roll
from commonweal.reckoning.plain_files.words import ngettext
from commonweal.reckoning.pull import AskRecords, PullReading, Verdict
from commonweal.reckoning.ties import FloatArray, IntArray, Ties, found_among

DID, DID_NOT, COULD_NOT = range(3)
NAMED_FULLY = 10


def people_tied(contents: Contents, one_way: bool) -> Ties:
    """The ties; a tie listed once joins two people both ways, unless ties lead only from the first to the second.

    Shapes: n of the roll; a tie that repeats is one tie (see `Ties.between`).
    Cost: O(ties log ties).
    """
    return Ties.between(*contents.ties, n=len(contents.roll.ids), both_ways=not one_way)


def nominations_received(contents: Contents) -> IntArray:
    """How many people name each person.

    Shapes: one entry per person of the roll, 0 where nobody does; a nomination is a pair, counted once by who reads
    the file.
    Cost: O(nominations + people).
    """
    return np.bincount(contents.nominations[1], minlength=len(contents.roll.ids))


def ask_records(contents: Contents, ties: Ties) -> AskRecords | None:
    """One row per person and test whose outcome was seen; None where there is none. How many had several is noted.

    Where several asked the same person for the same test, whoever asked her when she did it counts, else the first.

    Shapes: as `AskRecords` says, with the first unit of each person.
    Errs: an outcome that nobody saw is no row; asks of a bare yes are not in the files.
    Ties: of equal asks the first row of the file counts.
    Cost: O((asks + ties) log).
    """
    n, tests = ties.n, len(contents.tests)
    test, asker, asked, outcome = contents.asks
    seen = np.flatnonzero(outcome <= DID_NOT)
    if not seen.size:
        return None
    key = asked[seen] * tests + test[seen]
    order = seen[np.lexsort((seen, asker[seen] == NOBODY, outcome[seen], key))]
    key = asked[order] * tests + test[order]
    first = np.concatenate([[True], key[1:] != key[:-1]])
    rows = order[first]
    several = order.size - rows.size
    if several:
        said = ngettext(
            "%(count)d time somebody was asked again for the same test; one ask of them counts",
            "%(count)d times somebody was asked again for the same test; one ask of them counts",
            several,
        )
        contents.notes.append(said % {"count": several})
    pairs = np.unique(np.concatenate([ties.from_ * np.int64(n) + ties.to, ties.to * np.int64(n) + ties.from_]))
    return AskRecords(
        person=asked[rows],
        test=test[rows],
        asker=asker[rows],
        came=outcome[rows] == DID,
        n_people=n,
        n_tests=tests,
        unit=first_unit(contents.roll),
        test_order=np.arange(tests),
        nominations=nominations_received(contents),
        degree=np.bincount(pairs // n, minlength=n) if n else pairs,
    )


def units_in_order(roll: Roll) -> list[str]:
    """The names of all units, each at its number.

    Shapes: each name once; empty without units.
    Cost: O(rows of units log units).
    """
    return sorted({name for _, name in roll.unit})


def first_unit(roll: Roll) -> IntArray:
    """The number of each person's first unit, -1 without one.

    Shapes: one entry per person of the roll; units are numbered as `units_in_order` names them.
    Cost: O(rows of units log units).
    """
    unit = np.full(len(roll.ids), NOBODY, dtype=np.int64)
    names = {name: place for place, name in enumerate(units_in_order(roll))}
    for person, name in reversed(roll.unit):
        unit[person] = names[name]
    return unit


def following(contents: Contents, ties: Ties) -> Ties:
    """The ties with all evidence that the one would follow the other in their strength.

    In units of the strongest tie in the file: the tie itself, plus one if she named the other, plus the share by
    which she came more often than not when the other asked, (came - did not) / (asks + 1); never below a thousandth.

    Shapes: the same ties, in the same order.
    Errs: towards the tie alone: asks and nominations between people without a tie in the file are not used.
    Cost: O((asks + nominations) log ties).
    Source: ours.
    """
    if not ties.from_.size:
        return ties
    n = np.int64(ties.n)
    unit = float(ties.strength.max())
    pair = ties.from_ * n + ties.to
    test, asker, asked, outcome = contents.asks
    seen = (outcome <= DID_NOT) & (asker != NOBODY)
    at, known = found_among(pair, asked[seen] * n + asker[seen])
    asks = np.bincount(at[known], minlength=pair.size)
    came = np.bincount(at[known], weights=(outcome[seen][known] == DID), minlength=pair.size)
    named_at, named = found_among(pair, contents.nominations[0] * n + contents.nominations[1])
    strength = ties.strength + unit * (2 * came - asks) / (asks + 1)
    strength[named_at[named]] += unit
    return Ties(ties.from_, ties.to, np.maximum(strength, unit / 1000), ties.n)


def groupings(roll: Roll, pairs: list[tuple[int, str]]) -> list[tuple[IntArray, list[str]]]:
    """The groups people are in as arrays, one number per person; more than one array where people are in several.

    Each group stands whole in one array: groups that share somebody go to different ones.

    Shapes: `pairs` of person and name; one array per row, -1 for who is in none of its groups, with the names by
    number.
    Ties: names in order; each goes to the first array with room.
    Cost: O(groups times arrays times people of a group).
    """
    members: dict[str, list[int]] = {}
    for person, name in pairs:
        members.setdefault(name, []).append(person)
    rows: list[tuple[IntArray, list[str]]] = []
    for name in sorted(members):
        people = np.array(members[name], dtype=np.int64)
        for row, names in rows:
            if (row[people] == NOBODY).all():
                row[people] = len(names)
                names.append(name)
                break
        else:
            row = np.full(len(roll.ids), NOBODY, dtype=np.int64)
            row[people] = 0
            rows.append((row, [name]))
    return rows


def likelihood(reading: PullReading | None, named: IntArray) -> FloatArray:
    """Which of two equally useful candidates goes on the list: who surely lifts, then whom most people name.

    Shapes: one entry per person in `named` and in what comes back.
    Units and ranges: -1 for who holds back, 0..0.5 by nominations (ten are as good as more), about 0.5 up by the
    low end of her pull in points; an order, no probability.
    Errs: towards those who surely lift: an estimate is worth no more than its low end.
    Cost: O(people).
    Source: ours.
    """
    likely = np.minimum(named, NAMED_FULLY) / (2.0 * NAMED_FULLY)
    if reading is not None:
        known = ~np.isnan(reading.low)
        likely[reading.candidate[known]] = 0.5 + reading.low[known] / 200.0
        likely[reading.candidate[reading.verdict == Verdict.HOLDS_BACK]] = -1.0
    return likely


def best_guess(reading: PullReading | None, named: IntArray) -> FloatArray:
    """What each person's pull may be, in whole points: her own median where known, else what her nominations suggest.

    The suggestion is a straight line through the medians of those who are known, over the logarithm of their
    nominations, drawn only from ten of them up; before that everybody unknown has the same guess.

    Shapes: one entry per person in `named` and in what comes back; 0 for everybody where no pull is known.
    Units and ranges: points, rounded; a guess without its uncertainty, for the order of candidates and never shown.
    Errs: never lowers anybody for being named: a falling line is taken as level.
    Cost: O(people).
    Source: ours; the line is ordinary least squares.
    """
    guess = np.zeros(named.size)
    if reading is None or np.isnan(reading.median).all():
        return guess
    known = ~np.isnan(reading.median)
    median, of = reading.median[known], np.log1p(named[reading.candidate[known]])
    slope = 0.0
    if median.size >= 10 and of.std() > 0:
        slope = max(0.0, float(np.cov(of, median)[0, 1] / of.var(ddof=1)))
    guess[:] = np.round(median.mean() + slope * (np.log1p(named) - of.mean()))
    guess[reading.candidate[known]] = np.round(median)
    return guess
