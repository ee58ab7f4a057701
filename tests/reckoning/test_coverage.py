"""The shortest list: against brute force, against the exact programme, and its promises at any size."""

from itertools import combinations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.reckoning.coverage import ListRefused, UnreachedWhy, shortest_list
from commonweal.reckoning.coverage.exchange import Exchange
from commonweal.reckoning.coverage.greedy import list_by_greed
from commonweal.reckoning.coverage.question import pose, share_of
from commonweal.reckoning.ties import Ties


@st.composite
def tiny_places(draw):
    """Up to seven people in up to two units, ties, a target and a capacity."""
    n = draw(st.integers(1, 7))
    person = st.integers(0, n - 1)
    rows = draw(st.lists(st.tuples(person, person), max_size=16))
    unit = np.array(draw(st.lists(st.integers(-1, 1), min_size=n, max_size=n)))
    ties = Ties.between([a for a, _ in rows], [b for _, b in rows], n=n)
    return ties, unit, draw(st.sampled_from([0.3, 0.5, 0.9, 1.0])), draw(st.integers(1, 3))


def reaches(ties: Ties, unit: np.ndarray, leaders: tuple[int, ...], target: float, capacity: int) -> bool:
    """Whether this list can serve every unit, by a maximum flow from leaders through people to units."""
    flow = networkx.DiGraph()
    flow.add_nodes_from(["source", "sink"])
    wanted = 0
    for group in {g for g in unit.tolist() if g >= 0}:
        size = int((unit == group).sum())
        need = max(0, share_of(target, size) - sum(unit[leader] == group for leader in leaders))
        wanted += need
        flow.add_edge(("unit", group), "sink", capacity=need)
    for f, t in zip(ties.from_.tolist(), ties.to.tolist(), strict=True):
        if t in leaders and f not in leaders and unit[f] >= 0:
            flow.add_edge("source", ("leader", t), capacity=capacity)
            flow.add_edge(("leader", t), ("person", f), capacity=1)
            flow.add_edge(("person", f), ("unit", int(unit[f])), capacity=1)
    return networkx.maximum_flow_value(flow, "source", "sink") == wanted


def fewest_by_trying(ties: Ties, unit: np.ndarray, target: float, capacity: int) -> int:
    for size in range(ties.n + 1):
        for leaders in combinations(range(ties.n), size):
            if reaches(ties, unit, leaders, target, capacity):
                return size
    raise AssertionError("listing everybody always reaches")


def check_promises(ties, groups, cover, target, capacity):
    """What holds of any answer: chains are ties within capacity, and the reach is counted right."""
    leaders = set(cover.leaders.tolist())
    walks = [(person, leader) for person, leader in enumerate(cover.served_by.tolist()) if leader >= 0]
    assert set(walks) <= set(zip(ties.from_.tolist(), ties.to.tolist(), strict=True))
    assert all(leader in leaders and person not in leaders for person, leader in walks)
    assert not walks or max(np.bincount([leader for _, leader in walks])) <= capacity
    served = leaders | {person for person, _ in walks}
    for group in cover.groups:
        inside = np.flatnonzero(groups[group.grouping] == group.group).tolist()
        assert group.size == len(inside)
        assert group.reached == len(served & set(inside))
        assert group.need == share_of(target, len(inside))


@settings(max_examples=150, deadline=None)
@given(tiny_places())
def test_the_exact_list_is_as_short_as_trying_every_list(place):
    ties, unit, target, capacity = place
    cover = shortest_list(ties, groups=[unit], target=target, capacity=capacity, engine="exact")
    assert cover.leaders.size == fewest_by_trying(ties, unit, target, capacity)
    assert cover.exact
    assert cover.reaches_target


@settings(max_examples=150, deadline=None)
@given(tiny_places(), st.sampled_from(["quick", "search"]))
def test_quick_lists_reach_every_unit_and_never_beat_the_bound(place, engine):
    ties, unit, target, capacity = place
    cover = shortest_list(ties, groups=[unit], target=target, capacity=capacity, engine=engine)
    fewest = fewest_by_trying(ties, unit, target, capacity)
    assert cover.reaches_target
    assert cover.lower_bound <= fewest <= cover.leaders.size
    assert not cover.exact or cover.leaders.size == fewest
    check_promises(ties, [unit], cover, target, capacity)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_overlapping_units_and_shifts_are_all_reached(seed):
    dice = np.random.default_rng(seed)
    n = 40
    ties = Ties.between(dice.integers(0, n, 160), dice.integers(0, n, 160), dice.random(160), n=n, both_ways=True)
    groups = [dice.integers(-1, 4, n), dice.integers(-1, 3, n)]
    cover = shortest_list(ties, groups=groups, target=0.9, capacity=5)
    assert cover.reaches_target
    check_promises(ties, groups, cover, 0.9, 5)


def workplace(seed: int, units: int = 3) -> tuple[Ties, np.ndarray]:
    """Some units of 15 to 30 people, most ties inside, some people drawing many."""
    dice = np.random.default_rng(seed)
    sizes = dice.integers(15, 31, units)
    unit = np.repeat(np.arange(units), sizes)
    start = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    tail = np.repeat(np.arange(unit.size), 4)
    inside = start[unit[tail]] + (sizes[unit[tail]] * dice.random(tail.size) ** 2.2).astype(int)
    head = np.where(dice.random(tail.size) < 0.85, inside, dice.integers(0, unit.size, tail.size))
    return Ties.between(tail, head, 0.2 + 0.8 * dice.random(tail.size), n=unit.size, both_ways=True), unit


def test_exchanges_come_close_to_the_exact_list_and_greed_stays_within_its_factor():
    greedy, searched, exact = 0, 0, 0
    for seed in range(3):
        ties, unit = workplace(seed, units=1)
        quick, search, proof = (
            shortest_list(ties, groups=[unit], engine=engine).leaders.size for engine in ("quick", "search", "exact")
        )
        assert proof <= search <= quick <= 13 * proof
        greedy, searched, exact = greedy + quick, searched + search, exact + proof
    assert searched <= exact + 1
    assert searched < greedy


def test_a_failed_trial_leaves_everything_as_it_was():
    ties, unit = workplace(7)
    question = pose(ties, groups=[unit], target=0.9, capacity=6, pinned=(), vetoed=(), score=None, least_ties=0)
    trial = Exchange(question, list_by_greed(question, question.score), 10_000)

    def state():
        waiting = {group: sorted(people) for group, people in trial.waiting.items() if people}
        members = {leader: sorted(people) for leader, people in trial.members.items()}
        ways = [list(places) for places in trial.may_walk_with]
        return sorted(trial.listed), list(trial.place), members, list(trial.spare), trial.short, waiting, ways

    failed = 0
    for leader in sorted(trial.listed):
        before = state()
        if trial._drop(leader) is None:
            failed += 1
            assert state() == before
    for person in range(question.n):
        before = state()
        if person not in trial.listed and not trial._one_for_two(person):
            assert state() == before
    assert failed


def test_more_looks_never_lengthen_the_list_and_none_leave_it_as_it_was():
    ties, unit = workplace(8)
    question = pose(ties, groups=[unit], target=0.9, capacity=6, pinned=(), vetoed=(), score=None, least_ties=0)
    greedy = list_by_greed(question, question.score)
    sizes = [len(Exchange(question, greedy, looks).run().chosen) for looks in (0, 2_000, 20_000, 200_000)]
    assert sizes[0] == len(greedy.chosen)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0]


def test_a_large_search_ends_after_its_looks():
    dice = np.random.default_rng(4)
    ties = Ties.between(dice.integers(0, 1_200, 6_000), dice.integers(0, 1_200, 6_000), n=1_200, both_ways=True)
    groups = [dice.integers(0, 60, 1_200), dice.integers(0, 4, 1_200)]
    question = pose(ties, groups=groups, target=0.9, capacity=12, pinned=(), vetoed=(), score=None, least_ties=0)
    trial = Exchange(question, list_by_greed(question, question.score), 20_000)
    found = trial.run()
    assert -20_000 < trial.looks <= 0
    assert not found.short.any()


def test_nobody_tries_to_shorten_a_list_that_is_as_short_as_any():
    ties, unit = workplace(8)
    question = pose(ties, groups=[unit], target=0.9, capacity=6, pinned=(), vetoed=(), score=None, least_ties=0)
    greedy = list_by_greed(question, question.score)
    trial = Exchange(question, greedy, 200_000, fewest=len(greedy.chosen))
    assert len(trial.run().chosen) == len(greedy.chosen)
    assert trial.looks == 200_000


def test_a_star_needs_its_centre_and_stars_their_centres():
    for arms in (1, 5, 12):
        for stars in (1, 4):
            centre = np.arange(stars) * (arms + 1)
            tail = (centre[:, None] + np.arange(1, arms + 1)).ravel()
            ties = Ties.between(tail, np.repeat(centre, arms), n=stars * (arms + 1))
            cover = shortest_list(ties, groups=[np.arange(ties.n) // (arms + 1)], target=1.0)
            assert sorted(cover.leaders.tolist()) == centre.tolist()
            assert cover.exact


def test_people_who_all_know_each_other_need_one_leader_for_each_thirteen():
    for n in (13, 14, 39, 40):
        tail, head = np.nonzero(~np.eye(n, dtype=bool))
        cover = shortest_list(Ties.between(tail, head, n=n), groups=[], target=1.0)
        assert cover.leaders.size == -(-n // 13)
        assert cover.exact


def test_a_unit_that_the_whole_could_hide_is_reached_too():
    tail = [*range(1, 13), 14]
    head = [0] * 12 + [13]
    ties = Ties.between(tail, head, n=15)
    unit = np.array([0] * 13 + [1] * 2)
    assert shortest_list(ties, groups=[np.zeros(15, dtype=int)], target=0.85).leaders.tolist() == [0]
    cover = shortest_list(ties, groups=[unit], target=0.85)
    assert sorted(cover.leaders.tolist()) in ([0, 13], [0, 14])
    assert [group.share for group in cover.groups] == [1.0, 1.0] or cover.reaches_target


def test_somebody_outside_the_units_may_lead_into_them():
    ties = Ties.between([1, 2, 3], [0, 0, 0], n=4)
    cover = shortest_list(ties, groups=[np.array([-1, 0, 0, 0])], target=1.0)
    assert cover.leaders.tolist() == [0]
    assert cover.groups[0].size == 3


def test_pinned_leaders_stay_and_vetoed_ones_never_come():
    ties = Ties.between([1, 2, 3, 1, 2, 3], [0, 0, 0, 4, 4, 4], n=5)
    cover = shortest_list(ties, groups=[], target=0.8, pinned=[2], vetoed=[0])
    assert cover.leaders[0] == 2
    assert 0 not in cover.leaders.tolist()
    assert cover.reaches_target


def test_of_equally_short_lists_the_likelier_leader_is_chosen():
    ties = Ties.between([2, 3, 4, 2, 3, 4], [0, 0, 0, 1, 1, 1], n=5)
    for likelier in (0, 1):
        score = np.zeros(5)
        score[likelier] = 0.9
        for engine in ("quick", "search", "exact"):
            cover = shortest_list(ties, groups=[], target=0.8, score=score, engine=engine)
            assert cover.leaders.tolist() == [likelier]
    assert cover.stand_ins.tolist() == [1]


def test_who_stays_unreached_is_told_apart():
    ties = Ties.between([1, 2, 4], [0, 0, 2], [0.9, 0.1, 0.5], n=6)
    cover = shortest_list(ties, groups=[], target=0.3, capacity=1, pinned=[0], vetoed=[1, 2, 3, 4, 5])
    assert [(one.person, one.why) for one in cover.unreached] == [
        (2 if cover.served_by[1] == 0 else 1, UnreachedWhy.CAPACITY),
        (3, UnreachedWhy.NO_TIE),
        (4, UnreachedWhy.NO_TIE_TO_A_LEADER),
        (5, UnreachedWhy.NO_TIE),
    ]


def test_people_without_ties_are_listed_alone_or_left_out_on_demand():
    ties = Ties.between([1], [0], n=4)
    assert (
        shortest_list(ties, groups=[], target=1.0).alone.tolist() == [2, 3]
        or len(shortest_list(ties, groups=[], target=1.0).alone) == 2
    )
    strict = shortest_list(ties, groups=[], target=1.0, least_ties=1)
    assert strict.leaders.tolist() == [0]
    assert not strict.reaches_target
    assert strict.groups[0].short == 2


def test_a_target_nobody_can_reach_is_said_to_be_short_and_not_exact():
    cover = shortest_list(Ties.between([], [], n=3), groups=[], vetoed=[0, 1, 2])
    assert cover.leaders.size == 0
    assert not cover.reaches_target
    assert not cover.exact


def test_unsure_followers_count_with_their_probability():
    tail, head = np.arange(2, 12), np.zeros(10, dtype=int)
    both = Ties.between(np.concatenate([tail, tail]), np.concatenate([head, head + 1]), n=12)
    follows = np.where(both.to == 0, 0.5, 1.0)
    certain = shortest_list(both, groups=[], target=0.5, vetoed=[1])
    unsure = shortest_list(both, groups=[], target=0.5, vetoed=[1], follows=follows)
    assert certain.leaders.tolist() == [0]
    assert unsure.groups[0].reached == pytest.approx(1 + 0.5 * (unsure.served_by == 0).sum())
    assert unsure.reaches_target
    assert shortest_list(both, groups=[], target=0.5, follows=follows).leaders.tolist() == [1]


def test_nine_tenths_of_ten_is_nine():
    assert [share_of(0.9, size) for size in (10, 11, 20, 30)] == [9, 10, 18, 27]
    assert share_of(0.7, 10) == 7
    assert share_of(1.0, 7) == 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": 0.0},
        {"target": 1.1},
        {"target": float("nan")},
        {"capacity": 0},
        {"pinned": [3]},
        {"vetoed": [-1]},
        {"pinned": [1], "vetoed": [1]},
        {"score": np.array([1.0])},
        {"score": np.array([1.0, np.nan, 0.0])},
        {"groups": [np.array([0])]},
        {"follows": np.array([0.5])},
        {"follows": np.array([0.5, 1.5])},
    ],
)
def test_a_question_without_sense_is_refused(wrong):
    ties = Ties.between([1, 2], [0, 0], n=3)
    with pytest.raises(ListRefused):
        shortest_list(ties, **({"groups": []} | wrong))


def test_without_people_the_list_is_empty():
    cover = shortest_list(Ties.between([], [], n=0), groups=[])
    assert cover.leaders.size == 0
    assert cover.reaches_target


def test_the_order_of_rows_changes_nothing():
    ties, unit = workplace(11)
    order = np.random.default_rng(1).permutation(ties.from_.size)
    shuffled = Ties.between(ties.from_[order], ties.to[order], ties.strength[order], n=ties.n)
    one, other = (shortest_list(each, groups=[unit]) for each in (ties, shuffled))
    assert one.leaders.tolist() == other.leaders.tolist()
    assert one.served_by.tolist() == other.served_by.tolist()
