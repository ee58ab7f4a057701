"""Many rows at once, for imports: one statement for thousands of rows, COPY on PostgreSQL.

The callers give every column, ids included, and see to the constraints; nothing is looked up here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

from commonweal.common.sealed import keyring
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    BareYes,
    ContactPoint,
    Nomination,
    Person,
    PersonName,
    Placement,
    Tie,
)

One = TypeVar("One")

EVIDENCE = ("source", "entered_at", "entered_by", "replaced_by_id", "withdrawn")
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Person: (
        "id", "name", "given_name", "family_name", "sort_name", "languages", "born_on", "outside_number", "note",
        "source", "added_at", "added_by", "changed_at", "version", "forgotten_at", "merged_into_id",
    ),
    PersonName: ("id", "person_id", "kind", "name", "source"),
    ContactPoint: (
        "id", "person_id", "kind", "value", "fingerprint", "tail_fingerprint", "preferred", "stopped_at", "source",
    ),
    Placement: ("id", "person_id", "unit_id", "job", "shift_id", "main", "since", "until", "source"),
    Affiliation: ("id", "person_id", "institution_id", "role", "since", "until", "source"),
    Tie: ("id", "person_id", "other_id", "kind", "strength", "since", "until", *EVIDENCE),
    Nomination: ("id", "nominator_id", "nominee_id", "question", "on", *EVIDENCE),
    Ask: ("id", "occasion_id", "asker_id", "asked_id", "outcome", *EVIDENCE),
    BareYes: ("id", "occasion_id", "person_id", "carried_by_id", *EVIDENCE),
    Assessment: ("id", "person_id", "stance", "basis", "reason", "on", *EVIDENCE),
}  # fmt: skip
"""The columns that `add_rows` takes for each noun, in this order."""


def add_rows(model: type[models.Model], rows: Sequence[Sequence[Any]], columns: Sequence[str] = ()) -> None:
    """Adds rows to the table of `model`; each has a value for every one of `columns` (default: COLUMNS).

    Values are as the database's driver takes them, with UUIDs, moments and days as in Python; JSON is
    given as text and sealed columns as sealed bytes (`sealed`).
    """
    if not rows:
        return
    columns = columns or COLUMNS[model]
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns)
    table = quote(model._meta.db_table)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join(["%s"] * len(columns))
    in_order = sorted(_as_stored(rows), key=itemgetter(0))  # neighbours of one page come one after the other
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", in_order)  # noqa: S608


def change_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Sets `columns` of the rows whose id stands last in each of `rows`."""
    if not rows:
        return
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(name)} = %s" for name in columns)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(_as_stored(rows)))


def remove_rows(model: type[models.Model], ids: Sequence[UUID], column: str = "id") -> None:
    """Removes the rows whose `column` is one of these; the database itself refuses where another row needs one."""
    if not ids:
        return
    quote = connection.ops.quote_name
    statement = f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote(column)} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(_as_stored((one,) for one in ids)))


def sealed(model: type[models.Model], row: UUID, column: str, text: str) -> bytes:
    """A text as the sealed bytes of that column of that row; nothing for an empty text."""
    return keyring().seal(text, f"{model._meta.db_table}:{row}:{column}") if text else b""


def _as_stored(rows: Iterable[Sequence[Any]]) -> Iterable[list[Any]]:
    """Identifiers and moments as this engine keeps them."""
    if connection.vendor == "postgresql":
        yield from (list(row) for row in rows)
        return
    moments = _Moments()
    for row in rows:
        yield [
            value.hex if (kind := type(value)) is UUID else moments[value] if kind is datetime else value
            for value in row
        ]


class _Moments(dict[datetime, Any]):
    """Each moment as the engine keeps it, found out once."""

    def __missing__(self, moment: datetime) -> Any:
        stored = self[moment] = connection.ops.adapt_datetimefield_value(moment)
        return stored


def chunks(rows: Sequence[One], most: int) -> Iterator[Sequence[One]]:
    """The rows in parts of so many at most: a statement that names too many is refused."""
    for start in range(0, len(rows), most):
        yield rows[start : start + most]
