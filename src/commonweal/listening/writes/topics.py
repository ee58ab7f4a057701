"""What the organization calls the matters that people bring up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.listening.models import Issue, Topic


@dataclass(frozen=True)
class TopicThere(Refusal):
    """Another topic is called so already: the two can be joined."""

    topic: UUID
    name: str


@transaction.atomic
def rename_topic(*, topic: Topic, name: str, by: UUID, at: datetime) -> None:
    """Calls a topic otherwise. Raises TopicThere."""
    other = Topic.objects.filter(name__iexact=name).exclude(pk=topic.pk).first()
    if other is not None:
        raise TopicThere(other.pk, other.name)
    if topic.name != name:
        Topic.objects.filter(pk=topic.pk).update(name=name)
        record("renamed_topic", by=by, at=at, facts={"topic": str(topic.pk)})


@transaction.atomic
def join_topics(*, topic: Topic, into: Topic, by: UUID, at: datetime) -> int:
    """Everything said of the first topic counts under the second; how many issues that were. The first is gone."""
    if topic.pk == into.pk:
        return 0
    moved = Issue.objects.filter(topic=topic).update(topic=into)
    Topic.objects.filter(pk=topic.pk).delete()
    record("joined_topics", by=by, at=at, facts={"topic": str(topic.pk), "into": str(into.pk), "issues": moved})
    return moved
