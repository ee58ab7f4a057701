"""Campaigns: what is organized now, and which units are in scope."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, administrators, organizers
from commonweal.common.once import once_only
from commonweal.people.forms.places import CampaignForm
from commonweal.people.models import Campaign, Unit
from commonweal.people.views.asking import ask
from commonweal.people.writes import occasions as writes
from commonweal.people.writes.units import NameTaken


@organizers
def campaigns(request: ScopedRequest) -> HttpResponse:
    rows = Campaign.objects.prefetch_related("units")
    shown = [(one, [unit for unit in one.units.all() if request.scope.covers_unit(unit.pk)]) for one in rows]
    return render(request, "people/campaigns.html", {"campaigns": shown})


@administrators
@once_only
def campaign(request: ScopedRequest, campaign: UUID) -> HttpResponse:
    here = Campaign.objects.filter(pk=campaign).first()
    if here is None:
        raise Http404
    initial: dict[str, Any] = {name: getattr(here, name) for name in ("name", "begun_on", "chain_capacity", "state")}
    initial["cover_share"] = int(here.cover_share * 100)
    initial["units"] = [str(pk) for pk in here.units.values_list("pk", flat=True)]
    form = CampaignForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            writes.change_campaign(campaign=here, **typed_campaign(form), by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another campaign is called so."))
        else:
            return redirect("people:campaigns")
    return ask(
        request,
        form,
        title=_("Change the campaign"),
        headline=initial["name"],
        lede=_("Closing it keeps everything; the board and the chart then show another one."),
        keep=_("Keep"),
        back=reverse("people:campaigns"),
    )


def typed_campaign(form: CampaignForm) -> dict[str, Any]:
    """What was typed, as the writes take it."""
    typed = dict(form.cleaned_data)
    typed["units"] = list(Unit.objects.filter(pk__in=typed["units"]))
    typed["cover_share"] = Decimal(typed["cover_share"]) / 100
    return typed
