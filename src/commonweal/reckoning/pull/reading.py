"""Who moves whom: the reading an organizer is shown, with its doubt and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.design import design_of
from commonweal.reckoning.pull.draws import PullDraws, draws_around
from commonweal.reckoning.pull.fast import fast_fit
from commonweal.reckoning.pull.likeness import people_like_them
from commonweal.reckoning.pull.points import GRID, expected_came, read_off
from commonweal.reckoning.pull.records import AskRecords, Floats, Ints

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
        one, other = self._pull_of(a), self._pull_of(b)
        return float(np.mean(one > other) + 0.5 * np.mean(one == other))

    def _pull_of(self, person: int) -> Floats:
        place = int(np.searchsorted(self.draws.asker, person))
        if place == len(self.draws.asker) or self.draws.asker[place] != person:
            raise KeyError(person)
        return self.draws.pull[place]

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
    """Say who moves whom, by how much, how sure that is, and on what evidence."""
    variances = variances or Variances()
    design = design_of(records)
    fit = fast_fit(design, variances)
    drawn = draws_around(fit, lot, draws, variances)
    base = fit.log_odds.copy()
    asked_row = np.flatnonzero(records.asker >= 0)
    who = np.searchsorted(design.asker, records.asker[asked_row])
    base = base[asked_row] - fit.local[design.asker_place][who]
    return _reading(records, drawn, base, who, engine)


def _reading(records: AskRecords, drawn: PullDraws, base: Floats, who: Ints, engine: str) -> PullReading:
    asker, pull = drawn.asker, drawn.pull
    asked, came = np.bincount(who, minlength=len(asker)), np.zeros(len(asker), dtype=np.int64)
    came[:] = np.bincount(who, records.came[records.asker >= 0], minlength=len(asker))
    average = pull.mean(0) if len(asker) else np.zeros(pull.shape[1])
    levels = np.linspace(min(pull.min(initial=0), 0) - 0.1, max(pull.max(initial=0), 0) + 0.1, GRID)
    curve = expected_came(base, who, len(asker), levels)
    usual = read_off(curve, levels, np.broadcast_to(average, pull.shape))
    hers = read_off(curve, levels, pull)
    nobody = read_off(curve, levels, np.zeros((len(asker), 1)))
    scale = 100.0 / np.maximum(asked, 1)[:, None]
    relative = np.quantile((hers - usual) * scale, (0.5, 0.1, 0.9), axis=1)
    unasked = np.quantile((hers - nobody) * scale, (0.5, 0.1, 0.9), axis=1)
    enough = asked >= FEWEST_ASKS
    few_tests = records.tests_held < FEWEST_TESTS
    top = np.full(len(asker), np.nan)
    if enough.any():
        top[enough] = (pull[enough] >= np.quantile(pull[enough], 0.9, axis=0)).mean(1)
    relative[:, ~enough] = np.nan
    shown = relative.copy()
    if few_tests:
        shown[:] = np.nan
        top[:] = np.nan
    unasked[:, np.isnan(shown[0])] = np.nan
    alike, alike_asked = people_like_them(records, asker)
    candidate = np.union1d(asker, np.flatnonzero(records.nominations))
    place = np.searchsorted(candidate, asker)

    def spread(values: Floats, empty: float = np.nan) -> Floats:
        out = np.full(len(candidate), empty, dtype=np.result_type(values.dtype, type(empty)))
        out[place] = values
        return out

    hard = np.quantile(drawn.difficulty, (0.5, 0.1, 0.9), axis=1)
    columns = [spread(row) for triple in (shown, relative, unasked) for row in triple]
    return PullReading(
        candidate,
        spread(asked, 0),
        spread(came, 0),
        records.nominations[candidate],
        spread(usual.mean(1), 0.0),
        spread(alike, 0.0),
        spread(alike_asked, 0),
        *columns,
        spread(top),
        _verdicts(spread(asked, 0), columns[1], columns[2], few_tests),
        *hard,
        engine,
        records.tests_held,
        drawn,
    )


def _verdicts(asked: Ints, low: Floats, high: Floats, few_tests: bool) -> NDArray[np.int8]:
    if few_tests:
        return np.full(len(asked), Verdict.WITHHELD_FEW_TESTS, dtype=np.int8)
    verdict = np.full(len(asked), Verdict.CANNOT_TELL_APART, dtype=np.int8)
    verdict[(low > -ABOUT_USUAL) & (high < ABOUT_USUAL)] = Verdict.ABOUT_USUAL
    verdict[low > 0] = Verdict.LIFTS
    verdict[high < 0] = Verdict.HOLDS_BACK
    verdict[asked < FEWEST_ASKS] = Verdict.TOO_EARLY
    return verdict
