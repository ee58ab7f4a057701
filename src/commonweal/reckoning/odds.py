"""Log-odds and chances, and how far from its middle the outer tenth of a bell curve begins."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.ties import FloatArray

TENTH = 1.2815515655446004
"""So many standard deviations to each side of the middle lie 80 % of a bell curve."""


def chance(log_odds: FloatArray) -> FloatArray:
    """Log-odds as a chance, 0..1.

    Shapes: any shape, the same back.
    Units and ranges: any log-odds; exact up to rounding.
    Cost: O(entries).

    >>> chance(np.array([0.0])).tolist()
    [0.5]
    """
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))
