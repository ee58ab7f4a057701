"""Writing down what was seen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.people.forms.evidence import NewAsk, NewAssessment, NewNomination, NewTie, NewYes
from commonweal.people.forms.fields import PlainForm
from commonweal.people.forms.picking import Picker
from commonweal.people.models import Person
from commonweal.people.reads.occasions import occasion_of
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import people_within, writable_person
from commonweal.people.views.asking import ask
from commonweal.people.writes import evidence as writes

Keep = Callable[[UUID | None, dict[str, Any]], object]


def _with_other(
    request: ScopedRequest,
    her: Person,
    form: PlainForm,
    keep: Keep,
    *,
    title: str,
    headline: str,
    label: str,
    lede: str = "",
    optional: bool = False,
    where: str = "",
) -> HttpResponse:
    """A form with a picker for the other person: keeps it, or shows it again with what is missing."""
    picker = Picker(request, request.scope, country_of_place(), label=label, near=her.pk, optional=optional)
    back = reverse("people:person", args=[her.pk])
    if request.method == "POST" and form.is_valid() and picker.is_settled():
        at, by = now(), request.account.pk
        try:
            keep(picker.person(by=by, at=at), {"by": by, "at": at})
        except writes.KnownAlready:
            picker.error = _("We knew that already; a second time it would not count.")
        except writes.WithHerself:
            picker.error = _("That is she herself. Choose somebody else.")
        else:
            messages.success(request, _("Written down."))
            return redirect(back + where)
    return ask(
        request,
        form,
        title=title,
        headline=headline,
        lede=lede,
        keep=_("Write it down"),
        back=back,
        pickers=(picker,),
    )


@organizers
@once_only
def add_tie(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = NewTie(request.POST or None)

    def keep(other: UUID | None, act: dict[str, Any]) -> object:
        typed = form.cleaned_data
        assert other is not None  # the picker is not optional
        one, two = (other, her.pk) if typed["turned"] else (her.pk, other)
        return writes.add_tie(
            person=one,
            other=two,
            kind=typed["kind"],
            strength=float(typed["strength"]),
            since=typed["since"],
            until=typed["until"],
            **act,
        )

    return _with_other(
        request,
        her,
        form,
        keep,
        title=_("Whom she knows"),
        headline=_("Whom %(name)s knows") % {"name": her.name},
        label=_("Whom she knows"),
        lede=_("For “goes to”, “rings to check on” and the like: she is the one who goes."),
        where="#ties",
    )


@organizers
@once_only
def named_by(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = NewNomination(request.POST or None)

    def keep(other: UUID | None, act: dict[str, Any]) -> object:
        assert other is not None
        return writes.name_somebody(nominator=other, nominee=her.pk, **form.cleaned_data, **act)

    return _with_other(
        request,
        her,
        form,
        keep,
        title=_("Who named her"),
        headline=_("Who names %(name)s") % {"name": her.name},
        label=_("Who named her"),
        where="#named",
    )


@organizers
@once_only
def names_other(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = NewNomination(request.POST or None)

    def keep(other: UUID | None, act: dict[str, Any]) -> object:
        assert other is not None
        return writes.name_somebody(nominator=her.pk, nominee=other, **form.cleaned_data, **act)

    return _with_other(
        request,
        her,
        form,
        keep,
        title=_("Whom she names"),
        headline=_("Whom %(name)s names") % {"name": her.name},
        label=_("Whom she names"),
        where="#named",
    )


@organizers
@once_only
def was_asked(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = NewAsk(request.POST or None)

    def keep(other: UUID | None, act: dict[str, Any]) -> object:
        occasion = occasion_of(UUID(form.cleaned_data["occasion"]))
        return writes.record_ask(
            occasion=occasion, asker=other, asked=her.pk, outcome=form.cleaned_data["outcome"], **act
        )

    return _with_other(
        request,
        her,
        form,
        keep,
        title=_("She was asked"),
        headline=_("%(name)s was asked") % {"name": her.name},
        label=_("Who asked her (leave empty if nobody knows)"),
        lede=_("Only an ask with what was seen shows who moves whom. A no is worth as much as a yes."),
        optional=True,
        where="#done",
    )


@organizers
@once_only
def asks_other(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = NewAsk(request.POST or None)

    def keep(other: UUID | None, act: dict[str, Any]) -> object:
        assert other is not None
        occasion = occasion_of(UUID(form.cleaned_data["occasion"]))
        return writes.record_ask(
            occasion=occasion, asker=her.pk, asked=other, outcome=form.cleaned_data["outcome"], **act
        )

    return _with_other(
        request,
        her,
        form,
        keep,
        title=_("Whom she asked"),
        headline=_("Whom %(name)s asked") % {"name": her.name},
        label=_("Whom she asked"),
        where="#done",
    )


@organizers
@once_only
def did(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = NewYes(request.POST or None)

    def keep(other: UUID | None, act: dict[str, Any]) -> object:
        occasion = occasion_of(UUID(form.cleaned_data["occasion"]))
        return writes.record_bare_yes(occasion=occasion, person=her.pk, carried_by=other, **act)

    return _with_other(
        request,
        her,
        form,
        keep,
        title=_("What she did"),
        headline=_("What %(name)s did") % {"name": her.name},
        label=_("Who carried the sheet (leave empty if nobody knows)"),
        lede=_("For a line on a sheet: paper shows only who said yes, so it never counts as an ask."),
        optional=True,
        where="#done",
    )


@organizers
@once_only
def assess(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = NewAssessment(request.POST or None, initial={"on": localdate(), "basis": "observed"})
    back = reverse("people:person", args=[her.pk])
    if request.method == "POST" and form.is_valid():
        writes.assess(person=her.pk, **form.cleaned_data, by=request.account.pk, at=now())
        return redirect(back + "#stance")
    return ask(
        request,
        form,
        title=_("Where she stands"),
        headline=_("Where %(name)s stands") % {"name": her.name},
        lede=_("Judged anew each time. What she said and what she did are kept apart."),
        keep=_("Write it down"),
        back=back,
    )


@organizers
@once_only
def quick(request: ScopedRequest) -> HttpResponse:
    """Somebody names somebody, both found or added as one types."""
    country = country_of_place()
    first = Picker(request, request.scope, country, name="first", label=_("Who was asked"))
    second = Picker(request, request.scope, country, name="second", label=_("Whom she named"))
    form = NewNomination(request.POST or None)
    if request.method == "POST" and form.is_valid() and first.is_settled() and second.is_settled():
        at, by = now(), request.account.pk
        one, other = first.person(by=by, at=at), second.person(by=by, at=at)
        assert one is not None and other is not None
        try:
            writes.name_somebody(nominator=one, nominee=other, **form.cleaned_data, by=by, at=at)
        except writes.KnownAlready:
            second.error = _("We knew that already; a second time it would not count.")
        except writes.WithHerself:
            second.error = _("That is she herself. Choose somebody else.")
        else:
            messages.success(request, _("Written down. Who did she name besides?"))
            name = people_within(request.scope).filter(pk=one).values_list("name", flat=True).first()
            kept = {"first": str(one), "first_text": name or "", "question": form.cleaned_data["question"]}
            return redirect(reverse("people:quick", query=kept if name else {}))
    elif request.method != "POST":
        form.initial = {"question": request.GET.get("question", "faces")}
    return ask(
        request,
        form,
        headline=_("Who names whom?"),
        lede=_("Ask what happens, not who leads: whose face do people look at when the boss changes something?"),
        keep=_("Write it down"),
        back=reverse("people:home"),
        pickers=(first, second),
    )
