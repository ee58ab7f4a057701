"""What comes back of a forecast: spreads and chances, of all and unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.pull.records import Floats, Ints

DOTS = 20
QUANTILES = (0.5, 0.1, 0.9)


class Withheld(StrEnum):
    """Why nothing is forecast: too few tests with outcomes, hardly a no on record, or nobody may take part."""

    FEW_TESTS = "few_tests"
    HARDLY_A_NO = "hardly_a_no"
    NOBODY_ELIGIBLE = "nobody_eligible"


@dataclass(frozen=True)
class Overall:
    """Of all who may take part: shares that come (80 % between `low` and `high`), and chances.

    `reaches`: the overall threshold. `every_unit`: the threshold of every unit, `both`: both; nan without a
    threshold for units. `runs`: twenty imagined runs, lowest first, each as likely as any other.
    """

    median: float
    low: float
    high: float
    reaches: float
    every_unit: float
    both: float
    runs: Floats


@dataclass(frozen=True)
class Units:
    """One entry per unit with somebody eligible, by number (people of no unit are in none).

    `median`, `low`, `high`: share of its people that come. `reaches`: the chance of the unit's threshold.
    `only_one_short`: the chance that it alone falls short. Both nan without a threshold for units.
    """

    unit: Ints
    size: Ints
    median: Floats
    low: Floats
    high: Floats
    reaches: Floats
    only_one_short: Floats


@dataclass(frozen=True)
class StepTaken:
    """The step that was reckoned with, in logits, 80 % between `low` and `high`; `seen` steps to its kind taught it."""

    median: float
    low: float
    high: float
    seen: int


@dataclass(frozen=True)
class Outlook:
    """How the test may go under one step: `extra` logits harder than the usual one; `people` each one's chance.

    `rung`: the entry of the ladder as which it is taken to be as hard; None for the usual step, and for one that is
    so many logits harder and no more is known of it.
    """

    scenario: str
    extra: float
    step: StepTaken
    rung: int | None
    overall: Overall
    units: Units
    people: Floats


@dataclass(frozen=True)
class RungOutlook:
    """How another test would go, the `rung`-th entry of the ladder, against its own thresholds."""

    rung: int
    step: StepTaken
    overall: Overall


@dataclass(frozen=True)
class Drivers:
    """What makes the difference between the imagined runs: shares of the doubt about all, which sum to 1.

    `step`: how much harder the test is than those before. `days`: what moves a unit on that day. `people`: what
    the tests so far leave open about people and units. `leaders`: the same about who moves people. `own_decision`:
    what is nobody's to foretell. `step_median`, `step_low`, `step_high`: the step in logits that was reckoned with.
    """

    step: float
    days: float
    people: float
    leaders: float
    own_decision: float
    step_median: float
    step_low: float
    step_high: float


@dataclass(frozen=True)
class WhatIf:
    """The usual step under another plan of asks, in the same imagined runs: what changes is the plan alone.

    `gain_median`, `gain_low`, `gain_high`: how the share that comes differs from the plan asked about, run by run.
    """

    overall: Overall
    units: Units
    gain_median: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True)
class Forecast:
    """The answer to `NextTest`; where `withheld` says why not, there are no scenarios and no figures.

    `scenarios`: first the usual step ("as_last"), then harder ones. `person` names whom `Outlook.people` speaks of.
    `tests`: tests with outcomes. `rising`: whether the tests rise in order. `answers` and `refusals`: outcomes on
    record. `newcomers`: eligible people without any. `unseen`: of all outcomes that eligible people could have had in
    those tests, the share that is not on record: if these were refusals, the forecast is too high. `difficulty`: of each test, in logits, nan without outcomes.
    `lot` and `draws`: the same give the same forecast. `ladder`: how other tests would go, the lowest first.
    """

    withheld: Withheld | None
    tests: int
    answers: int
    refusals: int
    person: Ints
    newcomers: int
    unseen: float
    lot: int
    draws: int
    rising: bool = True
    difficulty: Floats = field(default_factory=lambda: np.empty(0))
    scenarios: tuple[Outlook, ...] = ()
    drivers: Drivers | None = None
    what_if: Mapping[str, WhatIf] = field(default_factory=dict)
    ladder: tuple[RungOutlook, ...] = ()


Counts = NDArray[np.int32]


def outlook_of_counts(
    counts: Counts, size: Ints, unit: Ints, threshold: float, unit_threshold: float | None, rng: np.random.Generator
) -> tuple[Overall, Units]:
    """Spreads and chances from how many came, unit by unit and run by run.

    Whole numbers are spread evenly over half a person to each side before quantiles are taken: in small units an
    interval between whole numbers would hold far more than it says.

    Shapes: `counts` a line per group, a column per run; `size` and `unit` one entry per group, unit -1 for people
    of no unit, who count in all only.
    Units and ranges: shares 0..1; chances to the noise of the runs.
    Ties: exactly the threshold reaches it.
    Cost: O(groups * runs * log runs).
    """
    placed = unit >= 0
    came, total, all_ = counts[placed], counts.sum(0), int(size.sum())
    overall = _shares(total[None], np.array([all_]), rng)[:, 0]
    runs = np.quantile(total / all_, (np.arange(DOTS) + 0.5) / DOTS)
    reached = total >= threshold * all_ - 1e-9
    every = both = np.nan
    chance = alone = np.full(int(placed.sum()), np.nan)
    if unit_threshold is not None:
        short = came < unit_threshold * size[placed, None] - 1e-9
        short_units = short.sum(0)
        chance, alone = 1.0 - short.mean(1), (short & (short_units == 1)).mean(1)
        every, both = float((short_units == 0).mean()), float((reached & (short_units == 0)).mean())
    shares = _shares(came, size[placed], rng)
    return (
        Overall(float(overall[0]), float(overall[1]), float(overall[2]), float(reached.mean()), every, both, runs),
        Units(unit[placed], size[placed], shares[0], shares[1], shares[2], chance, alone),
    )


def _shares(counts: Counts, size: Ints, rng: np.random.Generator) -> Floats:
    blurred = np.sort(counts + rng.random(counts.shape) - 0.5, axis=1)
    if not len(counts):
        return np.empty((3, 0))
    found = np.quantile(blurred, QUANTILES, axis=1) / size
    return np.clip(found, 0.0, 1.0)
