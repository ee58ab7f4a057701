"""What people are angry or worried about: by topic, unit and month, and in their own words for those who may read them.

People are counted, not mentions. Who stands outside the reader's scope is counted together with all others outside it,
and not at all where they are fewer than five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from commonweal.common.doors import SignedIn
from commonweal.common.rows import as_id, rows_of
from commonweal.common.scope import NOBODY, Scope
from commonweal.ledger.reads import while_nobody_acts
from commonweal.listening.models import Conversation, Issue, Topic
from commonweal.listening.permissions import reads_words
from commonweal.listening.reads.next_talks.inside import inside_of
from commonweal.people.models import Unit
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside, is_small, placed_inside
from commonweal.people.reads.units import with_subtrees
from commonweal.people.rules.names import folded

FEWEST_ELSEWHERE = 5
MONTHS = 12
WORDS_SHOWN = 20
OWN_LOOKED_AT = 200
PERSON = "conversation__person"


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
    rows = Issue.objects.filter(inside_of(scope).condition(PERSON), on__gte=first_month(today), on__lte=today)
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
    """How many people brought what up; six queries at most."""
    return while_nobody_acts(("issue_counts", scope, sieve, today), lambda: _counts(scope, sieve, today))


def _counts(scope: Scope, sieve: Sieve, today: date) -> Counts:
    """Counted here from plain rows, so that the database goes through them once."""
    names: dict[UUID | None, str] = dict(Topic.objects.values_list("pk", "name"))
    topics: dict[UUID | None, set[Any]] = defaultdict(set)
    by_unit: dict[UUID | None, dict[UUID | None, set[Any]]] = defaultdict(lambda: defaultdict(set))
    months: dict[str, dict[UUID | None, set[Any]]] = {str(month)[:7]: defaultdict(set) for month in _months(today)}
    topic_of, unit_of = _ids(None), _ids(scope)
    rows = issues_within(scope, sieve, today).order_by()
    for person, raw_topic, raw_unit, on in rows_of(
        rows.values_list("conversation__person_id", "topic_id", "unit_id", "on")
    ):
        topic = topic_of(raw_topic)
        topics[topic].add(person)
        by_unit[unit_of(raw_unit)][topic].add(person)
        months[str(on)[:7]][topic].add(person)
    elsewhere = _elsewhere(scope, sieve, today, {topic: len(people) for topic, people in topics.items()})
    called: dict[UUID | None, str] = dict(
        Unit.objects.filter(pk__in=[unit for unit in by_unit if unit]).values_list("pk", "name")
    )

    def counted(found: dict[UUID | None, set[Any]], more: dict[UUID | None, int]) -> list[TopicCount]:
        all_of = [
            TopicCount(one, names.get(one, ""), len(found.get(one, ())), more.get(one)) for one in {*found, *more}
        ]
        return sorted(all_of, key=lambda one: (-one.people, one.name == "", one.name))

    units = [
        UnitCount(unit, called.get(unit, ""), len(set().union(*found.values())), counted(found, {}))
        for unit, found in by_unit.items()
    ]
    return Counts(
        people=len(set().union(*topics.values())),
        topics=counted(topics, elsewhere),
        units=sorted(units, key=lambda one: (-one.people, one.name)),
        months=[
            (month, {topic: len(people) for topic, people in months[str(month)[:7]].items()})
            for month in _months(today)
        ],
    )


def _ids(scope: Scope | None) -> Callable[[Any], UUID | None]:
    """From what the database sends to an id, each made once; units outside the scope become None."""
    made: dict[Any, UUID | None] = {None: None}

    def of(raw: Any) -> UUID | None:
        if raw not in made:
            one = as_id(raw)
            made[raw] = one if scope is None or scope.covers_unit(one) else None
        return made[raw]

    return of


def _months(today: date) -> list[date]:
    first = first_month(today)
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(MONTHS)]


def _elsewhere(scope: Scope, sieve: Sieve, today: date, here: dict[UUID | None, int]) -> dict[UUID | None, int]:
    """By topic, how many people outside the scope brought it up, where they are five or more."""
    if scope.everything or sieve.unit is not None:
        return {}
    only = Sieve(topic=sieve.topic, letters=sieve.letters)
    everywhere = while_nobody_acts(("issues_everywhere", only, today), lambda: _everywhere(only, today))
    others = {topic: number - here.get(topic, 0) for topic, number in everywhere.items()}
    return {topic: number for topic, number in others.items() if number >= FEWEST_ELSEWHERE}


def _everywhere(sieve: Sieve, today: date) -> dict[UUID | None, int]:
    """By topic, how many people of the whole place brought it up."""
    rows = Issue.objects.filter(topic__isnull=False, on__gte=first_month(today), on__lte=today)
    rows = _sifted(rows, NOBODY, sieve).order_by()
    people: dict[UUID | None, set[Any]] = defaultdict(set)
    topic_of = _ids(None)
    for person, topic in rows_of(rows.values_list("conversation__person_id", "topic_id").distinct()):
        people[topic_of(topic)].add(person)
    return {topic: len(found) for topic, found in people.items()}


def latest_words(scope: Scope, account: SignedIn, sieve: Sieve, today: date, *, most: int = WORDS_SHOWN) -> list[Said]:
    """The latest issues inside the scope, opened for whoever may read them; five queries."""
    rows = _sifted(Issue.objects.filter(on__gte=first_month(today), on__lte=today), scope, sieve)
    rows = rows.filter(placed_inside(scope, PERSON) if is_small(scope) else inside(scope, PERSON))
    if not reads_words(account, None):  # an administrator reads what she heard herself
        held = Conversation.objects.filter(account=account.pk).order_by("-on").values_list("pk", flat=True)
        rows = rows.filter(conversation__in=list(held[:OWN_LOOKED_AT]))
    rows = rows.select_related("topic", "conversation").order_by("-on", "pk")
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
