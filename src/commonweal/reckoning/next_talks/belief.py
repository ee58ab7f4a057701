"""How likely it is, by the names so far, that others follow somebody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.next_talks.known import Known
from commonweal.reckoning.ties import FloatArray, IntArray

LEADERS = 0.1
"""One in ten leads others: the ratio of core activists that organizers plan with."""
PREFERRED = 4.0
"""A leader is named so many times as often as somebody else in the same place."""
AT_HOME = 0.8
"""The share of the names that stay within one's own unit and shift."""
TIES_TRUSTED = 4.0
"""With so many known ties of hers, half of her names are taken to run along them."""
FEWEST_NAMES, MOST_NAMES = 1.0, 6.0


@dataclass(frozen=True)
class Belief:
    """`leads`: chance that others follow her. `named_by`: how many people name her. `names`: how many names a talk
    brings on average. `out`/`over`: the distinct bonds as rows, each both ways; `degree`: bonds of each person.
    `at_home`: chance that she names a given mate of her group; `along`: chance that she names a given tie.
    `size`: people of each group."""

    leads: FloatArray
    named_by: IntArray
    names: float
    out: IntArray
    over: IntArray
    degree: IntArray
    at_home: FloatArray
    along: FloatArray
    size: IntArray


def rates() -> tuple[float, float]:
    """How often somebody ordinary and a leader are named, for one name that would fall on an average person."""
    ordinary = 1.0 / (1.0 + LEADERS * (PREFERRED - 1.0))
    return ordinary, PREFERRED * ordinary


def belief_of(known: Known) -> Belief:
    """How likely each person is a leader, by who has named her and who could have.

    Before anybody is asked, one in ten leads. Each distinct person who names her speaks for her, four to one; each who
    was asked, might have named her and did not speaks a little against her.
    Shapes: one entry per person or per bond, see `Belief`; nobody: empty arrays.
    Units and ranges: chances 0..1. Approximate: names are taken as independent given who leads, and a mate of the group
    as equally likely to be named unless known ties say otherwise.
    Errs: towards doubt; loud people who are named for being loud are taken for leaders.
    Ties: equal evidence gives equal chances.
    Cost: O(people + bonds + names), times a logarithm for sorting.
    Source: a Poisson naming model of our own; the one in ten and the four to one are stated, not fitted.

    >>> heard = np.arange(20) < 4
    >>> known = Known(group=np.zeros(20), talked=heard, heard=heard, nominator=[0, 1, 2], nominee=[9, 9, 9])
    >>> belief_of(known).leads[[9, 10]].round(2).tolist()
    [0.48, 0.07]
    """
    n, group = known.n, known.group
    named = np.unique(known.nominee * np.int64(max(n, 1)) + known.nominator)
    nominee, nominator = named // max(n, 1), named % max(n, 1)
    apart = nominee != nominator
    nominee, nominator = nominee[apart], nominator[apart]
    named_by = np.bincount(nominee, minlength=n)
    names = float(np.clip((len(nominee) + 3.0) / (known.heard.sum() + 1.0), FEWEST_NAMES, MOST_NAMES))
    out, over = _bonds(n, known, nominator, nominee)
    degree = np.bincount(out, minlength=n)
    trusted = degree / (degree + TIES_TRUSTED)
    size = np.bincount(group[group >= 0], minlength=int(group.max(initial=-1)) + 1)
    mates = np.where(group >= 0, size[group] - 1, 0) if size.size else np.zeros(n)
    at_home = np.where(mates > 0, names * AT_HOME * (1.0 - trusted) / np.maximum(mates, 1), 0.0)
    along = names * trusted / np.maximum(degree, 1)
    asked = _asked(known, at_home, along, out, over, size)
    ordinary, leader = rates()
    odds = np.log(LEADERS / (1 - LEADERS)) + named_by * np.log(PREFERRED) - asked * (leader - ordinary)
    return Belief(1 / (1 + np.exp(-odds)), named_by, names, out, over, degree, at_home, along, size)


def _bonds(n: int, known: Known, nominator: IntArray, nominee: IntArray) -> tuple[IntArray, IntArray]:
    """Who is bound to whom, by a tie or a name, each pair once either way."""
    one = np.concatenate([known.tie_one, nominator])
    other = np.concatenate([known.tie_other, nominee])
    pair = np.concatenate([one * np.int64(max(n, 1)) + other, other * np.int64(max(n, 1)) + one])
    pair = np.unique(pair)
    out, over = pair // max(n, 1), pair % max(n, 1)
    apart = out != over
    return out[apart], over[apart]


def _asked(
    known: Known, at_home: FloatArray, along: FloatArray, out: IntArray, over: IntArray, size: IntArray
) -> FloatArray:
    """How many names each person would have if those who were heard had named everybody alike."""
    group, heard = known.group, known.heard
    placed = group >= 0
    of_group = np.bincount(group[placed & heard], weights=at_home[placed & heard], minlength=size.size)
    asked = np.where(placed, of_group[group] if size.size else 0.0, 0.0) - np.where(heard & placed, at_home, 0.0)
    told = heard[out]
    return asked + np.bincount(over[told], weights=along[out[told]], minlength=known.n)
