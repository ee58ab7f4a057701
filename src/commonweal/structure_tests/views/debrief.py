"""The debrief: what a committee hangs on the wall and writes on after a test."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.structure_tests.reads.leaders import leaders_of, named
from commonweal.structure_tests.reads.organizers import judgements_of
from commonweal.structure_tests.reads.results import Result, result_of
from commonweal.structure_tests.reads.tests import names_nobody, test_of
from commonweal.structure_tests.rules.readings import Reading
from commonweal.structure_tests.views.leader_words import leader_rows
from commonweal.structure_tests.views.organizer_words import organizer_rows
from commonweal.structure_tests.views.result import result_context
from commonweal.structure_tests.words import TestState

ALERTS = 12
PARTS = {
    "alerts": Reading.WRONG_LEADER,
    "undelivered": Reading.DOES_NOT_DELIVER,
    "silent": Reading.NOT_ASKED,
    "delivered": Reading.DELIVERS,
}


@organizers
@require_safe
def debrief(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if here.state == TestState.PLANNED:
        return redirect("structure_tests:test", test=here.pk)
    if names_nobody(here):
        return redirect("structure_tests:result", test=here.pk)
    found = result_of(request.scope, here)
    context = result_context(found)
    if not context["ballot"]:
        context |= _by_reading(request, found) | organizer_rows(judgements_of(here, found.outcomes))
    return render(request, "structure_tests/debrief.html", context)


def _by_reading(request: ScopedRequest, found: Result) -> dict[str, Any]:
    """The leaders whom it talks about, those whose people came in the greatest numbers first."""
    leaders = sorted(leaders_of(found.test, found.outcomes), key=lambda one: (-one.came_in_all, -one.people))
    shown = [one for reading in PARTS.values() for one in [one for one in leaders if one.reading == reading][:ALERTS]]
    seen = [one for one in named(request.scope, shown) if one.glance]
    return {part: leader_rows(one for one in seen if one.reading == reading) for part, reading in PARTS.items()}
