"""Counting the changes of a record, so that two who edit it at once find out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from commonweal.common.refusals import Conflict
from commonweal.people.models import Person


@dataclass(frozen=True)
class ChangedMeanwhile(Conflict):
    """Somebody changed this person's record since the form was opened."""

    person: UUID


def count_change(person: UUID, *, version: int | None, at: datetime) -> None:
    """Counts one more change of a person's record. Raises ChangedMeanwhile when it is no longer the
    `version` that was read; None stands for an addition that overwrites nothing."""
    rows = Person.objects.filter(pk=person, forgotten_at=None, merged_into=None)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=F("version") + 1, changed_at=at):
        raise ChangedMeanwhile(person)
