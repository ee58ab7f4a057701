"""A turn of an import is short where others wait for it to end, and as long as it likes where nobody does."""

import pytest
from django.db import connection

from commonweal.exchange.writes.turns import FIRST, LEAST, Pace

pytestmark = pytest.mark.django_db


def turns(pace: Pace, seconds: float, times: int) -> int:
    for _ in range(times):
        pace.begin()
        pace.began -= seconds
        pace.end()
    return pace.rows


def test_a_long_turn_makes_the_next_one_shorter_and_a_short_one_longer() -> None:
    pace = Pace(4000)
    if connection.vendor != "sqlite":
        assert turns(pace, 5.0, 3) == 4000, "nobody waits there"
        return
    assert pace.rows == FIRST
    assert LEAST <= turns(pace, 0.25, 1) < FIRST
    assert turns(pace, 5.0, 9) == LEAST, "so many rows go in at least, or a slow machine would never end"
    assert turns(pace, 0.0, 20) == 4000
    assert turns(Pace(7), 5.0, 2) == 7
