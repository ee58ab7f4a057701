"""The forecast of a test: made before it opens, kept as it was from then on, held against what happened."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.models import Work
from commonweal.common.once import once_only
from commonweal.common.work import GOES_ON
from commonweal.structure_tests.models import Forecast
from commonweal.structure_tests.reads.forecasts import (
    UnitForecast,
    forecast_at_work,
    forecasts_of,
    past_forecasts,
    units_of_forecast,
)
from commonweal.structure_tests.reads.tests import sees_all_of, test_of
from commonweal.structure_tests.views.forecast_steps import ladder_rows, scenario_cards
from commonweal.structure_tests.views.forecast_words import (
    basis_in_words,
    chance_of,
    drivers_in_words,
    in_twenty,
    past_in_words,
    past_rows,
    plan_in_words,
    what_if_rows,
    why_withheld,
)
from commonweal.structure_tests.views.result_words import kicker_of
from commonweal.structure_tests.views.shares import percent, range_of
from commonweal.structure_tests.words import TestState
from commonweal.structure_tests.writes.forecasts import ask_to_forecast


@organizers
@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def forecast(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if request.method == "POST":
        if here.state == TestState.PLANNED:
            ask_to_forecast(here.pk, by=request.account.pk, at=now())
        return redirect("structure_tests:forecast", test=here.pk)
    whole = sees_all_of(request.scope, here)
    rows, work = forecasts_of(here), forecast_at_work(here.pk)
    usual = rows[0] if rows else None
    said = [row for row in rows if "overall" in row.facts]
    past = past_rows(past_forecasts(here)) if whole else []
    context: dict[str, Any] = {
        "test": here,
        "kicker": kicker_of(here),
        "whole": whole,
        "work": work,
        "busy": work is not None and work.state in GOES_ON,
        "failed": work is not None and work.state == Work.State.FAILED,
        "usual": usual,
        "headline": _headline(said, usual, whole=whole),
        "threshold": percent(float(here.threshold)),
        "unit_threshold": percent(float(here.unit_threshold)),
        "past": past,
        "past_words": past_in_words(past),
    }
    if usual is not None:
        context["withheld"] = why_withheld(usual.facts)
    if said:
        context |= _said(said, whole=whole) | {"units": _units(units_of_forecast(request.scope, said[0]))}
        context["happened"] = next(iter(past_rows(said[:1])), None) if whole else None
    return render(request, "structure_tests/forecast.html", context)


def _headline(said: list[Forecast], usual: Forecast | None, *, whole: bool) -> str:
    """The spread of the chances over the scenarios, never one number."""
    if usual is None:
        return _("Nothing has been forecast yet.")
    if not said:
        return _("No forecast: the history is too short.")
    if not whole:
        return _("What your units may do.")
    best, worst = max(said, key=_chance), min(said, key=_chance)
    high, low = in_twenty(best.facts["overall"]), in_twenty(worst.facts["overall"])
    if high == low:
        news = _("%(chance)s imagined runs reach both thresholds, however large the step.")
        return capfirst(news % {"chance": high})
    news = _("%(low)s to %(high)s imagined runs reach both thresholds, by how large the step is.")
    return capfirst(news % {"low": low, "high": high})


def _chance(row: Forecast) -> float:
    return chance_of(row.facts["overall"])


def _said(rows: list[Forecast], *, whole: bool) -> dict[str, Any]:
    usual = rows[0]
    return {
        "scenarios": scenario_cards(rows) if whole else [],
        "ladder": ladder_rows(usual) if whole else [],
        "drivers": drivers_in_words(usual.facts.get("drivers", {})) if whole else [],
        "what_if": what_if_rows(usual) if whole else [],
        "plan": plan_in_words(usual.facts.get("plan", "")),
        "basis": basis_in_words(usual.facts) if whole else "",
    }


def _units(rows: list[UnitForecast]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "size": one.size,
            "likely": range_of(one.low, one.high),
            "chance": "" if one.reaches is None else in_twenty({"reaches": one.reaches, "both": None}),
            "low": 100 * one.low,
            "middle": 100 * one.median,
            "high": 100 * one.high,
            "label": _("%(median)s; likely %(low)s to %(high)s")
            % {"median": percent(one.median), "low": percent(one.low), "high": percent(one.high)},
        }
        for one in rows
    ]
