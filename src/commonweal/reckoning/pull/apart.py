"""Whom the records cannot tell apart, and where a coin toss for the next asks would teach most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.pull.reading import PullReading
from commonweal.reckoning.pull.records import Floats, Ints

CLOSE = 0.2


@dataclass(frozen=True)
class Pairs:
    """One entry per pair (`a` < `b`): how likely it is that a pulls more, and how much stays open between them.

    `open_between` is the spread (standard deviation, logits) of the difference in pull.
    """

    a: Ints
    b: Ints
    a_above: Floats
    open_between: Floats


def not_told_apart(reading: PullReading, people: Ints, *, close: float = CLOSE) -> Pairs:
    """Name the pairs among `people` of whom the records cannot say who moves people more.

    A pair is open when either order is likely: a above b in more than `close` of the joint draws and in
    less than 1 - `close`.

    Shapes: person numbers in (who asked; at most a few hundred); one entry per open pair out, a < b.
    Units and ranges: shares 0..1; 0 <= close < 0.5.
    Errors: KeyError for somebody who never asked.
    Ties: equal draws count half for each.
    Cost: O(pairs * draws).
    """
    chosen = np.unique(people)
    pull = _pulls(reading, chosen)
    one, other = np.triu_indices(len(chosen), 1)
    above, between = np.empty(len(one)), np.empty(len(one))
    for first in range(0, len(one), 2000):
        part = slice(first, first + 2000)
        gap = pull[one[part]] - pull[other[part]]
        above[part] = (gap > 0).mean(1) + 0.5 * (gap == 0).mean(1)
        between[part] = gap.std(1)
    open_ = (above > close) & (above < 1 - close)
    return Pairs(chosen[one[open_]], chosen[other[open_]], above[open_], between[open_])


def sets_not_told_apart(reading: PullReading, people: Ints, *, close: float = CLOSE) -> list[Ints]:
    """Split `people`, strongest first, into runs within which the records settle no order.

    A run is grown from the strongest person left: everybody follows whom nobody in the run is likely to pass.

    Shapes: person numbers in; a list of flat arrays out, each by falling median, every person once.
    Errors: KeyError for somebody who never asked.
    Ties: equal medians by person number.
    Cost: O(people^2 * draws) at worst, people * draws when the runs are short.
    """
    chosen = np.unique(people)
    pull = _pulls(reading, chosen)
    order = np.lexsort((chosen, -np.median(pull, axis=1)))
    runs: list[list[int]] = []
    for place in order.tolist():
        if runs and (pull[runs[-1][0]] > pull[place]).mean() < 1 - close:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [chosen[np.array(run)] for run in runs]


def worth_a_coin(reading: PullReading, a: Ints, b: Ints, shared: Ints, *, close: float = CLOSE) -> tuple[Ints, Floats]:
    """Say for which pairs deciding the next asks by coin toss would teach most.

    Of two whom the records cannot tell apart, and who could both ask the same people, the pair teaches most
    whose difference is most open and who share most people to toss for.

    Shapes: one entry per possible pair in (`shared`: how many people both could ask); back: places of the pairs
    worth it, best first, and for each how much variance (squared logits) the tosses are expected to remove.
    Units and ranges: an ask is taken to weigh 0.2 (a chance near one half to three quarters); approximate.
    Errors: KeyError for somebody who never asked.
    Errs: towards too much promise where nearly everybody or nearly nobody comes.
    Ties: by place.
    Cost: O(pairs * draws).
    """
    gain = np.zeros(len(a))
    for place in range(len(a)):
        gap = reading.draws.pull_of(int(a[place])) - reading.draws.pull_of(int(b[place]))
        above = (gap > 0).mean() + 0.5 * (gap == 0).mean()
        if shared[place] > 1 and close < above < 1 - close:
            variance = float(gap.var())
            gain[place] = variance - 1.0 / (1.0 / max(variance, 1e-12) + 0.2 * shared[place] / 4.0)
    best = np.argsort(-gain, kind="stable")
    best = best[gain[best] > 0]
    return best, gain[best]


def _pulls(reading: PullReading, chosen: Ints) -> Floats:
    known = reading.draws.asker
    place = np.minimum(np.searchsorted(known, chosen), max(len(known) - 1, 0))
    missing = np.ones(len(chosen), dtype=bool) if not len(known) else known[place] != chosen
    if missing.any():
        raise KeyError(int(chosen[missing][0]))
    return reading.draws.pull[place].astype(float)
