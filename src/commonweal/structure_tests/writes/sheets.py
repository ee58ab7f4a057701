"""Tick sheets on paper: each print has the next number of its test, and stands in the ledger."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from commonweal.ledger.writes import record
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.sheets import last_number
from commonweal.structure_tests.writes.state import locked_for


@transaction.atomic
def print_tick_sheets(*, test: StructureTest, people: int, back_by: date, by: UUID, at: datetime) -> int:
    """The number of a new print. Raises NotNow."""
    row = locked_for("print", test.pk)
    number = last_number(row) + 1
    facts = {"number": number, "people": people, "back_by": back_by.isoformat()}
    record("printed_tick_sheets", by=by, at=at, subject_kind="structure_test", subject=row.pk, facts=facts)
    return number
