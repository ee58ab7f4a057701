"""A test's own page: what there is to do with it now."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.people.words import OccasionKind
from commonweal.structure_tests.reads.drawing import drawing_of
from commonweal.structure_tests.reads.outcomes import outcomes_of
from commonweal.structure_tests.reads.roll import readiness
from commonweal.structure_tests.reads.tests import last_day, names_nobody, test_of
from commonweal.structure_tests.rules.ballots import is_ballot
from commonweal.structure_tests.rules.states import PLANNED
from commonweal.structure_tests.views.shares import percent

SIGNED = (OccasionKind.PETITION, OccasionKind.PUBLIC_PETITION, OccasionKind.PLEDGE)


@organizers
@require_safe
def one(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    context: dict[str, Any] = {
        "test": here,
        "occasion": here.occasion,
        "campaign": here.occasion.campaign,
        "needed": (percent(float(here.threshold)), percent(float(here.unit_threshold))),
        "last_day": last_day(here),
        "over": localdate() > last_day(here),
        "ballot": is_ballot(here.occasion.kind),
        "names_nobody": names_nobody(here),
        "signed": here.occasion.kind in SIGNED,
    }
    if here.state == PLANNED:
        context |= {"ready": readiness(request.scope, here), "drawing": drawing_of(here)}
    else:
        outcomes = outcomes_of(request.scope, here)
        tally = outcomes.tally
        context |= {
            "tally": tally,
            "recorded": tally.eligible - tally.unrecorded,
            "contested": len(outcomes.contested),
            "whole": outcomes.whole,
        }
    return render(request, "structure_tests/test.html", context)
