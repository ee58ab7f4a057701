"""What would stay if an import were taken back now: it is taken back in earnest, and that is undone at once."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.writes.emptying_places import take_back_places
from commonweal.exchange.writes.handing_on import Others
from commonweal.exchange.writes.removing_evidence import take_back_evidence
from commonweal.exchange.writes.removing_people import take_back_people

AT_A_GLANCE, MOST_ROWS = 400, 5000
"""So many rows are tried, from the last one back: at once, and when somebody asks for more."""


@dataclass(frozen=True)
class Tried:
    """What would stay, by reason as in a batch's `kept`, of `rows` rows; `is_whole` when those are all."""

    kept: dict[str, int]
    rows: int
    is_whole: bool


def try_taking_back(batch: UUID, *, most: int = AT_A_GLANCE) -> Tried:
    """Counts what would stay of a finished import. Nothing is changed."""
    with transaction.atomic():
        held = ImportBatch.objects.get(pk=batch)
        brought = ImportRow.objects.filter(batch=batch, step__in=(1, 2)).exclude(made=[], before=b"")
        rows = list(brought.order_by("-line")[: most + 1])
        is_whole = len(rows) <= most
        rows, others = rows[:most], Others(batch)
        kept: Counter[str] = Counter()
        for undo in (take_back_evidence, take_back_people):
            kept.update(undo(held, rows, others))
        if is_whole:
            kept.update(take_back_places(held))
        transaction.set_rollback(True)
    return Tried(dict(kept), len(rows), is_whole)
