"""The roll of a test: who on it can take part, and who asks whom."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from commonweal.ledger.writes import record
from commonweal.people.writes.bulk import change_rows, chunks
from commonweal.structure_tests.models import RollEntry, StructureTest
from commonweal.structure_tests.rules.eligibility import asker_of, may_be_asked
from commonweal.structure_tests.writes.refusals import CannotBeAsked
from commonweal.structure_tests.writes.state import locked_for

KIND = "structure_test"
CHUNK = 5_000
"""Lines that one statement names."""


@transaction.atomic
def set_standing(*, test: StructureTest, entries: Collection[UUID], standing: str, by: UUID, at: datetime) -> int:
    """Says of people on the roll whether they can take part; who cannot is asked by nobody. How many changed.
    Raises NotNow."""
    row = locked_for("set_standing", test.pk)
    changed = 0
    for some in chunks(list(entries), CHUNK):
        lines = RollEntry.objects.filter(test=row, pk__in=some).exclude(standing=standing)
        asker = F("leader") if may_be_asked(standing) else None
        changed += lines.update(standing=standing, asker=asker)
    if changed:
        facts = {"people": changed, "standing": standing}
        record("set_standing", by=by, at=at, subject_kind=KIND, subject=row.pk, facts=facts)
    return changed


@transaction.atomic
def assign_asks(*, test: StructureTest, entries: Collection[UUID], asker: UUID | None, by: UUID, at: datetime) -> int:
    """Says who is to ask some people on the roll; None gives each back to the leader with whom she walks.

    She does not become anybody's leader by it. An asker is never given herself: she keeps whoever asks her.
    How many changed. Raises NotNow, CannotBeAsked.
    """
    row = locked_for("assign", test.pk)
    lines = [
        line for some in chunks(list(entries), CHUNK)
        for line in RollEntry.objects.filter(test=row, pk__in=some).values_list("pk", "person", "standing", "leader", "asker")
    ]  # fmt: skip
    cannot = tuple((key, where) for key, _person, where, _leader, _asker in lines if not may_be_asked(where))
    if cannot:
        raise CannotBeAsked(cannot)
    changed = []
    for key, person, where, leader, now in lines:
        to = asker_of(where, None if asker == person else asker, now if asker == person else leader)
        if to != now:
            changed.append((to, key))
    change_rows(RollEntry, ("asker_id",), changed)
    if changed:
        facts = {"people": len(changed), "asker": str(asker) if asker else None}
        record("assigned_asks", by=by, at=at, subject_kind=KIND, subject=row.pk, facts=facts)
    return len(changed)
