"""Pages of what crosses rooms: a test is closed, its holes are worked, the lines of its sheets are settled."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import NotYours
from commonweal.common.sent import ids_in
from commonweal.journeys import closed_test, petition_line
from commonweal.journeys.work_the_holes import call_for_conversations
from commonweal.listening.reads.calls import called_for
from commonweal.people.forms.fields import PlainForm
from commonweal.people.forms.picking import Picker
from commonweal.people.reads.organization import country_of_place
from commonweal.people.views.asking import Other, ask
from commonweal.structure_tests.reads.holes import holes_of
from commonweal.structure_tests.reads.outcomes import outcomes_of
from commonweal.structure_tests.reads.results import waiting_signatures
from commonweal.structure_tests.reads.roll import covers_roll
from commonweal.structure_tests.reads.signatures import line_of, lines_of, numbers_of
from commonweal.structure_tests.reads.tests import test_of
from commonweal.structure_tests.rules.holes import Call
from commonweal.structure_tests.views.no_words import back_to_test
from commonweal.structure_tests.words import LineState
from commonweal.structure_tests.writes.refusals import NotNow
from commonweal.structure_tests.writes.signatures import NotOpenYet

MOST_LINES, LONGEST_NAME = 60, 160
NUMBERED = re.compile(r"^\s*(\d{1,3})\s*[.):\t]\s*(.*)$")
WAITING = (LineState.DISPUTED, LineState.WAITING)


class SheetForm(PlainForm):
    """The lines of one sheet, a name a line."""

    sheet = forms.IntegerField(label=gettext_lazy("Number of the sheet"), min_value=1, max_value=99999)
    names = forms.CharField(
        label=gettext_lazy("Names, one a line"),
        help_text=gettext_lazy(
            "In the order of the paper; leave a line empty where the paper is. “7. Joy Aquino” is line 7."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
        max_length=12000,
    )

    def clean_names(self) -> list[tuple[int, str]]:
        """The names with the number of each one's line."""
        lines: list[tuple[int, str]] = []
        number = 0
        for text in self.cleaned_data["names"].splitlines():
            numbered = NUMBERED.match(text)
            number = int(numbered[1]) if numbered else number + 1
            name = " ".join((numbered[2] if numbered else text).split())
            if len(name) > LONGEST_NAME:
                raise forms.ValidationError(_("Line %(line)s is too long for a name.") % {"line": number})
            if name:
                lines.append((number, name))
        if len({number for number, _name in lines}) != len(lines):
            raise forms.ValidationError(_("Two lines have the same number."))
        if not lines:
            raise forms.ValidationError(_("Type at least one name."))
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %(most)s lines at once.") % {"most": MOST_LINES})
        return lines


@organizers
@once_only
def signatures(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    form = SheetForm(request.POST or None, initial={"sheet": request.GET.get("sheet", "")})
    carrier = Picker(request, request.scope, country_of_place(), label=_("Who carried it"), optional=True)
    if request.method == "POST" and form.is_valid() and carrier.is_settled():
        at, by = now(), request.account.pk
        try:
            kept = petition_line.read_sheet(
                test=here,
                sheet=form.cleaned_data["sheet"],
                lines=form.cleaned_data["names"],
                carried_by=carrier.person(by=by, at=at),
                by=by,
                at=at,
            )
        except NotOpenYet:
            form.add_error(None, _("This test has not opened; nobody can have signed."))
        else:
            messages.success(request, _said(kept))
            return redirect("journeys:signatures", test=here.pk)
    context: dict[str, Any] = {
        "test": here,
        "form": form,
        "pickers": [carrier],
        "numbers": numbers_of(request.scope, here),
        "waiting": lines_of(request.scope, here, WAITING),
        "settled": lines_of(request.scope, here, (LineState.SETTLED, LineState.NOBODY)),
    }
    return render(request, "journeys/signatures.html", context)


@organizers
@once_only
def signature(request: ScopedRequest, test: UUID, line: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    row = line_of(request.scope, here, line)
    picker = Picker(request, request.scope, country_of_place(), label=_("Whose line it is"), text=str(row.written))
    if request.method == "POST" and picker.is_settled():
        at, by = now(), request.account.pk
        person = picker.person(by=by, at=at)
        petition_line.say_who_signed(test=here, row=row, person=person, by=by, at=at)
        return redirect("journeys:signatures", test=here.pk)
    place = {"sheet": row.sheet, "line": row.line}
    readings = [str(text) for text in (row.written, row.other_reading) if text]
    return ask(
        request,
        forms.Form(request.POST or None),
        title=_("Whose line is it?"),
        headline=_("Whose is line %(line)s of sheet %(sheet)s?") % place,
        lede=_("It was read as: %(readings)s") % {"readings": _(" or ").join(f"“{text}”" for text in readings)},
        keep=_("It is hers"),
        back=reverse("journeys:signatures", args=[here.pk]),
        pickers=(picker,),
        others=(Other(_("Nobody on the list"), reverse("journeys:nobody_signed", args=[here.pk, row.pk])),),
    )


@organizers
@once_only
def nobody_signed(request: ScopedRequest, test: UUID, line: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    row = line_of(request.scope, here, line)
    if request.method == "POST":
        petition_line.say_who_signed(test=here, row=row, person=None, by=request.account.pk, at=now())
    return redirect("journeys:signatures", test=here.pk)


@organizers
@once_only
def close_test(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if not covers_roll(request.scope, here):
        raise NotYours
    if request.method == "POST":
        try:
            closed_test.close(test=here, by=request.account.pk, at=now())
        except NotNow as refused:
            return back_to_test(request, here, refused)
        return redirect("structure_tests:result", test=here.pk)
    outcomes = outcomes_of(request.scope, here)
    context = {
        "test": here,
        "tally": outcomes.tally,
        "contested": len(outcomes.contested),
        "waiting": waiting_signatures(here),
    }
    return render(request, "journeys/close.html", context)


@organizers
@once_only
def work_the_holes(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if request.method == "POST":
        chosen = set(ids_in(request.POST.getlist("person")))
        mine = request.account.pk
        number = call_for_conversations(test=here, scope=request.scope, chosen=chosen, account=mine, by=mine, at=now())
        said = ngettext("%(number)s conversation called for.", "%(number)s conversations called for.", number)
        messages.success(request, said % {"number": counted(number)})
        return redirect("listening:today")
    holes = holes_of(request.scope, here)
    people = [one.id for hole in holes for one in hole.people]
    context = {
        "test": here,
        "rows": [(hole, *_in_words(hole.why)) for hole in holes],
        "number": len(people),
        "known": called_for(people, here.occasion_id),
    }
    return render(request, "journeys/holes.html", context)


def _in_words(why: Call) -> tuple[str, str]:
    """What a kind of hole is called, and why it calls for a conversation."""
    return {
        Call.DOES_NOT_DELIVER: (
            _("Leaders who agree and do not deliver"),
            _("Their people were asked and did not come. Does she ask? Does anybody follow her?"),
        ),
        Call.ASKS_NOBODY: (
            _("Leaders who asked nobody"),
            _("Find out what held her back; perhaps she never agreed."),
        ),
        Call.OTHERS_BRING: (
            _("Leaders whose people came with somebody else"),
            _("Whom do they follow really? Ask them, and ask her."),
        ),
        Call.SAID_YES: (
            _("They said yes and did not come"),
            _("Not to reproach: to hear what was in the way, and to find something smaller."),
        ),
        Call.NOT_ASKED: (
            _("Nobody asked them, though they walk with a leader"),
            _("In units under the threshold. An ask that was forgotten is the cheapest one to make."),
        ),
        Call.DID_NOT_COME: (
            _("They were asked and did not come"),
            _("In units under the threshold. Start with what she cares about, not with what she missed."),
        ),
        Call.NO_LEADER: (
            _("They walk with no one"),
            _("In units under the threshold: those whom most others name. Ask them whom people go to."),
        ),
    }[why]


def _said(kept: petition_line.Kept) -> str:
    parts = []
    if kept.settled:
        said = ngettext("%(number)s line settled.", "%(number)s lines settled.", len(kept.settled))
        parts.append(said % {"number": counted(len(kept.settled))})
    if kept.waiting:
        said = ngettext(
            "%(number)s line waits for you to say who it is.",
            "%(number)s lines wait for you to say who it is.",
            len(kept.waiting),
        )
        parts.append(said % {"number": counted(len(kept.waiting))})
    if kept.disputed:
        said = ngettext(
            "%(number)s line was read differently by somebody else.",
            "%(number)s lines were read differently by somebody else.",
            len(kept.disputed),
        )
        parts.append(said % {"number": counted(len(kept.disputed))})
    return " ".join(parts)
