"""What people can be asked to in a conversation."""

from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from commonweal.people.models import Occasion

OFFERED = 30


def occasions_to_ask_to(today: date, chosen: str = "") -> list[tuple[str, str]]:
    """The occasions that are still to come, with their day, the next one first; and the one that was chosen."""
    rows = list(Occasion.objects.filter(on__gte=today).order_by("on", "name").values_list("pk", "name", "on")[:OFFERED])
    if chosen and all(str(pk) != chosen for pk, _name, _on in rows):
        rows += _one(chosen)
    return [(str(pk), f"{name}, {date_format(on, 'SHORT_DATE_FORMAT')}") for pk, name, on in rows]


def _one(chosen: str) -> list[tuple[UUID, str, date]]:
    try:
        return list(Occasion.objects.filter(pk=UUID(chosen)).values_list("pk", "name", "on"))
    except ValueError:
        return []
