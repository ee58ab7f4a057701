"""What all marks of a line say together."""

from collections.abc import Collection
from uuid import UUID

from commonweal.structure_tests.models import Mark
from commonweal.structure_tests.rules.marks import Seen, Verdict, verdict

SEEN = ("id", "by", "outcome", "asker_id", "asked_again", "seen_at", "received_at", "settles")


def verdicts_of(entries: Collection[UUID]) -> dict[UUID, Verdict]:
    """What all marks of these lines say together; lines without any are left out. One query."""
    found: dict[UUID, list[Seen]] = {}
    for entry, *seen in Mark.objects.filter(entry__in=list(entries)).order_by().values_list("entry", *SEEN):
        found.setdefault(entry, []).append(Seen(*seen))
    return {entry: verdict(marks) for entry, marks in found.items()}
