"""Sealing anew with the first key what an older key sealed, while the place is in use."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection, models, transaction

from commonweal.common.sealed import Keyring, SealBroken, SealedTextField, sealed_columns

AT_ONCE = 1000


def reseal_rows(ring: Keyring) -> Counter[str]:
    """Seal with the ring's first key what another one sealed, a thousand rows in each transaction; how many by table.

    A row that somebody changes meanwhile is left to her: what she wrote is sealed already. It can stop anywhere
    and begin again. What no key opens stays as it is.
    """
    done: Counter[str] = Counter()
    for model, field in sealed_columns():
        for rows in _batches(model, field, ring.keys[0][0]):
            fresh = [one for one in ((*row, _anew(ring, model, field, *row)) for row in rows) if one[2]]
            if fresh:
                _swap_in(model, field, fresh)
                done[model._meta.db_table] += len(fresh)
    return done


def rows_of_older_keys(ring: Keyring) -> Counter[str]:
    """How many values another key than the ring's first one sealed, by table."""
    left: Counter[str] = Counter()
    for model, field in sealed_columns():
        for rows in _batches(model, field, ring.keys[0][0]):
            left[model._meta.db_table] += len(rows)
    return +left


def anew(ring: Keyring, sealed: bytes, bound_to: str) -> bytes:
    """The same text under the ring's first key; nothing where no key opens it."""
    try:
        return ring.seal(ring.open(sealed, bound_to), bound_to)
    except SealBroken:
        return b""


def _anew(ring: Keyring, model: type[models.Model], field: SealedTextField, pk: Any, sealed: bytes) -> bytes:
    return anew(ring, sealed, field.bound_to(model(pk=pk)))


def _batches(model: type[models.Model], field: SealedTextField, first: int) -> Iterator[list[tuple[Any, bytes]]]:
    """The (id, sealed bytes) that another key than `first` sealed, a thousand rows looked at for each list."""
    rows = model._base_manager.exclude(**{field.attname: b""}).order_by("pk").values_list("pk", field.attname)
    last: Any = None
    while True:
        seen = list((rows if last is None else rows.filter(pk__gt=last))[:AT_ONCE])
        if not seen:
            return
        last = seen[-1][0]
        older = [(pk, bytes(sealed)) for pk, sealed in seen if bytes(sealed[:1]) != bytes([first])]
        if older:
            yield older


def _swap_in(model: type[models.Model], field: SealedTextField, fresh: list[tuple[Any, bytes, bytes]]) -> None:
    """Writes the new bytes of rows that still hold the old ones."""
    quote, key = connection.ops.quote_name, model._meta.pk
    column = quote(str(field.column))
    statement = (
        f"UPDATE {quote(model._meta.db_table)} SET {column} = %s "  # noqa: S608
        f"WHERE {quote(str(key.column))} = %s AND {column} = %s"
    )
    rows = [(new, key.get_db_prep_value(pk, connection), old) for pk, old, new in fresh]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, rows)
