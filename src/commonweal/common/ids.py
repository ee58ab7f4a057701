"""Identifiers that say nothing: random, 122 bits, made before the row is stored."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    """A random identifier for a new row; it tells neither order nor number."""
    return uuid4()
