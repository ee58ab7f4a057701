"""The debrief: what a committee hangs on the wall and writes on after a test."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.structure_tests.reads.organizers import judgements_of
from commonweal.structure_tests.reads.results import result_of
from commonweal.structure_tests.reads.tests import names_nobody, test_of
from commonweal.structure_tests.rules.readings import Reading
from commonweal.structure_tests.views.leader_words import leader_rows
from commonweal.structure_tests.views.organizer_words import organizer_rows
from commonweal.structure_tests.views.result import result_context
from commonweal.structure_tests.words import TestState

ALERTS, CALLS = 12, 12


@organizers
@require_safe
def debrief(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if here.state == TestState.PLANNED:
        return redirect("structure_tests:test", test=here.pk)
    if names_nobody(here):
        return redirect("structure_tests:result", test=here.pk)
    context = result_context(request, result_of(request.scope, here))
    leaders = [one for one in context["all_leaders"] if one.glance]
    of = {reading: [one for one in leaders if one.reading == reading] for reading in Reading}
    context |= {
        "alerts": leader_rows(of[Reading.WRONG_LEADER][:ALERTS]),
        "undelivered": leader_rows(of[Reading.DOES_NOT_DELIVER][:ALERTS]),
        "silent": leader_rows(of[Reading.NOT_ASKED][:ALERTS]),
        "delivered": leader_rows(sorted(of[Reading.DELIVERS], key=lambda one: -one.came)[:ALERTS]),
    }
    if not context["ballot"]:
        context |= organizer_rows(judgements_of(here, context["result"].outcomes))
    return render(request, "structure_tests/debrief.html", context)
