"""What somebody expects before the act: an organizer of people in her units, a leader of her own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.once import once_only
from commonweal.common.sent import id_in, number_in
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.mine import my_lines
from commonweal.structure_tests.reads.roll import entries_inside, page_of, parts_of, predicted_by, units_on
from commonweal.structure_tests.reads.tests import last_day, names_nobody, test_for_leader, test_of
from commonweal.structure_tests.rules.states import may
from commonweal.structure_tests.views.no_words import not_now_in_words
from commonweal.structure_tests.words import Expectation, Standing
from commonweal.structure_tests.writes.predictions import predict as keep
from commonweal.structure_tests.writes.refusals import DayOver, NotNow
from commonweal.structure_tests.writes.state import not_now


@organizers_and_leaders
@once_only
def predict(request: ScopedRequest, test: UUID) -> HttpResponse:
    organizes = request.account.may_organize
    here = (
        test_of(request.scope, test) if organizes else test_for_leader(request.account.person_id, request.scope, test)
    )
    if names_nobody(here):
        return redirect("structure_tests:ballots" if organizes else "people:home", *([here.pk] if organizes else []))
    problem, typed = "", typed_in(request)
    if request.method == "POST":
        problem = _keep(request, here, typed)
        if not problem:
            query = {name: request.GET[name] for name in ("unit", "after") if name in request.GET}
            return redirect(reverse("structure_tests:predict", args=[here.pk], query=query))
    able = Q(standing=Standing.ELIGIBLE)
    unit, units = None, []
    if organizes:
        units = [one for one in units_on(parts_of(request.scope, here)) if one.eligible]
        wanted = id_in(request.GET.get("unit"))
        unit = next((one for one in units if one.id == wanted), units[0] if units else None)
        able &= Q(unit=unit.id) if unit else Q(pk=None)
    else:
        able &= my_lines(request.account.person_id, request.scope)
    page = page_of(request.scope, here, able, after=number_in(request.GET.get("after")))
    request.named = {line.glance.id for line in page.lines}
    said = predicted_by(request.account.pk, [line.entry for line in page.lines]) | typed
    over = why_not(here)
    context: dict[str, Any] = {
        "test": here,
        "occasion": here.occasion,
        "organizes": organizes,
        "rows": [(line, said.get(line.entry, "")) for line in page.lines],
        "page": page,
        "units": units,
        "unit": unit,
        "expectations": Expectation.choices,
        "problem": problem or over,
        "may": not over,
    }
    return render(request, "structure_tests/predict.html", context)


def typed_in(request: ScopedRequest) -> dict[UUID, str]:
    """What was chosen of each line."""
    found = {}
    for name, value in request.POST.items():
        entry = id_in(name[2:]) if name.startswith("e-") else None
        if entry is not None and value in ("", *Expectation.values):
            found[entry] = value
    return found


def why_not(test: StructureTest) -> str:
    """Why nothing can be expected any more; "" where it can."""
    if not may("predict", test.state):
        return not_now_in_words(not_now("predict", test))
    return day_over_in_words(DayOver(last_day(test))) if localdate() > last_day(test) else ""


def day_over_in_words(no: DayOver) -> str:
    """That the act is over."""
    return _("It was on %(day)s. What is written down afterwards is no prediction, so nothing was kept.") % {
        "day": date_format(no.on)
    }


def _keep(request: ScopedRequest, test: StructureTest, typed: dict[UUID, str]) -> str:
    """Keeps what was typed; what was wrong with it, or ""."""
    if request.account.may_organize:
        entries_inside(request.scope, test, typed)
    else:
        mine = my_lines(request.account.person_id, request.scope)
        typed = {
            line.entry: typed[line.entry]
            for line in page_of(request.scope, test, mine & Q(pk__in=list(typed)), most=500).lines
        }
    try:
        changed = keep(test=test, expectations=typed, today=localdate(), by=request.account.pk, at=now())
    except NotNow as no:
        return not_now_in_words(no)
    except DayOver as no:
        return day_over_in_words(no)
    said = ngettext("Kept what you expect of one person.", "Kept what you expect of %(number)s people.", changed)
    messages.success(request, said % {"number": counted(changed)})
    return ""
