"""What the employer did, and whom it moved."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import NotYours
from commonweal.common.sent import id_in
from commonweal.listening.forms.moves import MoveForm
from commonweal.listening.models import EmployerMove
from commonweal.listening.reads.moves import move_within, moves_within, seen_move
from commonweal.listening.rules.moves import Moved
from commonweal.listening.writes.moves import remove_move, write_move
from commonweal.people.reads.units import unit_choices
from commonweal.people.views.asking import ask

SHOWN = 100


@organizers
def moves(request: ScopedRequest) -> HttpResponse:
    return render(request, "listening/moves.html", {"moves": list(moves_within(request.scope)[:SHOWN])})


@organizers
@once_only
def add_move(request: ScopedRequest) -> HttpResponse:
    at = now()
    today = localdate(at)
    form = MoveForm(
        request.POST or None,
        units=unit_choices(request.scope),
        everywhere=request.scope.everything,
        today=today,
        initial={"on": today, "kind": "job_loss"},
    )
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data
        made = write_move(
            on=kept["on"],
            kind=kept["kind"],
            what=kept["what"],
            unit=id_in(kept["unit"]),
            by=request.account.pk,
            at=at,
        )
        return redirect("listening:move", made.pk)
    return ask(
        request,
        form,
        headline=_("What did the employer do?"),
        lede=_("With its day one can see afterwards whom it moved, and whether those who were made ready stood."),
        keep=_("Keep it"),
        back=reverse("listening:moves"),
    )


@organizers
@once_only
def move(request: ScopedRequest, move: UUID) -> HttpResponse:
    """One move and what it did. A POST takes it out again."""
    found = move_within(request.scope, move)
    may_remove = may_take_out(request, found)
    if request.method == "POST":
        if not may_remove:
            raise NotYours
        remove_move(move=found, by=request.account.pk, at=now())
        messages.success(request, _("Taken out."))
        return redirect("listening:moves")
    seen = seen_move(request.scope, found, localdate(now()))
    context = {
        "seen": seen,
        "groups": [
            (_("Made ready for it"), _said(seen.effect.ready)),
            (_("Not made ready for it"), _said(seen.effect.unready)),
        ],
        "news": _news(seen.effect.ready, seen.effect.unready),
        "may_remove": may_remove,
        "removing": "remove" in request.GET,
    }
    return render(request, "listening/move.html", context)


def may_take_out(request: ScopedRequest, found: EmployerMove) -> bool:
    """Whoever wrote it down may, and administrators."""
    return found.entered_by == request.account.pk or request.account.may_administer


def _news(ready: Moved, unready: Moved) -> str:
    left, heard = ready.left + unready.left, ready.heard + unready.heard
    if not ready.yes + unready.yes:
        return _("Nobody had said yes before it")
    if not heard:
        return _("Nobody who had said yes was heard since")
    if not left:
        return _("All who were heard since still say yes")
    return ngettext("One who had said yes no longer does", "%(number)s who had said yes no longer do", left) % {
        "number": counted(left)
    }


def _said(group: Moved) -> str:
    facts = {"yes": counted(group.yes), "heard": counted(group.heard), "left": counted(group.left)}
    if not group.yes:
        return _("Nobody of them had said yes before.")
    if not group.heard:
        return _("%(yes)s had said yes before; nobody of them was heard since.") % facts
    return _("%(yes)s had said yes before; of %(heard)s who were heard since, %(left)s no longer do.") % facts
