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
from commonweal.people.forms.places import AffiliationChange, AffiliationForm
from commonweal.people.models import Affiliation, Person
from commonweal.people.reads.institutions import institution_within, institutions_within
from commonweal.people.reads.people import writable_person
from commonweal.people.views.asking import Other, ask, remembering, says_now, version_sent, with_theirs
from commonweal.people.views.undoing import undo_former
from commonweal.people.writes import institutions as writes
from commonweal.people.writes.changes import ChangedMeanwhile


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
        title=_("Where she belongs"),
        headline=_("Where %(name)s already belongs") % {"name": her.name},
        lede=_("A congregation, a club, a savings circle: who holds a role there often holds people's trust."),
        keep=_("Add"),
        back=reverse("people:person", args=[her.pk]),
    )


@organizers
@once_only
def change(request: ScopedRequest, person: UUID, affiliation: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    found, conflict = _affiliation(her, affiliation), None
    initial = {"role": found.role, "since": found.since, "until": found.until}
    form = remembering(AffiliationChange(request.POST or None, initial=initial))
    if request.method == "POST" and form.is_valid():
        try:
            former = writes.change_affiliation(
                affiliation=found,
                version=version_sent(request),
                **form.cleaned_data,
                by=request.account.pk,
                at=now(),
            )
        except ChangedMeanwhile:
            conflict = says_now(form, initial)
            form = remembering(AffiliationChange(with_theirs(form, initial), initial=initial))
        except writes.BelongsAlready:
            form.add_error("role", _("She belongs to it as that already."))
        else:
            return redirect(undo_former(former))
    key = [her.pk, found.pk]
    remove = Other(_("It was never so: remove it"), reverse("people:remove_affiliation", args=key), "bad")
    ended = Other(_("It ended today"), reverse("people:end_affiliation", args=key))
    return ask(
        request,
        form,
        title=_("Change where she belongs"),
        headline=_("%(name)s in %(institution)s") % {"name": her.name, "institution": found.institution.name},
        keep=_("Keep"),
        back=reverse("people:person", args=[her.pk]),
        version=her.version,
        conflict=conflict,
        others=(remove,) if found.until else (ended, remove),
    )


@organizers
@require_POST
@once_only
def end(request: ScopedRequest, person: UUID, affiliation: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    found = _affiliation(her, affiliation)
    former = writes.end_affiliation(affiliation=found, on=localdate(), by=request.account.pk, at=now())
    return redirect(undo_former(former))


@organizers
@require_POST
@once_only
def remove(request: ScopedRequest, person: UUID, affiliation: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    former = writes.remove_affiliation(affiliation=_affiliation(her, affiliation), by=request.account.pk, at=now())
    return redirect(undo_former(former))


def _affiliation(her: Person, affiliation: UUID) -> Affiliation:
    found = Affiliation.objects.select_related("institution").filter(pk=affiliation, person=her).first()
    if found is None:
        raise Http404
    return found
