"""The organization's own prompts and topics."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.ledger.writes import record
from commonweal.listening.models import Issue, Prompt, Topic
from commonweal.listening.rules.prompts import Said


@transaction.atomic
def write_prompts(*, step: str, language: str, said: Iterable[Said], by: UUID, at: datetime) -> None:
    """The prompts of a step in a language are these, in this order; none means ours again."""
    Prompt.objects.filter(step=step, language=language).delete()
    kept = {one.text: one for one in said if one.text}
    Prompt.objects.bulk_create(
        Prompt(step=step, language=language, text=one.text, hint=one.hint, position=place)
        for place, one in enumerate(kept.values())
    )
    record("changed_prompts", by=by, at=at, subject_kind="organization", subject=None, facts={"step": step})


@transaction.atomic
def rename_topic(*, topic: Topic, name: str, by: UUID, at: datetime) -> None:
    """Gives a topic another name; by the name of another topic the two become one. An empty name changes nothing."""
    name = " ".join(name.split())[:80]
    if not name:
        return
    other = Topic.objects.filter(name__iexact=name).exclude(pk=topic.pk).first()
    if other is not None:
        Issue.objects.filter(topic=topic).update(topic=other)
        topic.delete()
    else:
        topic.name = name
        topic.save(update_fields=["name"])
    record("changed_topics", by=by, at=at, subject_kind="organization", subject=None)


@transaction.atomic
def remove_topic(*, topic: Topic, by: UUID, at: datetime) -> None:
    """Takes a topic away; what people said under it stays, without one."""
    topic.delete()
    record("changed_topics", by=by, at=at, subject_kind="organization", subject=None)
