"""How hard the next test will be: learnt from the steps so far, and wide where few were seen."""

import numpy as np
import pytest

from commonweal.reckoning.forecast import Step
from commonweal.reckoning.forecast.step import Place, next_difficulty

DRAWS = 20_000


def known(*difficulty: float) -> np.ndarray:
    """Tests whose difficulty is known but for a hair."""
    noise = np.random.default_rng(1).normal(0, 1e-4, (len(difficulty), DRAWS))
    return (np.array(difficulty)[:, None] + noise).astype(np.float32)


def drawn(difficulty, orders, order, step=None):
    climb = next_difficulty(difficulty, np.array(orders, dtype=float), [Place(order)], np.random.default_rng(3), step)
    return climb.hard[0], climb.size[0], climb.rising


def test_before_any_step_was_seen_a_step_is_about_half_a_logit_give_or_take_more_than_that():
    hard, size, rising = drawn(known(1.0), [1], 2)
    assert rising
    assert np.median(size) == pytest.approx(0.45, abs=0.02)
    assert size.std() == pytest.approx(np.sqrt(0.6**2 + 0.3**2), rel=0.03)
    assert hard == pytest.approx(1.0 + size, abs=1e-3)


def test_steps_seen_often_are_expected_again():
    _, size, _ = drawn(known(*np.arange(15) * 0.8), range(15), 15)
    assert np.median(size) == pytest.approx(0.8, abs=0.05)
    assert size.std() < 0.15


def test_what_the_steps_teach_equals_a_plain_grid_over_mean_and_spread():
    steps = np.array([0.9, 0.1, 0.7, 0.6])
    _, size, _ = drawn(known(0.0, *np.cumsum(steps)), range(5), 5)
    mean, spread = np.meshgrid(np.linspace(-1.5, 2.5, 401), np.linspace(0.02, 2.0, 300), indexing="ij")
    weight = -0.5 * ((mean - 0.45) / 0.3) ** 2 - 0.5 * (spread / 0.6) ** 2
    for step in steps:
        weight += -0.5 * ((step - mean) / spread) ** 2 - np.log(spread)
    weight = np.exp(weight - weight.max())
    weight /= weight.sum()
    centre = (weight * mean).sum()
    assert size.mean() == pytest.approx(centre, abs=0.02)
    assert size.std() == pytest.approx(np.sqrt((weight * (spread**2 + (mean - centre) ** 2)).sum()), rel=0.04)


def test_steps_that_are_badly_known_teach_less():
    rng = np.random.default_rng(5)
    middle = np.array([0.0, 1.5, 3.0, 4.5])
    blurred = (middle[:, None] + rng.normal(0, 1.0, (4, DRAWS))).astype(np.float32)
    _, sharp, _ = drawn(known(*middle), range(4), 4)
    _, vague, _ = drawn(blurred, range(4), 4)
    assert 0.45 < np.median(vague) < np.median(sharp)


def test_the_measure_of_the_order_does_not_matter_and_a_longer_way_is_a_bigger_step():
    tests = known(0.0, 0.5, 1.0, 1.5)
    _, one, _ = drawn(tests, [1, 2, 3, 4], 5)
    _, ten, _ = drawn(tests, [10, 20, 30, 40], 50)
    _, two, _ = drawn(tests, [1, 2, 3, 4], 6)
    _, far, _ = drawn(tests, [1, 2, 3, 4], 7)
    _, absurd, _ = drawn(tests, [1, 2, 3, 4], 1000)
    assert one == pytest.approx(ten)
    assert np.median(two) == pytest.approx(2 * np.median(one), abs=0.03)
    assert two.std() > one.std()
    assert absurd == pytest.approx(far)


def test_a_place_between_two_tests_lies_between_them_and_before_the_first_it_is_easier():
    tests = known(0.0, 1.0, 2.0)
    between, size, _ = drawn(tests, [1, 2, 4], 3)
    before, _, _ = drawn(tests, [1, 2, 4], 0)
    assert np.median(between) == pytest.approx(1.5, abs=0.02)
    assert np.median(size) == pytest.approx(0.0, abs=0.02)
    assert np.median(before) < -0.2


def test_the_same_place_again_is_as_hard_as_before_but_not_surely():
    again, _, _ = drawn(known(0.0, 0.5, 1.0), [1, 2, 3], 3)
    assert np.median(again) == pytest.approx(1.0, abs=0.02)
    assert again.std() > 0.15


@pytest.mark.parametrize(
    ("difficulty", "orders", "order"),
    [((1.0, 0.2, 0.9), [1, 1, 1], 2), ((1.0, 0.9, 0.1, 0.0), [1, 2, 3, 4], 5), ((0.0, 1.0, 0.5), [1, 2, 3], None)],
    ids=["all at one place", "easier all the time", "place unknown"],
)
def test_tests_that_do_not_rise_foretell_another_of_the_same_sort(difficulty, orders, order):
    hard, _, rising = drawn(known(*difficulty), orders, order)
    n, mean = len(difficulty), np.mean(difficulty)
    spread = np.sqrt((0.6**2 + ((np.array(difficulty) - mean) ** 2).sum()) / n * (1 + 1 / n))
    assert not rising
    assert np.median(hard) == pytest.approx(mean, abs=0.03)
    assert np.quantile(hard, 0.9) - mean == pytest.approx(spread * {3: 1.638, 4: 1.533}[n], rel=0.05)  # Student, tables


def test_a_step_that_is_known_for_its_kind_is_taken():
    hard, size, _ = drawn(known(0.0, 0.5), [1, 2], 3, Step(1.6, 0.2))
    assert (size.mean(), size.std()) == (pytest.approx(1.6, abs=0.01), pytest.approx(0.2, rel=0.03))
    assert hard.mean() == pytest.approx(2.1, abs=0.01)


@pytest.mark.parametrize(("mean", "sd"), [(np.nan, 1.0), (0.0, -0.1), (0.0, np.inf)])
def test_a_step_that_is_no_number_is_refused(mean, sd):
    with pytest.raises(ValueError, match="Step"):
        Step(mean, sd)
