"""Conversations and drafts, within a scope."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from commonweal.common.doors import SignedIn
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.listening.models import Conversation, Draft
from commonweal.listening.permissions import known_to, may_hold, reads_words
from commonweal.listening.reads.merged import standing_records
from commonweal.listening.rules.drafts import goes_on, goes_soon
from commonweal.people.models import Person
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import people_within, person_within


@dataclass(frozen=True)
class Line:
    """A conversation in a list: who held it, and whether the reader may see its words."""

    conversation: Conversation
    who: str
    own: bool
    words: bool


@dataclass(frozen=True)
class Begun:
    """A conversation that somebody began to write down, and with whom; `goes` is the day on which it will be gone, once
    that is near."""

    draft: Draft
    person: Glance
    goes: date | None = None


def person_to_talk_with(account: SignedIn, scope: Scope, person: UUID) -> Person:
    """Somebody with whom this account may hold a conversation. Raises NotYours."""
    found = person_within(scope, person)
    if not may_hold(account, found.pk):
        raise NotYours
    return found


def conversations_with(scope: Scope, account: SignedIn, person: UUID, *, most: int = 100) -> list[Line]:
    """The conversations with somebody inside the scope, the latest first; a leader's are her own alone. One query."""
    rows = known_to(account, Conversation.objects.filter(person=person)).order_by("-on", "-entered_at")
    rows = rows.select_related("account").defer("opened", "cause", "hope", "asked_for", "objections")
    return [
        Line(
            row,
            row.account.name if row.account else "",
            row.account_id == account.pk,
            reads_words(account, row.account_id),
        )
        for row in rows[:most]
    ]


def conversation_within(scope: Scope, account: SignedIn, conversation: UUID) -> Conversation:
    """One conversation whose person is inside the scope, and a leader's own alone. Raises NotYours."""
    rows = Conversation.objects.filter(pk=conversation, person__in=people_within(scope))
    found = known_to(account, rows).select_related("person", "occasion", "account").first()
    if found is None:
        raise NotYours
    return found


def draft_within(scope: Scope, account: SignedIn, draft: UUID) -> Draft:
    """A draft of this account, with somebody whom she still sees; where her record was taken into another since, the
    draft is about that one. Raises NotYours."""
    found = Draft.objects.filter(pk=draft, account=account.pk).first()
    if found is None:
        raise NotYours
    found.person = person_to_talk_with(account, scope, standing_records([found.person_id])[found.person_id])
    return found


def drafts_of(scope: Scope, account: UUID, today: date) -> list[Begun]:
    """What this account began to write down and has not kept, the latest first; four queries."""
    rows = list(Draft.objects.filter(account=account).order_by("-changed_at").defer("typed")[:20])
    now = standing_records(row.person_id for row in rows)
    seen = glances(scope, now.values())
    return [
        Begun(row, seen[now[row.person_id]], _goes(localdate(row.changed_at), today))
        for row in rows
        if now[row.person_id] in seen
    ]


def _goes(last_word: date, today: date) -> date | None:
    return goes_on(last_word) if goes_soon(last_word, today) else None
