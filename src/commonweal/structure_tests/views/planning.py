"""Planning a test, changing it and taking it out, while it has not opened."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.people.views.asking import Other, ask, version_sent
from commonweal.people.writes.units import NameTaken
from commonweal.structure_tests.forms import PlanForm, TestForm
from commonweal.structure_tests.reads.tests import free_occasions, place_of, rungs_of, test_of
from commonweal.structure_tests.rules.states import may
from commonweal.structure_tests.views.no_words import back_to_test, not_now_in_words
from commonweal.structure_tests.writes import tests as writes
from commonweal.structure_tests.writes.refusals import ChangedMeanwhile, MeasuredAlready, NotNow
from commonweal.structure_tests.writes.state import not_now


@organizers
@once_only
def plan(request: ScopedRequest, campaign: UUID) -> HttpResponse:
    place = place_of(request.scope, campaign)
    rungs, occasions = rungs_of(place.campaign), free_occasions(place.campaign)
    initial: dict[str, Any] = {"on": localdate()} | ({} if rungs else {"threshold": 65, "unit_threshold": 50})
    if rung := next((one for one in rungs if str(one.pk) == request.GET.get("rung")), None):
        initial |= {"rung": str(rung.pk), "name": rung.name, "kind": rung.kind}
        initial |= {"threshold": rung.threshold, "unit_threshold": rung.unit_threshold}
    if request.GET.get("occasion") in {str(one.pk) for one in occasions}:
        initial["occasion"] = request.GET["occasion"]
    form = PlanForm(request.POST or None, initial=initial, rungs=rungs, occasions=occasions)
    if request.method == "POST" and form.is_valid():
        try:
            made = writes.plan_test(campaign=place.campaign, **form.cleaned_data, by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another act is called so. Choose it above, or give this one another name."))
        except MeasuredAlready:
            form.add_error("occasion", _("Somebody has planned a test of this act meanwhile."))
        else:
            return redirect("structure_tests:test", made.pk)
    return ask(
        request,
        form,
        headline=_("Plan a structure test"),
        lede=_("Everybody who stands in the units of %(campaign)s now comes onto its roll.")
        % {"campaign": place.campaign.name},
        keep=_("Plan it"),
        back=reverse("structure_tests:ladder", args=[campaign]),
    )


@organizers
@once_only
def change(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    occasion = here.occasion
    initial = {name: getattr(occasion, name) for name in ("name", "kind", "on")}
    initial |= {name: getattr(here, name) for name in ("ends_on", "threshold", "unit_threshold", "turnout_named")}
    form = TestForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = version_sent(request)
        try:
            writes.change_test(test=here, **form.cleaned_data, version=version, by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another act is called so."))
        except ChangedMeanwhile:
            form.add_error(
                None, _("Somebody changed this test while you were writing. Look at it again before you keep yours.")
            )
        except NotNow as no:
            form.add_error(None, not_now_in_words(no))
        else:
            return redirect("structure_tests:test", here.pk)
    elif not may("change", here.state):
        return back_to_test(request, here, not_now("change", here))
    return ask(
        request,
        form,
        title=_("Change the test"),
        headline=occasion.name if not form.is_bound else str(initial["name"]),
        keep=_("Keep"),
        back=reverse("structure_tests:test", args=[here.pk]),
        others=(Other(_("Take the test out"), reverse("structure_tests:remove", args=[here.pk]), "bad"),),
        version=here.version,
    )


@organizers
@require_POST
@once_only
def remove(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    try:
        writes.remove_test(test=here, by=request.account.pk, at=now())
    except NotNow as no:
        return back_to_test(request, here, no)
    messages.success(request, _("The test is taken out; the act itself stays."))
    if here.occasion.campaign_id is None:
        return redirect("people:occasion", here.occasion_id)
    return redirect("structure_tests:ladder", here.occasion.campaign_id)
