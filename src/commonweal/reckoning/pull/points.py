"""From logits to percentage points on the people she asked."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.pull.records import Floats, Ints

GRID = 65


def chance(log_odds: Floats) -> Floats:
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def expected_came(base: Floats, who: Ints, n_askers: int, pull: Floats) -> Floats:
    """How many of each asker's people would have come at every level of pull in `pull` (askers x levels)."""
    out = np.empty((n_askers, len(pull)))
    for level, value in enumerate(pull):
        out[:, level] = np.bincount(who, chance(base + value), minlength=n_askers)
    return out


def read_off(curve: Floats, levels: Floats, values: Floats) -> Floats:
    """The value of each row's curve (rows x levels, evenly spaced) at `values` (rows x any), by straight lines."""
    step = (levels[-1] - levels[0]) / (len(levels) - 1)
    place = np.clip((values - levels[0]) / step, 0, len(levels) - 1.000001)
    left = place.astype(np.int64)
    share = place - left
    low = np.take_along_axis(curve, left, 1)
    high = np.take_along_axis(curve, left + 1, 1)
    return low + share * (high - low)
