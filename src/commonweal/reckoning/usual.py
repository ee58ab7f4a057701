"""What an average asker would have got from the same people on the same day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.reckoning.odds import TENTH, chance
from commonweal.reckoning.ties import FloatArray, IntArray

OWN_RECORD = 2.0
"""So many acts of her own weigh as much as what her unit does."""
UNIT_RECORD = 4.0
"""So many rows of a unit weigh as much as what everybody does."""
DAY_OF_A_UNIT = 0.2
"""How much one day moves one unit beyond the others: a variance in logits."""


@dataclass(frozen=True)
class Usual:
    """One entry per group of asks: how many an average asker would have got, and the likely range (8 times in 10)."""

    expected: FloatArray
    low: FloatArray
    high: FloatArray


def usual_of(
    *,
    held: ArrayLike,
    came_before: ArrayLike,
    unit: ArrayLike,
    came: ArrayLike,
    group: ArrayLike,
    groups: int,
) -> Usual:
    """Say how many of the people somebody asked would have come had anybody asked them.

    Everybody's readiness is what she did before, steadied by what her unit did; the day's difficulty is set so that
    all who were asked today come out right together; what moved her unit today is learnt from those in it whom
    somebody else asked.

    Shapes: one entry per person asked today whose answer was seen: `held` how many earlier acts she has an answer
    of, `came_before` of how many of them she took part; `unit` and `group` (who asked her) small numbers from 0;
    `came` whether she came today. One entry per group back; a group without anybody expects 0.
    Units and ranges: people; approximate. The range holds the number an average asker gets 8 times in 10.
    Errors: ValueError where the columns differ in length or somebody came more often than she was seen.
    Errs: towards the average: people nobody knows stand where their unit stands, and a leader whose people are all of
    their unit is compared with the whole place alone.
    Ties: none to settle.
    Cost: O(rows).
    Source: ours; a shrunken rate, and one step of a logistic fit for the unit's day (variance 0.2).

    >>> found = usual_of(held=[2, 2], came_before=[2, 0], unit=[0, 0], came=[1, 0], group=[0, 1], groups=2)
    >>> found.expected.round(1).tolist()
    [0.7, 0.3]
    """
    h, c = np.asarray(held, dtype=np.float64), np.asarray(came_before, dtype=np.float64)
    u, g = np.asarray(unit, dtype=np.int64), np.asarray(group, dtype=np.int64)
    y = np.asarray(came, dtype=np.float64)
    if len({len(column) for column in (h, c, u, g, y)}) != 1 or (c > h).any():
        raise ValueError("columns of usual_of")
    if not len(y):
        return Usual(*(np.zeros(groups) for _ in range(3)))
    readiness = _log_odds(_steadied(h, c, u))
    base = readiness + _day(readiness, y)
    likely, unsure = _unit_days(base, y, u, g)
    expected = np.bincount(g, likely, minlength=groups).astype(np.float64)
    slope = np.bincount(g, likely * (1 - likely), minlength=groups)
    # A group of people of several units shares the doubt of the most doubtful of them: wider rather than narrow.
    doubt = np.zeros(groups)
    np.maximum.at(doubt, g, unsure)
    width = TENTH * np.sqrt(slope + slope**2 * doubt)
    asked = np.bincount(g, minlength=groups).astype(np.float64)
    return Usual(expected, np.maximum(expected - width, 0.0), np.minimum(expected + width, asked))


def _steadied(held: FloatArray, came: FloatArray, unit: IntArray) -> FloatArray:
    """Everybody's readiness: her own record, drawn towards her unit's, which is drawn towards everybody's."""
    everybody = (came.sum() + 1.0) / (held.sum() + 2.0)
    of_unit = np.bincount(unit, came) + UNIT_RECORD * everybody
    of_unit /= np.bincount(unit, held) + UNIT_RECORD
    return (came + OWN_RECORD * of_unit[unit]) / (held + OWN_RECORD)


def _day(readiness: FloatArray, came: FloatArray) -> float:
    """The shift in logits at which as many come as came: the difficulty of the day (half a person steadies all or
    none)."""
    wanted = (came.sum() + 0.5) / (len(came) + 1.0) * len(came)
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if chance(readiness + middle).sum() < wanted:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _unit_days(base: FloatArray, came: FloatArray, unit: IntArray, group: IntArray) -> tuple[FloatArray, FloatArray]:
    """Everybody's chance today with what moved her unit, as those show whom another group asked; and the
    variance of that shift."""
    plain = chance(base)
    surplus, weight = came - plain, plain * (1 - plain)
    pair = unit * (group.max() + 1) + group
    _, place = np.unique(pair, return_inverse=True)
    others = np.bincount(unit, surplus)[unit] - np.bincount(place, surplus)[place]
    told = np.bincount(unit, weight)[unit] - np.bincount(place, weight)[place]
    unsure = np.asarray(1.0 / (1.0 / DAY_OF_A_UNIT + told), dtype=np.float64)
    return chance(base + others * unsure), unsure


def _log_odds(share: FloatArray) -> FloatArray:
    return np.log(share / (1.0 - share))
