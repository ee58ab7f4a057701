"""How far a reading of pull can be trusted: proved on different followers, and with the refusals written down."""

from __future__ import annotations

from typing import Any

import numpy as np

from commonweal.leaders.writes.reading.evidence import KNOWN, AskRows
from commonweal.reckoning.pull import AskRecords, pull_holds_for_others
from commonweal.reckoning.pull.acceptance import FEWEST_ASKERS
from commonweal.reckoning.pull.reading import FEWEST_ASKS, FEWEST_TESTS

SPLITS, FEWER_SPLITS = 6, 2
MANY_ROWS = 60_000
"""With more rows than this the halves are so large that two ways of halving tell enough."""


def trust_in(records: AskRecords | None, asks: AskRows, lot: int) -> dict[str, Any]:
    """Facts of a reading: `others` says whether pull learnt from one half of the people foretold the other half;
    `answers` and `refusals` count the asks of somebody known whose outcome was seen, and the noes among them."""
    answered = (asks.asker >= 0) & np.isin(asks.outcome, KNOWN)
    facts: dict[str, Any] = {
        "answers": int(answered.sum()),
        "refusals": int((answered & (asks.outcome == KNOWN[1])).sum()),
    }
    if records is not None:
        facts["others"] = _proof(records, lot)
    return facts


def _proof(records: AskRecords, lot: int) -> dict[str, Any]:
    asked = np.bincount(records.asker[records.asker >= 0])
    if records.tests_held >= FEWEST_TESTS and (asked >= FEWEST_ASKS).sum() < FEWEST_ASKERS:
        return {"reason": "few_askers", "splits": 0}
    splits = SPLITS if len(records.person) <= MANY_ROWS else FEWER_SPLITS
    proof = pull_holds_for_others(records, lot=lot, splits=splits)
    return {"reason": proof.reason, "splits": len(proof.correlations)}
