"""Occasions, and what was seen of those who were asked, typed in by hand."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.people.forms.evidence import NewAsk
from commonweal.people.forms.picking import Picker
from commonweal.people.forms.places import OccasionForm
from commonweal.people.models import Campaign
from commonweal.people.reads.occasions import answers_on, occasion_of, turnouts
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import people_within
from commonweal.people.views.asking import Other, ask
from commonweal.people.writes import evidence
from commonweal.people.writes import occasions as writes
from commonweal.people.writes.units import NameTaken, NotEmpty


@organizers
def occasions(request: ScopedRequest) -> HttpResponse:
    return render(request, "people/occasions.html", {"turnouts": turnouts(request.scope)})


@organizers
def occasion(request: ScopedRequest, occasion: UUID) -> HttpResponse:
    here = occasion_of(occasion)
    asks, yeses = answers_on(request.scope, here)
    turnout = turnouts(request.scope, here.pk)[0]
    context = {"occasion": here, "asks": asks, "yeses": yeses, "turnout": turnout}
    return render(request, "people/occasion.html", context)


@organizers
@once_only
def add(request: ScopedRequest) -> HttpResponse:
    form = OccasionForm(request.POST or None, initial={"on": localdate(), "campaign": _latest_campaign()})
    if request.method == "POST" and form.is_valid():
        try:
            made = writes.add_occasion(**_typed(form), by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another occasion is called so."))
        else:
            return redirect("people:occasion", made.pk)
    return ask(
        request,
        form,
        headline=_("Something people are asked to do together"),
        lede=_("A petition, a button day, a march on the boss: mild ones first, each a little harder."),
        keep=_("Add"),
        back=reverse("people:occasions"),
    )


@organizers
@once_only
def edit(request: ScopedRequest, occasion: UUID) -> HttpResponse:
    here = occasion_of(occasion)
    initial = {"name": here.name, "kind": here.kind, "on": here.on, "campaign": str(here.campaign_id or "")}
    form = OccasionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            writes.change_occasion(occasion=here, **_typed(form), by=request.account.pk, at=now())
        except NameTaken:
            form.add_error("name", _("Another occasion is called so."))
        else:
            return redirect("people:occasion", here.pk)
    return ask(
        request,
        form,
        title=_("Change the occasion"),
        headline=str(initial["name"]),
        keep=_("Keep"),
        back=reverse("people:occasion", args=[here.pk]),
        others=(Other(_("Remove it"), reverse("people:remove_occasion", args=[here.pk]), "bad"),),
    )


@organizers
@require_POST
@once_only
def remove(request: ScopedRequest, occasion: UUID) -> HttpResponse:
    here = occasion_of(occasion)
    try:
        writes.remove_occasion(occasion=here, by=request.account.pk, at=now())
    except NotEmpty as full:
        said = ngettext(
            "Not removed: one row of what was seen belongs to it.",
            "Not removed: %(number)s rows of what was seen belong to it.",
            full.people,
        )
        messages.warning(request, said % {"number": counted(full.people)})
        return redirect("people:occasion", here.pk)
    return redirect("people:occasions")


@organizers
@once_only
def add_ask(request: ScopedRequest, occasion: UUID) -> HttpResponse:
    here, country = occasion_of(occasion), country_of_place()
    asker = Picker(request, request.scope, country, name="first", label=_("Who asked"), optional=True)
    asked = Picker(request, request.scope, country, name="second", label=_("Whom"))
    form = NewAsk(request.POST or None, initial={"outcome": "did"})
    del form.fields["occasion"]
    if request.method == "POST" and form.is_valid() and asker.is_settled() and asked.is_settled():
        at, by = now(), request.account.pk
        one, other = asker.person(by=by, at=at), asked.person(by=by, at=at)
        assert other is not None  # that picker is not optional
        try:
            evidence.record_ask(
                occasion=here, asker=one, asked=other, outcome=form.cleaned_data["outcome"], by=by, at=at
            )
        except evidence.KnownAlready:
            asked.error = _("We knew that already; a second time it would not count.")
        except evidence.WithHerself:
            asked.error = _("That is she herself. Choose somebody else.")
        else:
            messages.success(request, _("Written down. Whom else?"))
            name = people_within(request.scope).filter(pk=one).values_list("name", flat=True).first() if one else ""
            kept = {"first": str(one), "first_text": name} if name else {}
            return redirect(reverse("people:occasion_ask", args=[here.pk], query=kept))
    return ask(
        request,
        form,
        title=_("Who asked whom"),
        headline=_("Who asked whom to %(occasion)s?") % {"occasion": here.name},
        lede=_("Write down the noes too: without them nobody can tell who moves people."),
        keep=_("Write it down"),
        back=reverse("people:occasion", args=[here.pk]),
        pickers=(asker, asked),
    )


@organizers
@once_only
def add_yes(request: ScopedRequest, occasion: UUID) -> HttpResponse:
    here, country = occasion_of(occasion), country_of_place()
    carrier = Picker(request, request.scope, country, name="first", label=_("Who carried the sheet"), optional=True)
    who = Picker(request, request.scope, country, name="second", label=_("Who is on it"))
    if request.method == "POST" and carrier.is_settled() and who.is_settled():
        at, by = now(), request.account.pk
        one, other = carrier.person(by=by, at=at), who.person(by=by, at=at)
        assert other is not None
        try:
            evidence.record_bare_yes(occasion=here, person=other, carried_by=one, by=by, at=at)
        except evidence.KnownAlready:
            who.error = _("We knew that already; a second time it would not count.")
        else:
            messages.success(request, _("Written down. Who else?"))
            name = people_within(request.scope).filter(pk=one).values_list("name", flat=True).first() if one else ""
            kept = {"first": str(one), "first_text": name} if name else {}
            return redirect(reverse("people:occasion_yes", args=[here.pk], query=kept))
    return ask(
        request,
        forms.Form(request.POST or None),
        title=_("Who is on the sheet"),
        headline=_("Who is on the sheet of %(occasion)s?") % {"occasion": here.name},
        lede=_("Paper shows only who said yes, so it never counts as an ask."),
        keep=_("Write it down"),
        back=reverse("people:occasion", args=[here.pk]),
        pickers=(carrier, who),
    )


def _typed(form: OccasionForm) -> dict[str, Any]:
    typed = dict(form.cleaned_data)
    typed["campaign"] = Campaign.objects.filter(pk=typed["campaign"]).first() if typed["campaign"] else None
    return typed


def _latest_campaign() -> str:
    return str(Campaign.objects.filter(state="open").values_list("pk", flat=True).first() or "")
