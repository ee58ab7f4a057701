"""How good forecasts and assessments were, once it is known who came."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.reckoning.forecast import calibration, intervals_held, scores_of, share_with_interval


def test_scores_of_a_worked_example():
    """Four days of rain forecast at 70, 90, 30 and 10 per cent; it rained on the first two (by hand)."""
    scores = scores_of(np.array([0.7, 0.9, 0.3, 0.1]), np.array([True, True, False, False]))
    assert scores.brier == pytest.approx((0.09 + 0.01 + 0.09 + 0.01) / 4)
    assert scores.log == pytest.approx(-(np.log(0.7) + np.log(0.9)) / 2)
    assert scores.people == 4


def test_a_coin_scores_a_quarter_and_certainty_that_fails_is_bounded():
    assert scores_of(np.full(6, 0.5), np.arange(6) < 2).brier == 0.25
    assert scores_of(np.full(6, 0.5), np.arange(6) < 2).log == pytest.approx(np.log(2))
    assert scores_of(np.array([1.0]), np.array([False])).log == pytest.approx(-np.log(0.001))


def test_of_nobody_there_is_no_score():
    scores = scores_of(np.array([]), np.array([]))
    assert np.isnan([scores.brier, scores.log]).all()
    assert scores.people == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_every_person_is_in_the_bin_of_what_was_said_of_her(said):
    chances, came = np.array([chance for chance, _ in said]), np.array([yes for _, yes in said])
    found = calibration(chances, came)
    assert sum(one.people for one in found) == len(said)
    assert sum(one.came for one in found) == came.sum()
    for one in found:
        inside = (chances >= one.low) & ((chances < one.high) | (one.high == 1.0))
        assert (one.people, one.came) == (inside.sum(), came[inside].sum())
        assert one.low - 1e-12 <= one.said <= one.high + 1e-12
        assert one.share_low <= one.share <= one.share_high


def test_the_interval_of_a_share_holds_in_four_cases_of_five_whatever_the_truth():
    """Every outcome of 40 people, weighed exactly; on the average over the truths between."""
    truths = np.linspace(0.05, 0.95, 91)
    ends = np.array([share_with_interval(yes, 40)[1:] for yes in range(41)])
    steps = np.concatenate([[0.0], np.cumsum(np.log((40 - np.arange(40)) / (1 + np.arange(40))))])
    chance = np.exp(steps + np.arange(41) * np.log(truths / (1 - truths))[:, None] + 40 * np.log(1 - truths)[:, None])
    held = (ends[:, 0] <= truths[:, None]) & (truths[:, None] <= ends[:, 1])
    assert (chance * held).sum(1).mean() == pytest.approx(0.8, abs=0.01)


@given(st.integers(1, 200), st.data())
def test_yes_and_no_are_mirrored(of, data):
    yes = data.draw(st.integers(0, of))
    share, low, high = share_with_interval(yes, of)
    assert share_with_interval(of - yes, of) == (
        pytest.approx(1 - share),
        pytest.approx(1 - high),
        pytest.approx(1 - low),
    )


def test_of_nobody_the_share_is_open():
    share, low, high = share_with_interval(0, 0)
    assert np.isnan(share)
    assert (low, high) == (0.0, 1.0)


def test_intervals_are_counted_with_their_ends():
    held = intervals_held(np.array([0.1, 0.2, 0.3]), np.array([0.2, 0.4, 0.5]), np.array([0.2, 0.5, 0.4]))
    assert (held.held, held.n) == (2, 3)
    assert held.share_low < held.share < held.share_high


@pytest.mark.parametrize(("chances", "came"), [([0.5], [True, False]), ([1.5], [True]), ([np.nan], [True])])
def test_what_is_no_chance_is_refused(chances, came):
    with pytest.raises(ValueError, match=r"shapes|chances"):
        scores_of(np.array(chances), np.array(came))


def test_counts_and_shapes_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="share"):
        share_with_interval(3, 2)
    with pytest.raises(ValueError, match="shapes"):
        intervals_held(np.zeros(2), np.zeros(2), np.zeros(3))
