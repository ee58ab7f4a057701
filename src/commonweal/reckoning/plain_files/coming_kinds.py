"""What the file of tests says of kinds: that of the test to come, and of those further up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.plain_files.contents import Contents
from commonweal.reckoning.pull import AskRecords


@dataclass(frozen=True)
class Kinds:
    """The kind of the test to come, and the tests that stand further up than all so far: name, kind and place."""

    planned: str = ""
    above: tuple[tuple[str, str, float], ...] = ()

    @classmethod
    def of(cls, contents: Contents, records: AskRecords, order: float) -> Kinds:
        """What the file of tests says of the kind of the test at this place, and of those above it.

        Shapes: `above` in rising order; empty without kinds.
        Cost: O(rows).
        """
        orders = [] if contents.orders is None else contents.orders.tolist()
        rows = list(zip(contents.tests, contents.test_kinds, orders, strict=True))
        held = set(np.unique(records.test).tolist())
        highest = max(rows[test][2] for test in held)
        coming = [row for test, row in enumerate(rows) if test not in held and row[1]]
        planned = next((kind for _name, kind, at in coming if at == order), "")
        return cls(planned, tuple(row for row in coming if row[2] > max(highest, order)))


NO_KINDS = Kinds()
