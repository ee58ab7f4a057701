"""What the records allow to say of a candidate, in one word."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.pull.records import Flags, Floats, Ints

FEWEST_ASKS = 5
FEWEST_TESTS = 2
ABOUT_USUAL = 10.0


class Verdict(IntEnum):
    """What the records say of a candidate, in one word."""

    WITHHELD_FEW_TESTS = 0
    TOO_EARLY = 1
    CANNOT_TELL_APART = 2
    LIFTS = 3
    HOLDS_BACK = 4
    ABOUT_USUAL = 5


def share_in_top_tenth(pull: NDArray[np.float32], compared: Flags) -> Floats:
    """Per asker: in which share of the draws only a tenth of those compared pull more; nan for the others.

    Shapes: `pull` a line per asker, a column per draw; `compared` and what comes back one entry per asker.
    Units and ranges: 0..1; to the noise of the draws.
    Ties: whoever equals the last of the tenth is in it; of few, at least one is.
    Cost: O(askers times draws).
    """
    share = np.full(len(pull), np.nan)
    if not compared.any():
        return share
    rank = min(int(np.ceil(0.9 * compared.sum())), int(compared.sum()) - 1)
    times = np.zeros(int(compared.sum()))
    for first in range(0, pull.shape[1], 50):
        part = pull[compared, first : first + 50]
        times += (part >= np.partition(part, rank, axis=0)[rank]).sum(1)
    share[compared] = times / pull.shape[1]
    return share


def verdicts_of(asked: Ints, low: Floats, high: Floats, few_tests: bool) -> NDArray[np.int8]:
    """What may be said of each, by how often she asked and the ends of her interval in points.

    Shapes: one entry per asker in each.
    Units and ranges: `low` and `high` the ends of the 80 % interval in points; ABOUT_USUAL is within ten of
    nothing.
    Errs: towards saying nothing: below FEWEST_ASKS asks it is too early whatever the figures.
    Ties: an interval that ends at exactly 0 lifts and holds back nobody.
    Cost: O(askers).
    Source: ours.
    """
    if few_tests:
        return np.full(len(asked), Verdict.WITHHELD_FEW_TESTS, dtype=np.int8)
    verdict = np.full(len(asked), Verdict.CANNOT_TELL_APART, dtype=np.int8)
    verdict[(low > -ABOUT_USUAL) & (high < ABOUT_USUAL)] = Verdict.ABOUT_USUAL
    verdict[low > 0] = Verdict.LIFTS
    verdict[high < 0] = Verdict.HOLDS_BACK
    verdict[asked < FEWEST_ASKS] = Verdict.TOO_EARLY
    return verdict
