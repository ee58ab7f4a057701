"""Adding to the ledger, in the transaction of the act itself."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from commonweal.ledger.models import Entry
from commonweal.ledger.rules import BEGINNING, entry_hash

APPEND_LOCK = 0x1ED6E2  # any fixed number: PostgreSQL's advisory lock for appending


def record(
    verb: str,
    *,
    by: UUID | None,
    at: datetime,
    subject_kind: str = "",
    subject: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Adds one entry. Call it inside the transaction of the act, so that both stand or neither.

    `facts` holds ids, counts and words of the program; never a name, a contact or free text.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])
        last = Entry.objects.order_by("-number").values_list("number", "hash").first()
        number, before = (last[0] + 1, last[1]) if last else (1, BEGINNING)
        kept = as_stored(facts or {})
        return Entry.objects.create(
            number=number,
            at=at,
            actor=by,
            verb=verb,
            subject_kind=subject_kind,
            subject=subject,
            facts=kept,
            before=before,
            hash=entry_hash(
                before=before,
                number=number,
                at=at,
                actor=by,
                verb=verb,
                subject_kind=subject_kind,
                subject=subject,
                facts=kept,
            ),
        )


def as_stored(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as the database will give them back, so that the hash is over the same."""
    stored: dict[str, Any] = json.loads(json.dumps(facts, default=str))
    return stored


def record_look(*, at: datetime, by: UUID | None, person: UUID) -> Entry:
    """Says that `by` opened the page of a person."""
    return record("looked_at", by=by, at=at, subject_kind="person", subject=person)
