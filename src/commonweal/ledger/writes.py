"""Adding to the ledger, in the transaction of the act itself."""

import json
import os
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from commonweal.ledger.models import Entry
from commonweal.ledger.reads import KEPT_IN, Head
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
    return record_many(verb, [(subject, facts or {})], by=by, at=at, subject_kind=subject_kind)[0]


def record_many(
    verb: str,
    subjects: Iterable[tuple[UUID | None, Mapping[str, Any]]],
    *,
    by: UUID | None,
    at: datetime,
    subject_kind: str,
) -> list[Entry]:
    """Adds one entry for each subject with its facts; three queries however many they are."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])
        last = Entry.objects.order_by("-number").values_list("number", "hash").first()
        number, before = last or (0, BEGINNING)
        entries = []
        for subject, facts in subjects:
            number, kept = number + 1, as_stored(facts)
            said: dict[str, Any] = {
                "at": at,
                "actor": by,
                "verb": verb,
                "subject_kind": subject_kind,
                "subject": subject,
            }
            entry = Entry(
                number=number,
                before=before,
                facts=kept,
                hash=entry_hash(before=before, number=number, facts=kept, **said),
                **said,
            )
            entries.append(entry)
            before = entry.hash
        Entry.objects.bulk_create(entries, batch_size=500)
        if entries:
            transaction.on_commit(partial(keep_head, Head(number, before)), robust=True)
        return entries


def keep_head(head: Head) -> None:
    """Writes a head beside the database, so that a tail cut off the chain betrays itself. Whoever can write
    there too must keep a head elsewhere, on paper."""
    place = Path(settings.DATA) / KEPT_IN
    aside = place.with_name(f".{KEPT_IN}.{os.getpid()}.{threading.get_ident()}")
    try:
        aside.write_text(f"{head.number}:{head.hash}\n")
        aside.replace(place)
    except OSError:  # a full disk must not stop what was just written down
        aside.unlink(missing_ok=True)


def forget_kept_head() -> None:
    """After an older backup was put back: the chain begins to be kept from there."""
    (Path(settings.DATA) / KEPT_IN).unlink(missing_ok=True)


def as_stored(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as the database will give them back, so that the hash is over the same."""
    stored: dict[str, Any] = json.loads(json.dumps(facts, default=str))
    return stored


def record_look(*, at: datetime, by: UUID | None, person: UUID) -> Entry:
    """Says that `by` opened the page of a person."""
    return record("looked_at", by=by, at=at, subject_kind="person", subject=person)
