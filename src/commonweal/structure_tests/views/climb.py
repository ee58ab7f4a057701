"""The climb: a campaign's tests over time, and what comes next."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.refusals import NotYours
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.climb import Climb, Climbed, climb_of
from commonweal.structure_tests.reads.tests import place_of
from commonweal.structure_tests.views.drawings import rise_of
from commonweal.structure_tests.views.forecast_words import dots_of, in_twenty, why_withheld
from commonweal.structure_tests.views.result_words import days_of
from commonweal.structure_tests.views.shares import of_all, percent, range_of
from commonweal.structure_tests.words import TestState

LATER, NOW, DONE = "later", "now", "done"


@organizers
@require_safe
def tests(request: ScopedRequest, campaign: UUID | None = None) -> HttpResponse:
    try:
        place = place_of(request.scope, campaign)
    except NotYours:
        if campaign is not None:
            raise
        return render(request, "structure_tests/no_campaign.html")
    climb = climb_of(request.scope, place)
    context = {
        "place": place,
        "campaign": place.campaign,
        "headline": headline_of(climb),
        "rise": rise_of([_column(one) for one in climb.tests]),
        "rows": [_row(one) for one in climb.tests],
        "ladder": ladder_rows(climb, None),
        "next": next_forecast(climb, None),
        "coming": next((one.test for one in climb.tests if one.test.state == TestState.PLANNED), None),
        "open": [one.test for one in climb.tests if one.test.state == TestState.OPEN],
    }
    return render(request, "structure_tests/climb.html", context)


def headline_of(climb: Climb) -> str:
    """The news of the climb."""
    held = [one for one in climb.tests if one.share is not None]
    if not climb.tests:
        return _("No test is planned yet.")
    if not held:
        return _("No test has been held yet.")
    if len(held) == 1:
        return _("One test held: %(share)s took part.") % {"share": percent(held[0].share or 0.0)}
    reached = sum(one.reached for one in held)
    facts = {
        "held": counted(len(held)),
        "reached": counted(reached),
        "first": percent(held[0].share or 0.0),
        "last": percent(held[-1].share or 0.0),
    }
    return (
        ngettext(
            "%(held)s tests held, %(reached)s reached both thresholds; from %(first)s to %(last)s.",
            "%(held)s tests held, %(reached)s reached both thresholds; from %(first)s to %(last)s.",
            reached,
        )
        % facts
    )


def _column(one: Climbed) -> dict[str, float | None]:
    said = (one.forecast.facts.get("overall") if one.forecast and one.share is None else None) or {}
    return {
        "share": one.share,
        "threshold": float(one.test.threshold),
        "low": said.get("low"),
        "median": said.get("median"),
        "high": said.get("high"),
    }


def _row(one: Climbed) -> dict[str, Any]:
    said = one.forecast.facts.get("overall") if one.forecast else None
    return {
        "one": one,
        "test": one.test,
        "days": days_of(one.test),
        "share": "" if one.share is None else percent(one.share),
        "did": "" if one.did is None else of_all(one.did, one.eligible),
        "threshold": percent(float(one.test.threshold)),
        "unit_threshold": percent(float(one.test.unit_threshold)),
        "units": of_all(one.units_reached, one.units) if one.units else "",
        "forecast": range_of(said["low"], said["high"]) if said else "",
    }


def ladder_rows(climb: Climb, here: StructureTest | None) -> list[dict[str, Any]]:
    """The steps from the lowest: those held, this one, those to come."""
    rows = []
    for one in climb.tests:
        now = one.test.pk == here.pk if here is not None else one.test.state == TestState.OPEN
        rows.append(
            {
                "test": one.test,
                "name": one.test.occasion.name,
                "shape": NOW if now else LATER if one.share is None else DONE,
                "when": _("this test") if here is not None and now else days_of(one.test),
                "got": "" if one.share is None else percent(one.share),
                "needs": _("needed %(share)s") % {"share": percent(float(one.test.threshold))}
                if one.share is not None
                else _("needs %(share)s") % {"share": percent(float(one.test.threshold))},
                "short": one.share is not None and not one.reached,
            }
        )
    for rung in climb.later:
        rows.append(
            {
                "name": rung.name,
                "rung": rung,
                "shape": LATER,
                "when": _("not called"),
                "got": "",
                "needs": _("needs %(share)s") % {"share": percent(float(rung.threshold))},
            }
        )
    for number, row in enumerate(rows, start=1):
        row["number"] = number
    return rows


def next_forecast(climb: Climb, here: StructureTest | None) -> dict[str, Any] | None:
    """The forecast of the test that opens next; of the whole place, so only for who sees all of it."""
    coming = [one for one in climb.tests if one.test.state == TestState.PLANNED]
    if here is not None:
        coming = [one for one in coming if one.test.occasion.on >= here.occasion.on]
    if not coming or not climb.place.whole:
        return None
    one = coming[0]
    said = one.forecast
    found: dict[str, Any] = {
        "test": one.test,
        "days": days_of(one.test),
        "threshold": percent(float(one.test.threshold)),
    }
    if said is not None:
        found |= {"made_at": said.made_at, "withheld": why_withheld(said.facts)}
        if "overall" in said.facts:
            found |= {"runs": dots_of(said), "chance": in_twenty(said.facts["overall"]), "forecast": said}
    return found
