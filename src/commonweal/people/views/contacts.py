"""Ways to reach a person; a leader or member corrects her own."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, anyone_signed_in
from commonweal.common.once import once_only
from commonweal.people.forms.person import Contact
from commonweal.people.models import ContactPoint, Person
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import person_with_own_contacts
from commonweal.people.rules.contacts import spoken_phone
from commonweal.people.views.asking import Other, ask, remembering, says_now, version_sent, with_theirs
from commonweal.people.views.undoing import undo_former
from commonweal.people.writes import contacts as writes
from commonweal.people.writes.changes import ChangedMeanwhile


@anyone_signed_in
@once_only
def add(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = person_with_own_contacts(request.account, request.scope, person)
    form = Contact(request.POST or None, country=country_of_place())
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            writes.add_contact(person=her.pk, kind=typed["kind"], value=typed["value"], by=request.account.pk, at=now())
        except writes.KnownContact:
            form.add_error("value", _("We have this one already."))
        else:
            return redirect("people:person", her.pk)
    return ask(
        request,
        form,
        title=_("How to reach her"),
        headline=_("How to reach %(name)s") % {"name": her.name},
        lede=_("It lies encrypted, and is found again by the whole number or its last four digits."),
        keep=_("Add"),
        back=reverse("people:person", args=[her.pk]),
    )


@anyone_signed_in
@once_only
def change(request: ScopedRequest, person: UUID, point: UUID) -> HttpResponse:
    her = person_with_own_contacts(request.account, request.scope, person)
    found, country = _point(her, point), country_of_place()
    shown = spoken_phone(str(found.value), country) if found.kind == "phone" else found.value
    initial = {"value": shown, "preferred": found.preferred, "stopped": found.stopped_at is not None}

    def form_of(sent: Any) -> Contact:
        return remembering(Contact(sent, initial=initial, country=country, known_kind=found.kind))

    form, conflict = form_of(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            former = writes.change_contact(
                point=found,
                version=version_sent(request),
                value=typed["value"],
                preferred=typed["preferred"],
                stopped=typed["stopped"],
                by=request.account.pk,
                at=now(),
            )
        except ChangedMeanwhile:
            conflict = says_now(form, initial | {"value": str(found.value)})
            form = form_of(with_theirs(form, initial))
        except writes.KnownContact:
            form.add_error("value", _("We have this one already."))
        else:
            return redirect(undo_former(former))
    return ask(
        request,
        form,
        title=_("How to reach her"),
        headline=_("How to reach %(name)s") % {"name": her.name},
        keep=_("Keep"),
        back=reverse("people:person", args=[her.pk]),
        version=her.version,
        conflict=conflict,
        others=(Other(_("Remove it"), reverse("people:remove_contact", args=[her.pk, found.pk]), "bad"),),
    )


@anyone_signed_in
@require_POST
@once_only
def remove(request: ScopedRequest, person: UUID, point: UUID) -> HttpResponse:
    her = person_with_own_contacts(request.account, request.scope, person)
    former = writes.remove_contact(point=_point(her, point), by=request.account.pk, at=now())
    return redirect(undo_former(former))


def _point(her: Person, point: UUID) -> ContactPoint:
    found = ContactPoint.objects.filter(pk=point, person=her).first()
    if found is None:
        raise Http404
    return found
