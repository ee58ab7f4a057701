"""A line of a petition: read from paper, settled to a person or waiting for a human, evidence in the hall.

The sheet belongs to the structure tests, the person and what she did to the hall. A line that turns out to be
somebody else's replaces what it said before, and everything that was concluded from it is reckoned anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.leaders.writes.reading import ask_to_read
from commonweal.structure_tests.models import SignatureLine, StructureTest
from commonweal.structure_tests.reads.signatures import whom_names_mean
from commonweal.structure_tests.words import LineState
from commonweal.structure_tests.writes.signatures import keep_line, settle_line
from commonweal.structure_tests.writes.state import locked


@dataclass
class Kept:
    """What became of the lines of a sheet, by number of line."""

    settled: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    disputed: list[int] = field(default_factory=list)


@transaction.atomic
def read_sheet(
    *,
    test: StructureTest,
    sheet: int,
    lines: Iterable[tuple[int, str]],
    carried_by: UUID | None,
    by: UUID,
    at: datetime,
) -> Kept:
    """Keeps the lines of a sheet as they were read. Raises NotOpenYet.

    A name that exactly one person on the roll has is hers; every other line waits where everybody who works on the
    sheet sees it. The same sheet read twice counts once.
    """
    locked(test.pk)  # whoever reads the same sheet at this moment waits, and finds the lines kept
    rows = [(number, written) for number, written in lines if written]
    meant = whom_names_mean(test, (written for _number, written in rows))
    kept = Kept()
    for number, written in rows:
        row = keep_line(
            test=test,
            sheet=sheet,
            line=number,
            written=written,
            person=meant[written],
            carried_by=carried_by,
            by=by,
            at=at,
        )
        _place_of(kept, row).append(number)
    _reckon_anew(test, by, at)
    return kept


@transaction.atomic
def say_who_signed(*, test: StructureTest, row: SignatureLine, person: UUID | None, by: UUID, at: datetime) -> None:
    """A human says whose line it is, or that it is nobody's on the list; also long after it was settled."""
    settle_line(row=row, person=person, by=by, at=at)
    _reckon_anew(test, by, at)


def _place_of(kept: Kept, row: SignatureLine) -> list[int]:
    if row.state == LineState.SETTLED:
        return kept.settled
    return kept.disputed if row.state == LineState.DISPUTED else kept.waiting


def _reckon_anew(test: StructureTest, by: UUID, at: datetime) -> None:
    if test.occasion.campaign_id is not None:
        ask_to_read(test.occasion.campaign_id, by=by, at=at)
