"""Counts of a ballot, never more than that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.common.refusals import Refusal
from commonweal.ledger.writes import record
from commonweal.structure_tests.models import BallotCount, StructureTest
from commonweal.structure_tests.rules.ballots import gives_some_away, may_count_yes
from commonweal.structure_tests.writes.state import locked_for


@dataclass(frozen=True)
class YesTellsTooMuch(Refusal):
    """So few voted here, or in what is left beside the other counts, that it would show how somebody voted."""


@transaction.atomic
def count_ballot(
    *,
    test: StructureTest,
    unit: UUID | None,
    entitled: int,
    cast: int,
    yes: int | None,
    by: UUID,
    at: datetime,
) -> None:
    """Keeps how a ballot was counted in a unit, or in all together, in the place of what stood there.
    Raises NotNow, YesTellsTooMuch."""
    row = locked_for("mark", test.pk)
    if yes is not None and not may_count_yes(cast, unit is None):
        raise YesTellsTooMuch
    there = {one.unit_id: (one.cast, one.yes) for one in BallotCount.objects.filter(test=row)}
    there[unit] = (cast, yes)
    whole = there.pop(None, None)
    if yes is not None and gives_some_away(list(there.values()), whole):
        raise YesTellsTooMuch
    said = {"entitled": entitled, "cast": cast, "yes": yes, "at": at, "by": by}
    if not BallotCount.objects.filter(test=row, unit=unit).update(**said):
        BallotCount.objects.create(test=row, unit_id=unit, **said)
    facts = {"unit": str(unit) if unit else None}
    record("counted_ballot", by=by, at=at, subject_kind="structure_test", subject=row.pk, facts=facts)
