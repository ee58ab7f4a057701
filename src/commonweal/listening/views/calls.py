"""A conversation that was called for, and is settled by a press or taken up again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.once import once_only
from commonweal.listening.reads.calls import call_within
from commonweal.listening.writes.calls import reopen_call, settle_call


@organizers_and_leaders
@require_POST
@once_only
def call(request: ScopedRequest, call: UUID) -> HttpResponse:
    row, by = call_within(request.scope, request.account, call), request.account.pk
    if request.POST.get("act") == "undo":
        reopen_call(call=row, by=by, at=now())
        request.session.pop("call", None)
    else:
        settle_call(call=row, by=by, at=now())
        request.session["call"] = str(row.pk)
    return redirect("listening:today")


def offered_undo_of_call(request: ScopedRequest) -> dict[str, str] | None:
    """The call that was settled last in this session, which the page offers to take up again."""
    found = request.session.get("call")
    return {"call": found, "said": _("Settled. Nobody is asked to talk about it any more.")} if found else None
