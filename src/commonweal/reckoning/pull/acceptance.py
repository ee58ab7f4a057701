"""Is the pull found here real? It must foretell other people's answers than those it was learnt from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import rankdata

from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.design import design_of
from commonweal.reckoning.pull.fast import fast_fit
from commonweal.reckoning.pull.records import AskRecords, Flags, Floats, Ints
from commonweal.reckoning.pull.verdicts import FEWEST_ASKS, FEWEST_TESTS

FEWEST_ASKERS = 8
ALL_ALIKE = 1e-4


@dataclass(frozen=True)
class Acceptance:
    """`correlations`: one rank correlation per split. `stands`: the mean is clear of zero. `reason` says why not.

    `reason`: "stands", "near_zero", "few_askers" or "few_tests".
    """

    correlations: Floats
    mean: float
    lowest: float
    highest: float
    stands: bool
    reason: str


def pull_holds_for_others(records: AskRecords, *, lot: int, splits: int = 6) -> Acceptance:
    """Check whether pull learnt from one half of the people foretells what the other half did.

    Split the people in two at random; learn pull in one half; in the other, see who did better than a model
    in which every asker is alike. The ranks must agree. Otherwise: "cannot yet tell apart".

    Shapes: records in; `splits` correlations out (both directions of each split count as one, averaged).
    Units and ranges: rank correlations -1..1. It stands when the mean is above twice its spread over
    the splits and above what chance gives (1.64 / root of askers compared).
    Errs: halves hold half the asks, so true but modest pull may fail: it errs towards "cannot tell".
    Ties: mid-ranks.
    Cost: four fast fits per split.
    Source: split-half validation; ours splits the followers, not the rows.
    """
    if records.tests_held < FEWEST_TESTS:
        return _refusal("few_tests")
    rng = np.random.default_rng(lot)
    found, compared = [], []
    for _ in range(splits):
        half = rng.random(records.n_people) < 0.5
        both = [_agreement(records, half), _agreement(records, ~half)]
        both = [pair for pair in both if pair[1] >= FEWEST_ASKERS]
        if both:
            found.append(float(np.mean([pair[0] for pair in both])))
            compared.append(float(np.mean([pair[1] for pair in both])))
    if not found:
        return _refusal("few_askers")
    agreement = np.array(found)
    mean, chance = float(agreement.mean()), 1.64 / np.sqrt(np.mean(compared))
    stands = bool(mean > chance and mean > 2 * agreement.std() / np.sqrt(len(agreement)))
    reason = "stands" if stands else "near_zero"
    return Acceptance(agreement, mean, float(agreement.min()), float(agreement.max()), stands, reason)


def _refusal(reason: str) -> Acceptance:
    return Acceptance(np.empty(0), np.nan, np.nan, np.nan, False, reason)


def _agreement(records: AskRecords, learnt_from: Flags) -> tuple[float, int]:
    """Rank correlation of pull in one half with the surplus in the other, and over how many askers."""
    ours, theirs = learnt_from[records.person], ~learnt_from[records.person]
    if not (ours & (records.asker >= 0)).any() or not theirs.any():
        return np.nan, 0
    learnt = fast_fit(design_of(_part(records, ours)), Variances(), learn=True)
    other = _part(records, theirs)
    surplus, asks = _surplus(other, replace(learnt.variances, pull=ALL_ALIKE))
    known = learnt.design.asker
    askers = known[asks[known] >= FEWEST_ASKS]
    if len(askers) < FEWEST_ASKERS:
        return np.nan, len(askers)
    pull = learnt.local[learnt.design.asker_place][np.searchsorted(known, askers)]
    ranks = np.corrcoef(rankdata(pull), rankdata(surplus[askers] / asks[askers]))
    return float(np.nan_to_num(ranks[0, 1])), len(askers)


def _part(records: AskRecords, rows: Flags) -> AskRecords:
    return replace(
        records,
        person=records.person[rows],
        test=records.test[rows],
        asker=records.asker[rows],
        came=records.came[rows],
    )


def _surplus(records: AskRecords, variances: Variances) -> tuple[Floats, Ints]:
    """Per person: how many more came than if all askers were alike, and how many she asked."""
    design = design_of(records)
    n = len(design.asker)
    plain = np.column_stack([np.ones(n), np.zeros(n)])
    alike = replace(design, about_asker=plain, asker_member=np.full(n, -1))
    fit = fast_fit(alike, variances, learn=False)
    likely = 0.5 + 0.5 * np.tanh(0.5 * fit.log_odds / np.sqrt(1.0 + fit.row_variance * np.pi / 8.0))
    asked = records.asker >= 0
    surplus = np.bincount(records.asker[asked], (design.came - likely)[asked], minlength=records.n_people)
    return surplus.astype(float), records.asked
