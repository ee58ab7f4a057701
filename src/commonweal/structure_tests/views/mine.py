"""A leader's list on her phone: her people of a test, four large buttons for each."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.ids import new_id
from commonweal.common.once import once_only
from commonweal.common.refusals import NotYours
from commonweal.common.sealed import keyring
from commonweal.common.sent import id_in
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.marks import states_of
from commonweal.structure_tests.reads.mine import given_lines, my_lines, my_lines_to_record
from commonweal.structure_tests.reads.roll import page_of
from commonweal.structure_tests.reads.tests import names_nobody, test_for_asker
from commonweal.structure_tests.rules.states import may
from commonweal.structure_tests.views.grid import KEYS, answer, contested_in_words
from commonweal.structure_tests.views.no_words import not_now_in_words
from commonweal.structure_tests.views.typed_marks import (
    ASKER,
    BACK,
    NotReadable,
    as_marks,
    lines_of_marks,
    marks_in_json,
)
from commonweal.structure_tests.words import How
from commonweal.structure_tests.writes.marks import record_marks
from commonweal.structure_tests.writes.refusals import NotNow

MOST = 400


@organizers_and_leaders
@once_only
def mine(request: ScopedRequest, test: UUID) -> HttpResponse:
    me = request.account.person_id
    here = test_for_asker(me, request.scope, test)
    if request.method == "POST":
        return _keep(request, here)
    page = page_of(request.scope, here, my_lines(me, request.scope), most=MOST)
    given = given_lines(request.scope, here, me)
    if not page.lines and not given:
        raise NotYours
    request.named = {line.glance.id for line in page.lines} | {line.person for line in given}
    states = states_of(here, {line.entry: line.glance.id for line in page.lines})
    nameless = names_nobody(here)
    context: dict[str, Any] = {
        "test": here,
        "occasion": here.occasion,
        "rows": [{"line": line, "state": states[line.entry], "mark": new_id()} for line in page.lines],
        "given": [{"line": line, "mark": new_id()} for line in given],
        "number": len(page.lines) + len(given),
        "done": sum(1 for state in states.values() if state.outcome) + sum(1 for line in given if line.outcome),
        "keys": [(outcome.value, outcome.label) for outcome in KEYS],
        "may": may("mark", here.state) and not nameless,
        "nameless": nameless,
        "key": keyring().key_for(f"{request.account.pk}:{here.pk}", "marks-on-phone"),
    }
    return render(request, "structure_tests/mine.html", context)


@organizers_and_leaders
@require_POST
def mine_record(request: ScopedRequest, test: UUID) -> HttpResponse:
    """Takes marks from a phone, some of which may have waited for a signal; each counts once."""
    here, at = test_for_asker(request.account.person_id, request.scope, test), now()
    try:
        sent = marks_in_json(request.body, at)
    except NotReadable:
        return JsonResponse({"problem": _("What was sent cannot be read. Load the page again.")}, status=400)
    try:
        kept = _record_marks(request, here, [row | {"settles": False} for row in sent])
    except NotNow as no:
        return JsonResponse({"problem": not_now_in_words(no)}, status=409)
    return JsonResponse(answer(sent, kept))


def _keep(request: ScopedRequest, test: StructureTest) -> HttpResponse:
    """One press without scripts; a second press on what is pressed takes it back."""
    entry, outcome = id_in(request.POST.get("entry")), request.POST.get("outcome", "")
    here = reverse("structure_tests:mine", args=[test.pk])
    if entry is None or outcome not in (*Outcome.values, BACK):
        return redirect(here)
    row: dict[str, Any] = {
        "id": id_in(request.POST.get("mark")) or new_id(),
        "entry": entry,
        "outcome": "" if outcome in (BACK, request.POST.get("was")) and not again_changed(request) else outcome,
        "asker": ASKER,
        "asked_again": "again" in request.POST,
        "seen_at": None,
        "settles": False,
    }
    try:
        kept = _record_marks(request, test, [row])
    except NotNow as no:
        messages.warning(request, not_now_in_words(no))
        return redirect(here)
    if kept.contested:
        messages.warning(request, contested_in_words(len(kept.contested)))
    return redirect(f"{here}#e-{entry}")


def again_changed(request: ScopedRequest) -> bool:
    """Whether she only says that it took a second ask, or that it did not."""
    return ("again" in request.POST) != (request.POST.get("was_again") == "1")


def _record_marks(request: ScopedRequest, test: StructureTest, sent: list[dict[str, Any]]) -> Any:
    which = Q(test=test) & my_lines_to_record(request.account.person_id, request.scope)
    marks = as_marks(request.scope, sent, lines_of_marks(sent, which))
    me = request.account.person_id
    # What a leader records of her own people is what came of her own asking, unless somebody else was to ask.
    marks = [mark if mark.asker else replace(mark, asker=me) for mark in marks]
    return record_marks(test, marks, how=How.PHONE, by=request.account.pk, at=now())
