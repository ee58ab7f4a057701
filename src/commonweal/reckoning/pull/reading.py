"""Who moves whom: the reading an organizer is shown, with its doubt and its evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.design import Design, design_of
from commonweal.reckoning.pull.draws import PullDraws
from commonweal.reckoning.pull.exact import exact_visits
from commonweal.reckoning.pull.fast import fast_fit
from commonweal.reckoning.pull.likeness import people_like_them
from commonweal.reckoning.pull.points import Points, points_of_fit, points_of_visits
from commonweal.reckoning.pull.records import AskRecords, Flags, Floats, Ints

LEARN_FROM = 15_000
NO_BOUND = 10**9
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


@dataclass(frozen=True)
class PullReading:
    """One entry per candidate: everybody who ever asked and everybody who was named, by person number.

    `median`, `low`, `high` (80 %): points above what an average asker would have got from the same people on
    the same days; nan where withheld. `relative_…`: the same, also given after a single test (nan below five
    asks). `unasked_…`: points above nobody asking them at all; nan where withheld.
    `expected`: how many an average asker would have got. `like_them_came` of `like_them_asked`: what people
    like hers did when she did not ask. `top_tenth`: share of draws in which she is among the strongest tenth
    of those compared; nan where withheld. `difficulty…`: one entry per test, in logits, higher is harder.
    """

    candidate: Ints
    asked: Ints
    came: Ints
    nominations: Ints
    expected: Floats
    like_them_came: Floats
    like_them_asked: Ints
    median: Floats
    low: Floats
    high: Floats
    relative_median: Floats
    relative_low: Floats
    relative_high: Floats
    unasked_median: Floats
    unasked_low: Floats
    unasked_high: Floats
    top_tenth: Floats
    verdict: NDArray[np.int8]
    difficulty: Floats
    difficulty_low: Floats
    difficulty_high: Floats
    engine: str
    tests: int
    draws: PullDraws

    def place(self, person: int) -> int:
        """Where a candidate stands in the columns; KeyError if she is none."""
        found = int(np.searchsorted(self.candidate, person))
        if found == len(self.candidate) or self.candidate[found] != person:
            raise KeyError(person)
        return found

    def probability_above(self, a: int, b: int) -> float:
        """How likely it is that a moves people more than b, given the records (0.5: cannot tell)."""
        one, other = self.draws.pull_of(a), self.draws.pull_of(b)
        return float(np.mean(one > other) + 0.5 * np.mean(one == other))

    def says(self, place: int) -> str:
        """The evidence for the candidate at `place`, as an English sentence."""
        if not self.asked[place]:
            named = int(self.nominations[place])
            return f"has asked nobody yet; named by {named} {'person' if named == 1 else 'people'}"
        said = f"asked {self.asked[place]}, {self.came[place]} came"
        if self.like_them_asked[place]:
            said += (
                f"; people like them came {self.like_them_came[place]:.0f} of "
                f"{self.like_them_asked[place]} when she did not ask"
            )
        return said


def read_pull(
    records: AskRecords,
    *,
    lot: int,
    draws: int = 1000,
    engine: Literal["fast", "exact"] = "fast",
    variances: Variances | None = None,
) -> PullReading:
    """Say who moves whom, by how much, how sure that is, and on what evidence.

    Whether somebody comes depends on her own readiness, her unit, the day, how hard the test is, and who asked
    her; one joint model sets these apart, and is steadied by what is known of people beforehand.

    Shapes: one row per person and test in; one entry per candidate out (see `PullReading`). People nobody
    tested and who neither asked nor are named change nothing. Empty records are refused.
    Units and ranges: points are percentage points on the people she asked; logits elsewhere. "fast" is a bell
    curve; its medians and ends of intervals lie 0.4 to 0.8 points from those of "exact" on the average and 2.5
    at most (measured, five asks and more). "exact" samples, and its cost grows with the cube of units * tests + askers.
    `variances` None: learnt from the records (beyond 15,000 rows: from a part of them).
    Errors: RecordsRefused (a subclass naming column and row) when the records are made.
    Errs: beyond 600 units, shocks and askers, what askers of different clusters share with one another is left out of
    the intervals (not of the medians, nor of what they share with the tests): they come out too narrow, by under
    two per cent even where every ask crosses. Variances are taken as known once learnt: intervals a little too
    narrow on tiny sites.
    Asks that failed and were not written down flatter everybody who asked.
    Ties: none are broken; equal evidence gives equal pull. Candidates come in order of their number.
    Cost: fast O(rows + sum of squares of cluster width * width); exact O((units * tests + askers)^3) a sweep.
    Source: multilevel logistic regression (Mundlak 1978; Polson, Scott, Windle 2013; Opper, Archambeau 2009);
    ours adds the cluster blocks and the comparison in points.

    >>> records = AskRecords([0, 1, 2], [0, 0, 0], [-1, 0, 0], [1, 1, 0], 3, 1, [0, 0, 0], [0], [0] * 3, [2] * 3)
    >>> read_pull(records, lot=1).says(0)
    'asked 2, 1 came; people like them came 2 of 2 when she did not ask'
    """
    asked_row = np.flatnonzero(records.asker >= 0)
    design = design_of(records, widest=None if engine == "fast" else NO_BOUND)
    learn, start, wide = variances is None, variances or Variances(), None
    if learn and len(design.came) > LEARN_FROM and engine == "fast":
        start, wide = _learnt_from_a_part(records, design)
        learn = False
    fit = fast_fit(design, start, learn=learn, wide=wide)
    who = np.searchsorted(design.asker, records.asker[asked_row])
    if engine == "fast":
        points = points_of_fit(fit, asked_row, who, lot=lot, n_draws=draws)
    else:
        visits = exact_visits(fit.design, start, lot=lot, keep=draws, learn=learn, log_odds=fit.log_odds)
        points = points_of_visits(fit.design, visits, asked_row, who)
    return _reading(records, points, who, engine)


def _learnt_from_a_part(records: AskRecords, design: Design) -> tuple[Variances, Floats]:
    """Variances and global unknowns from evenly spaced whole clusters that hold about LEARN_FROM rows."""
    many = np.bincount(design.row_cluster, minlength=design.n_clusters)
    share = LEARN_FROM / len(design.came)
    place = np.floor(np.cumsum(many) / many.sum() * max(1, round(share * len(many))))
    chosen = np.flatnonzero(np.diff(place, prepend=-1.0) > 0)
    chosen = chosen[np.cumsum(many[chosen]) <= max(LEARN_FROM, many[chosen[0]])]
    keep = np.isin(design.row_cluster, chosen)
    if keep.sum() > 2 * LEARN_FROM:
        keep &= _some_askers_people(records, LEARN_FROM / int(keep.sum()))[records.person]
    part = replace(
        records,
        person=records.person[keep],
        test=records.test[keep],
        asker=records.asker[keep],
        came=records.came[keep],
    )
    fit = fast_fit(design_of(part), Variances(), learn=True)
    return fit.variances, fit.wide


def _some_askers_people(records: AskRecords, share: float) -> Flags:
    """A `share` of the people, evenly spaced: where one cluster holds nearly everybody. Those whom one asks stay together."""
    with_ = np.arange(records.n_people)
    asked = np.flatnonzero(records.asker >= 0)[::-1]
    with_[records.person[asked]] = records.asker[asked]
    circle, place = np.unique(with_, return_inverse=True)
    return (np.diff(np.floor(np.arange(len(circle)) * share), prepend=-1.0) > 0)[place]


def _reading(records: AskRecords, points: Points, who: Ints, engine: str) -> PullReading:
    """Everything that is said of each asker, from the draws; `who` is the asker of each ask, by her place."""
    drawn = points.draws
    asker, pull, n = drawn.asker, drawn.pull, len(drawn.asker)
    asked = np.bincount(who, minlength=n)
    came = np.bincount(who[records.came[records.asker >= 0]], minlength=n)
    enough, few_tests = asked >= FEWEST_ASKS, records.tests_held < FEWEST_TESTS
    relative = np.where(enough, points.against_average.T, np.nan)
    shown = np.full_like(relative, np.nan) if few_tests else relative
    unasked = np.where(np.isnan(shown[0]), np.nan, points.against_nobody.T)
    top = np.full(n, np.nan)
    if enough.any() and not few_tests:
        top[enough] = _share_in_top_tenth(pull[enough])
    alike, alike_asked = people_like_them(records, asker)
    candidate = np.union1d(asker, np.flatnonzero(records.nominations))
    place = np.searchsorted(candidate, asker)

    spread_out = partial(_of_candidates, len(candidate), place)
    asks = spread_out(asked.astype(float), 0.0).astype(np.int64)
    hard = np.quantile(drawn.difficulty.astype(float), (0.5, 0.1, 0.9), axis=1)
    low, high = spread_out(shown[1]), spread_out(shown[2])
    return PullReading(
        candidate=candidate,
        asked=asks,
        came=spread_out(came.astype(float), 0.0).astype(np.int64),
        nominations=records.nominations[candidate],
        expected=spread_out(points.expected, 0.0),
        like_them_came=spread_out(alike, 0.0),
        like_them_asked=spread_out(alike_asked.astype(float), 0.0).astype(np.int64),
        median=spread_out(shown[0]),
        low=low,
        high=high,
        relative_median=spread_out(relative[0]),
        relative_low=spread_out(relative[1]),
        relative_high=spread_out(relative[2]),
        unasked_median=spread_out(unasked[0]),
        unasked_low=spread_out(unasked[1]),
        unasked_high=spread_out(unasked[2]),
        top_tenth=spread_out(top),
        verdict=_verdicts(asks, low, high, few_tests),
        difficulty=hard[0],
        difficulty_low=hard[1],
        difficulty_high=hard[2],
        engine=engine,
        tests=records.tests_held,
        draws=drawn,
    )


def _of_candidates(n: int, place: Ints, values: Floats, empty: float = np.nan) -> Floats:
    out = np.full(n, empty)
    out[place] = values
    return out


def _share_in_top_tenth(pull: NDArray[np.float32]) -> Floats:
    """Per asker: in which share of the draws only a tenth of those compared pull more."""
    times = np.zeros(len(pull))
    rank = min(int(np.ceil(0.9 * len(pull))), len(pull) - 1)
    for first in range(0, pull.shape[1], 50):
        part = pull[:, first : first + 50]
        times += (part >= np.partition(part, rank, axis=0)[rank]).sum(1)
    return times / pull.shape[1]


def _verdicts(asked: Ints, low: Floats, high: Floats, few_tests: bool) -> NDArray[np.int8]:
    if few_tests:
        return np.full(len(asked), Verdict.WITHHELD_FEW_TESTS, dtype=np.int8)
    verdict = np.full(len(asked), Verdict.CANNOT_TELL_APART, dtype=np.int8)
    verdict[(low > -ABOUT_USUAL) & (high < ABOUT_USUAL)] = Verdict.ABOUT_USUAL
    verdict[low > 0] = Verdict.LIFTS
    verdict[high < 0] = Verdict.HOLDS_BACK
    verdict[asked < FEWEST_ASKS] = Verdict.TOO_EARLY
    return verdict
