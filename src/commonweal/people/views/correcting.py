"""Correcting, withdrawing and bringing back what was written down; nothing is ever overwritten."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.sent import id_in
from commonweal.people.forms.evidence import NewAsk, NewAssessment, NewNomination, NewTie
from commonweal.people.forms.fields import PlainForm
from commonweal.people.forms.picking import Picker
from commonweal.people.models import Ask, Assessment, Nomination, Person, Tie
from commonweal.people.models.evidence import Sourced
from commonweal.people.reads.glances import glances
from commonweal.people.reads.occasions import occasion_of
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import writable_person
from commonweal.people.views.asking import Other, ask, says_now
from commonweal.people.views.sentences import source_in_words
from commonweal.people.views.undoing import ENDS, row_about
from commonweal.people.writes import evidence as writes


@organizers
@once_only
def correct(request: ScopedRequest, person: UUID, kind: str, row: UUID) -> HttpResponse:
    """A correction of the row as its writer saw it; who was overtaken sees both and writes again or lets it be."""
    her, found = _row(request, person, kind, row)
    holds = _holding(found)
    form, picker = _form_for(holds, request, her), _picker(request, her, holds, kind)
    seen, conflict = id_in(request.POST.get("seen")) or row, None
    if request.method == "POST" and (form is None or form.is_valid()) and (picker is None or picker.is_settled()):
        if seen != holds.pk:
            conflict = _("it was withdrawn") if holds.withdrawn else says_now(form, form.initial) if form else "–"
        else:
            by, at = request.account.pk, now()
            other = picker.person(by=by, at=at) if picker else None
            writes.correct(holds, **_changes(form, her, holds, kind, other), by=by, at=at)
            return redirect("people:person", her.pk)
    withdraw = Other(_("It was never so: withdraw it"), reverse("people:withdraw", args=[her.pk, kind, row]), "bad")
    return ask(
        request,
        form,
        title=_("Correct what is written"),
        headline=_what_is_right(request, her, holds, kind),
        lede=_("Nothing is overwritten: the correction takes the place of the old row, which stays in the history.")
        + " "
        + _how_we_know(holds),
        keep=_("Correct it") if form or picker else "",
        back=reverse("people:person", args=[her.pk]),
        pickers=(picker,) if picker else (),
        others=(withdraw,),
        seen=holds.pk,
        conflict=conflict,
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
    """A row about a person whom she may write, which holds now or held when the form was opened. Others' rows
    answer as not found."""
    her = writable_person(request.scope, person)
    found = row_about(kind, row, her)
    if found is None or found.withdrawn or (found.replaced_by is not None and request.method != "POST"):
        raise Http404
    return her, found


def _holding(row: Sourced) -> Sourced:
    """The row of the same source that nothing replaced."""
    if row.replaced_by is None:
        return row
    found: Sourced = type(row)._default_manager.get(source=row.source, replaced_by=None)
    return found


def _other_end(kind: str, row: Sourced, her: Person) -> str:
    """The column of the other person in a row; nothing where there is none."""
    ends = ENDS[kind]
    if len(ends) < 2:
        return ""
    return ends[1] if getattr(row, ends[0]) == her.pk else ends[0]


def _what_is_right(request: ScopedRequest, her: Person, row: Sourced, kind: str) -> str:
    """The headline, with the other person in the row where the reader sees her."""
    end = _other_end(kind, row, her)
    other = getattr(row, end) if end else None
    seen = glances(request.scope, [other]) if other else {}
    if other in seen:
        return _("What is right about %(name)s and %(other)s?") % {"name": her.name, "other": seen[other].name}
    return _("What is right about %(name)s?") % {"name": her.name}


def _picker(request: ScopedRequest, her: Person, row: Sourced, kind: str) -> Picker | None:
    """Asks for the other person, for a row that names the wrong one."""
    if not _other_end(kind, row, her):
        return None
    labels = {
        "tie": _("If it is somebody else whom she knows"),
        "nomination": _("If it was somebody else"),
        "ask": _("If it was somebody else who asked, or was asked"),
        "yes": _("If somebody else carried the sheet"),
    }
    return Picker(request, request.scope, country_of_place(), label=labels[kind], near=her.pk, optional=True)


def _changes(form: PlainForm | None, her: Person, row: Sourced, kind: str, other: UUID | None) -> dict[str, Any]:
    """What the new row says differently."""
    changes = dict(form.cleaned_data) if form else {}
    if "occasion" in changes:
        changes["occasion"] = occasion_of(UUID(changes["occasion"]))
    if "strength" in changes:
        changes["strength"] = float(changes["strength"])
    end = _other_end(kind, row, her)
    if other is not None:
        changes[end] = other
    if changes.pop("turned", False) != _is_turned(row, her) and isinstance(row, Tie):
        changes["person_id"], changes["other_id"] = (
            changes.get("other_id", row.other_id),
            changes.get("person_id", row.person_id),
        )
    return changes


def _is_turned(row: Sourced, her: Person) -> bool:
    return isinstance(row, Tie) and row.person_id != her.pk


def _form_for(row: Sourced, request: ScopedRequest, her: Person) -> PlainForm | None:
    """The form that corrects a row; None where only its other person can be wrong."""
    sent = request.POST or None
    if isinstance(row, Tie):
        nearest = min(("0.25", "0.5", "1.0"), key=lambda step: abs(float(step) - row.strength))
        first = {"kind": row.kind, "strength": nearest, "since": row.since, "until": row.until}
        return NewTie(sent, initial=first | {"turned": _is_turned(row, her)})
    if isinstance(row, Nomination):
        return NewNomination(sent, initial={"question": row.question, "on": row.on})
    if isinstance(row, Ask):
        return NewAsk(sent, initial={"occasion": str(row.occasion_id), "outcome": row.outcome})
    if isinstance(row, Assessment):
        judged = {"stance": row.stance, "basis": row.basis, "reason": row.reason, "on": row.on}
        return NewAssessment(sent, initial=judged)
    return None


def _how_we_know(row: Sourced) -> str:
    """Where a row comes from and when it was entered."""
    day = date_format(localtime(row.entered_at), "SHORT_DATE_FORMAT")
    return _("How we know: %(source)s, %(day)s.") % {"source": source_in_words(row.source), "day": day}
