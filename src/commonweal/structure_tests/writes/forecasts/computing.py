"""The background work that forecasts a test."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction

from commonweal.common.rows import as_id
from commonweal.common.work import Report, ask_for
from commonweal.ledger.writes import record
from commonweal.reckoning.forecast import (
    Forecast,
    NextTest,
    Outlook,
    WhatIf,
    forecast_next_test,
    with_holes_asked,
    without_the_widest,
)
from commonweal.reckoning.pull import NOBODY
from commonweal.structure_tests import models
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.words import FORECASTING, Scenario, TestState
from commonweal.structure_tests.writes.forecasts.records import Gathered, Ints, gather

STEPS = 4
TIRED = 2
"""The leaders with the widest chains of whom one asks what would be if they stopped asking."""
DIGITS = 4


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
    answer, plan = _reckon(test, found, lot)
    report.step(3, STEPS)
    given: dict[str, Any] = {"test": test, "made_at": at, "made_by": by, "lot": lot, "current": True}
    rows = [
        models.Forecast(scenario=scenario, facts=facts, chances=chances, **given)
        for scenario, facts, chances in _said(found, answer, plan)
    ]
    _keep(test, rows, by=by, at=at)
    report.step(STEPS, STEPS)


def _reckon(test: StructureTest, found: Gathered, lot: int) -> tuple[Forecast | None, str]:
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
    )
    others = {} if asker is None else _other_plans(asker)
    return forecast_next_test(found.records, question, lot=lot, test_order=found.orders, what_if=others), plan


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


def _said(found: Gathered, answer: Forecast | None, plan: str) -> list[tuple[str, dict[str, Any], str]]:
    """Of each scenario its facts and everybody's chances; or of one why nothing is forecast."""
    if answer is None:
        return [(Scenario.AS_LAST, {"withheld": "no_roll" if not found.eligible else "few_tests", "tests": 0}, "")]
    common = _basis(found, answer, plan)
    if answer.withheld is not None:
        return [(Scenario.AS_LAST, {"withheld": str(answer.withheld), **common}, "")]
    people = found.people()
    ids = [people[number].hex for number in answer.person]
    units = [str(as_id(unit)) for unit in found.units]
    said = []
    for outlook in answer.scenarios:
        facts = {**common, **_outlook(outlook, units)}
        if outlook.scenario == Scenario.AS_LAST:
            facts |= {
                "drivers": _drivers(answer),
                "what_if": {name: _other(one) for name, one in answer.what_if.items()},
            }
        chances = {one: round(float(chance), DIGITS) for one, chance in zip(ids, outlook.people, strict=True)}
        said.append((outlook.scenario, facts, json.dumps(chances)))
    return said


def _basis(found: Gathered, answer: Forecast, plan: str) -> dict[str, Any]:
    """On what every scenario stands."""
    return {
        "tests": answer.tests,
        "answers": answer.answers,
        "refusals": answer.refusals,
        "newcomers": answer.newcomers,
        "unseen": round(float(answer.unseen), DIGITS),
        "rising": answer.rising,
        "eligible": found.eligible,
        "plan": plan,
    }


def _outlook(outlook: Outlook, units: list[str]) -> dict[str, Any]:
    by_unit = outlook.units
    return {
        "extra": round(float(outlook.extra), DIGITS),
        "overall": _plain(outlook.overall),
        "units": {
            units[int(unit)]: {
                "size": int(by_unit.size[place]),
                **{
                    name: _number(getattr(by_unit, name)[place])
                    for name in ("median", "low", "high", "reaches", "only_one_short")
                },
            }
            for place, unit in enumerate(by_unit.unit)
        },
    }


def _other(one: WhatIf) -> dict[str, Any]:
    gains = ("gain_median", "gain_low", "gain_high")
    return {"overall": _plain(one.overall)} | {name: _number(getattr(one, name)) for name in gains}


def _drivers(answer: Forecast) -> dict[str, Any]:
    names = ("step", "days", "people", "leaders", "own_decision", "step_median", "step_low", "step_high")
    return {name: _number(getattr(answer.drivers, name)) for name in names}


def _plain(overall: Any) -> dict[str, Any]:
    names = ("median", "low", "high", "reaches", "every_unit", "both")
    return {name: _number(getattr(overall, name)) for name in names} | {
        "runs": [round(float(run), DIGITS) for run in overall.runs]
    }


def _number(value: Any) -> float | None:
    """As it is stored: nothing where the arithmetic says that it cannot say."""
    return None if np.isnan(value) else round(float(value), DIGITS)


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
