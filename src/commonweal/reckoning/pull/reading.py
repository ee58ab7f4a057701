"""Who moves whom: the reading an organizer is shown, with its doubt and its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.design import design_of
from commonweal.reckoning.pull.draws import PullDraws
from commonweal.reckoning.pull.exact import exact_visits
from commonweal.reckoning.pull.fast import fast_fit
from commonweal.reckoning.pull.fitting import fitted, unit_by_unit
from commonweal.reckoning.pull.likeness import people_like_them
from commonweal.reckoning.pull.points import Points, points_of_fit, points_of_visits
from commonweal.reckoning.pull.records import AskRecords, Floats, Ints
from commonweal.reckoning.pull.verdicts import FEWEST_ASKS, FEWEST_TESTS, share_in_top_tenth, verdicts_of

NO_BOUND = 10**9


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
    if engine == "fast":
        records = unit_by_unit(records)
        fit = fitted(records, variances=variances)
        asked_row = np.flatnonzero(records.asker >= 0)
        who = np.searchsorted(fit.design.asker, records.asker[asked_row])
        points = points_of_fit(fit, asked_row, who, lot=lot, n_draws=draws)
    else:
        learn, start = variances is None, variances or Variances()
        fit = fast_fit(design_of(records, widest=NO_BOUND), start, learn=learn)
        asked_row = np.flatnonzero(records.asker >= 0)
        who = np.searchsorted(fit.design.asker, records.asker[asked_row])
        visits = exact_visits(fit.design, start, lot=lot, keep=draws, learn=learn, log_odds=fit.log_odds)
        points = points_of_visits(fit.design, visits, asked_row, who)
    return _reading(records, points, who, engine)


def _reading(records: AskRecords, points: Points, who: Ints, engine: str) -> PullReading:
    """Everything that is said of each candidate, from what was found of the askers; `who` made each ask."""
    drawn, n = points.draws, len(points.draws.asker)
    candidate = np.union1d(drawn.asker, np.flatnonzero(records.nominations))
    of = partial(_of_candidates, len(candidate), np.searchsorted(candidate, drawn.asker))
    asks = np.bincount(who, minlength=n)
    alike, alike_asked = people_like_them(records, drawn.asker)
    came = np.bincount(who[records.came[records.asker >= 0]], minlength=n)
    asked, came, alike_asked = (of(count, 0).astype(np.int64) for count in (asks, came, alike_asked))

    few_tests, enough = records.tests_held < FEWEST_TESTS, asks >= FEWEST_ASKS
    withheld = few_tests | (asked < FEWEST_ASKS)
    relative = _three(of(np.where(enough, row, np.nan)) for row in points.against_average.T)
    median, low, high = _three(np.where(withheld, np.nan, row) for row in relative)
    unasked = _three(np.where(withheld, np.nan, of(row)) for row in points.against_nobody.T)
    hard = np.quantile(drawn.difficulty.astype(float), (0.5, 0.1, 0.9), axis=1)
    top = np.full(n, np.nan) if few_tests else share_in_top_tenth(drawn.pull, enough)
    return PullReading(
        *(candidate, asked, came, records.nominations[candidate], of(points.expected, 0.0)),
        *(of(alike, 0.0), alike_asked),
        *(median, low, high),
        *relative,
        *unasked,
        *(of(top), verdicts_of(asked, low, high, few_tests)),
        *(hard[0], hard[1], hard[2]),
        engine,
        records.tests_held,
        drawn,
    )


def _three(rows: Iterable[Floats]) -> tuple[Floats, Floats, Floats]:
    """Median, low and high."""
    median, low, high = rows
    return median, low, high


def _of_candidates(n: int, place: Ints, values: Floats | Ints, empty: float = np.nan) -> Floats:
    """The askers' values at their places among the `n` candidates; `empty` for those who never asked."""
    out = np.full(n, empty)
    out[place] = values
    return out
