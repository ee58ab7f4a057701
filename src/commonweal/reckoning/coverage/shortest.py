"""The shortest list: greed first, then exchanges, and proof where the case is small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from commonweal.reckoning.coverage.bound import fewest_by_counting
from commonweal.reckoning.coverage.exact import Programme
from commonweal.reckoning.coverage.exchange import Exchange
from commonweal.reckoning.coverage.greedy import Progress, list_by_greed
from commonweal.reckoning.coverage.question import ListRefused, Question, pose
from commonweal.reckoning.coverage.report import CoverList, reach_of_groups, stand_ins, unreached_people
from commonweal.reckoning.ties import FloatArray, IntArray, Ties

Engine = Literal["quick", "search", "exact"]
LOOKS = 2_000_000
"""About two million a second of a plain processor."""
TIES_SEARCHED = 150_000
TIES_RELAXED = 2_000
REPLACEMENTS_TRIED = 1_000
TIES_PROVEN = 160
NODES = 2_000


def shortest_list(
    ties: Ties,
    *,
    groups: Sequence[IntArray],
    target: float = 0.9,
    capacity: int = 12,
    pinned: Sequence[int] = (),
    vetoed: Sequence[int] = (),
    score: FloatArray | None = None,
    follows: FloatArray | None = None,
    least_ties: int = 0,
    engine: Engine = "search",
) -> CoverList:
    """The fewest leaders with whom this share of every group is on the list or walks with somebody on it.

    Greed gives a list; exchanges (one off; one on, two off) shorten it; one-for-one exchanges raise its score. A bound
    says how short no list can be, and where the two meet the list is proven to be as short as any.

    Shapes: each grouping gives a group number per person, -1 for none; a person may be in a group of each grouping,
    and no grouping at all means everybody is one group. Candidates are everybody in a group and everybody with a tie
    from somebody in one. `pinned` are on the list, `vetoed` never; `score` has one entry per person, the likelier
    leader the higher; `follows` one per tie, the probability that it holds (1 where left out).
    Units and ranges: target above 0 up to 1, of each group, rounded up to whole people; capacity counts followers,
    leaders themselves not. With `follows` the target is to be reached in expectation: a follower counts with the
    probability of her tie. Engines: "quick" is greed alone, "search" adds the exchanges up to 150,000 ties, "exact"
    solves the whole-number programme, which may take long beyond some sixty people.
    Errors: ListRefused.
    Errs: who has no tie to anybody can be reached only by being listed herself (`alone`), unless `least_ties` asks for
    leaders whom at least so many could follow; then her group may stay short, which the answer says.
    Ties: of equally useful candidates the higher score, then a fixed scramble of numbers; never the order of rows.
    Cost: quick: near linear, a few seconds for three million directed ties. Search: up to 2 million looks at a person's place, under a
    second whatever else the machine does.
    Source: capacitated covering, greedy after Wolsey 1982. Without a binding capacity greed is within 1 + 1/2 + ... +
    1/d of the shortest, d the most any leader adds (over all groupings). With one, places are given away for
    good, and all that holds is a factor of capacity + 1; hence the exchanges, and the bound of each answer itself.

    >>> star = Ties.between([1, 2, 3, 4], [0, 0, 0, 0], n=5)
    >>> shortest_list(star, groups=[]).leaders.tolist()
    [0]
    """
    strength_of = _with_probability(ties, follows)
    question = pose(
        strength_of,
        groups=groups,
        target=target,
        capacity=capacity,
        pinned=pinned,
        vetoed=vetoed,
        score=score,
        least_ties=least_ties,
    )
    if follows is None:
        progress, fewest, proven = _answer(question, engine)
        return _report(ties, question, progress, np.ones(ties.n), fewest, proven)
    return _reached_in_expectation(ties, question, np.asarray(follows, dtype=np.float64), engine)


def _with_probability(ties: Ties, follows: FloatArray | None) -> Ties:
    if follows is None:
        return ties
    sure = np.asarray(follows, dtype=np.float64)
    if sure.shape != ties.strength.shape or not ((sure >= 0) & (sure <= 1)).all():
        raise ListRefused("follows needs one probability for each tie")
    return Ties(ties.from_, ties.to, ties.strength * sure, ties.n)


def _answer(question: Question, engine: Engine) -> tuple[Progress, int, bool]:
    """The list, a bound below which none falls, and whether the list is proven to be as short as any."""
    progress = list_by_greed(question, question.score)
    fewest = max(fewest_by_counting(question), question.pinned.size)
    size = question.follower.size
    if engine != "quick" and size <= TIES_SEARCHED:
        progress = Exchange(question, progress, LOOKS, fewest).run()
    reaches = not progress.short.any()
    if engine == "quick" or not reaches or not question.need.any() or (engine == "search" and size > TIES_RELAXED):
        return progress, fewest, reaches and len(progress.chosen) == fewest
    programme = Programme(question)
    if len(progress.chosen) > fewest:
        fewest = max(fewest, programme.fewest())
    if engine == "exact" or (size <= TIES_PROVEN and len(progress.chosen) > fewest):
        solved = programme.solve(None if engine == "exact" else NODES)
        if solved is not None and not solved[0].short.any() and len(solved[0].chosen) <= len(progress.chosen):
            progress = solved[0]
            fewest = len(progress.chosen) if solved[1] else fewest
    return progress, fewest, len(progress.chosen) == fewest


def _reached_in_expectation(ties: Ties, question: Question, follows: FloatArray, engine: Engine) -> CoverList:
    """Ask for more people until those who follow surely enough add up to the target, or nothing more can be had."""
    asked = question
    fewest = max(fewest_by_counting(question), question.pinned.size)
    for _ in range(12):
        progress, _, _ = _answer(asked, engine)
        weight = _weights(ties, progress, follows)
        missing = [group.need - group.reached for group in reach_of_groups(question, weight * question.wanted)]
        more = np.maximum(np.ceil(np.array(missing) - 1e-9), 0).astype(np.int64)
        need = np.minimum(question.size, asked.need + more)
        if not more.any() or (need == asked.need).all():
            break
        asked = Question(**{**asked.__dict__, "need": need})
    return _report(ties, question, progress, weight, fewest, len(progress.chosen) == fewest)


def _weights(ties: Ties, progress: Progress, follows: FloatArray) -> FloatArray:
    """How surely each person is reached: leaders in full, followers by the probability of their tie."""
    weight = np.zeros(ties.n)
    walks = progress.served_by[ties.from_] == ties.to
    weight[ties.from_[walks]] = follows[walks]
    weight[progress.chosen] = 1.0
    return weight


def _report(
    ties: Ties, question: Question, progress: Progress, weight: FloatArray, fewest: int, proven: bool
) -> CoverList:
    leaders = np.array(progress.chosen, dtype=np.int64)
    listed = np.zeros(question.n, dtype=np.bool_)
    listed[leaders] = True
    served = (listed | (progress.served_by >= 0)) & question.wanted
    load = np.bincount(progress.served_by[progress.served_by >= 0], minlength=question.n)
    groups = reach_of_groups(question, served * weight)
    return CoverList(
        leaders=leaders,
        served_by=progress.served_by,
        groups=groups,
        unreached=unreached_people(ties, question.wanted, listed, served),
        lower_bound=fewest,
        exact=proven and all(group.short <= 1e-9 for group in groups),
        alone=leaders[load[leaders] == 0],
        stand_ins=_stand_ins(question, leaders, progress),
    )


def _stand_ins(question: Question, leaders: IntArray, progress: Progress) -> IntArray:
    """How replaceable each name is: by trial where there are few to try, else by a bound from below."""
    if question.follower.size <= TIES_SEARCHED:
        tried = Exchange(question, progress, LOOKS).stand_ins(leaders.tolist(), REPLACEMENTS_TRIED)
        if tried is not None:
            return np.array(tried, dtype=np.int64)
    return stand_ins(question, leaders, progress.served_by)
