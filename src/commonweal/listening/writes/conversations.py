"""Keeping a conversation: what she said, whom she named, what was promised, where she stands; in one go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.common.refusals import Conflict
from commonweal.common.scope import Scope
from commonweal.ledger.writes import record
from commonweal.listening.models import CallFor, Conversation, Draft, Inoculation, Issue, NotNow, Topic
from commonweal.listening.reads.merged import standing_records
from commonweal.listening.rules.heard import Heard
from commonweal.listening.writes.drafts import DraftGone
from commonweal.listening.writes.mentions import keep_mentions, keep_stance, take_back_mentions
from commonweal.listening.writes.promises import keep_promises
from commonweal.people.reads.units import unit_of


@dataclass(frozen=True)
class CorrectedMeanwhile(Conflict):
    """Somebody corrected this conversation since this correction was begun."""

    conversation: UUID


@dataclass(frozen=True)
class Kept:
    """A kept conversation, and how many of the mentions in it were known already."""

    conversation: Conversation
    known: int = 0
    before: bool = False
    """It had been kept before, and nothing was changed now."""


@transaction.atomic
def keep_conversation(
    *,
    draft: UUID,
    heard: Heard,
    corrects: int,
    scope: Scope,
    by: UUID,
    at: datetime,
    settles: Collection[UUID] = (),
) -> Kept:
    """Makes a draft a conversation that has the draft's id, and everything that follows from it; exactly once.

    Somebody who was mentioned and is new comes onto the list. What the scope does not reach is left out.
    `corrects` is the version of the kept conversation which the draft corrects, 0 for a new one: then rows of
    evidence are replaced, never edited. Sent again after it was kept, it changes nothing and says so.
    `settles` are the calls for a conversation with her that this one was; others stay open, for those who were asked to
    hold them. Raises CorrectedMeanwhile, DraftGone.
    """
    row = Draft.objects.select_for_update().filter(pk=draft, account=by).first()
    there = Conversation.objects.select_for_update().filter(pk=draft).first()
    if row is None:
        if there is None or there.account_id != by:
            raise DraftGone
        return Kept(there, before=True)
    if there is not None and there.version != corrects:
        raise CorrectedMeanwhile(draft)
    her = standing_records([row.person_id])[row.person_id]
    conversation = there or Conversation(id=draft, person_id=her, account_id=by, entered_at=at, entered_by=by)
    conversation.version = corrects + 1
    _write(conversation, heard)
    conversation.save(force_insert=there is None)
    person = conversation.person_id
    _keep_issues(conversation, heard)
    Inoculation.objects.filter(conversation=conversation).delete()
    made = [
        Inoculation(conversation=conversation, ready_for=one.ready_for, rehearsed=one.rehearsed, how=one.how)
        for one in heard.ready
    ]
    Inoculation.objects.bulk_create(made)
    keep_promises(conversation=conversation, heard=heard, by=by, at=at)
    known = keep_mentions(conversation=conversation, heard=heard, scope=scope, by=by, at=at)
    keep_stance(conversation=conversation, stance=heard.stance, reason=heard.reason, by=by, at=at)
    CallFor.objects.filter(pk__in=settles, person=person, held_at=None).update(held_at=at)
    NotNow.objects.filter(person=person, account=by).delete()
    row.delete()
    record(
        "kept_conversation" if there is None else "corrected_conversation",
        by=by,
        at=at,
        subject_kind="person",
        subject=person,
        facts={"conversation": str(draft)},
    )
    return Kept(conversation, known)


@transaction.atomic
def remove_conversation(*, conversation: Conversation, by: UUID, at: datetime) -> None:
    """Takes a conversation out with its words and promises; what it said of others is withdrawn, not deleted."""
    take_back_mentions(conversation=conversation, by=by, at=at)
    person, key = conversation.person_id, conversation.pk
    Draft.objects.filter(pk=key).delete()
    conversation.delete()
    facts = {"conversation": str(key)}
    record("removed_conversation", by=by, at=at, subject_kind="person", subject=person, facts=facts)


def _write(conversation: Conversation, heard: Heard) -> None:
    conversation.on, conversation.where, conversation.minutes = heard.on, heard.where, heard.minutes
    conversation.opened, conversation.cause, conversation.hope = heard.opened, heard.cause, heard.hope
    conversation.occasion_id, conversation.asked_for = heard.occasion, heard.asked_for
    conversation.answer, conversation.said = heard.answer, heard.said
    conversation.objections, conversation.next_on = heard.objections, heard.next_on


def _keep_issues(conversation: Conversation, heard: Heard) -> None:
    """The issues as they are now; a correction keeps the unit in which she stood when she said them."""
    before = Issue.objects.filter(conversation=conversation)
    unit = before.values_list("unit", flat=True).first() or unit_of(conversation.person_id)
    before.delete()
    rows = []
    for one in heard.issues:
        topic = topic_called(one.topic) if one.topic else None
        rows.append(Issue(conversation=conversation, topic=topic, said=one.said, unit_id=unit, on=heard.on))
    Issue.objects.bulk_create(rows)


def topic_called(name: str) -> Topic:
    """The topic of that name, however it is spelled in capitals; made where there is none."""
    name = " ".join(name.split())[:80]
    return Topic.objects.filter(name__iexact=name).first() or Topic.objects.get_or_create(name=name)[0]
