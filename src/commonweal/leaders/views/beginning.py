"""A campaign begins, and with it its first reading."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, administrators
from commonweal.common.once import once_only
from commonweal.leaders.writes.reading import ask_to_read
from commonweal.people.forms.places import CampaignForm
from commonweal.people.models import Campaign, Organization, Unit
from commonweal.people.views.asking import ask
from commonweal.people.views.campaigns import typed_campaign
from commonweal.people.writes.occasions import begin_campaign
from commonweal.people.writes.units import NameTaken


@administrators
@once_only
def begin(request: ScopedRequest) -> HttpResponse:
    tops = [str(pk) for pk in Unit.objects.filter(parent=None).values_list("pk", flat=True)]
    initial = {"begun_on": localdate(), "cover_share": 90, "chain_capacity": 12, "units": tops}
    if not Campaign.objects.exists():
        initial["name"] = Organization.objects.values_list("name", flat=True).first() or ""
    form = CampaignForm(request.POST or None, initial=initial, new=True)
    if request.method == "POST" and form.is_valid():
        try:
            campaign = begin_campaign(**typed_campaign(form), by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another campaign is called so."))
        else:
            ask_to_read(campaign.pk, by=request.account.pk, at=now())
            return redirect("leaders:board_of", campaign=campaign.pk)
    return ask(
        request,
        form,
        headline=_("A new campaign"),
        lede=_(
            "What you organize now, and where. Its list must reach a share of every unit and shift. "
            "You can change all of this later."
        ),
        keep=_("Begin"),
        back=reverse("people:campaigns"),
    )
