"""A file of outcomes: kept once, and taken back as a whole by whoever brought it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from commonweal.ledger.writes import record
from commonweal.structure_tests.models import Mark, RollEntry, StructureTest
from commonweal.structure_tests.words import How
from commonweal.structure_tests.writes.marks import NewMark, Recorded, record_marks

KIND = "structure_test"


@transaction.atomic
def keep_file(
    *, test: StructureTest, upload: UUID, outcomes: Mapping[UUID, tuple[str, UUID | None]], by: UUID, at: datetime
) -> Recorded:
    """Keeps what a file says of each line: outcome, who asked. The same upload sent again changes nothing.
    Raises NotNow, SecretBallot."""
    marks = [NewMark(uuid5(upload, str(entry)), entry, *said) for entry, said in outcomes.items()]
    kept = record_marks(test, marks, how=How.FILE, by=by, at=at)
    if kept.new:
        facts = {"rows": kept.new, "upload": str(upload)}
        record("brought_outcomes", by=by, at=at, subject_kind=KIND, subject=test.pk, facts=facts)
    return kept


@transaction.atomic
def take_file_back(*, test: StructureTest, upload: UUID, by: UUID, at: datetime) -> int:
    """Of each line of a file that she brought and has not recorded otherwise since, what she had recorded before holds
    again, or nothing. How many lines. Raises NotNow."""
    lines = RollEntry.objects.filter(test=test).order_by().values_list("pk", flat=True)
    ids = {uuid5(upload, str(entry)) for entry in lines}
    entries = [entry for key, entry in Mark.objects.filter(entry__test=test, by=by, how=How.FILE).values_list("pk", "entry")
               if key in ids]  # fmt: skip
    hers: dict[UUID, list[Mark]] = {}
    for mark in Mark.objects.filter(entry__in=entries, by=by).order_by("seen_at", "received_at", "pk"):
        hers.setdefault(mark.entry_id, []).append(mark)
    back = []
    for entry, said in hers.items():
        if said[-1].pk not in ids:
            continue
        before = said[-2] if len(said) > 1 else None
        outcome, asker = (before.outcome, before.asker_id) if before else ("", None)
        again = before.asked_again if before else False
        back.append(NewMark(uuid5(upload, f"back:{entry}"), entry, outcome, asker, again))
    kept = record_marks(test, back, how=How.FILE, by=by, at=at)
    facts = {"rows": kept.new, "upload": str(upload)}
    record("took_back_outcomes", by=by, at=at, subject_kind=KIND, subject=test.pk, facts=facts)
    return kept.new
