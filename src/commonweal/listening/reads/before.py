"""What we know of somebody before a conversation, and what we do not."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from commonweal.common.doors import SignedIn
from commonweal.common.scope import Scope
from commonweal.listening.models import CallFor, Issue, Promise
from commonweal.listening.permissions import known_to, reads_words
from commonweal.listening.reads.conversations import Line, conversations_with
from commonweal.listening.reads.promises import Owed
from commonweal.listening.rules.gaps import Known, gaps
from commonweal.listening.words import PromiseState
from commonweal.people.models import Occasion, Person
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.records import Record, record_of
from commonweal.people.reads.support import support_of
from commonweal.people.rules.support import Support

LATEST = 5


@dataclass(frozen=True)
class Before:
    """Her record as far as the reader sees it, and what to ask about. A leader sees neither who names her nor where
    others say she stands."""

    record: Record
    support: Support | None
    talks: list[Line]
    promises: list[Owed]
    calls: list[CallFor] = field(default_factory=list)
    test: Occasion | None = None
    issues: list[tuple[Issue, bool]] = field(default_factory=list)
    """What she brought up last, and whether the reader may read her words."""
    ask_about: tuple[str, ...] = ()


def before_talking(scope: Scope, account: SignedIn, person: Person, today: date) -> Before:
    """What to read before sitting down with her."""
    record = record_of(scope, person, country=country_of_place())
    support = support_of([person.pk], today)[person.pk] if account.may_organize else None
    talks = conversations_with(scope, account, person.pk, most=LATEST)
    promises = [
        Owed(row, record.glance, (today - row.due).days, reads_words(account, row.account_id))
        for row in open_promises_with(account, person.pk)
    ]
    test = coming_test(person.pk, today)
    stated = support.stated if support is not None and support.stated and not support.stated.expired else None
    known = Known(
        stance=stated.stance if stated else "",
        walks_not=support is not None and support.talks_does_not_walk,
        named=len({line.row.nominee_id for line in record.names_others}),
        belongs=sum(one.until is None for one in record.affiliations),
        languages=len(person.languages),
        placed=any(one.until is None for one in record.placements),
        talked_on=talks[0].conversation.on if talks else None,
        next_test_on=test.on if test else None,
        open_promises=len(promises),
    )
    calls = known_to(account, CallFor.objects.filter(person=person, held_at=None))
    calls = calls.select_related("occasion").order_by("at")
    issues = last_issues(talks)
    return Before(record, support, talks, promises, list(calls), test, issues, gaps(known, today))


def last_issues(talks: list[Line]) -> list[tuple[Issue, bool]]:
    """What she brought up last in these talks, and whether the reader may read it in her words; one query."""
    words = {line.conversation.pk: line.words for line in talks}
    rows = Issue.objects.filter(conversation__in=words).select_related("topic").order_by("-on", "pk")
    return [(row, words[row.conversation_id]) for row in rows[:LATEST]] if words else []


def open_promises_with(account: SignedIn, person: UUID) -> list[Promise]:
    """What is promised between her and us and not done yet; a leader sees what came of her own conversations."""
    rows = Promise.objects.filter(person=person, state=PromiseState.OPEN)
    return list(known_to(account, rows).order_by("due"))


def coming_test(person: UUID, today: date) -> Occasion | None:
    """The next occasion of a campaign to which she has not been seen to answer."""
    coming = Occasion.objects.filter(on__gte=today, campaign__isnull=False).exclude(asks__asked=person)
    return coming.order_by("on", "name").first()
