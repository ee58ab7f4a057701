"""How values come out of SQLite."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import operations

KEPT = 40_000
"""Keys kept as they were made, some eight megabytes; a page names few units, and the same people again and again."""


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, with the keys of rows made once."""

    def convert_uuidfield_value(self, value: str | None, expression: Any, connection: Any) -> UUID | None:
        return None if value is None else key(value)


@lru_cache(maxsize=KEPT)
def key(value: str) -> UUID:
    """The key that stands as 32 hexadecimal digits in a row. Raises ValueError where they are not."""
    return UUID(int=int(value, 16)) if len(value) == 32 else UUID(value)
