"""In a large place, how much things differ can be learnt from a part of the records."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.design import Design, design_of
from commonweal.reckoning.pull.fast import fast_fit
from commonweal.reckoning.pull.records import AskRecords, Flags, Floats

LEARN_FROM = 15_000


def learnt_from_a_part(records: AskRecords, design: Design) -> tuple[Variances, Floats]:
    """Variances and global unknowns from evenly spaced whole clusters that hold about LEARN_FROM rows.

    Shapes: `records` and the `design` made of them; back come the variances and one entry per global unknown.
    Errs: as any sample does; whole clusters are taken, so that who asks whom stays together.
    Ties: no dice: evenly spaced, the same records give the same part.
    Cost: as `fast_fit` with LEARN_FROM rows, about, however many there are.
    Source: ours.
    """
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
