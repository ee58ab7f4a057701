"""What a conversation leaves in the hall: people met, nominations, ties, affiliations, where she stands.

Each row has the source `conversation:<id>:<number>`, so that it counts once, and a correction of the conversation
replaces it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.listening.models import Conversation
from commonweal.listening.reads.mentions import affiliations_of, rows_of, source_of
from commonweal.listening.reads.merged import standing_records
from commonweal.listening.rules.heard import Heard, SomebodyMentioned
from commonweal.people.models import Assessment, Nomination, Tie, Unit
from commonweal.people.models.evidence import Sourced
from commonweal.people.reads.people import people_within
from commonweal.people.words import AssessmentBasis
from commonweal.people.writes import evidence
from commonweal.people.writes.institutions import add_institution, affiliate, remove_affiliation
from commonweal.people.writes.people import add_person

STANCE = "stance"


def keep_mentions(*, conversation: Conversation, heard: Heard, scope: Scope, by: UUID, at: datetime) -> int:
    """Writes down whom and what she mentioned as it is now said; how many of these were known already.

    Whoever stood there before and is no longer mentioned is withdrawn.
    """
    there: dict[str, Sourced] = {}
    for kind in (Nomination, Tie):
        there |= {row.source: row for row in rows_of(kind, conversation.pk)}
    met: dict[str, UUID] = {}
    seen = _seen(scope, (one.person for one in heard.people))
    known, said = 0, set()
    for one in heard.people:
        source = source_of(conversation.pk, one.number)
        if one.person is not None and one.person not in seen:
            said.add(source)  # whoever corrects does not see her: what stands of her stays
            continue
        other = seen[one.person] if one.person else _met(one, met, scope, by, at)
        if other is None or other == conversation.person_id:
            continue
        said.add(source)
        known += not _say(conversation, one, other, there.get(source), source, by, at)
    for source, row in there.items():
        if source not in said and not row.withdrawn:
            evidence.withdraw(row, by=by, at=at)
    return known + _keep_places(conversation, heard, by, at)


def keep_stance(*, conversation: Conversation, stance: str, reason: str, by: UUID, at: datetime) -> None:
    """Writes down where she stands by what she said, with the reason; "" leaves it open."""
    row = rows_of(Assessment, conversation.pk).first()
    if row is None:
        if stance:
            evidence.assess(
                person=conversation.person_id,
                stance=stance,
                basis=AssessmentBasis.STATED,
                reason=reason,
                on=conversation.on,
                by=by,
                at=at,
                source=source_of(conversation.pk, STANCE),
            )
    elif not stance:
        if not row.withdrawn:
            evidence.withdraw(row, by=by, at=at)
    elif row.withdrawn or (row.stance, str(row.reason), row.on) != (stance, reason, conversation.on):
        evidence.correct(row, by=by, at=at, stance=stance, reason=reason, on=conversation.on)


def take_back_mentions(*, conversation: Conversation, by: UUID, at: datetime) -> None:
    """Withdraws everything that a conversation left in the hall."""
    for kind in (Nomination, Tie, Assessment):
        for row in rows_of(kind, conversation.pk).filter(withdrawn=False):
            evidence.withdraw(row, by=by, at=at)
    for affiliation in affiliations_of(conversation.pk):
        remove_affiliation(affiliation=affiliation, by=by, at=at)


def _say(
    conversation: Conversation,
    one: SomebodyMentioned,
    other: UUID,
    row: Any,
    source: str,
    by: UUID,
    at: datetime,
) -> bool:
    """Writes one mention down; False where we knew it already."""
    her = conversation.person_id
    if one.way == "named":
        ends: dict[str, Any] = {"nominator_id": her, "nominee_id": other, "question": one.what}
    else:
        ends = {
            "person_id": other if one.way == "tie_to" else her,
            "other_id": her if one.way == "tie_to" else other,
            "kind": one.what,
        }
    if row is not None:
        if any(getattr(row, name) != value for name, value in ends.items()):
            evidence.correct(row, by=by, at=at, **ends)
        return True
    try:
        if one.way == "named":
            evidence.name_somebody(
                nominator=her, nominee=other, question=one.what, on=conversation.on, by=by, at=at, source=source
            )
        else:
            ties = {"person": ends["person_id"], "other": ends["other_id"], "kind": one.what}
            evidence.add_tie(**ties, by=by, at=at, source=source)
    except evidence.KnownAlready:
        return False
    return True


def _met(one: SomebodyMentioned, met: dict[str, UUID], scope: Scope, by: UUID, at: datetime) -> UUID | None:
    """Somebody new comes onto the list, once however often she is mentioned in one conversation."""
    if not scope.may_write or not one.name.strip():
        return None
    if one.name not in met:
        unit = Unit.objects.filter(pk=one.unit).first() if one.unit and scope.covers_unit(one.unit) else None
        met[one.name] = add_person(name=one.name, unit=unit, by=by, at=at).pk
    return met[one.name]


def _keep_places(conversation: Conversation, heard: Heard, by: UUID, at: datetime) -> int:
    there = {row.source: row for row in affiliations_of(conversation.pk)}
    known, said = 0, set()
    for one in heard.places:
        source = source_of(conversation.pk, one.number)
        said.add(source)
        if source in there:
            continue
        institution = add_institution(kind=one.kind, name=one.name, by=by, at=at)
        made = affiliate(
            person=conversation.person_id, institution=institution, role=one.role, by=by, at=at, source=source
        )
        known += made.source != source
    for source, row in there.items():
        if source not in said:
            remove_affiliation(affiliation=row, by=by, at=at)
    return known


def _seen(scope: Scope, people: Iterable[UUID | None]) -> dict[UUID, UUID]:
    """The record that stands now for each of those mentioned whom the scope reaches."""
    now = standing_records(people)
    found = set(people_within(scope).filter(pk__in=now.values()).values_list("pk", flat=True)) if now else set()
    return {one: record for one, record in now.items() if record in found}
