"""On which days something is due for an account, and whose a calendar address is."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from commonweal.accounts.models import Account
from commonweal.accounts.reads import scope_of
from commonweal.listening.models import CalendarFeed, Draft, Promise
from commonweal.listening.reads.agreed import agreed_talks
from commonweal.listening.rules.drafts import TOLD, goes_on
from commonweal.listening.words import PromiseState
from commonweal.people.models import Occasion
from commonweal.people.reads.people import inside

AHEAD = timedelta(days=366)


def open_feed(fingerprint: str) -> CalendarFeed | None:
    """The feed of that fingerprint while it stands and its account does."""
    rows = CalendarFeed.objects.filter(fingerprint=fingerprint, revoked_at=None, account__is_active=True)
    return rows.select_related("account").first()


def feed_of(account: UUID) -> CalendarFeed | None:
    """The calendar address of an account."""
    return CalendarFeed.objects.filter(account=account, revoked_at=None).order_by("-made_at").first()


def days_due(account: Account, today: date) -> Mapping[date, int]:
    """How many things are due on each day: promises this account sees to, talks it wanted to have again, drafts that are
    about to be deleted, and occasions of campaigns. What is overdue is due today. Only what concerns people inside its scope counts."""
    scope = scope_of(account)
    if scope.sees_nobody and not scope.may_write:
        return {}
    last = today + AHEAD
    due = Promise.objects.filter(inside(scope, "person"), account=account.pk, state=PromiseState.OPEN, due__lte=last)
    again = agreed_talks(scope, account, today).filter(account=account.pk, next_on__lte=last)
    coming = Occasion.objects.filter(campaign__isnull=False, on__range=(today, last))
    asked = [*due.values_list("due", flat=True), *again.values_list("next_on", flat=True)]
    days = Counter(max(today, day) for day in asked if day is not None)
    days.update(last_days(account.pk, today))
    days.update(coming.values_list("on", flat=True))
    return days


def last_days(account: UUID, today: date) -> list[date]:
    """The days, from today, on which this account should see to its drafts before they are gone: a week before."""
    begun = Draft.objects.filter(account=account).values_list("changed_at", flat=True)
    return [max(today, goes_on(localdate(at)) - TOLD) for at in begun]
