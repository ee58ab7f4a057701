"""Questions about the ledger."""

from commonweal.ledger.models import Entry
from commonweal.ledger.rules import BEGINNING, entry_hash


def first_break(*, database: str = "default") -> int | None:
    """The number of the first entry that does not follow from those before it; None when the chain holds.

    Reads every entry once, in order; an entry that was altered, taken out or put in breaks the chain there.
    """
    before = BEGINNING
    for entry in Entry.objects.using(database).order_by("number").iterator(chunk_size=2000):
        expected = entry_hash(
            before=before,
            at=entry.at,
            actor=entry.actor,
            verb=entry.verb,
            subject_kind=entry.subject_kind,
            subject=entry.subject,
            facts=entry.facts,
        )
        if entry.before != before or entry.hash != expected:
            return entry.number
        before = entry.hash
    return None


def last_hash(*, database: str = "default") -> str:
    """The hash of the last entry, to be written down elsewhere: it stands for everything before it."""
    found = Entry.objects.using(database).order_by("-number").values_list("hash", flat=True).first()
    return found or BEGINNING
