"""The units, shifts, institutions and acts that an import made and nobody uses go with it."""

from collections import Counter
from typing import Any

from django.db import models

from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.standing_on import DERIVED
from commonweal.people.models import Institution, Occasion, Shift, Unit
from commonweal.people.reads.pointing import columns_pointing_to
from commonweal.people.rules import folded

WHAT: tuple[tuple[str, type[models.Model]], ...] = (
    ("occasion", Occasion),
    ("institution", Institution),
    ("shift", Shift),
    ("unit", Unit),
)


def take_back_places(batch: ImportBatch) -> Counter[str]:
    """Removes what the import made and nobody uses or renamed since, the last first; counts what stays."""
    kept: Counter[str] = Counter()
    for what, model in WHAT:
        names = batch.made.get("called", {})
        for one in reversed(batch.made.get("rows", {}).get(what, [])):
            row: Any = model._default_manager.filter(pk=one).first()
            if row is None:
                continue
            if is_used(row) or folded(row.name) != names.get(one, folded(row.name)):
                kept[what] += 1
            else:
                row.delete()
    return kept


def is_used(row: models.Model) -> bool:
    """True when any row of any room points to this one, other than what the computer worked out."""
    return any(
        column.model._default_manager.filter(**{column.name: row.pk}).exists()
        for column in columns_pointing_to(type(row))
        if column.model.__name__ not in DERIVED
    )
