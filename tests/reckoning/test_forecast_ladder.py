"""Scenarios named by tests further up the ladder, and how those tests themselves would go."""

import numpy as np
import pytest

from commonweal.reckoning.forecast import NextTest, Rung, StepsSeen, forecast_next_test
from commonweal.reckoning.pull import RecordsRefused
from commonweal.reckoning.worlds import workplace

KINDS = ("card", "question", "petition", "button", "march")
LADDER = (
    Rung(5.0, "picket", 0.4, 0.2),
    Rung(6.0, "pledge", 0.5, 0.3),
    Rung(7.0, "vote", 0.5, 0.3),
    Rung(9.0, "strike", 0.3, 0.1),
)
STRIKES = StepsSeen(("strike",) * 5, np.full(5, 1.6), np.full(5, 0.05), np.ones(5))


@pytest.fixture(scope="module")
def world():
    return workplace(4, units=6)


@pytest.fixture(scope="module")
def records(world):
    return world.records(tests=5)


def found(records, *, order=5.0, kind="picket", ladder=LADDER, draws=400, **more):
    test = NextTest(np.arange(records.n_people), order, 0.4, 0.2, kind=kind)
    return forecast_next_test(records, test, lot=1, draws=draws, ladder=ladder, test_kind=KINDS, **more)


def test_harder_scenarios_are_as_hard_as_the_next_and_as_the_last_test_above(records):
    forecast = found(records)
    assert [one.rung for one in forecast.scenarios] == [None, 1, 3]
    medians = [one.overall.median for one in forecast.scenarios]
    assert medians == sorted(medians, reverse=True)
    assert [one.extra for one in forecast.scenarios] == sorted(one.extra for one in forecast.scenarios)
    assert forecast.scenarios[2].step.median == pytest.approx(
        forecast.scenarios[0].step.median + forecast.scenarios[2].extra, abs=1e-6
    )


def test_the_tests_of_the_ladder_are_held_against_their_own_thresholds(records):
    forecast = found(records)
    assert [one.rung for one in forecast.ladder] == [0, 1, 2, 3]
    planned, pledge, _, strike = forecast.ladder
    usual, harder, much_harder = forecast.scenarios
    assert np.array_equal(planned.overall.runs, usual.overall.runs)
    assert (planned.overall.reaches, planned.overall.both) == (usual.overall.reaches, usual.overall.both)
    assert np.array_equal(pledge.overall.runs, harder.overall.runs)
    assert pledge.overall.reaches <= harder.overall.reaches  # the pledge asks for half, this test for 40 %
    assert strike.overall.reaches >= much_harder.overall.reaches  # the strike for 30 %


def test_what_other_campaigns_showed_of_strikes_makes_as_hard_as_a_strike_harder(records):
    here, taught = found(records), found(records, earlier=STRIKES)
    assert (here.scenarios[2].step.seen, taught.scenarios[2].step.seen) == (0, 5)
    assert taught.scenarios[2].step.median > here.scenarios[2].step.median + 0.3
    assert taught.scenarios[0].step.seen == 0


def test_a_single_test_above_is_the_scenario_that_it_lies_nearer_to(records):
    near = found(records, ladder=(Rung(6.0, "pledge", 0.5),))
    far = found(records, ladder=(Rung(9.0, "strike", 0.5),))
    assert [one.rung for one in near.scenarios] == [None, 0, None]
    assert [one.rung for one in far.scenarios] == [None, None, 0]
    for forecast in (near, far):
        extra = [one.extra for one in forecast.scenarios]
        assert extra == sorted(extra) and extra[2] - extra[1] >= 0.25


def test_a_test_above_that_was_not_harder_names_no_scenario(records):
    easy = StepsSeen(("pledge",) * 8, np.full(8, -1.0), np.full(8, 0.05), np.ones(8))
    forecast = found(records, ladder=(Rung(6.0, "pledge", 0.5),), earlier=easy)
    assert [one.rung for one in forecast.scenarios] == [None, None, None]
    assert [one.extra for one in forecast.scenarios] == [0.0, 0.55, 1.15]


def test_at_the_top_of_the_ladder_harder_steps_have_no_name(records):
    assert [one.rung for one in found(records, order=9.0, kind="strike").scenarios] == [None, None, None]


def test_where_tests_do_not_rise_the_ladder_says_nothing(records):
    forecast = found(records, test_order=np.array([5.0, 4.0, 3.0, 2.0, 1.0]))
    assert not forecast.rising
    assert forecast.ladder == ()
    assert [one.rung for one in forecast.scenarios] == [None, None, None]


def test_kinds_for_another_number_of_tests_are_refused(records):
    with pytest.raises(RecordsRefused, match="test_kind"):
        forecast_next_test(records, NextTest([0], 5.0, 0.4), lot=1, test_kind=("card",))


def test_a_rung_that_asks_for_more_than_everybody_is_refused():
    with pytest.raises(RecordsRefused):
        Rung(1.0, "strike", 1.2)
