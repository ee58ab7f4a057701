"""Putting somebody on the list: find her, then say where we stand with her."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import Refusal
from commonweal.leaders.forms import PutOnForm
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.candidates import Wish, candidate_of, candidates_within
from commonweal.leaders.reads.chains import walks_now
from commonweal.leaders.reads.listed import listing_of, may_be_responsible, stages_of
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.views.part import country_of_place, frame, of_campaign
from commonweal.leaders.views.rows import rows_of
from commonweal.leaders.views.stage_words import refusal_in_words
from commonweal.leaders.words import Stage
from commonweal.leaders.writes import listing as writes
from commonweal.leaders.writes.reading import ask_to_read
from commonweal.people.reads.glances import glances
from commonweal.people.reads.search import found

SUGGESTED = 6


@organizers
@require_safe
@of_campaign
def put_on(request: ScopedRequest, part: Part) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:80]
    context: dict[str, Any] = {"typed": typed, "found": [], "rows": []}
    if typed:
        seen = [one.glance for one in found(typed, part.scope, country=country_of_place()).people]
        inside = set(part.placements_of(one.id for one in seen).values_list("person", flat=True))
        stages = stages_of(part, inside)
        context["found"] = [
            {"glance": one, "stage": stages.get(one.id, ""), "word": _word(stages.get(one.id, ""))}
            for one in seen
            if one.id in inside
        ]
    elif reading := current_reading(part):
        context["rows"] = rows_of(part, candidates_within(part, reading, Wish(listed="off"))[:SUGGESTED])
    return render(request, "leaders/put_on.html", frame(part, **context))


@organizers
@require_http_methods(["GET", "HEAD", "POST"])
@once_only
@of_campaign
def put_her_on(request: ScopedRequest, part: Part, person: UUID) -> HttpResponse:
    her = part.person(person)
    listed = listing_of(part, person)
    if listed is not None and request.method != "POST":
        return redirect("leaders:listed_one", campaign=part.campaign.pk, listed=listed.pk)
    organizers_here = may_be_responsible(person)
    first = {"on": localdate(), "responsible": request.account.pk, "stage": Stage.TARGET}
    form = PutOnForm(request.POST or None, organizers=organizers_here, initial=first)
    problem = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = writes.put_on_list(
                part.campaign,
                person,
                stage=said["stage"],
                on=said["on"],
                note=said["note"],
                responsible=said["responsible"].pk if said["responsible"] else None,
                pinned=said["pinned"],
                by=request.account.pk,
                at=now(),
            )
        except Refusal as refusal:
            problem = refusal_in_words(refusal)
        else:
            ask_to_read(part.campaign.pk, by=request.account.pk, at=now())  # who would walk with her
            messages.success(request, _("%(name)s is on the list.") % {"name": her.name})
            return redirect("leaders:listed_one", campaign=part.campaign.pk, listed=made.pk)
    candidate = candidate_of(part, current_reading(part), person)
    context = {
        "person": her,
        "one": glances(part.scope, [person]).get(person),
        "form": form,
        "problem": problem,
        "rows": rows_of(part, [candidate]) if candidate else [],
        "walks": walks_now(part, person),
    }
    return render(request, "leaders/put_her_on.html", frame(part, **context))


def _word(stage: str) -> str:
    return str(Stage(stage).label) if stage else ""
