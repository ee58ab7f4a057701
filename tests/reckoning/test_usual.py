"""What an average asker would have got: against closed forms, and in worlds whose truth is known."""

import numpy as np
import pytest

from commonweal.reckoning.usual import usual_of


def test_with_nothing_known_everybody_expects_the_share_of_the_day() -> None:
    came = np.array([1] * 30 + [0] * 70)
    group = np.arange(100) % 4
    found = usual_of(held=[0] * 100, came_before=[0] * 100, unit=np.arange(100), came=came, group=group, groups=5)
    share = (30 + 0.5) / 101  # half a person steadies all or none
    assert found.expected[:4] == pytest.approx([25 * share] * 4)
    assert found.expected[4] == found.low[4] == found.high[4] == 0


def test_whoever_asked_the_willing_is_expected_to_bring_more() -> None:
    found = usual_of(
        held=[5] * 20,
        came_before=[5] * 10 + [0] * 10,
        unit=[0] * 20,
        came=[1] * 10 + [0] * 10,
        group=[0] * 10 + [1] * 10,
        groups=2,
    )
    assert found.expected[0] > 8 and found.expected[1] < 2


def test_what_others_got_in_her_unit_today_raises_what_is_expected_of_her_and_her_own_does_not() -> None:
    common = {"held": [4] * 40, "came_before": [2] * 40, "unit": [0] * 20 + [1] * 20, "groups": 4}
    group = [0] * 10 + [1] * 10 + [2] * 10 + [3] * 10
    even = usual_of(came=[1, 0] * 20, group=group, **common)
    neighbour = usual_of(came=[1, 0] * 5 + [1] * 10 + [1, 0] * 5 + [0] * 10, group=group, **common)
    assert neighbour.expected[0] > even.expected[0] > neighbour.expected[2]
    assert neighbour.expected[1] == pytest.approx(even.expected[1])


def test_somebody_who_came_more_often_than_she_was_seen_is_refused() -> None:
    with pytest.raises(ValueError):
        usual_of(held=[1], came_before=[2], unit=[0], came=[1], group=[0], groups=1)
    with pytest.raises(ValueError):
        usual_of(held=[1, 1], came_before=[1], unit=[0], came=[1], group=[0], groups=1)


def test_nobody_asked_is_nothing_expected() -> None:
    found = usual_of(held=[], came_before=[], unit=[], came=[], group=[], groups=2)
    assert found.expected.tolist() == found.low.tolist() == found.high.tolist() == [0.0, 0.0]


def test_eight_times_in_ten_an_average_asker_gets_what_was_called_likely() -> None:
    """Forty worlds in which all askers are alike: readiness, units and the day's shocks are hidden."""
    dice = np.random.default_rng(7)
    inside = []
    for _ in range(40):
        people, units = 600, 20
        unit, ready, place = dice.integers(0, units, people), dice.normal(0, 1.2, people), dice.normal(0, 0.5, units)

        def came(hard: float) -> np.ndarray:
            odds = ready + (place + dice.normal(0, 0.45, units))[unit] - hard  # noqa: B023
            return dice.random(people) < 1 / (1 + np.exp(-odds))  # noqa: B023

        before = sum(came(hard).astype(int) for hard in (-0.5, -0.1, 0.3, 0.7))
        asked = dice.random(people) < 0.7
        group = (unit * 3 + dice.integers(0, 3, people))[asked]
        today = came(1.0)[asked]
        found = usual_of(
            held=np.full(asked.sum(), 4),
            came_before=before[asked],
            unit=unit[asked],
            came=today,
            group=group,
            groups=units * 3,
        )
        got = np.bincount(group, today, minlength=units * 3)
        inside += list((found.low <= got) & (got <= found.high))
    assert 0.74 <= np.mean(inside) <= 0.86
