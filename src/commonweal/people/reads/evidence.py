"""What holds now of what was seen: the rows that nothing replaced and nobody withdrew."""

from typing import TypeVar

from django.db.models import QuerySet

from commonweal.people.models.evidence import Sourced

Row = TypeVar("Row", bound=Sourced)


def standing(kind: type[Row]) -> QuerySet[Row]:
    """The rows of one kind of evidence that hold now."""
    return kind._default_manager.filter(replaced_by=None, withdrawn=False)
