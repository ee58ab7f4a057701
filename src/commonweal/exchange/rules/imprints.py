"""What of a row counts as its content: by it one sees whether somebody changed the row since it was made."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

COMPARED: dict[str, tuple[str, ...]] = {
    "person": (
        "name", "given_name", "family_name", "languages", "born_on", "outside_number", "note", "forgotten_at",
        "merged_into_id",
    ),
    "name": ("person_id", "kind", "name"),
    "contact": ("person_id", "kind", "fingerprint", "preferred", "stopped_at"),
    "placement": ("person_id", "unit_id", "job", "shift_id", "since", "until"),
    "affiliation": ("person_id", "institution_id", "role", "since", "until"),
}  # fmt: skip
"""For each noun the columns that people change; what the program settles by itself is not among them."""


def content(noun: str, values: Iterable[Any]) -> str:
    """The values of the compared columns, in their order, as one text that differs when any of them does."""
    return f"{noun}\x1e" + "\x1f".join(
        [value if type(value) is str else "" if value is None else _plain(value) for value in values]
    )


def _plain(value: Any) -> str:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, list):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else str(value)
