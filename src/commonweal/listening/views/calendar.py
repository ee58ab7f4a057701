"""Reminders for somebody's own calendar: neutral, without names or words, from an address that can be revoked."""

import hashlib
import secrets
from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from commonweal.accounts.views.doorway import network
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.lock import is_locked
from commonweal.common.once import once_only
from commonweal.common.sealed import keyring
from commonweal.listening.reads.calendar import days_due, feed_of, open_feed
from commonweal.listening.rules.calendar import Reminder, Visits, calendar_text, number_of_day
from commonweal.listening.writes.calendar import fingerprint_of, make_feed, note_fetched, revoke_feed

BOUND_TO = "session:calendar-address"
visits = Visits(most=120, within=timedelta(hours=1))


@organizers_and_leaders
@once_only
def calendar(request: ScopedRequest) -> HttpResponse:
    """The page that makes and revokes the address; it is shown once, since only its fingerprint is kept."""
    if request.method == "POST":
        if request.POST.get("act") == "revoke":
            revoke_feed(account=request.account.pk, at=now())
            request.session.pop("calendar", None)
        else:
            token = secrets.token_urlsafe(32)
            make_feed(account=request.account.pk, token=token, at=now())
            request.session["calendar"] = keyring().seal(token, BOUND_TO).hex()
        return redirect("listening:calendar")
    sealed, feed = request.session.get("calendar", ""), feed_of(request.account.pk)
    token = keyring().open(bytes.fromhex(sealed), BOUND_TO) if sealed else ""
    shown = token if feed is not None and token and fingerprint_of(token) == feed.fingerprint else ""
    address = request.build_absolute_uri(reverse("listening:feed", args=[shown])) if shown else ""
    return render(request, "listening/calendar.html", {"feed": feed, "address": address})


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The reminders. Unknown, revoked, ended and locked answer alike."""
    at = now()
    if not visits.allows(network(request), at):
        return HttpResponse(status=429, headers={"Retry-After": "3600"})
    found = None if is_locked() else open_feed(fingerprint_of(token))
    if found is None or request.method not in ("GET", "HEAD"):
        return HttpResponse(status=404, content_type="text/plain")
    today, account = localdate(at), found.account
    with override(account.language or None):
        reminders = [
            Reminder(on, title_of(count), number_of_day(found.fingerprint, on))
            for on, count in sorted(days_due(account, today).items())
        ]
        text = calendar_text(reminders, name=_("Reminders"), stamp=datetime.combine(today, time.min, UTC))
    note_fetched(feed=found, today=today)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def title_of(count: int) -> str:
    """What a day is called: how many things are due, and nothing of what they are."""
    return ngettext("Reminder", "%(number)s reminders", count) % {"number": count}
