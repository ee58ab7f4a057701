"""Who asks whom: through the chains, or handed to somebody else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.sent import id_in, ids_in, number_in
from commonweal.people.forms.picking import Picker
from commonweal.people.reads.organization import country_of_place
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.roll import (
    askers_of,
    entries_inside,
    names_on,
    nobody_asks,
    page_of,
    parts_of,
    roll_of,
    units_on,
)
from commonweal.structure_tests.reads.tests import test_of
from commonweal.structure_tests.rules.states import may
from commonweal.structure_tests.views.no_words import not_now_in_words
from commonweal.structure_tests.words import Standing
from commonweal.structure_tests.writes.refusals import CannotBeAsked, NotNow
from commonweal.structure_tests.writes.rolls import assign_asks

NOBODY, HANDED, EXCUSED = "nobody", "handed", "excused"


@organizers
@once_only
def asks(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    picker = Picker(request, request.scope, country_of_place(), name="asker", label=_("Who asks them"), optional=True)
    ticked = set(ids_in(request.POST.getlist("entry")))
    problem = ""
    if request.method == "POST" and not picker.looking:
        problem = _assign(request, here, picker, ticked) or ""
        if not problem:
            query = {name: request.GET[name] for name in ("who", "unit") if name in request.GET}
            return redirect(reverse("structure_tests:asks", args=[here.pk], query=query))
    who, unit = request.GET.get("who", ""), id_in(request.GET.get("unit"))
    page = page_of(request.scope, here, chosen(here, who, unit), after=number_in(request.GET.get("after")))
    request.named = {line.glance.id for line in page.lines}
    parts = parts_of(request.scope, here)
    able = roll_of(request.scope, here).filter(standing=Standing.ELIGIBLE)
    context: dict[str, Any] = {
        "test": here,
        "occasion": here.occasion,
        "page": page,
        "who": who,
        "unit": str(unit or ""),
        "units": units_on(parts),
        "able": sum(part.eligible for part in parts),
        "unasked": able.filter(nobody_asks(here)).count(),
        "askers": askers_of(request.scope, here)[:60],
        "may_assign": may("assign", here.state),
        "picker": picker,
        "ticked": ticked,
        "problem": problem,
    }
    return render(request, "structure_tests/asks.html", context)


def chosen(test: StructureTest, who: str, unit: UUID | None) -> Q:
    """Which lines a page shows."""
    which = Q(unit=unit) if unit else Q()
    if who == EXCUSED:
        return which & ~Q(standing=Standing.ELIGIBLE)
    which &= Q(standing=Standing.ELIGIBLE)
    if who == NOBODY:
        return which & nobody_asks(test)
    if who == HANDED:
        return which & Q(asker__isnull=False) & (Q(leader=None) | ~Q(asker=F("leader")))
    asker = id_in(who)
    return which & Q(asker=asker) if asker else which


def _assign(request: ScopedRequest, test: StructureTest, picker: Picker, ticked: set[UUID]) -> str | None:
    """Gives those ticked to whoever was chosen, or back to their leaders; what was wrong with it."""
    if not ticked:
        return _("Tick first who is to be asked.")
    back = request.POST.get("to") == "leaders"
    if not back and not picker.is_settled():
        return picker.error
    if not back and not picker.chosen:
        return _("Type the name of who is to ask them, and choose her.")
    at, by = now(), request.account.pk
    asker = None if back else picker.person(by=by, at=at)
    entries = entries_inside(request.scope, test, ticked)
    try:
        changed = assign_asks(test=test, entries=entries, asker=asker, by=by, at=at)
    except NotNow as no:
        return not_now_in_words(no)
    except CannotBeAsked as no:
        return cannot_in_words(test, no)
    said = ngettext("Given to her: one ask.", "Given to her: %(number)s asks.", changed)
    if back:
        said = ngettext("Back with the leader: one ask.", "Back with their leaders: %(number)s asks.", changed)
    messages.success(request, said % {"number": counted(changed)})
    return None


def cannot_in_words(test: StructureTest, no: CannotBeAsked) -> str:
    """Who of those ticked cannot be asked, and why; they lie inside the reader's scope."""
    standing = dict(no.entries)
    names = [
        _("%(name)s (%(why)s)") % {"name": name, "why": Standing(standing[entry]).label}
        for name, entry in names_on(test, list(standing)[:5])
    ]
    said = ngettext(
        "Nothing was changed: one of them cannot take part, so nobody is sent to ask her: %(names)s.",
        "Nothing was changed: %(number)s of them cannot take part, so nobody is sent to ask them: %(names)s.",
        len(no.entries),
    )
    more = "…" if len(no.entries) > len(names) else ""
    return said % {"number": counted(len(no.entries)), "names": ", ".join(names) + more}
