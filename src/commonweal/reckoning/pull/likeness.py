"""What people like hers did when she did not ask: a plain comparison that needs no model."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.pull.records import AskRecords, Floats, Ints

ALIKE_AT_LEAST = 3


def people_like_them(records: AskRecords, asker: Ints) -> tuple[Floats, Ints]:
    """Say how many would have come if people like those she asked are a guide: the same day, not asked by her.

    Each of her asks is compared with the people of the same unit on the same day who came as often to the
    other tests; if fewer than three, with the whole unit that day; then with equally faithful people
    anywhere that day; then with anybody that day.

    Shapes: one entry per asker given: the number expected (a sum of shares) and of how many asks.
    Units and ranges: 0 <= expected <= asks; exact counts, no model. Asks nobody else compares with are left out.
    Errs: a person asked by somebody else counts as "she did not ask", so a good average asker looks smaller.
    Ties: none arise.
    Cost: O(rows log rows).
    """
    asked = records.asker >= 0
    rows, who = np.flatnonzero(asked), np.searchsorted(asker, records.asker[asked])
    came = records.came.astype(float)
    expected = np.full(len(rows), np.nan)
    for need, kin in zip((ALIKE_AT_LEAST, ALIKE_AT_LEAST, ALIKE_AT_LEAST, 1), _kinships(records), strict=True):
        others, yes = _others(kin, came, rows, who, len(asker))
        use = np.isnan(expected) & (others >= need)
        expected[use] = yes[use] / others[use]
    known = ~np.isnan(expected)
    asks = np.bincount(who[known], minlength=len(asker))
    return np.bincount(who[known], expected[known], minlength=len(asker)).astype(float), asks.astype(np.int64)


def _kinships(records: AskRecords) -> list[Ints]:
    """From near to far: which rows count as alike (same number = alike)."""
    times = np.bincount(records.person, minlength=records.n_people)[records.person] - 1
    yeses = np.bincount(records.person, records.came, minlength=records.n_people)[records.person]
    share = np.where(times > 0, (yeses - records.came) / np.maximum(times, 1), 0.5)
    faithful = np.round(share * 4).astype(np.int64)
    day = (records.unit[records.person] + 1) * records.n_tests + records.test
    anywhere = records.test
    return [_numbered(day * 5 + faithful), _numbered(day), _numbered(anywhere * 5 + faithful), anywhere]


def _numbered(keys: Ints) -> Ints:
    return np.unique(keys, return_inverse=True)[1]


def _others(kin: Ints, came: Floats, rows: Ints, who: Ints, n_askers: int) -> tuple[Floats, Floats]:
    """For each ask: how many alike rows were not hers, and how many of those came."""
    everybody = np.bincount(kin)[kin[rows]].astype(float)
    everybody_came = np.bincount(kin, came)[kin[rows]]
    own = _numbered(kin[rows] * n_askers + who)
    hers = np.bincount(own)[own]
    hers_came = np.bincount(own, came[rows])[own]
    return (everybody - hers).astype(float), (everybody_came - hers_came).astype(float)
