"""Plans of asks that one may want to hold against the plan one has."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.forecast.question import AVERAGE_ASKER
from commonweal.reckoning.pull.records import NOBODY, Ints


def without_the_widest(asker: Ints, *, leaders: int = 3) -> Ints:
    """The same plan, but those who would ask most people do not ask.

    Shapes: as `NextTest.asker`, one column or several.
    Ties: of equally wide chains the asker with the smaller number is left out.
    Cost: O(asks log asks).
    """
    who, asks = np.unique(asker[asker >= 0], return_counts=True)
    widest = who[np.lexsort((who, -asks))][:leaders]
    return np.where(np.isin(asker, widest), NOBODY, asker)


def with_holes_asked(asker: Ints) -> Ints:
    """The same plan, but whom nobody would ask is asked by somebody who moves people as askers usually do.

    Shapes: as `NextTest.asker`, one column or several; of several only people without any asker change.
    Cost: O(asks).
    """
    nobody = (asker.reshape(len(asker), -1) == NOBODY).all(1)
    return np.where(nobody if asker.ndim == 1 else nobody[:, None], AVERAGE_ASKER, asker)
