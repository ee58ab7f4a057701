"""What people are angry or worried about: by topic, unit and month, and in their own words for those who may read them.

People are counted, not mentions. Who stands outside the reader's scope is counted together with all others outside it,
and not at all where they are fewer than five.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from commonweal.common.doors import SignedIn
from commonweal.common.scope import Scope
from commonweal.ledger.reads import while_nobody_acts
from commonweal.listening.models import Issue, Topic
from commonweal.listening.permissions import reads_words
from commonweal.people.models import Unit
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import placed_inside
from commonweal.people.reads.units import with_subtrees
from commonweal.people.rules.names import folded

FEWEST_ELSEWHERE = 5
MONTHS = 12
WORDS_SHOWN = 20


@dataclass(frozen=True)
class Sieve:
    """What is counted: in a unit and below it, of one topic, of topics whose name holds some letters."""

    unit: UUID | None = None
    topic: UUID | None = None
    letters: str = ""


@dataclass(frozen=True)
class TopicCount:
    """So many people brought a topic up; `elsewhere` outside the scope, None where that is withheld."""

    topic: UUID | None
    name: str
    people: int
    elsewhere: int | None = None


@dataclass(frozen=True)
class UnitCount:
    """Of a unit: how many people brought anything up, and the topics, the most frequent first."""

    unit: UUID | None
    name: str
    people: int
    topics: list[TopicCount] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """What was brought up in the last months: in all, by unit, and by month (first days, the oldest first)."""

    people: int
    topics: list[TopicCount]
    units: list[UnitCount]
    months: list[tuple[date, dict[UUID | None, int]]]


@dataclass(frozen=True)
class Said:
    """An issue: who brought it up and when; its words where the reader may read them."""

    issue: Issue
    person: Glance
    words: str | None


def first_month(today: date) -> date:
    """The first day of the first month that is counted."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def issues_within(scope: Scope, sieve: Sieve, today: date) -> QuerySet[Issue]:
    """The issues of people inside the scope, of the last months, that fit."""
    rows = Issue.objects.filter(placed_inside(scope, "conversation__person"), on__gte=first_month(today), on__lte=today)
    return _sifted(rows, scope, sieve)


def _sifted(rows: QuerySet[Issue], scope: Scope, sieve: Sieve) -> QuerySet[Issue]:
    if sieve.unit is not None:
        rows = rows.filter(unit__in=[one for one in with_subtrees([sieve.unit]) if scope.covers_unit(one)])
    if sieve.topic is not None:
        rows = rows.filter(topic=sieve.topic)
    if sieve.letters:
        rows = rows.filter(topic__in=topics_like(sieve.letters))
    return rows


def topics_like(letters: str) -> list[UUID]:
    """The topics whose name holds these letters, whatever their accents."""
    wanted = folded(letters)
    return [pk for pk, name in Topic.objects.values_list("pk", "name") if wanted in folded(name)]


def issue_counts(scope: Scope, sieve: Sieve, today: date) -> Counts:
    """How many people brought what up; seven queries at most."""
    return while_nobody_acts(("issue_counts", scope, sieve, today), lambda: _counts(scope, sieve, today))


def _counts(scope: Scope, sieve: Sieve, today: date) -> Counts:
    rows = issues_within(scope, sieve, today).order_by()
    people = Count("conversation__person", distinct=True)
    names: dict[UUID | None, str] = dict(Topic.objects.values_list("pk", "name"))
    topics: dict[UUID | None, int] = dict(rows.values_list("topic").annotate(people=people))
    elsewhere: dict[UUID | None, int] = _elsewhere(scope, sieve, today)
    by_unit: dict[UUID | None, list[TopicCount]] = defaultdict(list)
    for unit, topic, number in rows.values_list("unit", "topic").annotate(people=people):
        by_unit[_seen_unit(scope, unit)].append(TopicCount(topic, names.get(topic, ""), number))
    months: dict[date, dict[UUID | None, int]] = {month: {} for month in _months(today)}
    for month, topic, number in (
        rows.annotate(month=TruncMonth("on")).values_list("month", "topic").annotate(people=people)
    ):
        months[month][topic] = number
    heard: dict[UUID | None, int] = defaultdict(int)
    for unit, number in rows.values_list("unit").annotate(people=people):
        heard[_seen_unit(scope, unit)] += number
    called: dict[UUID | None, str] = dict(
        Unit.objects.filter(pk__in=[unit for unit in by_unit if unit]).values_list("pk", "name")
    )
    return Counts(
        people=rows.aggregate(people=people)["people"],
        topics=_ordered(
            TopicCount(topic, names.get(topic, ""), topics.get(topic, 0), elsewhere.get(topic))
            for topic in {*topics, *elsewhere}
        ),
        units=sorted(
            (UnitCount(unit, called.get(unit, ""), heard[unit], _ordered(found)) for unit, found in by_unit.items()),
            key=lambda one: (-one.people, one.name),
        ),
        months=sorted(months.items()),
    )


def _seen_unit(scope: Scope, unit: UUID | None) -> UUID | None:
    return unit if unit is not None and scope.covers_unit(unit) else None


def _ordered(topics: object) -> list[TopicCount]:
    return sorted(topics, key=lambda one: (-one.people, one.name == "", one.name))  # type: ignore[call-overload]


def _months(today: date) -> list[date]:
    first = first_month(today)
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(MONTHS)]


def _elsewhere(scope: Scope, sieve: Sieve, today: date) -> dict[UUID | None, int]:
    """By topic, how many people outside the scope brought it up, where they are five or more."""
    if scope.everything or sieve.unit is not None:
        return {}
    rows = Issue.objects.filter(~placed_inside(scope, "conversation__person"), topic__isnull=False)
    rows = rows.filter(on__gte=first_month(today), on__lte=today)
    rows = _sifted(rows, scope, Sieve(topic=sieve.topic, letters=sieve.letters)).order_by()
    counted = rows.values_list("topic").annotate(people=Count("conversation__person", distinct=True))
    return dict(counted.filter(people__gte=FEWEST_ELSEWHERE))


def latest_words(scope: Scope, account: SignedIn, sieve: Sieve, today: date, *, most: int = WORDS_SHOWN) -> list[Said]:
    """The latest issues inside the scope, opened for whoever may read them; five queries."""
    rows = issues_within(scope, sieve, today).select_related("topic", "conversation").order_by("-on", "pk")
    held = Q(conversation__account=account.pk)
    if not reads_words(account, None):  # an administrator reads what she heard herself
        rows = rows.filter(held)
    found = list(
        rows.defer(
            *(f"conversation__{name}" for name in ("opened", "cause", "hope", "asked_for", "said", "objections"))
        )[:most]
    )
    seen = glances(scope, (row.conversation.person_id for row in found))
    return [
        Said(
            row,
            seen[row.conversation.person_id],
            str(row.said) if reads_words(account, row.conversation.account_id) else None,
        )
        for row in found
        if row.conversation.person_id in seen
    ]


def all_topics() -> list[tuple[Topic, int]]:
    """Every topic by name with the number of its issues; two queries."""
    numbers = dict(
        Issue.objects.filter(topic__isnull=False).order_by().values_list("topic").annotate(number=Count("pk"))
    )
    return [(topic, numbers.get(topic.pk, 0)) for topic in Topic.objects.all()]
