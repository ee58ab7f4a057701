"""What was promised: all of it, and one press for done, not done, moved, or taken back."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.once import once_only
from commonweal.listening.models import Promise
from commonweal.listening.reads.promises import ended_lately, owed_by, promise_within
from commonweal.listening.words import PromiseState
from commonweal.listening.writes.promises import PromiseChangedMeanwhile, end_promise, move_promise, reopen_promise
from commonweal.people.forms.fields import DayField, PlainForm
from commonweal.people.views.asking import version_sent

ENDS = {"kept": PromiseState.KEPT, "not_kept": PromiseState.NOT_KEPT, "dropped": PromiseState.DROPPED}


class NewDay(PlainForm):
    """Another day for a promise."""

    due = DayField()


@organizers_and_leaders
def promises(request: ScopedRequest) -> HttpResponse:
    today = localdate(now())
    due = owed_by(request.scope, request.account, today)
    ended = ended_lately(request.scope, request.account, today)
    context = {"due": due, "ended": ended, "today": today, "undo": offered_undo(request), "back": "promises"}
    return render(request, "listening/promises.html", context)


@organizers_and_leaders
@require_POST
@once_only
def promise(request: ScopedRequest, promise: UUID) -> HttpResponse:
    """One press: done, not done, no longer needed, another day, or as it was before."""
    row, act = promise_within(request.scope, request.account, promise), request.POST.get("act", "")
    try:
        if act in ENDS:
            _end(request, row, act)
        elif act == "move":
            _move(request, row)
        elif act == "undo":
            _reopen(request, row)
    except PromiseChangedMeanwhile:
        messages.warning(request, _("Somebody changed this promise meanwhile. It stands as you see it now."))
    return redirect("listening:today" if request.POST.get("back") == "today" else "listening:promises")


def _end(request: ScopedRequest, row: Promise, act: str) -> None:
    version = version_sent(request)
    end_promise(promise=row, version=version, state=ENDS[act], by=request.account.pk, at=now())
    said = {
        "kept": _("Done. Thank you."),
        "not_kept": _("Written down as not kept."),
        "dropped": _("No longer needed."),
    }
    _offer(request, row, version + 1, said[act])


def _move(request: ScopedRequest, row: Promise) -> None:
    at, version = now(), version_sent(request)
    form = NewDay({"due": request.POST.get("due") or (localdate(at) + timedelta(days=7)).isoformat()})
    if not form.is_valid() or form.cleaned_data["due"] < localdate(at):
        messages.warning(request, _("Choose a day that is still to come."))
        return
    due = form.cleaned_data["due"]
    move_promise(promise=row, version=version, due=due, by=request.account.pk, at=at)
    _offer(request, row, version + 1, _("Moved to %(day)s.") % {"day": date_format(due, "DATE_FORMAT")})


def _reopen(request: ScopedRequest, row: Promise) -> None:
    undo = offered_undo(request)
    before = undo["due"] if undo and undo["promise"] == str(row.pk) else None
    due = DayField().clean(before) if before else None
    reopen_promise(promise=row, version=version_sent(request), due=due, by=request.account.pk, at=now())
    request.session.pop("promise", None)
    messages.success(request, _("As it was before."))


def _offer(request: ScopedRequest, row: Promise, version: int, said: str) -> None:
    """The next page offers to take the press back; `row` is the promise as it was before."""
    was = row.due.isoformat()
    request.session["promise"] = {"promise": str(row.pk), "version": version, "due": was, "said": said}


def offered_undo(request: ScopedRequest) -> dict[str, str] | None:
    found: dict[str, str] | None = request.session.get("promise")
    return found
