"""The shortest list: what it would reach, whom it names, and people who decide."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import Refusal
from commonweal.common.sent import ids_in
from commonweal.leaders.models import Reading
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.candidates import must_be_within, number_proposed, proposed_within
from commonweal.leaders.reads.readings import current_reading, evidence_has_begun, needed_for
from commonweal.leaders.reads.shortest import reached_groups, unreached_in
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.views.rows import names, rows_of
from commonweal.leaders.words import Stage, WhyNot
from commonweal.leaders.writes.listing import put_on_list
from commonweal.leaders.writes.reading import ask_to_read
from commonweal.people.reads.glances import glances

GROUPS_ON_A_PAGE = 150
AT_ONCE = 200


@organizers
@require_safe
@of_campaign
def proposed(request: ScopedRequest, part: Part) -> HttpResponse:
    reading = current_reading(part)
    context: dict[str, Any] = {
        "reading": reading,
        "begun": reading is not None or evidence_has_begun(part),
        "share": round(100 * part.campaign.cover_share),
    }
    if reading is not None:
        proposals = proposed_within(part, reading)
        number = number_proposed(part, reading)
        spare = ids_in(reading.facts.get("spare", []))
        seen = glances(part.scope, set(part.placements_of(spare).values_list("person", flat=True)))
        context |= _reach(part, reading, request.GET.get("page")) | {
            "rows": rows_of(part, proposals[:AT_ONCE]),
            "number": number,
            "more": max(number - AT_ONCE, 0),
            "needed": needed_for(part, reading),
            "spare": names(seen, spare),
        }
    return render(request, "leaders/proposed.html", frame(part, **context))


@organizers
@require_POST
@once_only
@of_campaign
def accept(request: ScopedRequest, part: Part) -> HttpResponse:
    """Puts the chosen names on the list as targets: that people follow them is all that is known yet."""
    chosen = must_be_within(part, ids_in(request.POST.getlist("person"))[:AT_ONCE])
    done = 0
    for person in chosen:
        try:
            put_on_list(part.campaign, person, stage=Stage.TARGET, on=localdate(), by=request.account.pk, at=now())
        except Refusal:  # on the list already, or gone meanwhile: the others still count
            continue
        done += 1
    if done:
        ask_to_read(part.campaign.pk, by=request.account.pk, at=now())  # who would walk with them
        messages.success(
            request,
            ngettext("%(done)s person is on the list as a target.", "%(done)s people are on the list as targets.", done)
            % {"done": done},
        )
    else:
        messages.info(request, _("Nobody was chosen, or they are on the list already."))
    return redirect("leaders:proposed", campaign=part.campaign.pk)


def _reach(part: Part, reading: Reading, page: str | None) -> dict[str, Any]:
    groups = reached_groups(part, reading)
    why = dict(WhyNot.choices)
    return {
        "page": Paginator(groups, GROUPS_ON_A_PAGE).get_page(page),
        "short": [one for one in groups if one.reached < one.wanted],
        "unreached": [(why.get(code, code), number) for code, number in unreached_in(part, reading)],
        "people": sum(one.people for one in groups),
        "reached": sum(one.reached for one in groups),
        "listed_reach": sum(one.listed_reach for one in groups),
    }
