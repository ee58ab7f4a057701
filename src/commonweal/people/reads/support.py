"""Where people stand by what they said and by what they did, each with its evidence and the day it expires."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from commonweal.people.models import Ask, Assessment, BareYes, Organization
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.histories import actor_names
from commonweal.people.rules.support import PUBLIC_KINDS, Observed, Stated, Support, Window
from commonweal.people.words import AssessmentBasis, Outcome

Acts = dict[UUID, dict[UUID, tuple[str, date]]]


def window_of_place(today: date) -> Window:
    """For how long the organization lets an act or a word count."""
    weeks = Organization.objects.values_list("support_weeks", flat=True).first()
    return Window(today, 26 if weeks is None else weeks)


def support_of(people: Collection[UUID], today: date, window: Window | None = None) -> dict[UUID, Support]:
    """Stated and observed support of each of these people; six queries however many they are."""
    ids, window = list(people), window or window_of_place(today)
    stated, observed = stated_of(ids, window), observed_of(ids, window)
    return {one: Support(stated.get(one), observed[one]) for one in ids}


def said_until(window: Window) -> QuerySet[Assessment]:
    """What people said of where they stand, the latest last; also what has expired."""
    rows = standing(Assessment).filter(basis=AssessmentBasis.STATED, on__lte=window.today)
    return rows.order_by("on", "entered_at")


def said_lately(window: Window) -> QuerySet[Assessment]:
    """What people said of where they stand and what counts still, the latest last."""
    return said_until(window).filter(on__gte=window.begins)


def in_public(window: Window) -> dict[str, Any]:
    """The condition on asks and yeses that their occasion was a public act within the window."""
    return {f"occasion__{name}": value for name, value in public_acts(window).items()}


def public_acts(window: Window) -> dict[str, Any]:
    """The same condition on occasions."""
    return {"kind__in": PUBLIC_KINDS, "on__gte": window.begins, "on__lte": window.today}


def stated_of(people: Collection[UUID], window: Window) -> dict[UUID, Stated]:
    """What each person last said of where she stands, also when it has expired; two queries."""
    latest = {row.person_id: row for row in said_until(window).filter(person__in=people)}
    names = actor_names(row.entered_by for row in latest.values())
    return {
        person: Stated(
            row.stance,
            row.on,
            names.get(row.entered_by, "") if row.entered_by else "",
            str(row.reason),
            window.ends(row.on),
            not window.holds(row.on),
        )
        for person, row in latest.items()
    }


def observed_of(people: Collection[UUID], window: Window) -> dict[UUID, Observed]:
    """What each person was seen to do in public within the window; three queries."""
    days = in_public(window)
    acts: Acts = defaultdict(dict)
    missed: dict[UUID, set[UUID]] = defaultdict(set)
    brought: dict[UUID, set[UUID]] = defaultdict(set)
    latest: dict[UUID, date] = {}

    def seen(person: UUID, occasion: UUID, name: str, on: date) -> None:
        acts[person][occasion] = (name, on)
        latest[person] = max(on, latest.get(person, on))

    columns = ("occasion_id", "occasion__name", "occasion__on")
    asks = standing(Ask).filter(asked__in=people, **days).order_by()
    for person, outcome, occasion, name, on in asks.values_list("asked_id", "outcome", *columns):
        if outcome == Outcome.DID:
            seen(person, occasion, name, on)
        elif outcome == Outcome.DID_NOT:
            missed[person].add(occasion)
    yeses: Any = standing(BareYes).filter(person__in=people, **days).order_by()
    for person, occasion, name, on in yeses.values_list("person_id", *columns):
        seen(person, occasion, name, on)
    came = standing(Ask).filter(asker__in=people, outcome=Outcome.DID, **days).order_by()
    for person, other, on in came.values_list("asker_id", "asked_id", "occasion__on"):
        brought[person].add(other)
        latest[person] = max(on, latest.get(person, on))
    return {
        one: Observed(
            support="brings" if brought[one] else "acted" if acts[one] else "",
            acts=tuple(sorted(acts[one].values(), key=lambda act: act[1], reverse=True)),
            brought=len(brought[one]),
            missed=len(missed[one] - set(acts[one])),
            expires=window.ends(latest[one]) if one in latest else None,
        )
        for one in people
    }
