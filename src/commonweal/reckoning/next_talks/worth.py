"""What a talk with each person is worth, in people whose leader becomes known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.next_talks.belief import AT_HOME, LEADERS, TIES_TRUSTED, Belief, belief_of, rates
from commonweal.reckoning.next_talks.known import NOBODY, Hole, Known, Reason
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray

PEOPLE_A_LEADER = 1.0 / LEADERS
"""Whoever turns out to lead stands for so many people."""
IN_DOUBT = (0.2, 0.8)
FEWEST_TO_NAME = 2
"""Below so many names somebody is not yet spoken of as a candidate."""
SMALLEST_GROUP = 5
"""A group or institution with fewer people on the list is not called unmapped ground."""
HOLE_EXPLAINED = 0.5
"""The share of a chain's holes that a talk with one of them explains."""


@dataclass(frozen=True)
class Worth:
    """`parts`: for each reason one number per person; `total` is their sum. `belief`: what they follow from.
    `bridge_to` and `institution`: the group or institution that is meant, -1 none. `in_doubt`: who is a candidate about
    whom we are in doubt. `told`: people heard in each group. `holes`: holes in each person's chain."""

    parts: dict[Reason, FloatArray]
    total: FloatArray
    belief: Belief
    bridge_to: IntArray
    institution: IntArray
    in_doubt: BoolArray
    told: IntArray
    holes: IntArray


def worth_of(known: Known) -> Worth:
    """What a talk with each person would teach or win, in people whose leader we come to know.

    We know somebody's leader when the names tell who it is and somebody of us has sat down with that leader. A talk
    wins the people of whoever is talked with, as far as she likely leads; and it teaches, because those she names, and
    those she could have named and did not, are less in doubt afterwards. A leader stands for ten people.

    NAMED is the first, DECIDES and UNMAPPED are the second, apart for candidates in doubt and for all others of her
    group and ties; BRIDGE and INSTITUTION are one more name in a group that only she joins to hers, or in an
    institution where nobody was heard; HOLE is half of the holes in her chain.
    Shapes: one number per person and reason; nobody: empty.
    Units and ranges: people, from 0 up; expected values. The teaching is the expected fall of the variance of "does she
    lead", which for one name more has a closed form; exact for one person at a time, approximate in their sum.
    Errs: towards small numbers where many names come from one talk, for they are counted one by one.
    Ties: equal circumstances give equal worth.
    Cost: O(people + bonds + names + memberships), times a logarithm for sorting.
    Source: expected information gain with Gini's measure of doubt; choosing the next interview so that few suffice:
    Sharara, Getoor, Norton 2011 ("active surveying"); ours adds what is won and counts both in people.

    >>> nobody = np.zeros(4, dtype=bool)
    >>> blank = worth_of(Known(group=np.zeros(4), talked=nobody, heard=nobody))
    >>> bool(np.ptp(blank.total) == 0 and blank.total[0] > 1)
    True
    """
    belief = belief_of(known)
    in_doubt = (belief.named_by >= FEWEST_TO_NAME) & (belief.leads > IN_DOUBT[0]) & (belief.leads < IN_DOUBT[1])
    fresh = ~known.heard
    sure = PEOPLE_A_LEADER * np.where(fresh, _taught(known, belief, ~in_doubt), 0.0)
    decided = PEOPLE_A_LEADER * np.where(fresh, _taught(known, belief, in_doubt), 0.0)
    bridge, bridge_to = _bridges(known, belief)
    institution, where = _institutions(known, belief)
    holes, of_chain = _holes(known)
    parts = {
        Reason.NAMED: PEOPLE_A_LEADER * np.where(known.talked, 0.0, belief.leads),
        Reason.DECIDES: decided,
        Reason.BRIDGE: np.where(fresh, bridge, 0.0),
        Reason.INSTITUTION: institution,
        Reason.HOLE: holes,
        Reason.UNMAPPED: sure,
    }
    told = np.bincount(known.group[known.heard & (known.group >= 0)], minlength=belief.size.size)
    total = np.sum(list(parts.values()), axis=0)
    return Worth(parts, total, belief, bridge_to, where, in_doubt, told, of_chain)


def fall_of_doubt(leads: FloatArray, chance: FloatArray) -> FloatArray:
    """By how much one more look is expected to lower the doubt whether she leads, measured as leads * (1 - leads).

    `chance`: how many names of the one who looks would fall on her if she were like everybody.
    Units and ranges: 0..0.25, exact for one look: the variance of the later chance.
    """
    ordinary, leader = rates()
    if_she_leads, if_not = -np.expm1(-chance * leader), -np.expm1(-chance * ordinary)
    named = leads * if_she_leads + (1 - leads) * if_not
    spread = leads * (1 - leads) * (if_she_leads - if_not)
    return np.divide(spread**2, named * (1 - named), out=np.zeros_like(spread), where=named * (1 - named) > 1e-12)


def _taught(known: Known, belief: Belief, of: BoolArray) -> FloatArray:
    """The fall of doubt about these people that a talk with each person would bring."""
    n, group, size = known.n, known.group, belief.size
    placed = group >= 0
    usual = np.zeros(n)
    usual[placed] = belief.names * AT_HOME / np.maximum(size[group[placed]] - 1, 1)
    at_home = np.where(of & placed, fall_of_doubt(belief.leads, usual), 0.0)
    of_group = np.bincount(group[placed], weights=at_home[placed], minlength=size.size)
    open_ = belief.degree / (belief.degree + TIES_TRUSTED)
    mates = np.where(placed, (of_group[group] if size.size else 0.0) - at_home, 0.0) * (1 - open_)
    out, over = belief.out, belief.over
    together = placed[out] & (group[out] == group[over])
    chance = belief.along[out] + belief.at_home[out] * together
    more = fall_of_doubt(belief.leads[over], chance) * of[over] - at_home[over] * (1 - open_[out]) * together
    return np.maximum(mates + np.bincount(out, weights=more, minlength=n), 0.0)


def _bridges(known: Known, belief: Belief) -> tuple[FloatArray, IntArray]:
    """What one name in another group is worth to who alone joins it to hers, and which group that is."""
    n, group, size = known.n, known.group, belief.size
    worth, to = np.zeros(n), np.full(n, NOBODY, dtype=np.int64)
    there, here = group[belief.over], group[belief.out]
    across = (there >= 0) & (here >= 0) & (there != here)
    if not across.any():
        return worth, to
    groups = np.int64(size.size)
    pair, hers = np.unique(belief.out[across] * groups + there[across], return_counts=True)
    person, other = pair // groups, pair % groups
    both = np.sort(np.stack([group[person], other]), axis=0)
    link = both[0] * groups + both[1]
    # Each bond stands twice among the links of a pair of groups, once from either end.
    joins, at = np.unique(link, return_inverse=True)
    links = np.bincount(at, weights=hers, minlength=joins.size)[at] / 2
    alone = (links == hers) & (size[other] >= SMALLEST_GROUP) & (size[group[person]] >= SMALLEST_GROUP)
    person, other = person[alone], other[alone]
    chance = np.zeros(n)
    placed = group >= 0
    chance[placed] = 1.0 / np.maximum(size[group[placed]], 1)
    one_name = np.bincount(group[placed], weights=fall_of_doubt(belief.leads, chance)[placed], minlength=size.size)
    order = np.argsort(one_name[other], kind="stable")
    worth[person[order]] = PEOPLE_A_LEADER * one_name[other[order]]
    to[person[order]] = other[order]
    return worth, to


def _institutions(known: Known, belief: Belief) -> tuple[FloatArray, IntArray]:
    """What one name is worth in an institution of which nobody was heard or talked with, and which that is."""
    n = known.n
    worth, where = np.zeros(n), np.full(n, NOBODY, dtype=np.int64)
    if not known.member.size:
        return worth, where
    pair = np.unique(known.institution * np.int64(n) + known.member)
    institution, member = pair // n, pair % n
    members = np.bincount(institution)
    reached = np.bincount(institution[(known.talked | known.heard)[member]], minlength=members.size) > 0
    chance = 1.0 / np.maximum(members[institution], 1)
    one_name = np.bincount(institution, weights=fall_of_doubt(belief.leads[member], chance), minlength=members.size)
    one_name = np.where(reached | (members < SMALLEST_GROUP), 0.0, one_name)
    order = np.argsort(one_name[institution], kind="stable")
    order = order[one_name[institution[order]] > 0]
    worth[member[order]] = PEOPLE_A_LEADER * one_name[institution[order]]
    where[member[order]] = institution[order]
    return worth, where


def _holes(known: Known) -> tuple[FloatArray, IntArray]:
    """What a talk about a hole is worth, and how many holes her chain has."""
    assert known.leader is not None and known.hole is not None
    walks = known.leader >= 0
    hole = known.hole != int(Hole.NONE)
    holes = np.bincount(known.leader[walks & hole], minlength=max(known.n, 1))
    of_chain = np.where(walks, holes[np.maximum(known.leader, 0)], hole.astype(np.int64))
    return np.where(hole, HOLE_EXPLAINED * of_chain, 0.0), of_chain
