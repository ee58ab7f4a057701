"""On which days something is due for an account, and whose a calendar address is."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from commonweal.accounts.models import Account
from commonweal.accounts.reads import scope_of
from commonweal.listening.models import CalendarFeed, Conversation, Promise
from commonweal.listening.words import PromiseState
from commonweal.people.models import Occasion
from commonweal.people.reads.people import inside

BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def open_feed(fingerprint: str) -> CalendarFeed | None:
    """The feed of that fingerprint while it stands and its account does."""
    rows = CalendarFeed.objects.filter(fingerprint=fingerprint, revoked_at=None, account__is_active=True)
    return rows.select_related("account").first()


def feed_of(account: UUID) -> CalendarFeed | None:
    """The calendar address of an account."""
    return CalendarFeed.objects.filter(account=account, revoked_at=None).order_by("-made_at").first()


def days_due(account: Account, today: date) -> Mapping[date, int]:
    """How many things are due on each day: promises this account sees to, talks it wanted to have again, and
    occasions of campaigns. Only what concerns people inside its scope counts."""
    scope = scope_of(account)
    if scope.sees_nobody and not scope.may_write:
        return {}
    first, last = today - BACK, today + AHEAD
    due = Promise.objects.filter(
        inside(scope, "person"), account=account.pk, state=PromiseState.OPEN, due__range=(first, last)
    )
    again = Conversation.objects.filter(inside(scope, "person"), account=account.pk, next_on__range=(first, last))
    coming = Occasion.objects.filter(campaign__isnull=False, on__range=(today, last))
    days = Counter(due.values_list("due", flat=True))
    days.update(day for day in again.values_list("next_on", flat=True) if day is not None)
    days.update(coming.values_list("on", flat=True))
    return days
