"""What an address or a form asks for, taken only where it is what it should be."""

from collections.abc import Iterable
from uuid import UUID


def ids_in(typed: Iterable[str]) -> list[UUID]:
    """The ids among what a form sent; what is no id is left out."""
    found = []
    for one in typed:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def id_in(typed: str | None) -> UUID | None:
    """The id that was sent, if it is one."""
    return next(iter(ids_in([typed or ""])), None)


def number_in(typed: str | None) -> int:
    """The number that was sent; 0 where it is none."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
