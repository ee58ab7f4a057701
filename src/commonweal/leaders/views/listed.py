"""The list by where we stand, and the life of one place on it."""

from collections import Counter
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from commonweal.accounts.reads.accounts import names_of
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import Refusal
from commonweal.common.sent import id_in
from commonweal.leaders.forms import EntrustForm, MoveForm, VersionForm
from commonweal.leaders.models import ListedLeader
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.candidates import candidate_of
from commonweal.leaders.reads.chains import chain_lines
from commonweal.leaders.reads.listed import (
    listed_within,
    may_be_responsible,
    on_the_list,
    once_listed,
    steps_of,
)
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.rules.stages import LOST, STAGES
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.views.rows import rows_of
from commonweal.leaders.views.stage_words import refusal_in_words, stage_meanings
from commonweal.leaders.words import Stage
from commonweal.leaders.writes import listing as writes
from commonweal.people.reads.glances import glances

ON_A_PAGE = 100


@organizers
@require_safe
@of_campaign
def listed(request: ScopedRequest, part: Part) -> HttpResponse:
    everybody = sorted(on_the_list(part), key=lambda one: STAGES.index(one.stage))
    page = Paginator(everybody, ON_A_PAGE).get_page(request.GET.get("page"))
    people = [one.person for one in page.object_list]
    seen = glances(part.scope, people)
    lines = chain_lines(part, people)
    meanings = stage_meanings()
    numbers = Counter(one.stage for one in everybody)
    by_stage = [one for one in page.object_list if one.person in seen]
    stages = [
        {
            "stage": stage,
            "word": Stage(stage).label,
            "meaning": meanings[stage],
            "number": numbers[stage],
            "people": [{"glance": seen[one.person], "place": one, "line": lines[one.person]} for one in group],
        }
        for stage, group in groupby(by_stage, key=lambda one: one.stage)
    ]
    number = len(everybody) - numbers[LOST]
    undo = _just_off(request, part)
    return render(request, "leaders/listed.html", frame(part, stages=stages, number=number, page=page, undo=undo))


def _just_off(request: ScopedRequest, part: Part) -> ListedLeader | None:
    """The place on the list that the address says was just given up, while it can be had back."""
    listed = id_in(request.GET.get("undo"))
    row = once_listed(part, listed) if listed else None
    return row if row and row.off_since else None


@organizers
@require_safe
@of_campaign
def one(request: ScopedRequest, part: Part, listed: UUID) -> HttpResponse:
    return _page(request, part, listed_within(part, listed))


@organizers
@require_POST
@once_only
@of_campaign
def move(request: ScopedRequest, part: Part, listed: UUID) -> HttpResponse:
    row = listed_within(part, listed)
    form = MoveForm(request.POST, now=row.stage)
    if not form.is_valid():
        return _page(request, part, row, form=form)
    said = form.cleaned_data
    try:
        writes.move_stage(
            listed,
            to=said["to"],
            on=said["on"],
            note=said["note"],
            seen_version=said["version"],
            by=request.account.pk,
            at=now(),
        )
    except Refusal as refusal:
        return _page(request, part, row, form=form, problem=refusal_in_words(refusal))
    messages.success(
        request,
        _("%(name)s is at “%(stage)s” now.") % {"name": row.person.name, "stage": Stage(said["to"]).label},
    )
    return redirect("leaders:listed_one", campaign=part.campaign.pk, listed=listed)


@organizers
@require_POST
@once_only
@of_campaign
def entrust(request: ScopedRequest, part: Part, listed: UUID) -> HttpResponse:
    row = listed_within(part, listed)
    form = EntrustForm(request.POST, organizers=may_be_responsible(row.person_id))
    if not form.is_valid():
        return _page(request, part, row, entrust_form=form)
    chosen = form.cleaned_data["responsible"]
    return _do(
        request,
        part,
        row,
        lambda: writes.entrust(
            listed,
            responsible=chosen.pk if chosen else None,
            seen_version=form.cleaned_data["version"],
            by=request.account.pk,
            at=now(),
        ),
        _("%(who)s sees to %(name)s.") % {"who": chosen.name if chosen else _("Nobody"), "name": row.person.name},
    )


@organizers
@require_POST
@once_only
@of_campaign
def pin(request: ScopedRequest, part: Part, listed: UUID) -> HttpResponse:
    row = listed_within(part, listed)
    pinned = request.POST.get("pinned") == "1"
    said = (
        _("Every list the computer proposes keeps %(name)s.")
        if pinned
        else _("The computer may leave %(name)s off its lists.")
    )
    return _do(
        request,
        part,
        row,
        lambda: writes.pin(listed, pinned=pinned, seen_version=_version(request), by=request.account.pk, at=now()),
        said % {"name": row.person.name},
    )


@organizers
@require_POST
@once_only
@of_campaign
def take_off(request: ScopedRequest, part: Part, listed: UUID) -> HttpResponse:
    row = listed_within(part, listed)
    try:
        left = writes.take_off_list(listed, seen_version=_version(request), by=request.account.pk, at=now())
    except Refusal as refusal:
        return _page(request, part, row, problem=refusal_in_words(refusal))
    said = _("%(name)s is off the list.") % {"name": row.person.name}
    if left:
        said += " " + ngettext(
            "%(left)s person walks with nobody now.", "%(left)s people walk with nobody now.", left
        ) % {"left": left}
    messages.success(request, said)
    return redirect(reverse("leaders:listed", kwargs={"campaign": part.campaign.pk}, query={"undo": str(row.pk)}))


def _version(request: ScopedRequest) -> int:
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else -1


def _do(request: ScopedRequest, part: Part, row: ListedLeader, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return _page(request, part, row, problem=refusal_in_words(refusal))
    messages.success(request, said)
    return redirect("leaders:listed_one", campaign=part.campaign.pk, listed=row.pk)


def _page(
    request: ScopedRequest,
    part: Part,
    row: ListedLeader,
    *,
    form: MoveForm | None = None,
    entrust_form: EntrustForm | None = None,
    problem: str = "",
) -> HttpResponse:
    row.refresh_from_db()
    candidate = candidate_of(part, current_reading(part), row.person_id)
    steps = steps_of(row)
    who = names_of(step.entered_by for step in steps)
    meanings = stage_meanings()
    form = form or MoveForm(now=row.stage, initial={"on": localdate()})
    organizers_here = may_be_responsible(row.person_id)
    context = {
        "listed": row,
        "one": glances(part.scope, [row.person_id]).get(row.person_id),
        "stage": row.stage,
        "word": Stage(row.stage).label,
        "next": [{"stage": stage, "word": word, "meaning": meanings[stage]} for stage, word in form.following],
        "form": form,
        "entrust_form": entrust_form
        or EntrustForm(organizers=organizers_here, initial={"responsible": row.responsible_id}),
        "steps": [
            {"step": step, "word": Stage(step.stage).label, "by": who.get(step.entered_by, "")} for step in steps
        ],
        "rows": rows_of(part, [candidate]) if candidate else [],
        "line": chain_lines(part, [row.person_id])[row.person_id],
        "problem": problem,
    }
    return render(request, "leaders/listed_one.html", frame(part, **context), status=409 if problem else 200)
