"""Taking back a step on the list, or that somebody was taken off it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import Refusal
from commonweal.leaders.forms import VersionForm
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.listed import listed_within, once_listed
from commonweal.leaders.views.part import of_campaign
from commonweal.leaders.views.stage_words import refusal_in_words
from commonweal.leaders.words import Stage
from commonweal.leaders.writes.taking_back import put_back_on_list, take_back_step


@organizers
@require_POST
@once_only
@of_campaign
def take_back(request: ScopedRequest, part: Part, listed: UUID) -> HttpResponse:
    row = listed_within(part, listed)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    try:
        now_so = take_back_step(listed, seen_version=version, by=request.account.pk, at=now())
    except Refusal as refusal:
        messages.error(request, refusal_in_words(refusal))
    else:
        said = _("Taken back: %(name)s is at “%(stage)s” again.")
        messages.success(request, said % {"name": row.person.name, "stage": Stage(now_so.stage).label})
    return redirect("leaders:listed_one", campaign=part.campaign.pk, listed=listed)


@organizers
@require_POST
@once_only
@of_campaign
def put_back(request: ScopedRequest, part: Part, listed: UUID) -> HttpResponse:
    row = once_listed(part, listed)
    try:
        back = put_back_on_list(listed, by=request.account.pk, at=now())
    except Refusal as refusal:
        messages.error(request, refusal_in_words(refusal))
        return redirect("leaders:listed", campaign=part.campaign.pk)
    said = _("%(name)s is on the list again.") % {"name": row.person.name}
    if back:
        again = ngettext("%(back)s person walks with her again.", "%(back)s people walk with her again.", back)
        said = f"{said} {again % {'back': back}}"
    messages.success(request, said)
    return redirect("leaders:listed_one", campaign=part.campaign.pk, listed=listed)
