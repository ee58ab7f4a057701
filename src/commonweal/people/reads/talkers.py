"""Who says yes, and who of them does not walk: of many people at once, where `support` tells of each with evidence."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from commonweal.people.models import Ask, BareYes
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.support import in_public, said_lately
from commonweal.people.rules.support import SAYS_YES, Window
from commonweal.people.words import Outcome

People = Collection[UUID] | QuerySet[Any, Any]


def said_yes(people: People, window: Window) -> set[UUID]:
    """Those of the people who said last, and lately enough to count, that they act or bring others. One query."""
    latest = dict(said_lately(window).filter(person__in=people).values_list("person_id", "stance"))
    return {person for person, stance in latest.items() if stance in SAYS_YES}


def talking_without_walking(people: People, said: Collection[UUID], window: Window) -> set[UUID]:
    """Those of the people, among who `said` yes, who were asked to act in public and were not seen to, nor brought
    anybody: the same as `Support.talks_does_not_walk` of each. One query."""
    if not said:
        return set()
    days = in_public(window)
    asks = standing(Ask).filter(**days)
    missed = asks.filter(asked__in=people, outcome=Outcome.DID_NOT).order_by()
    came = asks.filter(asked=OuterRef("asked"), outcome=Outcome.DID)
    brought = asks.filter(asker=OuterRef("asked"), outcome=Outcome.DID)
    did = standing(BareYes).filter(person=OuterRef("asked"), **days)
    never = missed.filter(~Exists(came), ~Exists(brought), ~Exists(did))
    return set(never.values_list("asked_id", flat=True).distinct()) & set(said)
