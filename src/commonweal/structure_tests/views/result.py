"""The result of a test: the news, by unit, by leader, by organizer, and what it calls for."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.climb import climb_of
from commonweal.structure_tests.reads.leaders import LeaderResult, leaders_of, named
from commonweal.structure_tests.reads.organizers import judgements_of
from commonweal.structure_tests.reads.outcomes import outcomes_of
from commonweal.structure_tests.reads.pace import pace_of
from commonweal.structure_tests.reads.results import (
    Result,
    contested_on,
    corrections_of,
    counted_ballots,
    result_of,
    waiting_signatures,
)
from commonweal.structure_tests.reads.tests import names_nobody, place_of, sees_all_of, test_of
from commonweal.structure_tests.rules.ballots import is_ballot
from commonweal.structure_tests.rules.readings import Reading, reach_of
from commonweal.structure_tests.views.climb import ladder_rows, next_forecast
from commonweal.structure_tests.views.drawings import curve_of
from commonweal.structure_tests.views.leader_words import leader_rows, reading_meanings, reading_words
from commonweal.structure_tests.views.organizer_words import organizer_rows
from commonweal.structure_tests.views.result_words import (
    headline_of,
    kicker_of,
    lede_of,
    left_out_of,
    took_part,
    total_row,
    unit_rows,
)
from commonweal.structure_tests.views.shares import length, of_all, percent
from commonweal.structure_tests.words import TestState

SHOWN = {
    Reading.DELIVERS: 4,
    Reading.DOES_NOT_DELIVER: 3,
    Reading.WRONG_LEADER: 3,
    Reading.NOT_ASKED: 2,
    Reading.TOO_EARLY: 1,
}
"""How many leaders of each reading stand on the result's first page."""
A_PAGE, SILENT = 60, 6
WORDS_WIDE = Decimal("0.32")
"""How much of the width of the bars the words over the threshold of each unit take."""


@organizers
@require_safe
def result(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if here.state == TestState.PLANNED:
        return redirect("structure_tests:test", test=here.pk)
    if names_nobody(here):
        return _ballot(request, here)
    found = result_of(request.scope, here)
    context = result_context(found) | _by_leader(request, found) | _waiting(request, found)
    pace = None if is_ballot(here.occasion.kind) else pace_of(here, found.outcomes)
    climb = climb_of(request.scope, place_of(request.scope, here.occasion.campaign_id)) if _campaign(here) else None
    if climb is not None:
        context |= {"ladder": ladder_rows(climb, here), "next": next_forecast(climb, here)}
    if pace is not None:
        context["pace"], context["curve"] = pace, curve_of(pace)
    return render(request, "structure_tests/result.html", context)


def result_context(found: Result) -> dict[str, Any]:
    """What the result and its debrief both show of a test."""
    test, tally = found.test, found.tally
    reach = reach_of(tally.share, threshold=float(test.threshold), unit_threshold=float(test.unit_threshold))
    return {
        "test": test,
        "result": found,
        "kicker": kicker_of(test),
        "headline": headline_of(found),
        "lede": lede_of(found),
        "took_part": took_part(test.occasion.kind),
        "each": percent(float(test.unit_threshold)),
        "all": percent(float(test.threshold)),
        "each_at": length(float(test.unit_threshold)),
        "all_at": length(float(test.threshold)),
        **_threshold_words(test),
        "units": unit_rows(found),
        "total": total_row(found, reach),
        "left_out": left_out_of(tally),
        "holes": found.holes,
        "ballot": is_ballot(test.occasion.kind),
    }


def _by_leader(request: ScopedRequest, found: Result) -> dict[str, Any]:
    leaders = [] if is_ballot(found.test.occasion.kind) else leaders_of(found.test, found.outcomes)
    silent = [one for one in leaders if one.reading == Reading.NOT_ASKED]
    shown = _of_each(leaders)
    with_names = named(request.scope, [*shown, *silent[:SILENT]])
    shown, silent_named = with_names[: len(shown)], with_names[len(shown) :]
    return {
        "leaders": leader_rows(one for one in shown if one.glance),
        "all_leaders": leaders,
        "alone": sum(unit.alone for unit in found.units),
        "not_asked": len(silent),
        "not_asked_names": [one.glance.name for one in silent_named if one.glance],
    }


def _waiting(request: ScopedRequest, found: Result) -> dict[str, Any]:
    """What waits for somebody to settle it, and what was corrected."""
    contested, doubtful = contested_on(request.scope, found.outcomes)
    corrected, corrections = corrections_of(request.scope, found)
    return {
        "contested": contested,
        "doubtful": doubtful,
        "waiting": waiting_signatures(found.test),
        "corrected": corrected,
        "corrections": corrections,
    }


def _threshold_words(test: StructureTest) -> dict[str, str]:
    """Where the words over both thresholds stand; near the left edge they begin there, one after the other."""
    each, every = test.unit_threshold, test.threshold
    places = {"each_words": length(float(each)), "all_words": length(float(every))}
    if each > every:
        return {**places, "each_anchor": "start", "all_anchor": "end"}
    if each < WORDS_WIDE:
        beside = length(float(max(every, WORDS_WIDE)))
        anchor = "start" if every < 2 * WORDS_WIDE else "middle"
        return {"each_words": "0%", "all_words": beside, "each_anchor": "start", "all_anchor": anchor}
    return {**places, "each_anchor": "end", "all_anchor": "start" if _are_near(test) else "middle"}


def _are_near(test: StructureTest) -> bool:
    """The words over both thresholds would run into each other if each stood in the middle over its line."""
    return test.threshold - test.unit_threshold < Decimal("0.18")


def _campaign(test: StructureTest) -> bool:
    return test.occasion.campaign_id is not None


def _of_each(leaders: list[LeaderResult]) -> list[LeaderResult]:
    """A few leaders of each reading: who delivers first, as the good news; the largest chains of each."""
    taken: list[LeaderResult] = []
    for reading, most in SHOWN.items():
        of_it = [one for one in leaders if one.reading == reading]
        of_it.sort(key=lambda one: (-one.answered, -one.people))
        taken += of_it[:most]
    return taken


def _ballot(request: ScopedRequest, test: StructureTest) -> HttpResponse:
    """A ballot of which nobody's turnout may be written down: its counts and nothing else."""
    counts = counted_ballots(request.scope, test, whole=sees_all_of(request.scope, test))
    rows = [
        {
            "name": one.name,
            "cast": of_all(one.cast, one.entitled),
            "turnout": percent(one.cast / one.entitled) if one.entitled else "",
            "yes": "" if one.yes is None else of_all(one.yes, one.cast),
            "yes_of_all": "" if one.yes is None or not one.entitled else percent(one.yes / one.entitled),
        }
        for one in counts
    ]
    context = {"test": test, "kicker": kicker_of(test), "rows": rows, "all": percent(float(test.threshold))}
    return render(request, "structure_tests/ballot_result.html", context)


@organizers
@require_safe
def leaders_result(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if here.state == TestState.PLANNED or is_ballot(here.occasion.kind):
        return redirect("structure_tests:test", test=here.pk)
    outcomes = outcomes_of(request.scope, here)
    leaders = leaders_of(here, outcomes)
    asked = request.GET.get("reading", "")
    chosen = [one for one in leaders if one.reading == asked] if asked in set(Reading) else leaders
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    words, meanings = reading_words(), reading_meanings()
    numbers = {reading: sum(1 for one in leaders if one.reading == reading) for reading in SHOWN}
    context = {
        "test": here,
        "kicker": kicker_of(here),
        "rows": leader_rows(named(request.scope, page.object_list)),
        "page": page,
        "number": len(leaders),
        "asked": f"reading={asked}" if chosen is not leaders else "",
        "reading": asked if chosen is not leaders else "",
        "readings": [
            {"reading": reading, "word": words[reading], "number": numbers[reading], "meaning": meanings[reading]}
            for reading in SHOWN
        ],
    }
    return render(request, "structure_tests/leaders_result.html", context)


@organizers
@require_safe
def organizers_result(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if here.state == TestState.PLANNED or is_ballot(here.occasion.kind):
        return redirect("structure_tests:test", test=here.pk)
    outcomes = outcomes_of(request.scope, here)
    found = judgements_of(here, outcomes)
    context = {
        "test": here,
        "kicker": kicker_of(here),
        "whole": outcomes.whole,
        **organizer_rows(found),
    }
    return render(request, "structure_tests/organizers_result.html", context)
