"""Which tests there are, where each stands, and of what kind it is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from commonweal.reckoning.plain_files.table import Table
from commonweal.reckoning.ties import FloatArray


def unlisted_test(tables: Mapping[str, Table]) -> str:
    """The one test of asks that the file of tests does not know and of which no outcome is filled in: the one to come.

    Shapes: tables as they were read, by word; "" where there is none, or several.
    Cost: O(rows).
    """
    if "asks" not in tables or "tests" not in tables:
        return ""
    known = set(tables["tests"].columns["test"])
    asks = tables["asks"].columns
    strange = {test: False for test in asks["test"] if test not in known}
    for test, outcome in zip(asks["test"], asks["outcome"], strict=True):
        if outcome and test in strange:
            strange[test] = True
    return next(iter(strange)) if len(strange) == 1 and not any(strange.values()) else ""


def tests_in_order(
    tables: Mapping[str, Table], coming: str | None, next_order: float | None
) -> tuple[list[str], FloatArray | None, tuple[str, ...]]:
    """The tests in order, where each stands, and its kind: by the file of tests, or as the asks first name them.

    Shapes: one entry per test in each; None and no kinds without a file of tests. `coming` stands at `next_order`
    although that file does not know it.
    Cost: O(tests log tests).
    """
    if "tests" not in tables:
        return list(dict.fromkeys(tables["asks"].columns["test"])) if "asks" in tables else [], None, ()
    columns = tables["tests"].columns
    orders = [float(order) for order in columns["order"]]
    rows = list(zip(columns["test"], orders, columns.get("kind", [""] * len(orders)), strict=True))
    if coming and next_order is not None:
        rows.append((coming, next_order, ""))
    rows.sort(key=lambda row: row[1])
    return [row[0] for row in rows], np.array([row[1] for row in rows]), tuple(row[2] for row in rows)
