"""The debrief: what a committee hangs on the wall and writes on after a test."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.structure_tests.reads.leaders import LeaderResult, named
from commonweal.structure_tests.reads.organizers import judgements_of
from commonweal.structure_tests.reads.results import result_of
from commonweal.structure_tests.reads.tests import names_nobody, test_of
from commonweal.structure_tests.rules.readings import Reading
from commonweal.structure_tests.views.leader_words import leader_rows
from commonweal.structure_tests.views.organizer_words import organizer_rows
from commonweal.structure_tests.views.result import result_context
from commonweal.structure_tests.words import TestState

ALERTS = 12


@organizers
@require_safe
def debrief(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if here.state == TestState.PLANNED:
        return redirect("structure_tests:test", test=here.pk)
    if names_nobody(here):
        return redirect("structure_tests:result", test=here.pk)
    context = result_context(request, result_of(request.scope, here))
    leaders = sorted(context["all_leaders"], key=lambda one: (-one.came_in_all, -one.people))
    of = {
        reading: named(request.scope, [one for one in leaders if one.reading == reading][:ALERTS])
        for reading in (Reading.WRONG_LEADER, Reading.DOES_NOT_DELIVER, Reading.NOT_ASKED, Reading.DELIVERS)
    }
    context |= {
        "alerts": leader_rows(_seen(of[Reading.WRONG_LEADER])),
        "undelivered": leader_rows(_seen(of[Reading.DOES_NOT_DELIVER])),
        "silent": leader_rows(_seen(of[Reading.NOT_ASKED])),
        "delivered": leader_rows(_seen(of[Reading.DELIVERS])),
    }
    if not context["ballot"]:
        context |= organizer_rows(judgements_of(here, context["result"].outcomes))
    return render(request, "structure_tests/debrief.html", context)


def _seen(leaders: list[LeaderResult]) -> list[LeaderResult]:
    return [one for one in leaders if one.glance]
