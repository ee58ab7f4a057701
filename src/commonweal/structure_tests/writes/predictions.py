"""What people expected before a test; once it has opened, or its day is over, nobody can say it any more."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from commonweal.common.ids import new_id
from commonweal.ledger.writes import record
from commonweal.structure_tests.models import Prediction, RollEntry, StructureTest
from commonweal.structure_tests.reads.tests import last_day
from commonweal.structure_tests.writes.refusals import DayOver
from commonweal.structure_tests.writes.state import locked_for


@transaction.atomic
def predict(*, test: StructureTest, expectations: Mapping[UUID, str], today: date, by: UUID, at: datetime) -> int:
    """Keeps what somebody expects of people on the roll, in the place of what she said before; "" takes it back.
    How many changed. Raises NotNow, DayOver."""
    row = locked_for("predict", test.pk)
    if today > last_day(row):
        raise DayOver(last_day(row))
    on_roll = set(RollEntry.objects.filter(test=row, pk__in=list(expectations)).values_list("pk", flat=True))
    before = dict(Prediction.objects.filter(entry__in=on_roll, by=by).values_list("entry", "expectation"))
    changed = {key: said for key, said in expectations.items() if key in on_roll and before.get(key, "") != said}
    Prediction.objects.filter(by=by, entry__in=[key for key, said in changed.items() if not said]).delete()
    Prediction.objects.bulk_create(
        [Prediction(id=new_id(), entry_id=key, expectation=said, made_at=at, by=by) for key, said in changed.items() if said],
        update_conflicts=True,
        unique_fields=["entry", "by"],
        update_fields=["expectation", "made_at"],
    )  # fmt: skip
    if changed:
        facts = {"people": len(changed)}
        record("predicted", by=by, at=at, subject_kind="structure_test", subject=row.pk, facts=facts)
    return len(changed)
