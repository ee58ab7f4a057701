"""Where a person stands."""

from typing import Any
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
from commonweal.people.forms.person import LastDay, Move, Place
from commonweal.people.models import Person, Placement, Shift
from commonweal.people.reads.people import people_within, writable_person
from commonweal.people.reads.units import unit_within
from commonweal.people.views.asking import Other, ask, remembering, says_now, version_sent, with_theirs
from commonweal.people.writes import placements as writes
from commonweal.people.writes.changes import ChangedMeanwhile


def _shift(key: str) -> Shift | None:
    return Shift.objects.filter(pk=key).first() if key else None


def _place(request: ScopedRequest, her: Person, place: UUID) -> Placement:
    found = Placement.objects.select_related("unit", "shift").filter(pk=place, person=her).first()
    if found is None or not request.scope.covers_unit(found.unit_id):
        raise Http404
    return found


@organizers
@once_only
def add(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    first = not her.placements.filter(until=None).exists()
    form = Place(request.POST or None, scope=request.scope, initial={"main": first})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            writes.place(
                person=her.pk,
                unit=unit_within(request.scope, UUID(typed["unit"])),
                shift=_shift(typed["shift"]),
                job=typed["job"],
                since=typed["since"],
                main=typed["main"],
                by=request.account.pk,
                at=now(),
            )
        except writes.StandsThereAlready:
            form.add_error("unit", _("She stands there already."))
        else:
            return redirect("people:person", her.pk)
    return ask(
        request,
        form,
        title=_("A place for her"),
        headline=_("Where %(name)s stands") % {"name": her.name},
        lede=_("One person may stand in several units; the chart draws her in one."),
        keep=_("Place her"),
        back=reverse("people:person", args=[her.pk]),
    )


@organizers
@once_only
def change(request: ScopedRequest, person: UUID, place: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    found = _place(request, her, place)
    initial = {"shift": str(found.shift_id or ""), "job": found.job, "since": found.since, "main": found.main}

    def form_of(sent: Any) -> Place:
        return remembering(Place(sent, scope=request.scope, fixed_unit=str(found.unit_id), initial=initial))

    form, conflict = form_of(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            writes.change_place(
                placement=found,
                version=version_sent(request),
                job=typed["job"],
                shift=_shift(typed["shift"]),
                since=typed["since"],
                main=typed["main"],
                by=request.account.pk,
                at=now(),
            )
        except ChangedMeanwhile:
            conflict = says_now(form, initial)
            form = form_of(with_theirs(form, initial))
        else:
            return redirect("people:person", her.pk)
    return ask(
        request,
        form,
        title=_("Change a place"),
        headline=_("%(name)s in %(unit)s") % {"name": her.name, "unit": found.unit.name},
        keep=_("Keep"),
        back=reverse("people:person", args=[her.pk]),
        version=her.version,
        conflict=conflict,
        others=_ways_on(her, found),
    )


def _ways_on(her: Person, place: Placement) -> tuple[Other, ...]:
    """What else may become of a place that goes on."""
    if place.until is not None:
        return ()
    key = [her.pk, place.pk]
    return (
        Other(_("Move her to another unit"), reverse("people:move_place", args=key), post=False),
        Other(_("She no longer stands there"), reverse("people:end_place", args=key), post=False),
    )


@organizers
@once_only
def move_her(request: ScopedRequest, person: UUID, place: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    found, conflict = _place(request, her, place), None
    initial = {"shift": str(found.shift_id or ""), "on": localdate()}
    form = Move(request.POST or None, scope=request.scope, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            writes.move(
                placement=found,
                version=version_sent(request),
                to=unit_within(request.scope, UUID(typed["to"])),
                shift=_shift(typed["shift"]),
                on=typed["on"],
                by=request.account.pk,
                at=now(),
            )
        except ChangedMeanwhile:
            conflict = found.unit.name
        except writes.StandsThereAlready:
            form.add_error("to", _("She stands there already."))
        except writes.EndsBeforeItBegins as early:
            form.add_error("on", _("She has stood there only since %(day)s.") % {"day": early.since})
        else:
            return redirect("people:person", her.pk)
    return ask(
        request,
        form,
        title=_("Move her to another unit"),
        headline=_("%(name)s leaves %(unit)s for another unit") % {"name": her.name, "unit": found.unit.name},
        lede=_("The old place stays in her record, with its last day."),
        keep=_("Move her"),
        back=reverse("people:person", args=[her.pk]),
        version=her.version,
        conflict=conflict,
    )


@organizers
@once_only
def end(request: ScopedRequest, person: UUID, place: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    found, conflict = _place(request, her, place), None
    form = LastDay(request.POST or None, initial={"on": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            writes.end_place(
                placement=found,
                version=version_sent(request),
                on=form.cleaned_data["on"],
                by=request.account.pk,
                at=now(),
            )
        except ChangedMeanwhile:
            conflict = found.unit.name
        except writes.EndsBeforeItBegins as early:
            form.add_error("on", _("She has stood there only since %(day)s.") % {"day": early.since})
        else:
            if not request.scope.everything and not _still_seen(request, her):
                return redirect("people:people")
            return redirect(reverse("people:person", args=[her.pk], query={"undo": f"place:{found.pk}"}))
    return ask(
        request,
        form,
        title=_("End a place"),
        headline=_("%(name)s no longer stands in %(unit)s") % {"name": her.name, "unit": found.unit.name},
        lede=_("Somebody placed nowhere is seen by administrators and by whoever added her."),
        keep=_("End it"),
        back=reverse("people:person", args=[her.pk]),
        version=her.version,
        conflict=conflict,
    )


@organizers
@require_POST
@once_only
def reopen(request: ScopedRequest, person: UUID, place: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    writes.reopen_place(placement=_place(request, her, place), by=request.account.pk, at=now())
    return redirect("people:person", her.pk)


def _still_seen(request: ScopedRequest, her: Person) -> bool:
    return people_within(request.scope).filter(pk=her.pk).exists()
