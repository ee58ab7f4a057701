"""Chains: as many people as possible, by the strongest ties, moving nobody for nothing."""

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from commonweal.reckoning.chains import MoveWhy, UnplacedWhy, walk_with
from commonweal.reckoning.chains.reasons import ClaimWhy
from commonweal.reckoning.chains.walk import Chains, ChainsRefused
from commonweal.reckoning.ties import BadTies, Ties


@st.composite
def small_places(draw):
    """Up to eleven people with ties of whole strengths, some of them leaders, and a capacity."""
    n = draw(st.integers(2, 11))
    person = st.integers(0, n - 1)
    rows = draw(st.lists(st.tuples(person, person, st.integers(0, 6)), max_size=40))
    leaders = draw(st.sets(person, min_size=1, max_size=4))
    tail, head, strength = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    return Ties.between(tail, head, strength, n=n), sorted(leaders), draw(st.integers(1, 4))


def best_by_assignment(ties: Ties, leaders: list[int], capacity: int) -> tuple[int, float]:
    """People placed and strength in all, by copying every leader and solving the dense assignment problem."""
    followers = [person for person in range(ties.n) if person not in leaders]
    slots = [leader for leader in leaders for _ in range(capacity)]
    worth = {(f, t): s for f, t, s in zip(ties.from_.tolist(), ties.to.tolist(), ties.strength.tolist(), strict=True)}
    gain = np.zeros((len(followers), len(slots) + len(followers)))
    for row, person in enumerate(followers):
        for column, leader in enumerate(slots):
            gain[row, column] = 1000.0 + worth[person, leader] if (person, leader) in worth else -1.0
    rows, columns = linear_sum_assignment(gain, maximize=True)
    chosen = gain[rows, columns]
    placed = int((chosen >= 1000).sum())
    return placed, float(chosen[chosen >= 1000].sum() - 1000 * placed)


def outcome(chains: Chains) -> tuple[int, float]:
    return int((chains.leader_of >= 0).sum()), float(chains.strength.sum())


@settings(max_examples=300, deadline=None)
@given(small_places())
def test_nobody_more_can_be_placed_nor_by_stronger_ties(place):
    ties, leaders, capacity = place
    chains = walk_with(ties, leaders, capacity=capacity)
    assert outcome(chains) == pytest.approx(best_by_assignment(ties, leaders, capacity))
    assert chains.optimal


@settings(max_examples=150, deadline=None)
@given(small_places())
def test_every_chain_is_a_tie_within_capacity_and_leaders_follow_nobody(place):
    ties, leaders, capacity = place
    chains = walk_with(ties, leaders, capacity=capacity)
    tied = set(zip(ties.from_.tolist(), ties.to.tolist(), strict=True))
    walks = [(person, leader) for person, leader in enumerate(chains.leader_of.tolist()) if leader >= 0]
    assert set(walks) <= tied
    assert all(leader in leaders and person not in leaders for person, leader in walks)
    assert max(np.bincount([leader for _, leader in walks], minlength=1)) <= capacity
    assert {one.person for one in chains.unplaced} == {
        person for person in range(ties.n) if person not in leaders and chains.leader_of[person] < 0
    }


@settings(max_examples=100, deadline=None)
@given(small_places(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(place, dice):
    ties, leaders, capacity = place
    order = list(range(ties.from_.size))
    dice.shuffle(order)
    shuffled = Ties.between(ties.from_[order], ties.to[order], ties.strength[order], n=ties.n)
    first, second = walk_with(ties, leaders, capacity=capacity), walk_with(shuffled, leaders, capacity=capacity)
    assert first.leader_of.tolist() == second.leader_of.tolist()


@settings(max_examples=100, deadline=None)
@given(small_places())
def test_chains_that_are_best_already_stay(place):
    ties, leaders, capacity = place
    chains = walk_with(ties, leaders, capacity=capacity)
    again = walk_with(ties, leaders, capacity=capacity, existing=chains.leader_of)
    assert again.moves == ()
    assert again.leader_of.tolist() == chains.leader_of.tolist()


@settings(max_examples=100, deadline=None)
@given(small_places(), st.data())
def test_those_who_come_first_are_never_left_out_for_others(place, data):
    ties, leaders, capacity = place
    placed = walk_with(ties, leaders, capacity=capacity).leader_of >= 0
    first = np.array(data.draw(st.lists(st.booleans(), min_size=ties.n, max_size=ties.n))) & placed
    chains = walk_with(ties, leaders, capacity=capacity, first=first)
    assert (chains.leader_of[first] >= 0).all()
    assert (chains.leader_of >= 0).sum() == placed.sum()


def test_a_workplace_of_three_hundred_agrees_with_a_minimum_cost_flow():
    dice = np.random.default_rng(5)
    n, leaders, capacity = 300, list(range(20)), 12
    ties = Ties.between(dice.integers(0, n, 2500), dice.integers(0, n, 2500), dice.integers(1, 100, 2500), n=n)
    flow = networkx.DiGraph()
    for f, t, s in zip(ties.from_.tolist(), ties.to.tolist(), ties.strength.tolist(), strict=True):
        if t < 20 <= f:
            flow.add_edge(("follower", f), ("leader", t), capacity=1, weight=-int(s))
            flow.add_edge("source", ("follower", f), capacity=1, weight=-100_000)
            flow.add_edge(("leader", t), "sink", capacity=capacity, weight=0)
    best = -networkx.cost_of_flow(flow, networkx.max_flow_min_cost(flow, "source", "sink"))
    placed, strength = outcome(walk_with(ties, leaders, capacity=capacity))
    assert placed * 100_000 + strength == best


def test_a_star_fills_its_centre_with_the_strongest_ties():
    for people in (3, 13, 40):
        ties = Ties.between(range(1, people), [0] * (people - 1), range(1, people), n=people)
        chains = walk_with(ties, [0], capacity=12)
        assert np.flatnonzero(chains.leader_of == 0).tolist() == list(range(max(1, people - 12), people))
        assert {one.why for one in chains.unplaced} <= {UnplacedWhy.CAPACITY}


def test_each_move_says_why():
    ties = Ties.between([3, 4, 5, 6, 7], [1, 0, 0, 0, 1], [1.0, 0.5, 0.5, 0.9, 0.2], n=8)
    existing = np.array([-1, -1, -1, 0, 2, 0, -1, -1])
    existing[1] = 0
    chains = walk_with(ties, [0, 1], capacity=2, existing=existing)
    assert {(move.person, move.from_, move.to): move.why for move in chains.moves} == {
        (1, 0, -1): MoveWhy.LEADS_NOW,
        (3, 0, 1): MoveWhy.STRONGER_TIE,
        (4, 2, -1): MoveWhy.LEADER_LEFT,
    }


def test_a_leader_with_too_many_lets_the_weakest_tie_go():
    ties = Ties.between([1, 2, 3], [0, 0, 0], [0.9, 0.2, 0.8], n=4)
    chains = walk_with(ties, [0], capacity=2, existing=np.array([-1, 0, 0, 0]))
    assert [(move.person, move.to, move.why) for move in chains.moves] == [(2, -1, MoveWhy.OVER_CAPACITY)]


def test_somebody_moves_aside_so_that_another_is_placed():
    ties = Ties.between([2, 2, 3], [0, 1, 0], [0.9, 0.6, 0.5], n=4)
    chains = walk_with(ties, [0, 1], capacity=1, existing=np.array([-1, -1, 0, -1]))
    assert chains.leader_of.tolist() == [-1, -1, 1, 0]
    assert [(move.person, move.why) for move in chains.moves] == [(2, MoveWhy.MADE_ROOM)]


def test_a_slightly_stronger_tie_is_not_worth_a_move():
    ties = Ties.between([2, 2], [0, 1], [0.60, 0.65], n=3)
    existing = np.array([-1, -1, 0])
    assert walk_with(ties, [0, 1], existing=existing, gain=0.1).leader_of[2] == 0
    assert walk_with(ties, [0, 1], existing=existing, gain=0.01).leader_of[2] == 1


def test_a_chain_without_a_recorded_tie_stays_where_nothing_is_better():
    chains = walk_with(Ties.between([], [], n=2), [0], existing=np.array([-1, 0]))
    assert chains.leader_of.tolist() == [-1, 0]


def test_those_left_out_are_told_apart():
    ties = Ties.between([1, 2, 3], [0, 0, 2], [0.9, 0.1, 0.5], n=5)
    chains = walk_with(ties, [0], capacity=1)
    assert [(one.person, one.why) for one in chains.unplaced] == [
        (2, UnplacedWhy.CAPACITY),
        (3, UnplacedWhy.NO_TIE_TO_A_LEADER),
        (4, UnplacedWhy.NO_TIE),
    ]


def test_two_leaders_who_claim_one_follower_are_reported():
    ties = Ties.between([2, 2, 3, 3], [0, 1, 0, 1], [0.9, 0.2, 0.5, 0.5], n=4)
    chains = walk_with(ties, [0, 1], claims=[(2, 0), (2, 1), (3, 0)])
    assert [(claim.person, claim.leaders, claim.why) for claim in chains.contested] == [
        (2, (0, 1), ClaimWhy.CLAIMED_BY_SEVERAL),
        (3, (0, 1), ClaimWhy.TOO_CLOSE_TO_CALL),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"leaders": [5]},
        {"capacity": 0},
        {"gain": -1.0},
        {"gain": float("nan")},
        {"existing": np.array([0, 0, 0])},
        {"existing": np.array([-1, 9, 0])},
        {"existing": np.array([-1])},
        {"first": np.array([True])},
    ],
)
def test_a_question_without_sense_is_refused(wrong):
    ties = Ties.between([1, 2], [0, 0], n=3)
    with pytest.raises(ChainsRefused):
        walk_with(ties, **({"leaders": [0]} | wrong))


@pytest.mark.parametrize("strength", [float("nan"), float("inf"), -0.5])
def test_a_tie_without_a_proper_strength_is_refused(strength):
    with pytest.raises(BadTies):
        Ties.between([0], [1], [strength], n=2)


def test_nobody_is_tied_to_herself_or_to_somebody_who_is_not_there():
    assert Ties.between([0, 1], [0, 0], n=2).from_.tolist() == [1]
    with pytest.raises(BadTies):
        Ties(np.array([0]), np.array([0]), np.array([1.0]), 2)
    with pytest.raises(BadTies):
        Ties.between([0], [2], n=2)


def test_of_repeated_ties_the_strongest_counts():
    ties = Ties.between([0, 0, 1], [1, 1, 0], [0.2, 0.7, 0.4], n=2)
    assert list(zip(ties.from_.tolist(), ties.to.tolist(), ties.strength.tolist(), strict=True)) == [
        (0, 1, 0.7),
        (1, 0, 0.4),
    ]


def test_without_people_or_leaders_nobody_walks():
    assert walk_with(Ties.between([], [], n=0), []).leader_of.size == 0
    assert walk_with(Ties.between([1], [0], n=2), []).leader_of.tolist() == [-1, -1]


def test_when_the_rounds_run_out_the_gap_bounds_what_is_missing():
    dice = np.random.default_rng(3)
    ties = Ties.between(dice.integers(0, 400, 4000), dice.integers(0, 40, 4000), dice.random(4000), n=400)
    best, hasty = walk_with(ties, range(40), capacity=9), walk_with(ties, range(40), capacity=9, rounds=0)
    assert best.optimal
    (most, strongest), (placed, strength) = outcome(best), outcome(hasty)
    assert most - placed <= hasty.people_gap
    assert hasty.people_gap or strongest - strength <= hasty.strength_gap + 1e-9
    assert not hasty.optimal
