"""Storing a reading: its rows first, unseen; then at one stroke it takes the place of the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models, transaction

from commonweal.leaders.models import Candidate, ChainProposal, GroupReading, Reading
from commonweal.leaders.words import Decision
from commonweal.people.models import Campaign

BATCH = 2000


def keep_rows(kind: type[models.Model], rows: Iterator[Any], progress: Callable[[int], None]) -> int:
    """Stores rows in batches, each in its own transaction, so that others can write in between."""
    kept = 0
    while batch := list(islice(rows, BATCH)):
        kind._default_manager.bulk_create(batch)
        kept += len(batch)
        progress(kept)
    return kept


def make_current(reading: Reading, facts: dict[str, Any]) -> None:
    """The reading holds from now on; of earlier ones only the facts stay, and what people put aside."""
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=reading.campaign_id)
        Reading.objects.filter(campaign=reading.campaign_id, current=True).update(current=False)
        reading.facts, reading.current = facts, True
        reading.save(update_fields=["facts", "current"])
    clear_earlier(reading.campaign_id)


def clear_earlier(campaign: UUID) -> None:
    """Removes the rows of readings that hold no longer, and readings that were never finished."""
    earlier = Reading.objects.filter(campaign=campaign, current=False)
    Candidate.objects.filter(reading__in=earlier).delete()
    GroupReading.objects.filter(reading__in=earlier).delete()
    ChainProposal.objects.filter(reading__in=earlier).exclude(decision=Decision.ASIDE).delete()
    earlier.filter(facts={}).delete()
