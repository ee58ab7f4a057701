from dataclasses import replace

import numpy as np
import pytest

from commonweal.reckoning.odds import chance
from commonweal.reckoning.pull import (
    not_told_apart,
    pull_holds_for_others,
    read_pull,
    sets_not_told_apart,
    worth_a_coin,
)
from commonweal.reckoning.worlds import workplace

from .test_pull import village


def test_equal_records_cannot_be_told_apart_and_unequal_ones_can():
    alike = read_pull(village(came_for_bo=4, came_for_ana=4), lot=1)
    apart = read_pull(village(came_for_bo=6, came_for_ana=0), lot=1)
    pairs = not_told_apart(alike, np.array([1, 0]))
    assert (pairs.a.tolist(), pairs.b.tolist()) == ([0], [1])
    assert pairs.a_above[0] == pytest.approx(0.5, abs=0.07)
    assert len(not_told_apart(apart, np.array([0, 1])).a) == 0
    assert [run.tolist() for run in sets_not_told_apart(apart, np.array([0, 1]))] == [[1], [0]]
    assert [sorted(run.tolist()) for run in sets_not_told_apart(alike, np.array([0, 1]))] == [[0, 1]]


def test_a_coin_is_offered_where_the_order_is_open_and_people_are_shared():
    alike = read_pull(village(came_for_bo=4, came_for_ana=4), lot=1)
    one, other = np.array([0, 0, 0]), np.array([1, 1, 1])
    places, gain = worth_a_coin(alike, one, other, np.array([3, 1, 8]))
    assert places.tolist() == [2, 0]
    assert gain[0] > gain[1] > 0
    apart = read_pull(village(came_for_bo=6, came_for_ana=0), lot=1)
    assert len(worth_a_coin(apart, one, other, np.array([3, 1, 8]))[0]) == 0


def test_somebody_who_never_asked_cannot_be_compared():
    with pytest.raises(KeyError):
        not_told_apart(read_pull(village(came_for_bo=4, came_for_ana=4), lot=1), np.array([0, 5]))


def test_true_pull_holds_for_other_people_and_pull_that_is_not_there_does_not():
    world = workplace(0, units=12)
    real = pull_holds_for_others(world.records(tests=5), lot=1, splits=3)
    assert real.stands
    assert real.lowest <= real.mean <= real.highest
    luck = np.random.default_rng(1).random(len(world.row_came))
    same_for_all = world.chance_without_pull() + 0.3 * (world.row_asker >= 0)
    nothing = replace(world, row_came=luck < chance(same_for_all))
    none = pull_holds_for_others(nothing.records(tests=5), lot=1, splits=3)
    assert not none.stands
    assert none.reason == "near_zero"


def test_too_few_askers_or_tests_is_said():
    assert pull_holds_for_others(village(came_for_bo=6, came_for_ana=1), lot=1).reason == "few_askers"
    assert pull_holds_for_others(village(came_for_bo=6, came_for_ana=1, tests=1), lot=1).reason == "few_tests"
