"""Institutions with our closest person and the steps to them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.sent import id_in
from commonweal.listening.reads.institutions import Reach, institutions_around, without_members
from commonweal.listening.reads.next_talks.parts import MOST, narrowed, part_of, parts_of, people_in
from commonweal.people.words import InstitutionKind, TieKind

SHOWN, MORE = 30, 300


@organizers
def institutions(request: ScopedRequest) -> HttpResponse:
    today, scope = localdate(now()), request.scope
    people = people_in(scope)
    parts = parts_of(scope) if people > MOST else []
    part = None
    if parts:
        chosen = id_in(request.GET.get("unit")) or part_of(scope, request.account.pk)
        part = next((one for one in parts if one.unit == chosen), parts[0])
        scope, people = narrowed(scope, part.unit), part.people
    kind = request.GET.get("kind", "")
    kind = kind if kind in InstitutionKind.values else ""
    limit = MORE if "more" in request.GET else SHOWN
    found, never = institutions_around(scope, request.account, today, people=people, limit=limit + 1, kind=kind)
    more = len(found) > limit and limit == SHOWN
    context = {
        "rows": [(one, way_in_words(one)) for one in found[:limit]],
        "more": more,
        "headline": _headline(len(found), never),
        "never": never,
        "kind": kind,
        "kinds": InstitutionKind.choices,
        "unknown": [] if kind or more else without_members(SHOWN),
        "parts": parts,
        "part": part,
    }
    return render(request, "listening/institutions.html", context)


def _headline(rows: int, never: int) -> str:
    if never:
        return ngettext(
            "We have talked with nobody of one place where people belong",
            "We have talked with nobody of %(number)s places where people belong",
            never,
        ) % {"number": counted(never)}
    return (
        _("We have talked with somebody of every place where people belong")
        if rows
        else _("Where do people already belong?")
    )


def way_in_words(reach: Reach) -> list[str]:
    """How we get to an institution, step by step: "Ana knows Joy (friends)", "Joy is treasurer there"."""
    if reach.closest is None or reach.member is None:
        return []
    said = []
    for step in reach.steps:
        names = {"one": step.one.name, "other": step.other.name}
        if step.place:
            said.append(_("%(one)s and %(other)s both belong to %(place)s") % {**names, "place": step.place})
        elif step.kind:
            kind = str(TieKind(step.kind).label)
            said.append(_("%(one)s knows %(other)s (%(kind)s)") % {**names, "kind": kind[:1].lower() + kind[1:]})
        else:
            said.append(_("%(one)s knows %(other)s") % names)
    there = {
        "treasurer": _("%(name)s is treasurer there"),
        "officer": _("%(name)s is an elder or officer there"),
        "convener": _("%(name)s calls people together there"),
    }.get(reach.role, _("%(name)s belongs there"))
    return [*said, there % {"name": reach.member.name}]
