"""Invented workplaces: how their records differ from what happened."""

import numpy as np
import pytest

from commonweal.reckoning.worlds import careless, lose_refusals, only_yes, workplace


@pytest.fixture(scope="module")
def world():
    return workplace(3, units=6)


def test_paper_keeps_every_yes_and_no_refusal(world):
    kept = only_yes(world)
    assert world.row_came[kept].all()
    assert not world.row_came[~kept].any()


def test_careless_hands_leave_out_failed_asks_and_turn_some_outcomes(world):
    written, kept = careless(1, world, unwritten=0.3, wrong=0.05)
    failed = (written.row_asker >= 0) & ~written.row_came
    assert (written.row_came != world.row_came).mean() == pytest.approx(0.05, abs=0.02)
    assert (~kept[failed]).mean() == pytest.approx(0.3, abs=0.05)
    assert kept[~failed].all()
    assert (written.row_asker == world.row_asker).all()


def test_only_failed_asks_are_lost_and_all_of_them_where_the_share_is_one(world):
    lost = ~lose_refusals(1, world, share=1.0)
    assert (lost == ((world.row_asker >= 0) & ~world.row_came)).all()


def test_the_last_step_can_be_set_and_nothing_else_changes(world):
    steep = workplace(3, units=6, last_step=1.6)
    assert steep.difficulty[-1] - steep.difficulty[-2] == pytest.approx(1.6)
    assert (steep.difficulty[:-1] == world.difficulty[:-1]).all()
    assert (steep.row_came[steep.row_test < 5] == world.row_came[world.row_test < 5]).all()


def test_the_true_chance_is_what_people_come_with(world):
    chance = np.concatenate([world.true_chance(test) for test in range(6)])
    came = np.concatenate([world.came_to(test) for test in range(6)])
    assert came.mean() == pytest.approx(chance.mean(), abs=0.03)
    assert np.corrcoef(chance, came)[0, 1] > 0.4
