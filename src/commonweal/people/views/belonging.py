"""To what institutions a person belongs."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.people.forms.places import AffiliationForm
from commonweal.people.models import Affiliation, Person
from commonweal.people.reads.institutions import institution_within, institutions_within
from commonweal.people.reads.people import writable_person
from commonweal.people.views.asking import ask
from commonweal.people.writes import institutions as writes


@organizers
@once_only
def add(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = AffiliationForm(request.POST or None, institutions=list(institutions_within(request.scope)[:500]))
    if request.method == "POST" and form.is_valid():
        typed, at, by = form.cleaned_data, now(), request.account.pk
        place = (
            institution_within(request.scope, UUID(typed["institution"]))
            if typed["institution"]
            else writes.add_institution(kind=typed["kind"], name=typed["name"], by=by, at=at)
        )
        writes.affiliate(person=her.pk, institution=place, role=typed["role"], since=typed["since"], by=by, at=at)
        return redirect("people:person", her.pk)
    return ask(
        request,
        form,
        headline=_("Where %(name)s already belongs") % {"name": her.name},
        lede=_("A congregation, a club, a savings circle: who holds a role there often holds people's trust."),
        keep=_("Add"),
        back=reverse("people:person", args=[her.pk]),
    )


@organizers
@require_POST
@once_only
def end(request: ScopedRequest, person: UUID, affiliation: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    found = _affiliation(her, affiliation)
    writes.end_affiliation(affiliation=found, on=localdate(), by=request.account.pk, at=now())
    return redirect("people:person", her.pk)


@organizers
@require_POST
@once_only
def remove(request: ScopedRequest, person: UUID, affiliation: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    writes.remove_affiliation(affiliation=_affiliation(her, affiliation), by=request.account.pk, at=now())
    return redirect("people:person", her.pk)


def _affiliation(her: Person, affiliation: UUID) -> Affiliation:
    found = Affiliation.objects.filter(pk=affiliation, person=her).first()
    if found is None:
        raise Http404
    return found
