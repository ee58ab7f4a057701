"""Questions about conversations that something calls for."""

from collections.abc import Collection
from uuid import UUID

from commonweal.listening.models import CallFor


def called_for(people: Collection[UUID], occasion: UUID | None) -> set[UUID]:
    """Which of these people are called for already because of an occasion."""
    calls = CallFor.objects.filter(person__in=list(people), occasion=occasion, held_at=None)
    return set(calls.values_list("person", flat=True))
