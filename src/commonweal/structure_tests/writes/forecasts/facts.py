"""A forecast as it is stored: plain facts, and everybody's chances."""

import json
from typing import Any

import numpy as np

from commonweal.common.rows import as_id
from commonweal.reckoning.forecast import Forecast, Outlook, RungOutlook, StepTaken, WhatIf
from commonweal.structure_tests.words import Scenario
from commonweal.structure_tests.writes.forecasts.records import Gathered
from commonweal.structure_tests.writes.forecasts.rungs import RungAhead

DIGITS = 4


def facts_of(
    found: Gathered, answer: Forecast | None, plan: str, ladder: list[RungAhead]
) -> list[tuple[str, dict[str, Any], str]]:
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
        if outlook.rung is not None:
            facts["as_hard_as"] = _rung(ladder[outlook.rung])
        if outlook.scenario == Scenario.AS_LAST:
            facts |= {
                "drivers": _drivers(answer),
                "what_if": {name: _other(one) for name, one in answer.what_if.items()},
                "ladder": [_of_rung(one, ladder[one.rung]) for one in answer.ladder],
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
        "step": _step(outlook.step),
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


def _step(step: StepTaken) -> dict[str, Any]:
    return {name: _number(getattr(step, name)) for name in ("median", "low", "high")} | {"seen": step.seen}


def _rung(rung: RungAhead) -> dict[str, str]:
    return {"rung": str(rung.pk), "name": rung.name, "kind": rung.kind}


def _of_rung(one: RungOutlook, rung: RungAhead) -> dict[str, Any]:
    """How another test of the ladder would go, against what it would have to reach."""
    asked = {"threshold": rung.asked.threshold, "unit_threshold": rung.asked.unit_threshold or 0.0}
    return _rung(rung) | asked | {"step": _step(one.step), "overall": _plain(one.overall)}


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
