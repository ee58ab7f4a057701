"""The grid: a whole unit, one key a person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.ids import new_id
from commonweal.common.once import once_only
from commonweal.common.sent import id_in, number_in
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.marks import State, states_of
from commonweal.structure_tests.reads.outcomes import contested_entries
from commonweal.structure_tests.reads.roll import Line, Page, page_of, parts_of, units_on
from commonweal.structure_tests.reads.tests import inside_roll, names_nobody, test_of
from commonweal.structure_tests.views.no_words import not_now_in_words, sent_away
from commonweal.structure_tests.views.typed_marks import (
    ASKER,
    LEADER,
    NOBODY,
    STAYS,
    NotReadable,
    as_marks,
    lines_of_marks,
    marks_in_form,
    marks_in_json,
)
from commonweal.structure_tests.words import How
from commonweal.structure_tests.writes.marks import record_marks
from commonweal.structure_tests.writes.refusals import NotNow

KEYS = (Outcome.DID, Outcome.DID_NOT, Outcome.COULD_NOT, Outcome.UNKNOWN)
CONTESTED = "contested"


@organizers
@once_only
def grid(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if away := sent_away(request, here, "mark"):
        return away
    if request.method == "POST":
        return _keep_form(request, here)
    units = units_on(parts_of(request.scope, here))
    wanted = id_in(request.GET.get("unit"))
    place = next((place for place, unit in enumerate(units) if unit.id == wanted), 0)
    only = request.GET.get("only") == CONTESTED
    after = number_in(request.GET.get("after"))
    if only:
        which = Q(pk__in=contested_entries(here))
    else:
        which = Q(unit=units[place].id) if units else Q(pk=None)
    page = page_of(request.scope, here, which, after=after)
    states = states_of(here, {line.entry: line.glance.id for line in page.lines})
    known = {one for line in page.lines for one in (line.asker_id, line.leader_id)}
    others = glances(request.scope, {state.asker for state in states.values() if state.asker} - known)
    context: dict[str, Any] = {
        "test": here,
        "occasion": here.occasion,
        "units": units,
        "unit": units[place] if units and not only else None,
        "only": only,
        "page": page,
        "rows": [row_of(line, states[line.entry], others) for line in page.lines],
        "keys": [(outcome.value, outcome.label, place) for place, outcome in enumerate(KEYS, start=1)],
        "recorded": sum(1 for state in states.values() if state.outcome),
        "askers": askers_on(page),
        **around(here, units, place, page, only, after),
    }
    return render(request, "structure_tests/grid.html", context)


@organizers
@require_POST
def grid_record(request: ScopedRequest, test: UUID) -> HttpResponse:
    """Takes marks that the page sends while one goes on typing; each counts once, so that it may send them again."""
    here, at = test_of(request.scope, test), now()
    try:
        sent = marks_in_json(request.body, at)
    except NotReadable:
        return JsonResponse({"problem": _("What was sent cannot be read. Load the page again.")}, status=400)
    if names_nobody(here):
        return JsonResponse({"problem": _("Of a secret ballot nobody's name is written down.")}, status=409)
    lines = lines_of_marks(sent, Q(inside_roll(request.scope), test=here))
    marks = as_marks(request.scope, sent, lines)
    try:
        kept = record_marks(here, marks, how=How.GRID, by=request.account.pk, at=at)
    except NotNow as no:
        return JsonResponse({"problem": not_now_in_words(no)}, status=409)
    return JsonResponse(answer(sent, kept))


def answer(sent: list[dict[str, Any]], kept: Any) -> dict[str, Any]:
    """What a page that sent marks learns: which are kept, which lines two people recorded differently."""
    return {
        "kept": [str(mark["id"]) for mark in sent],
        "contested": [str(entry) for entry in kept.contested],
        "late": kept.late,
    }


def row_of(line: Line, state: State, others: Mapping[UUID, Glance]) -> dict[str, Any]:
    """A line as the grid draws it."""
    asker = asker_word(line, state)
    choices: list[tuple[str, str]] = []
    if line.asker_there:
        choices.append((ASKER, line.asker.name if line.asker else _("somebody outside your units")))
    if line.leader_there and line.leader_id != line.asker_id:
        choices.append((LEADER, line.leader.name if line.leader else _("somebody outside your units")))
    choices.append((NOBODY, _("nobody asked her")))
    if asker not in dict(choices):
        found = others.get(state.asker) if state.asker else None
        choices.append((asker if found else STAYS, found.name if found else _("somebody outside your units")))
        asker = choices[-1][0]
    was = ",".join(
        (state.outcome, asker, "1" if state.asked_again else "", "1" if state.contested else "", str(new_id()))
    )
    return {
        "line": line,
        "state": state,
        "key": str(line.entry),
        "asker": asker,
        "choices": choices,
        "was": was,
        "said": [(said.who, Outcome(said.outcome).label) for said in state.said],
        "differs": bool(state.outcome),
    }


def asker_word(line: Line, state: State) -> str:
    """Who asked, as the form names her."""
    if not state.outcome:
        return ASKER if line.asker_there else NOBODY
    if state.asker is None:
        return NOBODY
    if state.asker == line.asker_id:
        return ASKER
    return LEADER if state.asker == line.leader_id else str(state.asker)


def askers_on(page: Page) -> list[tuple[str, str]]:
    """Everybody who asks on this page, to be chosen for others too."""
    found = {str(line.asker.id): line.asker.name for line in page.lines if line.asker}
    return sorted(found.items(), key=lambda item: item[1])


def around(test: StructureTest, units: list[Any], place: int, page: Page, only: bool, after: int) -> dict[str, str]:
    """The addresses of the page before and after this one."""
    address = reverse("structure_tests:grid", args=[test.pk])
    if only:
        return {"here": f"{address}?only={CONTESTED}", "before": "", "following": ""}
    here = f"{address}?unit={units[place].id}" if units else address
    following = ""
    if page.next is not None:
        following = f"{here}&after={page.next}"
    elif place + 1 < len(units):
        following = f"{address}?unit={units[place + 1].id}"
    before = here if after else f"{address}?unit={units[place - 1].id}" if place else ""
    return {"here": f"{here}&after={after}" if after else here, "before": before, "following": following}


def _keep_form(request: ScopedRequest, test: StructureTest) -> HttpResponse:
    sent = marks_in_form(request.POST)
    lines = lines_of_marks(sent, Q(inside_roll(request.scope), test=test))
    marks = as_marks(request.scope, sent, lines)
    kept = record_marks(test, marks, how=How.GRID, by=request.account.pk, at=now())
    say_kept(request, kept.new, len(kept.contested))
    back = reverse("structure_tests:grid", args=[test.pk])
    query = {name: request.GET[name] for name in ("unit", "after", "only") if name in request.GET}
    return redirect(reverse("structure_tests:grid", args=[test.pk], query=query) if query else back)


def say_kept(request: ScopedRequest, number: int, contested: int) -> None:
    """How many were kept, and how many of them somebody else recorded differently."""
    said = ngettext("One person recorded.", "%(number)s people recorded.", number)
    messages.success(request, said % {"number": counted(number)})
    if contested:
        messages.warning(request, contested_in_words(contested))


def contested_in_words(number: int) -> str:
    """That two people recorded the same person differently."""
    said = ngettext(
        "One person was recorded differently by somebody else: she counts as not known until somebody settles it here.",
        "%(number)s people were recorded differently by somebody else: they count as not known until somebody settles it "
        "here.",
        number,
    )
    return said % {"number": counted(number)}
