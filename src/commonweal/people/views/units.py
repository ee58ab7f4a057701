"""The tree of units, and the shifts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, administrators, organizers
from commonweal.common.once import once_only
from commonweal.people.forms.places import SeveralUnits, ShiftForm, UnitForm
from commonweal.people.models import Shift, Unit
from commonweal.people.reads.lists import Sieve, page_of
from commonweal.people.reads.units import above, tree_within, unit_within, with_subtrees
from commonweal.people.views.asking import Other, ask
from commonweal.people.writes import units as writes


@organizers
def units(request: ScopedRequest) -> HttpResponse:
    nodes = tree_within(request.scope)
    context = {"nodes": nodes, "people": sum(node.below for node in nodes if node.depth == 0)}
    return render(request, "people/units.html", context)


@organizers
def unit(request: ScopedRequest, unit: UUID) -> HttpResponse:
    here = unit_within(request.scope, unit)
    nodes = tree_within(request.scope)
    context = {
        "unit": here,
        "node": next(node for node in nodes if node.unit.pk == here.pk),
        "line": [one for one in above(here) if request.scope.covers_unit(one.pk)],
        "children": [node for node in nodes if node.unit.parent_id == here.pk],
        "page": page_of(request.scope, Sieve(unit=here.pk)),
    }
    return render(request, "people/unit.html", context)


@organizers
@once_only
def add(request: ScopedRequest) -> HttpResponse:
    initial = {"parent": request.GET.get("under", "")}
    form = UnitForm(request.POST or None, scope=request.scope, new=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = writes.add_unit(
                name=typed["name"],
                kind=typed["kind"],
                parent=_under(request, typed["parent"]),
                code=typed["code"],
                by=request.account.pk,
                at=now(),
            )
        except writes.NameTaken:
            form.add_error("name", _("Another unit there is called so."))
        else:
            return redirect("people:units" if made.parent_id is None else reverse("people:unit", args=[made.parent_id]))
    return ask(
        request,
        form,
        headline=_("A new unit"),
        lede=_("Wherever people stand together: a site, a department, a floor, a school, a street."),
        keep=_("Add"),
        back=reverse("people:units"),
        others=(Other(_("Add several at once"), reverse("people:add_units"), post=False),),
    )


@organizers
@once_only
def add_several(request: ScopedRequest) -> HttpResponse:
    form = SeveralUnits(request.POST or None, scope=request.scope, initial={"parent": request.GET.get("under", "")})
    if request.method == "POST" and form.is_valid():
        typed, made = form.cleaned_data, 0
        for name in typed["names"]:
            try:
                writes.add_unit(
                    name=name,
                    kind=typed["kind"],
                    parent=_under(request, typed["parent"]),
                    by=request.account.pk,
                    at=now(),
                )
            except writes.NameTaken:
                continue
            made += 1
        said = ngettext("One unit was added.", "%(number)s units were added.", made) % {"number": counted(made)}
        there = len(typed["names"]) - made
        if there:
            more = ngettext("One was there already.", "%(number)s were there already.", there) % {
                "number": counted(there)
            }
            said = f"{said} {more}"
        messages.success(request, said)
        return redirect("people:units")
    return ask(
        request,
        form,
        headline=_("Several units at once"),
        keep=_("Add them"),
        back=reverse("people:units"),
    )


@organizers
@once_only
def edit(request: ScopedRequest, unit: UUID) -> HttpResponse:
    here = unit_within(request.scope, unit)
    below = frozenset(str(one) for one in with_subtrees([here.pk]))
    # A top of her own she leaves where it hangs: what is over it is not hers.
    hers = here.parent_id is None or request.scope.covers_unit(here.parent_id)
    initial: dict[str, Any] = {name: getattr(here, name) for name in ("name", "kind", "code", "position")}
    initial["parent"] = str(here.parent_id or "")
    form = UnitForm(request.POST or None, scope=request.scope, initial=initial)
    if not hers:
        del form.fields["parent"]
    if request.method == "POST" and form.is_valid():
        typed, by, at = form.cleaned_data, request.account.pk, now()
        changed = {name: typed[name] for name in ("name", "kind", "code")} | {"position": typed["position"] or 0}
        try:
            if hers and typed["parent"] != initial["parent"]:
                writes.move_unit(unit=here, to=_under(request, typed["parent"]), by=by, at=at)
            writes.change_unit(unit=here, **changed, by=by, at=at)
        except writes.UnderItself as cycle:
            words = _("%(under)s hangs below %(unit)s. A unit cannot hang below itself.")
            form.add_error("parent", words % {"under": cycle.under, "unit": cycle.unit})
        except writes.NameTaken:
            form.add_error("name", _("Another unit there is called so."))
        else:
            return redirect("people:unit", here.pk)
    return ask(
        request,
        form,
        title=_("Change the unit"),
        headline=_("The unit %(name)s") % {"name": initial["name"]},
        lede=_("Who stands in it, and the units below it, move with it.") if len(below) > 1 else "",
        keep=_("Keep"),
        back=reverse("people:unit", args=[here.pk]),
        others=(Other(_("Remove this unit"), reverse("people:remove_unit", args=[here.pk]), "bad"),),
    )


@organizers
@require_POST
@once_only
def remove(request: ScopedRequest, unit: UUID) -> HttpResponse:
    here = unit_within(request.scope, unit)
    try:
        writes.remove_unit(unit=here, by=request.account.pk, at=now())
    except writes.NotEmpty as full:
        messages.warning(request, _full(full))
        return redirect("people:unit", here.pk)
    messages.success(request, _("The unit %(name)s is gone.") % {"name": here.name})
    return redirect("people:units")


@organizers
def shifts(request: ScopedRequest) -> HttpResponse:
    return render(request, "people/shifts.html", {"shifts": Shift.objects.all()})


@administrators
@once_only
def add_shift(request: ScopedRequest) -> HttpResponse:
    form = ShiftForm(request.POST or None)
    del form.fields["position"]
    if request.method == "POST" and form.is_valid():
        try:
            writes.add_shift(**form.cleaned_data, by=request.account.pk, at=now())
        except writes.NameTaken:
            form.add_error("name", _("Another shift is called so."))
        else:
            return redirect("people:shifts")
    return ask(request, form, headline=_("A new shift"), keep=_("Add"), back=reverse("people:shifts"))


@administrators
@once_only
def edit_shift(request: ScopedRequest, shift: UUID) -> HttpResponse:
    found = _shift(shift)
    initial = {name: getattr(found, name) for name in ("name", "hours", "position")}
    form = ShiftForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data | {"position": form.cleaned_data["position"] or 0}
        try:
            writes.change_shift(shift=found, **typed, by=request.account.pk, at=now())
        except writes.NameTaken:
            form.add_error("name", _("Another shift is called so."))
        else:
            return redirect("people:shifts")
    return ask(
        request,
        form,
        title=_("Change the shift"),
        headline=_("The shift %(name)s") % {"name": initial["name"]},
        keep=_("Keep"),
        back=reverse("people:shifts"),
        others=(Other(_("Remove this shift"), reverse("people:remove_shift", args=[found.pk]), "bad"),),
    )


@administrators
@require_POST
@once_only
def remove_shift(request: ScopedRequest, shift: UUID) -> HttpResponse:
    try:
        writes.remove_shift(shift=_shift(shift), by=request.account.pk, at=now())
    except writes.NotEmpty as full:
        messages.warning(request, _full(full))
    return redirect("people:shifts")


def _under(request: ScopedRequest, key: str) -> Unit | None:
    return unit_within(request.scope, UUID(key)) if key else None


def _shift(shift: UUID) -> Shift:
    found = Shift.objects.filter(pk=shift).first()
    if found is None:
        raise Http404
    return found


def _full(full: writes.NotEmpty) -> str:
    if full.people:
        said = ngettext(
            "Not removed: one person stands or stood there. Move her first; her history stays.",
            "Not removed: %(number)s people stand or stood there. Their history would be lost.",
            full.people,
        )
        return said % {"number": counted(full.people)}
    if full.below:
        return _("Not removed: other units hang below it. Move or remove them first.")
    return _("Not removed: something still refers to it, a campaign for example.")
