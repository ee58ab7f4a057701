"""The units, shifts, institutions and acts that an import made and nobody uses go with it."""

from collections import Counter, defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import models

from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.standing_on import DERIVED
from commonweal.people.models import Institution, Occasion, Shift, Unit
from commonweal.people.reads.pointing import columns_pointing_to
from commonweal.people.rules import folded
from commonweal.people.writes.bulk import remove_rows

WHAT: tuple[tuple[str, type[models.Model]], ...] = (
    ("occasion", Occasion),
    ("institution", Institution),
    ("shift", Shift),
    ("unit", Unit),
)


def take_back_places(batch: ImportBatch) -> Counter[str]:
    """Removes what the import made and nobody uses or renamed since, the last first; counts what stays."""
    kept: Counter[str] = Counter()
    names = batch.made.get("called", {})
    for what, model in WHAT:
        made = [UUID(one) for one in reversed(batch.made.get("rows", {}).get(what, []))]
        there = dict(model._default_manager.filter(pk__in=made).values_list("pk", "name"))
        staying = {pk for pk, name in there.items() if folded(name) != names.get(str(pk), folded(name))}
        staying |= _used(model, there.keys())
        below = _below(model, there.keys())
        going: list[UUID] = []
        for pk in (one for one in made if one in there):
            if pk in staying or below[pk] - set(going):
                staying.add(pk)
            else:
                going.append(pk)
        kept[what] += len(staying)
        for column in columns_pointing_to(model):
            if column.model.__name__ in DERIVED:
                remove_rows(column.model, going, column.column)
        remove_rows(model, going)
    return +kept


def _used(model: type[models.Model], ids: Collection[UUID]) -> set[UUID]:
    """Those to which any row of any room points, other than rows like them and what the computer worked out."""
    used: set[UUID] = set()
    for column in columns_pointing_to(model):
        if column.model is not model and column.model.__name__ not in DERIVED:
            pointing = column.model._default_manager.filter(**{f"{column.name}__in": ids})
            used |= set(pointing.values_list(column.name, flat=True).distinct())
    return used


def _below(model: type[models.Model], ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The rows of the same noun that point to each of these, as units point to the one above."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for column in columns_pointing_to(model):
        if column.model is model:
            pointing = model._default_manager.filter(**{f"{column.name}__in": ids})
            for pk, above in pointing.values_list("pk", column.name):
                found[above].add(pk)
    return found
