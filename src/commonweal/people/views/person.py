"""One person: her page, and who she is."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, anyone_signed_in, organizers
from commonweal.common.languages import spoken
from commonweal.common.once import once_only
from commonweal.people import words
from commonweal.people.forms.person import Details, NewPerson, Note, OtherName
from commonweal.people.models import Person, PersonName, Placement, Shift
from commonweal.people.reads.histories import acts_on, former_row, looks_at
from commonweal.people.reads.ladder import ladder_of
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import person_with_own_contacts, person_within, writable_person
from commonweal.people.reads.records import record_of
from commonweal.people.reads.resemblances import merges_of
from commonweal.people.reads.support import support_of
from commonweal.people.reads.units import unit_within
from commonweal.people.views.asking import ask, remembering, says_now, version_sent, with_theirs
from commonweal.people.views.sentences import (
    news_of,
    source_in_words,
    tie_in_words,
    told,
)
from commonweal.people.views.undoing import offered_undo, undo_former, undos_of
from commonweal.people.writes import people as writes
from commonweal.people.writes.changes import ChangedMeanwhile
from commonweal.people.writes.former import NotToBeBroughtBack, bring_back_former
from commonweal.people.writes.looks import note_look

LATEST = 12


@anyone_signed_in
def person(request: ScopedRequest, person: UUID) -> HttpResponse:
    her, at = person_within(request.scope, person), now()
    reader = request.account
    if reader.person_id != her.pk:
        note_look(person=her.pk, by=reader.pk, at=at)
    everything = "all" in request.GET
    record = record_of(request.scope, her, country=country_of_place(), everything=everything)
    context = {"record": record, "her": her, "everything": everything, "ladder": ladder_of(record, localdate(at))}
    if not reader.may_organize:
        own = reader.person_id == her.pk
        context["looks"] = looks_at(her.pk, most=20) if own else []
        context["undo"] = offered_undo(request, her) if own else None
        return render(request, "people/own_record.html" if own else "people/person_of_leader.html", context)
    context |= {
        "support": support_of([her.pk], localdate(at))[her.pk],
        "named_by": [(words.Question(question).label, lines) for question, lines in record.named_by.items()],
        "stances": [
            (words.AssessmentBasis.OBSERVED.label, record.observed),
            (words.AssessmentBasis.STATED.label, record.stated),
        ],
        "merges": merges_of(her.pk),
        "ties": [(line, tie_in_words(line)) for line in record.ties],
        "came_from": source_in_words(her.source),
        "news": news_of(record),
        "acts": told(acts_on(her.pk, most=LATEST)),
        "looks": looks_at(her.pk, most=8),
        "undo": offered_undo(request, her),
    }
    return render(request, "people/person.html", context)


@organizers
def history(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = person_within(request.scope, person)
    context = {
        "her": her,
        "acts": told(acts_on(her.pk, most=500)),
        "looks": looks_at(her.pk, most=200),
        "undos": undos_of(her) if request.scope.may_write else [],
    }
    return render(request, "people/history.html", context)


@organizers
@once_only
def add(request: ScopedRequest) -> HttpResponse:
    country = country_of_place()
    first = {name: request.GET.get(name, "") for name in ("unit", "shift", "name")}
    form = NewPerson(request.POST or None, initial=first, scope=request.scope, country=country)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        made = writes.add_person(
            name=typed["name"],
            unit=unit_within(request.scope, UUID(typed["unit"])) if typed["unit"] else None,
            shift=Shift.objects.filter(pk=typed["shift"]).first() if typed["shift"] else None,
            job=typed["job"],
            phone=typed["phone"],
            by=request.account.pk,
            at=now(),
        )
        messages.success(request, _("%(name)s is on the list.") % {"name": made.name})
        if "another" in request.POST:
            place = {"unit": typed["unit"], "shift": typed["shift"]}
            return redirect(reverse("people:add_person", query={name: value for name, value in place.items() if value}))
        return redirect("people:person", made.pk)
    nowhere = not Placement.objects.exists() and not Person.objects.exists()
    return render(request, "people/add_person.html", {"form": form, "first_ever": nowhere})


@organizers
@once_only
def details(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    fields = ("name", "given_name", "family_name", "born_on", "outside_number")
    initial = {name: getattr(her, name) for name in fields} | {"languages": spoken(her.languages)}
    form, conflict = remembering(Details(request.POST or None, initial=initial)), None
    if request.method == "POST" and form.is_valid():
        try:
            writes.change_person(
                person=her, version=version_sent(request), **form.cleaned_data, by=request.account.pk, at=now()
            )
        except ChangedMeanwhile:
            conflict = says_now(form, initial | {"languages": her.languages})
            form = remembering(Details(with_theirs(form, initial), initial=initial))
        else:
            messages.success(request, _("Kept."))
            return redirect("people:person", her.pk)
    return ask(
        request,
        form,
        title=_("Who she is"),
        headline=_("Who %(name)s is") % {"name": her.name},
        keep=_("Keep"),
        back=reverse("people:person", args=[her.pk]),
        version=her.version,
        conflict=conflict,
    )


@organizers
@once_only
def note(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form, conflict = Note(request.POST or None, initial={"note": her.note}), None
    if request.method == "POST" and form.is_valid():
        try:
            writes.change_note(
                person=her,
                version=version_sent(request),
                note=form.cleaned_data["note"],
                by=request.account.pk,
                at=now(),
            )
        except ChangedMeanwhile:
            conflict = her.note or _("nothing")
        else:
            return redirect("people:person", her.pk)
    return ask(
        request,
        form,
        title=_("A note on her"),
        headline=_("A note on %(name)s") % {"name": her.name},
        keep=_("Keep"),
        back=reverse("people:person", args=[her.pk]),
        version=her.version,
        conflict=conflict,
    )


@organizers
@once_only
def add_name(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = OtherName(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if writes.add_name(person=her, kind=typed["kind"], name=typed["name"], by=request.account.pk, at=now()):
            return redirect("people:person", her.pk)
        form.add_error("name", _("She has this name already."))
    return ask(
        request,
        form,
        title=_("Another name of hers"),
        headline=_("Another name of %(name)s") % {"name": her.name},
        lede=_("She is found by every name she has."),
        keep=_("Add"),
        back=reverse("people:person", args=[her.pk]),
    )


@organizers
@require_POST
@once_only
def remove_name(request: ScopedRequest, person: UUID, name: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    found = PersonName.objects.filter(pk=name, person=her).first()
    if found is None:
        raise Http404
    former = writes.remove_name(name=found, by=request.account.pk, at=now())
    return redirect(undo_former(former))


@anyone_signed_in
@require_POST
@once_only
def bring_back_row(request: ScopedRequest, person: UUID, former: UUID) -> HttpResponse:
    """A row that was removed or changed is as it was; whoever may correct her contacts brings back those, no more."""
    found = former_row(person, former)
    if found is not None and found.kind == "contactpoint":
        her = person_with_own_contacts(request.account, request.scope, person)
    else:
        her = writable_person(request.scope, person)
    if found is None:
        raise Http404
    try:
        bring_back_former(former=found, by=request.account.pk, at=now())
    except NotToBeBroughtBack:
        messages.warning(request, _("Not brought back: the same stands there anew, or what it belonged to is gone."))
    return redirect("people:person", her.pk)
