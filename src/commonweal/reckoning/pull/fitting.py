"""From records to the fast engine's fit: what the reading of pull and the forecast both begin with."""

from __future__ import annotations

from copy import copy

import numpy as np

from commonweal.reckoning.pull.blocks import Variances
from commonweal.reckoning.pull.design import design_of
from commonweal.reckoning.pull.fast import Fit, fast_fit
from commonweal.reckoning.pull.part import LEARN_FROM, learnt_from_a_part
from commonweal.reckoning.pull.records import AskRecords


def fitted(records: AskRecords, *, variances: Variances | None = None) -> Fit:
    """Fit the bell curve to the records, learning how far things differ unless that is given.

    Beyond LEARN_FROM rows the variances are learnt from a part of the records.

    Shapes: see `AskRecords` and `Fit`; the rows of the fit's design are those of `unit_by_unit(records)`.
    Units and ranges: log-odds; approximate, see `fast_fit`.
    Cost: O(rows + sum of squares of cluster width * width).
    """
    records = unit_by_unit(records)
    design = design_of(records)
    if variances is not None:
        return fast_fit(design, variances, learn=False)
    if len(design.came) > LEARN_FROM:
        learnt, wide = learnt_from_a_part(records, design)
        return fast_fit(design, learnt, learn=False, wide=wide)
    return fast_fit(design, Variances(), learn=True)


def unit_by_unit(records: AskRecords) -> AskRecords:
    """The same rows, those of one unit and of one person together: what is reckoned together lies together.

    Shapes: as many rows, in another order.
    Cost: O(rows log rows).
    """
    order = np.lexsort((records.test, records.person, records.unit[records.person]))
    together = copy(records)
    for column in ("person", "test", "asker", "came"):
        object.__setattr__(together, column, getattr(records, column)[order])
    return together
