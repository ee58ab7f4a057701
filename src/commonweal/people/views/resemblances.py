"""Records that may be one person: side by side, merged, taken apart, or remembered as two."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common import work
from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, administrators, organizers
from commonweal.common.languages import spoken
from commonweal.common.once import once_only
from commonweal.people.forms.picking import Picker
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import writable_person
from commonweal.people.reads.resemblances import Beside, beside, merge_within, open_pairs, pair_of, pairs_shown
from commonweal.people.views.asking import ask
from commonweal.people.views.likeness import reasons_in_words
from commonweal.people.writes import merging as writes
from commonweal.people.writes.changes import ChangedMeanwhile
from commonweal.people.writes.resemblance import put_aside

LOOKING = "commonweal.people.writes.resemblance.look_for"


@organizers
def pairs(request: ScopedRequest) -> HttpResponse:
    rows = [(row, one, other, reasons_in_words(row.reasons)) for row, one, other in pairs_shown(request.scope)]
    context = {"rows": rows, "count": open_pairs(request.scope).count(), "work": work.latest(LOOKING, None)}
    return render(request, "people/resemblances.html", context)


@administrators
@require_POST
@once_only
def look(request: ScopedRequest) -> HttpResponse:
    work.ask_for(LOOKING, subject=None, by=request.account.pk, at=now())
    return redirect("people:resemblances")


@organizers
def pair(request: ScopedRequest, first: UUID, second: UUID) -> HttpResponse:
    return _show(request, *beside(request.scope, first, second, country=country_of_place()))


@organizers
@require_POST
@once_only
def merge_them(request: ScopedRequest, first: UUID, second: UUID) -> HttpResponse:
    one, other = beside(request.scope, first, second, country=country_of_place())
    kept, taken_in = one.person, other.person
    values = _values(request, one, other)
    sent = tuple(int(text) if text.isdigit() else -1 for text in (request.POST.get(f"version_{n}", "") for n in "12"))
    try:
        made = writes.merge(
            kept=kept,
            taken_in=taken_in,
            versions=(sent[0], sent[1]),
            values=values,
            by=request.account.pk,
            at=now(),
        )
    except ChangedMeanwhile:
        return _show(request, *beside(request.scope, first, second, country=country_of_place()), conflict=True)
    return redirect("people:merged", made.pk)


@organizers
@require_POST
@once_only
def not_the_same(request: ScopedRequest, first: UUID, second: UUID) -> HttpResponse:
    one, other = beside(request.scope, first, second, country=country_of_place())
    put_aside(first=one.person.pk, second=other.person.pk, by=request.account.pk, at=now())
    messages.success(request, _("Remembered: they are two people. They will not be proposed again."))
    return redirect("people:resemblances")


@organizers
def merged(request: ScopedRequest, merge: UUID) -> HttpResponse:
    return render(request, "people/merged.html", {"merge": merge_within(request.scope, merge)})


@organizers
@require_POST
@once_only
def undo(request: ScopedRequest, merge: UUID) -> HttpResponse:
    found = merge_within(request.scope, merge)
    try:
        undone = writes.undo_merge(merge=found, by=request.account.pk, at=now())
    except writes.NotUndoable:
        messages.warning(request, _("Not undone: the record was merged again or forgotten since."))
        return redirect("people:person", found.kept_id)
    said = _("They are two records again.")
    if undone.kept:
        number = sum(Counter(undone.kept).values())
        left = ngettext(
            "One thing that somebody changed since stayed as it is.",
            "%(number)s things that somebody changed since stayed as they are.",
            number,
        )
        said = f"{said} {left % {'number': counted(number)}}"
    messages.success(request, said)
    return redirect("people:person", found.kept_id)


@organizers
def same_as(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = writable_person(request.scope, person)
    picker = Picker(request, request.scope, country_of_place(), label=_("The other record"), near=her.pk)
    picker.may_add = False
    if request.method == "POST" and picker.is_settled():
        return redirect("people:pair", her.pk, UUID(picker.chosen))
    return ask(
        request,
        None,
        title=_("Twice on the list?"),
        headline=_("Is %(name)s on the list twice?") % {"name": her.name},
        lede=_("Choose the other record; you see both side by side before anything happens."),
        keep=_("Put them side by side"),
        back=reverse("people:person", args=[her.pk]),
        pickers=(picker,),
    )


def _show(request: ScopedRequest, one: Beside, other: Beside, *, conflict: bool = False) -> HttpResponse:
    found = pair_of(one.person.pk, other.person.pk)
    context = {
        "one": one,
        "other": other,
        "fields": [row for row in _fields(one, other) if row["differ"]],
        "reasons": reasons_in_words(found.reasons) if found else [],
        "decided": found.state if found else "",
        "conflict": conflict,
    }
    return render(request, "people/pair.html", context)


def _fields(one: Beside, other: Beside) -> list[dict[str, Any]]:
    """The fields of two records side by side, with their words."""
    words = {
        "name": _("Called"),
        "given_name": _("Given name"),
        "family_name": _("Family name"),
        "languages": _("Languages"),
        "born_on": _("Born on"),
        "outside_number": _("Number on another list"),
        "note": _("Note"),
    }
    rows = []
    for name, label in words.items():
        left, right = getattr(one.person, name), getattr(other.person, name)
        shown = [spoken(value) if isinstance(value, list) else value for value in (left, right)]
        chosen = "second" if not left and right else "both" if name == "note" and left and right else "first"
        rows.append(
            {
                "name": name,
                "label": label,
                "left": shown[0],
                "right": shown[1],
                "differ": left != right,
                "chosen": chosen,
            }
        )
    return rows


def _values(request: ScopedRequest, one: Beside, other: Beside) -> dict[str, Any]:
    """The value of each field as it was chosen; notes may be kept both."""
    values: dict[str, Any] = {}
    for row in _fields(one, other):
        name = row["name"]
        choice = request.POST.get(f"choose_{name}", row["chosen"])
        left, right = getattr(one.person, name), getattr(other.person, name)
        if name == "note" and choice == "both":
            values[name] = "\n\n".join(part for part in (left, right) if part)
        else:
            values[name] = right if choice == "second" else left
    return values
