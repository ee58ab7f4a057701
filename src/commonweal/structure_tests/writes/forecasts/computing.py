"""The background work that forecasts a test."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction

from commonweal.common.work import Report, ask_for
from commonweal.ledger.writes import record
from commonweal.reckoning.forecast import (
    Forecast,
    NextTest,
    forecast_next_test,
    with_holes_asked,
    without_the_widest,
)
from commonweal.reckoning.pull import NOBODY
from commonweal.structure_tests import models
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.steps import kind_learnt, steps_elsewhere
from commonweal.structure_tests.words import FORECASTING, TestState
from commonweal.structure_tests.writes.forecasts.facts import facts_of
from commonweal.structure_tests.writes.forecasts.records import Gathered, Ints, gather
from commonweal.structure_tests.writes.forecasts.rungs import RungAhead, rungs_ahead

STEPS = 4
TIRED = 2
"""The leaders with the widest chains of whom one asks what would be if they stopped asking."""


def ask_to_forecast(test: UUID, *, by: UUID | None, at: datetime) -> None:
    """The test will be forecast in the background; asking twice asks once."""
    ask_for(FORECASTING, subject=test, by=by, at=at, anew=True)


def compute(subject: UUID, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Forecasts the test `subject` as of `at`. A test that has opened keeps the forecast it opened with."""
    test = StructureTest.objects.select_related("occasion", "rung").get(pk=subject)
    report.step(0, STEPS)
    found = gather(test)
    report.step(1, STEPS)
    lot = int.from_bytes(sha256(f"{test.pk}|{at.isoformat()}".encode()).digest()[:4])
    ladder = rungs_ahead(test, found)
    answer, plan = _reckon(test, found, ladder, lot)
    report.step(3, STEPS)
    given: dict[str, Any] = {"test": test, "made_at": at, "made_by": by, "lot": lot, "current": True}
    rows = [
        models.Forecast(scenario=scenario, facts=facts, chances=chances, **given)
        for scenario, facts, chances in facts_of(found, answer, plan, ladder)
    ]
    _keep(test, rows, by=by, at=at)
    report.step(STEPS, STEPS)


def _reckon(test: StructureTest, found: Gathered, ladder: list[RungAhead], lot: int) -> tuple[Forecast | None, str]:
    """The answer of the arithmetic (None while nothing was seen) and by which plan of asks: those assigned, the chains,
    or as in the tests before."""
    if found.records is None or not found.eligible:
        return None, ""
    plan, asker = _plan(found)
    question = NextTest(
        eligible=np.arange(found.eligible),
        order=found.order,
        threshold=float(test.threshold),
        unit_threshold=float(test.unit_threshold) or None,
        asker=asker,
        able=found.able,
        kind=kind_learnt(test.occasion.kind),
    )
    answer = forecast_next_test(
        found.records,
        question,
        lot=lot,
        test_order=found.orders,
        ladder=[one.asked for one in ladder],
        test_kind=found.kinds,
        earlier=steps_elsewhere(test),
        what_if={} if asker is None else _other_plans(asker),
    )
    return answer, plan


def _plan(found: Gathered) -> tuple[str, Ints | None]:
    for name, asker in (("assigned", found.asker), ("chains", found.leader)):
        if (asker != NOBODY).any():
            return name, asker
    return "before", None


def _other_plans(asker: Ints) -> dict[str, Ints]:
    """What if everybody had somebody to ask her; and if those with the widest chains stopped."""
    plans = {"everybody_asked": with_holes_asked(asker)} if (asker == NOBODY).any() else {}
    if len(np.unique(asker[asker != NOBODY])) > TIRED:
        plans["widest_tire"] = without_the_widest(asker, leaders=TIRED)
    return plans


def _keep(test: StructureTest, rows: list[models.Forecast], *, by: UUID | None, at: datetime) -> None:
    """The forecast takes the place of the one before, unless the test has opened in the meantime."""
    with transaction.atomic():
        still = StructureTest.objects.select_for_update().get(pk=test.pk)
        if still.state != TestState.PLANNED:
            return
        for before in models.Forecast.objects.filter(test=test, current=True):
            before.current, before.chances = False, ""
            before.save(update_fields=["current", "chances"])
        models.Forecast.objects.bulk_create(rows)
        record(
            "made_forecast",
            by=by,
            at=at,
            subject_kind="structure_test",
            subject=test.pk,
            facts={"lot": rows[0].lot, "withheld": rows[0].facts.get("withheld", "")},
        )
