"""The roll: who could take part, who joined since, and who is to ask whom."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.sent import ids_in, number_in
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.search import found
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.drawing import drawing_of
from commonweal.structure_tests.reads.roll import Part, entries_inside, page_of, parts_of, readiness, roll_of, units_on
from commonweal.structure_tests.reads.tests import test_of
from commonweal.structure_tests.rules.states import may
from commonweal.structure_tests.views.no_words import not_now_in_words
from commonweal.structure_tests.words import Standing
from commonweal.structure_tests.writes import rolls as writes
from commonweal.structure_tests.writes.drawing import redraw
from commonweal.structure_tests.writes.refusals import NotNow

HERE = "structure_tests:roll"
MOST_FOUND = 40


@organizers
@once_only
def roll(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    parts = parts_of(request.scope, here)
    chosen = next((part for part in parts if key_of(part) == request.GET.get("part")), None)
    if request.method == "POST":
        return _set(request, here, parts)
    context: dict[str, Any] = {
        "test": here,
        "occasion": here.occasion,
        "parts": [(key_of(part), part) for part in parts],
        "units": units_on(parts),
        "standings": Standing.choices,
        "may_set": may("set_standing", here.state),
        "chosen": chosen,
        "chosen_key": key_of(chosen) if chosen else "",
        "people": sum(part.people for part in parts),
        "eligible": sum(part.eligible for part in parts),
    }
    if may("draw", here.state):
        context |= {"ready": readiness(request.scope, here), "drawing": drawing_of(here)}
    context["q"] = asked = request.GET.get("q", "").strip()[:80]
    which = Q(unit=chosen.unit, shift=chosen.shift) if chosen else named_so(request, asked) if asked else None
    if which is not None:
        page = page_of(request.scope, here, which, after=number_in(request.GET.get("after")))
        request.named = {line.glance.id for line in page.lines}
        context["page"] = page
    return render(request, "structure_tests/roll.html", context)


@organizers
@require_POST
@once_only
def draw_again(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    try:
        drawn = redraw(test=here, by=request.account.pk, at=now())
    except NotNow as no:
        messages.warning(request, not_now_in_words(no))
        return redirect(HERE, here.pk)
    if drawn is not None:
        said = _("Drawn again: %(added)s came onto it, %(gone)s left it, %(moved)s moved. What was set before stays.")
        facts = {"added": counted(drawn.added), "gone": counted(drawn.gone), "moved": counted(drawn.moved)}
        messages.success(request, said % facts)
    return redirect(HERE, here.pk)


def named_so(request: ScopedRequest, asked: str) -> Q:
    """The lines of those whom a name, as somebody types it, may mean."""
    people = found(asked, request.scope, country=country_of_place(), most=MOST_FOUND).people
    return Q(person__in=[one.glance.id for one in people])


def key_of(part: Part) -> str:
    """A unit and shift as an address names them."""
    return f"{part.unit.hex}{part.shift.hex if part.shift else ''}"


def _set(request: ScopedRequest, test: StructureTest, parts: list[Part]) -> HttpResponse:
    standing = request.POST.get("standing", "")
    back = reverse(HERE, args=[test.pk], query={name: request.POST.get(name, "")[:80] for name in ("part", "q")})
    part = next((part for part in parts if key_of(part) == request.POST.get("part")), None)
    if standing not in Standing.values:
        messages.warning(request, _("Choose first whether they can take part."))
        return redirect(back)
    if request.POST.get("whom") == "all" and part is not None:
        which = roll_of(request.scope, test).filter(unit=part.unit, shift=part.shift)
        entries = list(which.values_list("pk", flat=True))
    else:
        entries = entries_inside(request.scope, test, ids_in(request.POST.getlist("entry")))
    if not entries:
        messages.warning(request, _("Nobody was ticked."))
        return redirect(back)
    try:
        changed = writes.set_standing(test=test, entries=entries, standing=standing, by=request.account.pk, at=now())
    except NotNow as no:
        messages.warning(request, not_now_in_words(no))
    else:
        word = Standing(standing).label
        said = ngettext("%(word)s: one person.", "%(word)s: %(number)s people.", changed)
        messages.success(request, said % {"word": word, "number": counted(changed)})
    return redirect(back)
