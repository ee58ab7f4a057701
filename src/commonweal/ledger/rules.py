"""How an entry's hash follows from the entry and the hash before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

BEGINNING = "0" * 64


def entry_hash(
    *,
    before: str,
    number: int,
    at: datetime,
    actor: UUID | None,
    verb: str,
    subject_kind: str,
    subject: UUID | None,
    facts: dict[str, Any],
) -> str:
    """The SHA-256 (64 hex digits) over the entry's fields and the hash before it."""
    fields = [
        before,
        number,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(actor or ""),
        verb,
        subject_kind,
        str(subject or ""),
        facts,
    ]
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
