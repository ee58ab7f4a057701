"""The institutions where people already belong."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.people import words
from commonweal.people.forms.picking import Picker
from commonweal.people.forms.places import InstitutionForm, RoleForm
from commonweal.people.reads.institutions import institution_within, institutions_within, members_in, members_of
from commonweal.people.reads.organization import country_of_place
from commonweal.people.views.asking import Other, ask
from commonweal.people.writes import institutions as writes
from commonweal.people.writes.units import NameTaken, NotEmpty


@organizers
def institutions(request: ScopedRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    found = institutions_within(request.scope)
    if kind in words.InstitutionKind.values:
        found = found.filter(kind=kind)
    rows = list(found[:400])
    members = members_in(request.scope, [one.pk for one in rows])
    context = {
        "rows": [(one, members.get(one.pk, 0)) for one in rows],
        "kind": kind,
        "kinds": words.InstitutionKind.choices,
    }
    return render(request, "people/institutions.html", context)


@organizers
def institution(request: ScopedRequest, institution: UUID) -> HttpResponse:
    here = institution_within(request.scope, institution)
    members = members_of(request.scope, here)
    context = {"institution": here, "members": members, "now": [one for one in members if one[0].until is None]}
    return render(request, "people/institution.html", context)


@organizers
@once_only
def add(request: ScopedRequest) -> HttpResponse:
    form = InstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = writes.add_institution(**form.cleaned_data, by=request.account.pk, at=now())
        if institutions_within(request.scope).filter(pk=made.pk).exists():
            return redirect("people:institution", made.pk)
        return redirect("people:institutions")
    return ask(
        request,
        form,
        headline=_("A place where people already belong"),
        lede=_("Its members know each other, and trust some of them with money, children or keys."),
        keep=_("Add"),
        back=reverse("people:institutions"),
    )


@organizers
@once_only
def edit(request: ScopedRequest, institution: UUID) -> HttpResponse:
    here = institution_within(request.scope, institution)
    initial = {name: getattr(here, name) for name in ("name", "kind", "place")}
    form = InstitutionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            writes.change_institution(institution=here, **form.cleaned_data, by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another one of this kind is called so."))
        else:
            return redirect("people:institution", here.pk)
    return ask(
        request,
        form,
        title=_("Change the institution"),
        headline=initial["name"],
        keep=_("Keep"),
        back=reverse("people:institution", args=[here.pk]),
        others=(Other(_("Remove it"), reverse("people:remove_institution", args=[here.pk]), "bad"),),
    )


@organizers
@require_POST
@once_only
def remove(request: ScopedRequest, institution: UUID) -> HttpResponse:
    here = institution_within(request.scope, institution)
    try:
        writes.remove_institution(institution=here, by=request.account.pk, at=now())
    except NotEmpty as full:
        said = ngettext(
            "Not removed: one person belongs or belonged there.",
            "Not removed: %(number)s people belong or belonged there.",
            full.people,
        )
        messages.warning(request, said % {"number": counted(full.people)})
        return redirect("people:institution", here.pk)
    return redirect("people:institutions")


@organizers
@once_only
def add_member(request: ScopedRequest, institution: UUID) -> HttpResponse:
    here = institution_within(request.scope, institution)
    form = RoleForm(request.POST or None)
    picker = Picker(request, request.scope, country_of_place(), label=_("Who"))
    if request.method == "POST" and form.is_valid() and picker.is_settled():
        at, by = now(), request.account.pk
        person = picker.person(by=by, at=at)
        assert person is not None  # the picker is not optional
        writes.affiliate(person=person, institution=here, **form.cleaned_data, by=by, at=at)
        return redirect("people:institution", here.pk)
    return ask(
        request,
        form,
        title=_("Who belongs there"),
        headline=_("Who belongs to %(name)s") % {"name": here.name},
        keep=_("Add"),
        back=reverse("people:institution", args=[here.pk]),
        pickers=(picker,),
    )
