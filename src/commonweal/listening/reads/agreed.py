"""Talks that were agreed on for a day, within a scope."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from commonweal.common.doors import SignedIn
from commonweal.common.scope import Scope
from commonweal.listening.models import Conversation
from commonweal.listening.permissions import seen_to_by
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside

BACK = timedelta(days=92)
"""After so long nobody waits for that talk any more."""
SHOWN = 12


@dataclass(frozen=True)
class Agreed:
    """A talk that was agreed on; `late` counts the days since."""

    conversation: Conversation
    person: Glance
    late: int


def agreed_talks(scope: Scope, account: SignedIn, today: date) -> QuerySet[Conversation]:
    """The talks after which this account wanted to talk again on a day, and nobody has since, that day first."""
    since = Conversation.objects.filter(
        person=OuterRef("person"), on__gte=OuterRef("on"), entered_at__gt=OuterRef("entered_at")
    )
    rows = Conversation.objects.filter(seen_to_by(account), inside(scope, "person"), next_on__gte=today - BACK)
    return rows.filter(~Exists(since)).order_by("next_on", "entered_at")


def talks_due(scope: Scope, account: SignedIn, today: date) -> list[Agreed]:
    """Those of these that are due by today, one line a person."""
    rows = agreed_talks(scope, account, today).filter(next_on__lte=today)
    found = {row.person_id: row for row in rows.only("person_id", "on", "next_on")[: SHOWN * 2]}
    seen = glances(scope, list(found)[:SHOWN])
    return [
        Agreed(row, seen[person], (today - row.next_on).days)
        for person, row in found.items()
        if person in seen and row.next_on is not None
    ]
