"""How short no list can be."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.coverage.question import Question
from commonweal.reckoning.ties import FloatArray


def fewest_by_counting(question: Question) -> int:
    """No list is shorter than this, by sharing out one unit of praise per leader.

    Give each person a praise so small that the praise of anybody and those she could lead at once adds up to no more
    than 1. A list that reaches the target earns at least the praise of the least praised people who make up each
    group's need, so it has at least that many leaders. (A feasible point of the dual of the covering programme.)
    Here everybody's praise is one over the most people that any of those who could lead her can account for.
    People whom nobody may lead and who may not be listed are left out: they cannot be reached by any list.
    Exact or approximate: a valid bound, often short of the truth; groups of one grouping add up, groupings do not.
    Errs: too low, never too high.
    Cost: proportional to the ties.
    Source: linear programming duality, weak side.
    """
    best = 0.0
    praise = _praise(question)
    for row in question.groups:
        inside = np.flatnonzero((row >= 0) & np.isfinite(praise))
        order = inside[np.lexsort((praise[inside], row[inside]))]
        group = row[order]
        starts = np.searchsorted(group, np.arange(question.size.size))
        place = np.arange(order.size) - starts[group]
        best = max(best, float(praise[order[place < question.need[group]]].sum()))
    return int(np.ceil(best - 1e-9))


def _praise(question: Question) -> FloatArray:
    """For each person one over the largest account of those who could lead her, herself among them."""
    able = question.allowed.copy()
    able[question.pinned] = True
    account = np.minimum(np.diff(question.pointer), question.capacity) + question.wanted
    candidate = np.repeat(np.arange(question.n), np.diff(question.pointer))
    most = np.where(able, account, 0)
    used = able[candidate]
    np.maximum.at(most, question.follower[used], account[candidate[used]])
    return np.where(most > 0, 1.0 / np.maximum(most, 1), np.inf)
