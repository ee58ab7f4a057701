"""The ladder of a campaign: loaded, ordered and changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.people.views.asking import Other, ask
from commonweal.people.writes.units import NameTaken
from commonweal.structure_tests.forms import RungForm
from commonweal.structure_tests.models import Rung
from commonweal.structure_tests.reads.tests import Place, place_of, rungs_of
from commonweal.structure_tests.rules.ladders import LADDERS
from commonweal.structure_tests.views.shares import percent
from commonweal.structure_tests.words import LadderKind
from commonweal.structure_tests.writes import ladders as writes

STEPS = {
    "issue_cards": gettext_noop("Issue cards"),
    "photo_card": gettext_noop("Photo or quote card"),
    "group_question": gettext_noop("Group question to the manager"),
    "petition": gettext_noop("Petition"),
    "majority_petition": gettext_noop("Majority petition with names and faces"),
    "button_day": gettext_noop("Button, sticker or colour day"),
    "march": gettext_noop("March on the boss"),
    "picket": gettext_noop("Informational picket or rally"),
    "pledge": gettext_noop("Pledge or practice vote"),
    "strike_vote": gettext_noop("Strike vote"),
    "warning_strike": gettext_noop("Warning strike"),
    "open_strike": gettext_noop("Open-ended strike"),
    "repair_log": gettext_noop("Repair log"),
    "joint_letter": gettext_noop("Joint letter"),
    "delegation": gettext_noop("Delegation to the landlord"),
    "withheld_fee": gettext_noop("Withheld fee"),
    "rent_strike": gettext_noop("Rent strike"),
    "house_meeting": gettext_noop("House meeting"),
    "assembly": gettext_noop("Public assembly"),
    "decision_maker": gettext_noop("Action on a decision maker"),
}


def step_names() -> dict[str, str]:
    """What each step of the ladders is called in the reader's language."""
    return {step: _(name) for step, name in STEPS.items()}


@organizers
@once_only
def ladder(request: ScopedRequest, campaign: UUID) -> HttpResponse:
    place = place_of(request.scope, campaign)
    if request.method == "POST" and (chosen := request.POST.get("ladder")) in LADDERS:
        writes.load_ladder(place.campaign, chosen, names=step_names(), by=request.account.pk, at=now())
        return redirect("structure_tests:ladder", campaign)
    rungs = [
        (one, percent(float(one.threshold)), percent(float(one.unit_threshold))) for one in rungs_of(place.campaign)
    ]
    names = step_names()
    loads = [(kind, LadderKind(kind).label, [names[step.name] for step in steps]) for kind, steps in LADDERS.items()]
    context = {"place": place, "campaign": place.campaign, "rungs": rungs, "loads": loads}
    return render(request, "structure_tests/ladder.html", context)


@organizers
@once_only
def add_rung(request: ScopedRequest, campaign: UUID) -> HttpResponse:
    place = place_of(request.scope, campaign)
    form = RungForm(request.POST or None, initial={"threshold": 65, "unit_threshold": 50})
    if request.method == "POST" and form.is_valid():
        try:
            writes.add_rung(place.campaign, **form.cleaned_data, by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another rung is called so."))
        else:
            return redirect("structure_tests:ladder", campaign)
    return ask(
        request,
        form,
        headline=_("A new rung on top of the ladder"),
        keep=_("Add"),
        back=reverse("structure_tests:ladder", args=[campaign]),
    )


@organizers
@once_only
def edit_rung(request: ScopedRequest, campaign: UUID, rung: UUID) -> HttpResponse:
    place = place_of(request.scope, campaign)
    row = rung_of(place, rung)
    initial: dict[str, Any] = {name: getattr(row, name) for name in RungForm.field_order}
    form = RungForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            writes.change_rung(row, **form.cleaned_data, by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another rung is called so."))
        else:
            return redirect("structure_tests:ladder", campaign)
    return ask(
        request,
        form,
        title=_("Change a rung"),
        headline=initial["name"],
        lede=_("Tests that were planned on it keep what they were to reach."),
        keep=_("Keep"),
        back=reverse("structure_tests:ladder", args=[campaign]),
        others=(Other(_("Take it out"), reverse("structure_tests:remove_rung", args=[campaign, rung]), "bad"),),
    )


@organizers
@require_POST
@once_only
def move_rung(request: ScopedRequest, campaign: UUID, rung: UUID) -> HttpResponse:
    row = rung_of(place_of(request.scope, campaign), rung)
    writes.move_rung(row, up=request.POST.get("to") == "later", by=request.account.pk, at=now())
    return redirect("structure_tests:ladder", campaign)


@organizers
@require_POST
@once_only
def remove_rung(request: ScopedRequest, campaign: UUID, rung: UUID) -> HttpResponse:
    row = rung_of(place_of(request.scope, campaign), rung)
    writes.remove_rung(row, by=request.account.pk, at=now())
    messages.success(request, _("Taken out of the ladder: %(name)s.") % {"name": row.name})
    return redirect("structure_tests:ladder", campaign)


def rung_of(place: Place, rung: UUID) -> Rung:
    """A rung of this campaign's ladder."""
    found = next((one for one in rungs_of(place.campaign) if one.pk == rung), None)
    if found is None:
        raise Http404
    return found
