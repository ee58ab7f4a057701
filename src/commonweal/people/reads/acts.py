"""What acts alone say of people, before anybody has assessed them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Min, QuerySet, Value, When

from commonweal.people.models import Ask, BareYes
from commonweal.people.reads.evidence import standing
from commonweal.people.words import Outcome


def marks_of_acts(people: Collection[UUID] | QuerySet[Any]) -> dict[UUID, str]:
    """The mark of each of these people of whom an act is known: `1` somebody came whom she had asked, `2` she
    took part herself, `3` she was asked and has not taken part yet. One query; nobody else is in the answer."""
    did = Case(When(outcome=Outcome.DID, then=Value("2")), default=Value("3"))
    asked = standing(Ask).filter(asked__in=people).order_by().values_list("asked_id").annotate(mark=Min(did))
    said = (
        standing(BareYes).filter(person__in=people).order_by().values_list("person_id").annotate(mark=Min(Value("2")))
    )
    brought = standing(Ask).filter(asker__in=people, outcome=Outcome.DID).exclude(asker=F("asked"))
    came = brought.order_by().values_list("asker_id").annotate(mark=Min(Value("1")))
    marks: dict[UUID, str] = {}
    for person, mark in asked.union(said, came, all=True):
        marks[person] = min(mark, marks.get(person, mark))
    return marks
