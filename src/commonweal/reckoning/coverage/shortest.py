"""The shortest list: greed first, then exchanges, and proof where the case is small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from commonweal.reckoning.coverage.bound import fewest_by_counting
from commonweal.reckoning.coverage.greedy import Progress, list_by_greed
from commonweal.reckoning.coverage.question import Question, pose
from commonweal.reckoning.coverage.report import CoverList, reach_of_groups, unreached_people
from commonweal.reckoning.ties import FloatArray, IntArray, Ties


def shortest_list(
    ties: Ties,
    *,
    groups: Sequence[IntArray],
    target: float = 0.9,
    capacity: int = 12,
    pinned: Sequence[int] = (),
    vetoed: Sequence[int] = (),
    score: FloatArray | None = None,
    least_ties: int = 0,
) -> CoverList:
    """The fewest leaders with whom at least this share of every group is on the list or walks with somebody on it."""
    question = pose(
        ties,
        groups=groups,
        target=target,
        capacity=capacity,
        pinned=pinned,
        vetoed=vetoed,
        score=score,
        least_ties=least_ties,
    )
    progress = list_by_greed(question, question.score)
    return _report(ties, question, progress)


def _report(ties: Ties, question: Question, progress: Progress) -> CoverList:
    leaders = np.array(progress.chosen, dtype=np.int64)
    listed = np.zeros(question.n, dtype=np.bool_)
    listed[leaders] = True
    served = (listed | (progress.served_by >= 0)) & question.wanted
    fewest = max(fewest_by_counting(question), question.pinned.size)
    load = np.bincount(progress.served_by[progress.served_by >= 0], minlength=question.n)
    return CoverList(
        leaders=leaders,
        served_by=progress.served_by,
        groups=reach_of_groups(question, served.astype(np.float64)),
        unreached=unreached_people(ties, question.wanted, listed, served),
        lower_bound=fewest,
        exact=leaders.size <= fewest,
        alone=leaders[load[leaders] == 0],
        capacity=question.capacity,
    )
