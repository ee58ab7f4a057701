"""What a kept conversation left in the hall, as it stands now."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from commonweal.common.scope import Scope
from commonweal.listening.models import Conversation, Inoculation, Issue, Promise
from commonweal.listening.reads.merged import standing_records
from commonweal.listening.rules.heard import PlaceMentioned, SomebodyMentioned
from commonweal.listening.rules.typed import Typed
from commonweal.people.models import Affiliation, Assessment, Nomination, Tie
from commonweal.people.models.evidence import Sourced
from commonweal.people.reads.glances import Glance, glances


def source_of(conversation: UUID, what: int | str) -> str:
    """Where a row of evidence comes from that a conversation left."""
    return f"conversation:{conversation}:{what}"


def number_of(source: str) -> int:
    """The number of a mention in its source; 0 of anything else."""
    last = source.rpartition(":")[2]
    return int(last) if last.isdigit() else 0


def rows_of(kind: type[Sourced], conversation: UUID) -> QuerySet[Any]:
    """The rows of one kind that a conversation left and nothing replaced, those withdrawn included."""
    return kind._default_manager.filter(**_from(conversation), replaced_by=None)


def affiliations_of(conversation: UUID) -> QuerySet[Affiliation]:
    """The affiliations that a conversation left and that go on."""
    return Affiliation.objects.filter(**_from(conversation), until=None).select_related("institution")


def _from(conversation: UUID) -> dict[str, str]:
    """Every source of a conversation, as a condition that an index follows: `;` comes after `:`."""
    return {"source__gt": f"conversation:{conversation}:", "source__lt": f"conversation:{conversation};"}


@dataclass(frozen=True)
class Left:
    """The rows in the hall that come from one conversation."""

    people: tuple[SomebodyMentioned, ...]
    places: tuple[PlaceMentioned, ...]
    stance: Assessment | None
    counted: int


def left_in_the_hall(conversation: Conversation) -> Left:
    """What stands now of what a conversation said; four queries."""
    her, counted = conversation.person_id, 0
    people: list[SomebodyMentioned] = []
    for row in rows_of(Nomination, conversation.pk):
        counted = max(counted, number_of(row.source))
        if not row.withdrawn:
            people.append(SomebodyMentioned(number_of(row.source), f"named:{row.question}", row.nominee_id))
    for row in rows_of(Tie, conversation.pk):
        counted = max(counted, number_of(row.source))
        if not row.withdrawn:
            runs_out = row.person_id == her
            way, other = ("tie", row.other_id) if runs_out else ("tie_to", row.person_id)
            people.append(SomebodyMentioned(number_of(row.source), f"{way}:{row.kind}", other))
    places = [
        PlaceMentioned(number_of(row.source), row.institution.kind, row.institution.name, row.role)
        for row in affiliations_of(conversation.pk)
    ]
    counted = max([counted, *(one.number for one in places)])
    stance = rows_of(Assessment, conversation.pk).filter(withdrawn=False).first()
    people.sort(key=lambda one: one.number)
    return Left(tuple(people), tuple(places), stance, counted)


def seen_of(scope: Scope, people: tuple[SomebodyMentioned, ...]) -> dict[UUID, Glance]:
    """Those mentioned whom the reader may see, at a glance; by the id under which they were mentioned."""
    now = standing_records(one.person for one in people)
    seen = glances(scope, now.values())
    return {one: seen[record] for one, record in now.items() if record in seen}


def typed_again(conversation: Conversation) -> Typed:
    """A kept conversation as the draft that corrects it."""
    left = left_in_the_hall(conversation)
    fields: dict[str, list[str]] = {
        "on": [conversation.on.isoformat()],
        "where": [conversation.where],
        "minutes": [str(conversation.minutes or "")],
        "occasion": [str(conversation.occasion_id or "")],
        "answer": [conversation.answer],
        "next_on": [conversation.next_on.isoformat() if conversation.next_on else ""],
    }
    for name in ("opened", "cause", "hope", "asked_for", "said", "objections"):
        fields[name] = [str(getattr(conversation, name))]
    issues = list(Issue.objects.filter(conversation=conversation).select_related("topic"))
    fields["issue_said"] = [str(one.said) for one in issues]
    fields["issue_topic"] = [one.topic.name if one.topic else "" for one in issues]
    ready = list(Inoculation.objects.filter(conversation=conversation))
    fields["ready"] = [one.ready_for for one in ready]
    fields["rehearsed"] = [one.ready_for for one in ready if one.rehearsed]
    for one in ready:
        fields[f"how_{one.ready_for}"] = [str(one.how)]
    for promise in Promise.objects.filter(conversation=conversation):
        fields[promise.whose] = [str(promise.what)]
        fields[f"{promise.whose}_due"] = [promise.due.isoformat()]
    if left.stance is not None:
        fields["stance"], fields["reason"] = [left.stance.stance], [str(left.stance.reason)]
    typed = Typed(fields=fields, people=left.people, places=left.places)
    return replace(typed, corrects=conversation.version, counted=left.counted)
