"""Counts whom each page shows; whoever has seen very many in an hour waits before she sees more."""

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.accounts.reads.accounts import names_of
from commonweal.accounts.reads.looking import Shown, alarms, alarms_for, people_among, shown_lately
from commonweal.accounts.views.scope import DoorRequest
from commonweal.accounts.views.you import account_on
from commonweal.accounts.writes.looking import answer_alarms, is_many, keep_looks
from commonweal.common.clock import now
from commonweal.common.doors import administrators
from commonweal.common.once import once_only

PAUSE = timedelta(seconds=20)
"""Between two pages with somebody new on them, for whoever has seen very many."""
HER_PAGE = ("person", "first", "second")
NAMED = re.compile(
    rb'(?:/people/|type="(?:radio|checkbox)"[^>]{0,80}value=")([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
)
"""How a page names a person: by a link to her, or by a box to choose her."""
log = logging.getLogger(__name__)


class CountedLooks:
    """Reads off every page whom it shows, whichever room made it, and counts it after the answer has gone out.

    Whoever has seen more than is usual goes on working: what she sends is taken, and whom she has seen in this hour
    she sees again. Only somebody new comes no oftener than every twenty seconds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: DoorRequest) -> HttpResponse:
        response = self.get_response(request)
        account = request.account
        if account is None or response.status_code != 200 or response.streaming or hasattr(request, "told_to_wait"):
            return response
        named = {UUID(one.decode()) for one in NAMED.findall(response.content)} | set(getattr(request, "named", ()))
        opened = opened_by(request)
        if not named and not opened:
            return response
        at = now()
        seen = seen_by(request, at)
        listed = request.method == "GET" and not opened
        if listed and must_wait(seen, at) and people_among(seen.not_named(named)):
            return wait_page(request, seen)
        count = partial(count_quietly, account.pk, at, named | opened, opened, seen)
        response._resource_closers.append(count)  # type: ignore[attr-defined]
        return response

    def process_view(self, request: DoorRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """A record is not opened, nor said to have been, while she must wait for it."""
        if request.account is None or request.method != "GET" or not opened_by(request):
            return None
        at = now()
        seen = seen_by(request, at)
        if must_wait(seen, at) and seen.not_opened(opened_by(request)):
            return wait_page(request, seen)
        return None


def opened_by(request: HttpRequest) -> set[UUID]:
    """Whose page the address names."""
    named = request.resolver_match.kwargs if request.resolver_match else {}
    return {named[one] for one in HER_PAGE if isinstance(named.get(one), UUID)}


def seen_by(request: DoorRequest, at: datetime) -> Shown:
    """What the hour before showed her; asked once in a request."""
    if not hasattr(request, "shown_lately"):
        request.shown_lately = shown_lately(request.account.pk, at)  # type: ignore[attr-defined]
    seen: Shown = request.shown_lately  # type: ignore[attr-defined]
    return seen


def must_wait(seen: Shown, at: datetime) -> bool:
    return is_many(seen) and seen.latest_at is not None and timedelta() <= at - seen.latest_at < PAUSE


def wait_page(request: HttpRequest, seen: Shown) -> HttpResponse:
    """A page that says why, and leads on by itself."""
    request.told_to_wait = True  # type: ignore[attr-defined]
    context = {"names": seen.names, "records": seen.records, "seconds": int(PAUSE.total_seconds())}
    answer = render(request, "accounts/slower.html", context, status=429)
    answer["Retry-After"] = answer["Refresh"] = str(int(PAUSE.total_seconds()))
    return answer


def count_quietly(account: UUID, at: datetime, named: set[UUID], opened: set[UUID], seen: Shown) -> None:
    """What a page showed is counted; a database that is busy or full must not spoil an answer that has gone out."""
    try:
        people = people_among(seen.not_named(named))
        keep_looks(by=account, at=at, named=people, opened=opened, seen=seen)
    except DatabaseError as trouble:
        log.warning("What a page showed was not counted: %s", type(trouble).__name__)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def many(request: DoorRequest) -> HttpResponse:
    """Who looked at very many people, for the administrators."""
    at, account = now(), account_on(request)
    if request.method == "POST":
        if answer_alarms(account, by=account.pk, at=at):
            messages.success(request, _("Written down that you have seen it."))
        return redirect("accounts:many")
    found, waiting = alarms(at), {one.number for one in alarms_for(account, at)}
    names = names_of(one.actor for one in found if one.actor)
    rows = [{"entry": one, "who": names.get(one.actor, ""), "waits": one.number in waiting} for one in found]  # type: ignore[arg-type]
    return render(request, "accounts/many.html", {"rows": rows, "waiting": len(waiting)})
