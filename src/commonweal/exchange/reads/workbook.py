"""The sheets of one workbook: which are in, which wait, and which can still be brought without the file."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from commonweal.exchange.models import ImportBatch
from commonweal.exchange.words import BatchState

IN = (BatchState.DONE, BatchState.BRINGING_IN)
WAITS = (BatchState.GIVEN, BatchState.LOOKING, BatchState.LOOKED, BatchState.REFUSED)


@dataclass
class SheetLeft:
    """A sheet of a workbook that is not in yet; `waits` is the import that holds it already."""

    place: int
    name: str
    kind: str
    waits: UUID | None = None


def sheets_left(batches: QuerySet[ImportBatch], batch: ImportBatch) -> list[SheetLeft]:
    """The other sheets of a batch's workbook that are not in, by what these batches hold; one query."""
    sheets = batch.settings.get("sheets", ())
    if len(sheets) < 2:
        return []
    here = batch.settings.get("sheet", 0)
    brought, waiting = _places(batches, batch.content_print)
    return [
        SheetLeft(place, name, kind, waiting.get(place))
        for place, name, kind in sheets
        if place != here and place not in brought
    ]


def sheets_brought(batches: QuerySet[ImportBatch], content_print: str) -> set[int]:
    """The sheets of this very workbook that are in, by what these batches hold; one query."""
    return _places(batches, content_print)[0]


def _places(batches: QuerySet[ImportBatch], content_print: str) -> tuple[set[int], dict[int, UUID]]:
    """The sheets of this very workbook that are in; and those that wait, each with the import that holds it."""
    same = batches.filter(content_print=content_print, state__in=(*IN, *WAITS)).order_by("brought_at")
    held = list(same.values_list("pk", "state", "settings__sheet"))
    brought = {place or 0 for _pk, state, place in held if state in IN}
    return brought, {place or 0: pk for pk, state, place in held if state in WAITS}


def keeper_of(batches: QuerySet[ImportBatch], batch: ImportBatch) -> ImportBatch | None:
    """The batch in whose name the workbook is still kept, the last of these; None when it is gone."""
    return batches.filter(content_print=batch.content_print, pieces__gt=0).order_by("-brought_at").first()
