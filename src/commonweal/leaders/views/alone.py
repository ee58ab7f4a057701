"""Who walks with no one, by unit and shift."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.refusals import NotYours
from commonweal.common.sent import id_in
from commonweal.leaders.reads.alone import alone_in as people_alone_in
from commonweal.leaders.reads.alone import proposals_for, who_might
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.groups import groups_of
from commonweal.leaders.reads.listed import numbers_on_list, on_the_list
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.rules.stages import LOST
from commonweal.leaders.views.chain_words import glance_or_none, why_walks
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.views.rows import names
from commonweal.leaders.words import Decision, WhyNot
from commonweal.people.models import Shift, Unit
from commonweal.people.reads.glances import glances

PAGE = 50


@organizers
@require_safe
@of_campaign
def alone(request: ScopedRequest, part: Part) -> HttpResponse:
    groups = groups_of(part, numbers_on_list(part))
    page = Paginator([group for group in groups.values() if group.alone], PAGE).get_page(request.GET.get("page"))
    might = who_might(part, current_reading(part), page.object_list)
    seen = glances(part.scope, {person for people in might.values() for person in people})
    rows = [
        {"group": group, "might": names(seen, might.get((group.unit, group.shift), []))} for group in page.object_list
    ]
    context = {
        "rows": rows,
        "page": page,
        "number": sum(group.alone for group in groups.values()),
        "people": sum(group.people for group in groups.values()),
    }
    return render(request, "leaders/alone.html", frame(part, **context))


@organizers
@require_safe
@of_campaign
def alone_in(request: ScopedRequest, part: Part, unit: UUID) -> HttpResponse:
    if unit not in part.units:
        raise NotYours
    shift = id_in(request.GET.get("shift"))
    page = Paginator(people_alone_in(part, unit, shift), PAGE).get_page(request.GET.get("page"))
    here = [person.pk for person in page.object_list]
    proposals = proposals_for(current_reading(part), here)
    leads = {one.person for one in on_the_list(part) if one.stage != LOST}
    seen = glances(part.scope, set(here) | {one.leader_id for one in proposals.values() if one.leader_id})
    context: dict[str, Any] = {
        "unit": Unit.objects.get(pk=unit),
        "shift": Shift.objects.filter(pk=shift).first() if shift else None,
        "page": page,
        "rows": [_row(person, seen, proposals.get(person), leads) for person in here if person in seen],
    }
    return render(request, "leaders/alone_in.html", frame(part, **context))


def _row(person: UUID, seen: Any, proposal: Any, leads: set[UUID]) -> dict[str, Any]:
    why_not = dict(WhyNot.choices)
    leader = glance_or_none(seen, proposal.leader_id) if proposal else None
    return {
        "glance": seen[person],
        "proposal": proposal,
        "leader": leader,
        "why": why_walks(proposal.why) if leader else why_not.get(proposal.why, "") if proposal else "",
        "can": bool(leader and proposal.leader_id in leads and proposal.decision == Decision.OPEN),
    }
