"""From the records and the next test to the forecast: the one function that others call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from commonweal.reckoning.forecast.drivers import drivers_of
from commonweal.reckoning.forecast.kinds import NO_STEPS, StepsSeen
from commonweal.reckoning.forecast.ladder import Steps
from commonweal.reckoning.forecast.outlook import (
    Counts,
    Forecast,
    Outlook,
    Overall,
    RungOutlook,
    Units,
    WhatIf,
    Withheld,
    outlook_of_counts,
)
from commonweal.reckoning.forecast.past import Past, past_of
from commonweal.reckoning.forecast.question import NextTest, Rung, orders_of, plan_as_before
from commonweal.reckoning.forecast.runs import imagined_runs
from commonweal.reckoning.forecast.step import SCENARIOS, Step
from commonweal.reckoning.pull.records import AskRecords, Floats, Ints, ShapesDiffer

FEWEST_TESTS = 2
ANSWERS_SEEN, HARDLY_ANY = 20, 0.02
"""From so many answers on, of all or of those whom somebody asked, a smaller share of refusals means that refusals
were not written down."""


def forecast_next_test(
    records: AskRecords,
    next_test: NextTest,
    *,
    lot: int,
    draws: int = 1000,
    test_order: Floats | None = None,
    step: Step | None = None,
    scenarios: Mapping[str, float] = SCENARIOS,
    ladder: Sequence[Rung] = (),
    test_kind: Sequence[str] = (),
    earlier: StepsSeen = NO_STEPS,
    what_if: Mapping[str, Ints] | None = None,
    withhold: bool = True,
) -> Forecast:
    """Say how many may come to the next test, in all and in every unit, and how sure that is.

    The tests so far show how ready people are, what moves units, who moves whom and how hard each test was. All
    of it is drawn many times together; each time the next test is a step harder, every unit has a day of its own,
    the planned asks are made and everybody decides for herself.

    Shapes: `records`: one row per person and test whose outcome was seen, did or did not, asked or not ("could not"
    and "unknown": no row; see `AskRecords`). `next_test`: see `NextTest`. `test_order`: where each test of the
    records stands, one number per test, in the same measure as `next_test.order`; None: `records.test_order`.
    `step`: what is known of the step for this kind of test; None: learnt from this place's own
    steps. `scenarios`: by name, how many logits harder than that; the first is the one that drivers and plans are
    reckoned for. `ladder`: tests that could be held instead; those above the next one give the harder scenarios their
    size, as far as they are harder. `test_kind`: the kind of each test of the records, `earlier`: the steps of other
    campaigns; how big steps are is learnt from both, kind by kind. `what_if`: by name other plans of asks, each shaped like `next_test.asker`. Back comes a
    `Forecast`: `.withheld` a reason or None, `.scenarios` one `Outlook` per scenario with `.overall`, `.units` and
    `.people` (one chance per entry of `.person`, which is `next_test.eligible`), `.drivers`, `.what_if`, and `.ladder`, where the tests rise.
    Units and ranges: shares and chances 0..1, 80 % between low and high; difficulty and steps in logits. To the
    noise of the draws: chances give or take 0.03 with 1,000.
    Errors: RecordsRefused (it names column and row) for a plan or people that do not fit the records.
    Errs: variances are taken as known once learnt, and the plan as kept: asks that will not be made flatter the
    forecast. Asks that failed and were not written down do too. Without any ask on record an ask is taken to move
    0.3 logits, give or take 0.4. After fewer than two tests, or with hardly a no on record, all figures are
    withheld unless `withhold` is False, which is for judging the arithmetic and not for showing.
    Ties: exactly the threshold reaches it. The same lot, records and question give the same forecast.
    Cost: as `read_pull`, and O(people * draws * (scenarios + plans)); memory a few million numbers beside the fit.
    Source: multilevel logistic regression (as `read_pull`) with a posterior predictive; the step is a random walk
    with drift learnt from this place's own tests, ours.

    >>> records = AskRecords([0, 1, 2] * 2, [0, 0, 0, 1, 1, 1], [-1, 0, 0] * 2, [1, 1, 0, 1, 0, 0], 3, 2,
    ...     [0, 0, 0], [0, 1], [0] * 3, [2] * 3)
    >>> forecast = forecast_next_test(records, NextTest([0, 1, 2], order=2, threshold=0.65), lot=1)
    >>> [outlook.scenario for outlook in forecast.scenarios], forecast.scenarios[0].overall.reaches < 0.5
    (['as_last', 'harder', 'much_harder'], True)
    """
    others = {name: np.asarray(plan) for name, plan in (what_if or {}).items()}
    orders = orders_of(records, test_order)
    next_test.refuse_strangers(records)
    for name, plan in others.items():
        next_test.refuse_plan(name, plan, records)
    reason = _reason_to_withhold(records, next_test)
    forecast = _seen_so_far(records, next_test, reason, lot, draws)
    if reason is Withheld.NOBODY_ELIGIBLE or (withhold and reason is not None):
        return forecast
    if test_kind and len(test_kind) != records.n_tests:
        raise ShapesDiffer("test_kind")
    steps = Steps(orders, step, scenarios, tuple(ladder), tuple(test_kind), earlier)
    return _imagined(forecast, records, next_test, others, steps)


def _imagined(
    forecast: Forecast, records: AskRecords, next_test: NextTest, others: Mapping[str, Ints], steps: Steps
) -> Forecast:
    """The forecast with what is reckoned: draw the past, draw the step, let everybody decide, count."""
    asked_about = plan_as_before(records, next_test.eligible) if next_test.asker is None else next_test.asker
    plans = [plan.reshape(len(next_test.eligible), -1) for plan in (asked_about, *others.values())]
    unit = records.unit[next_test.eligible]
    order = np.lexsort((next_test.eligible, unit))
    groups, group = np.unique(unit[order], return_inverse=True)
    held = np.unique(records.test)

    # Dice of their own for each: another plan or another step must not turn what has nothing to do with it.
    of_past, of_leaders, of_step = np.random.default_rng(forecast.lot).spawn(3)
    past = past_of(records, groups[groups >= 0], _askers(plans), rng=of_past, pull_rng=of_leaders, draws=forecast.draws)
    climb = steps.drawn(past.difficulty, held, next_test, of_step)
    named, rungs = steps.tried(climb, next_test)
    beside = [one for one in rungs.values() if all(one is not other for other in named.values())]
    runs = imagined_runs(
        past,
        next_test.eligible[order],
        group,
        unit_line=group - int(groups[0] < 0),
        difficulty=[one.hard for one in named.values()],
        beside=[one.hard for one in beside],
        plans=[past.line_of_asker(plan[order]) for plan in plans],
        able=next_test.able,
        lot=forecast.lot,
    )
    runs = runs.of_people_in(order)
    counted = _Counted(np.bincount(group), groups, next_test, forecast.lot)
    tried = zip((*named.values(), *beside), (*runs.counts, *runs.beside), strict=True)
    counts_of = {id(one): counts for one, counts in tried}
    return replace(
        forecast,
        rising=climb.rising,
        difficulty=_difficulty_of(past, held, records.n_tests),
        scenarios=tuple(
            Outlook(name, one.extra, one.step, one.rung, *counted.outlook(counts_of[id(one)]), runs.people[:, at])
            for at, (name, one) in enumerate(named.items())
        ),
        drivers=drivers_of(runs.moved, runs.counts[0], climb.hard[0], climb.size[0]),
        what_if={
            name: counted.what_if(counts, runs.counts[0]) for name, counts in zip(others, runs.other, strict=True)
        },
        ladder=tuple(
            RungOutlook(rung, one.step, counted.of_rung(counts_of[id(one)], steps.ladder[rung]))
            for rung, one in rungs.items()
        ),
    )


def _reason_to_withhold(records: AskRecords, next_test: NextTest) -> Withheld | None:
    if not len(next_test.eligible):
        return Withheld.NOBODY_ELIGIBLE
    if records.tests_held < FEWEST_TESTS:
        return Withheld.FEW_TESTS
    for seen in (np.ones(len(records.came), dtype=np.bool_), records.asker >= 0):
        answers, refusals = int(seen.sum()), int((seen & ~records.came).sum())
        if answers >= ANSWERS_SEEN and refusals < HARDLY_ANY * answers:
            return Withheld.HARDLY_A_NO
    return None


def _seen_so_far(records: AskRecords, next_test: NextTest, withheld: Withheld | None, lot: int, draws: int) -> Forecast:
    """What can be said without imagining anything."""
    seen = np.bincount(records.person, minlength=records.n_people)[next_test.eligible]
    return Forecast(
        withheld,
        records.tests_held,
        len(records.came),
        int((~records.came).sum()),
        next_test.eligible,
        int((seen == 0).sum()),
        1.0 - float(seen.mean()) / records.tests_held if len(seen) else 0.0,
        lot,
        draws,
    )


def _askers(plans: list[Ints]) -> Ints:
    everybody = np.unique(np.concatenate([plan.ravel() for plan in plans]))
    return everybody[everybody >= 0]


def _difficulty_of(past: Past, held: Ints, n_tests: int) -> Floats:
    known = np.full(n_tests, np.nan)
    known[held] = past.difficulty[held].mean(1)
    return known


@dataclass(frozen=True)
class _Counted:
    """What turns counts into spreads and chances; the same dice each time."""

    size: Ints
    unit: Ints
    next_test: NextTest
    lot: int

    def outlook(self, counts: Counts) -> tuple[Overall, Units]:
        rng = np.random.default_rng([self.lot, 1])
        asked = self.next_test
        return outlook_of_counts(counts, self.size, self.unit, asked.threshold, asked.unit_threshold, rng)

    def of_rung(self, counts: Counts, rung: Rung) -> Overall:
        other = replace(
            self, next_test=replace(self.next_test, threshold=rung.threshold, unit_threshold=rung.unit_threshold)
        )
        return other.outlook(counts)[0]

    def what_if(self, counts: Counts, usual: Counts) -> WhatIf:
        gain = (counts.sum(0) - usual.sum(0)) / self.size.sum()
        return WhatIf(*self.outlook(counts), *np.quantile(gain, (0.5, 0.1, 0.9)).tolist())
