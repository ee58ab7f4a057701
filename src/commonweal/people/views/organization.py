"""The place itself: what it is called, where its telephones ring."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, administrators
from commonweal.common.once import once_only
from commonweal.common.scale import scale_of_place
from commonweal.people.forms.places import OrganizationForm, ScaleForm
from commonweal.people.models import Organization
from commonweal.people.views.asking import Other, ask
from commonweal.people.writes.occasions import change_organization, name_stances


@administrators
@once_only
def organization(request: ScopedRequest) -> HttpResponse:
    here = Organization.objects.first()
    if here is None:
        raise Http404
    initial = {
        "name": here.name,
        "country": here.country,
        "language": here.language,
        "strongest_is_one": "1" if here.strongest_is_one else "",
        "support_weeks": here.support_weeks,
    }
    form = OrganizationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_organization(organization=here, **form.cleaned_data, by=request.account.pk, at=now())
        messages.success(request, _("Kept."))
        return redirect("people:more")
    return ask(
        request,
        form,
        title=_("About the organization"),
        headline=_("About %(name)s") % {"name": initial["name"]},
        keep=_("Keep"),
        back=reverse("people:more"),
        others=(Other(_("What we call where people stand"), reverse("people:scale"), post=False),),
    )


@administrators
@once_only
def scale(request: ScopedRequest) -> HttpResponse:
    """What the steps of the assessment scale are called here, in each language."""
    written = {f"{language}_{stance}": name for (language, stance), name in scale_of_place(fresh=True)[0].items()}
    form = ScaleForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        name_stances(names=form.names(), by=request.account.pk, at=now())
        messages.success(request, _("Kept."))
        return redirect("people:organization")
    return ask(
        request,
        form,
        headline=_("What we call where people stand"),
        lede=_("One word for each step, as your committee says it. An empty field leaves the word it came with."),
        keep=_("Keep"),
        back=reverse("people:organization"),
    )
