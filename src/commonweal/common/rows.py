"""Rows as the database sends them: for questions about so many that making an object of each would be felt."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

CHUNK = 20_000


def rows_of(queryset: QuerySet[Any, Any]) -> Iterable[Sequence[Any]]:
    """The rows of a `values_list` query as the database gives them, in chunks: ids stay what the engine sends."""
    try:
        sql, params = queryset.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


def as_id(raw: Any) -> UUID:
    """The id behind what the engine sends: SQLite sends 32 hex digits, PostgreSQL the id itself."""
    return raw if isinstance(raw, UUID) else UUID(raw)


def as_moment(raw: Any) -> datetime:
    """The moment behind what the engine sends: SQLite sends its text, in UTC and without saying so."""
    found = raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
