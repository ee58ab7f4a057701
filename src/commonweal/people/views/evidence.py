"""Writing down what was seen, correcting and withdrawing it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.people.forms.evidence import NewAsk, NewAssessment, NewNomination, NewTie, NewYes
from commonweal.people.forms.fields import PlainForm
from commonweal.people.forms.picking import Picker
from commonweal.people.models import Ask, Assessment, Nomination, Person, Tie
from commonweal.people.models.evidence import Sourced
from commonweal.people.reads.occasions import occasion_of
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import people_within, writable_person
from commonweal.people.views.asking import Other, ask
from commonweal.people.views.undoing import row_about
from commonweal.people.writes import evidence as writes

Keep = Callable[[UUID | None, dict[str, Any]], object]


def _with_other(
    request: ScopedRequest,
    her: Person,
    form: PlainForm,
    keep: Keep,
    *,
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
    return ask(request, form, headline=headline, lede=lede, keep=_("Write it down"), back=back, pickers=(picker,))


@organizers
@once_only
def add_tie(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    form = NewTie(request.POST or None)

    def keep(other: UUID | None, act: dict[str, Any]) -> object:
        typed = form.cleaned_data
        assert other is not None  # the picker is not optional
        return writes.add_tie(
            person=her.pk,
            other=other,
            kind=typed["kind"],
            strength=float(typed["strength"]),
            since=typed["since"],
            **act,
        )

    return _with_other(
        request,
        her,
        form,
        keep,
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


@organizers
@once_only
def correct(request: ScopedRequest, person: UUID, kind: str, row: UUID) -> HttpResponse:
    her, found = _row(request, person, kind, row)
    form = _form_for(found, request)
    back = reverse("people:person", args=[her.pk])
    others = (Other(_("It was never so: withdraw it"), reverse("people:withdraw", args=[her.pk, kind, row]), "bad"),)
    if form is not None and request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        if "occasion" in changes:
            changes["occasion"] = occasion_of(UUID(changes["occasion"]))
        if "strength" in changes:
            changes["strength"] = float(changes["strength"])
        try:
            writes.correct(found, by=request.account.pk, at=now(), **changes)
        except writes.ReplacedMeanwhile:
            messages.warning(request, _("Somebody else corrected this since. Look at what stands there now."))
        return redirect(back)
    return ask(
        request,
        form,
        headline=_("What is right?"),
        lede=_("Nothing is overwritten: the correction takes the place of the old row, which stays in the history."),
        keep=_("Correct it") if form else "",
        back=back,
        others=others,
    )


@organizers
@require_POST
@once_only
def withdraw(request: ScopedRequest, person: UUID, kind: str, row: UUID) -> HttpResponse:
    her, found = _row(request, person, kind, row)
    try:
        new = writes.withdraw(found, by=request.account.pk, at=now())
    except writes.ReplacedMeanwhile:
        messages.warning(request, _("Somebody else corrected this since. Look at what stands there now."))
        return redirect("people:person", her.pk)
    return redirect(reverse("people:person", args=[her.pk], query={"undo": f"{kind}:{new.pk}"}))


@organizers
@require_POST
@once_only
def bring_back(request: ScopedRequest, person: UUID, kind: str, row: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    found = row_about(kind, row, her)
    if found is None or not found.withdrawn:
        raise Http404
    try:
        writes.bring_back(found, by=request.account.pk, at=now())
    except writes.ReplacedMeanwhile:
        messages.warning(request, _("Somebody else corrected this since. Look at what stands there now."))
    return redirect("people:person", her.pk)


def _row(request: ScopedRequest, person: UUID, kind: str, row: UUID) -> tuple[Person, Sourced]:
    """A row that holds now, about a person whom she may write. Others' rows answer as not found."""
    her = writable_person(request.scope, person)
    found = row_about(kind, row, her)
    if found is None or found.withdrawn or (found.replaced_by is not None and request.method != "POST"):
        raise Http404
    return her, found


def _form_for(row: Sourced, request: ScopedRequest) -> PlainForm | None:
    """The form that corrects a row; None where it can only be withdrawn."""
    sent = request.POST or None
    if isinstance(row, Tie):
        nearest = min(("0.25", "0.5", "1.0"), key=lambda step: abs(float(step) - row.strength))
        return NewTie(sent, initial={"kind": row.kind, "strength": nearest, "since": row.since})
    if isinstance(row, Nomination):
        return NewNomination(sent, initial={"question": row.question, "on": row.on})
    if isinstance(row, Ask):
        return NewAsk(sent, initial={"occasion": str(row.occasion_id), "outcome": row.outcome})
    if isinstance(row, Assessment):
        initial = {"stance": row.stance, "basis": row.basis, "reason": row.reason, "on": row.on}
        return NewAssessment(sent, initial=initial)
    return None
