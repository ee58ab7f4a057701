"""What stands on the tick sheets of a test: the lines of each unit and shift, or of each chain."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from commonweal.common.scope import Scope
from commonweal.ledger.models import Entry
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.roll import Line, asked_by, page_of, parts_of
from commonweal.structure_tests.words import Standing

MOST = 3000
"""People on one print."""


@dataclass(frozen=True)
class Block:
    """The lines that stand on pages of their own: of a unit and shift, or of whoever asks them (None: nobody does)."""

    name: str
    asker: UUID | None
    lines: list[Line]


def blocks_by_unit(scope: Scope, test: StructureTest, units: list[UUID]) -> list[Block]:
    """Those who can take part, by unit and shift in the order of paper; at most `MOST` people and one more."""
    page = page_of(scope, test, Q(standing=Standing.ELIGIBLE, unit__in=units), most=MOST + 1)
    by_place: dict[tuple[UUID, str], list[Line]] = {}
    for line in page.lines:
        by_place.setdefault((line.unit, line.glance.shift), []).append(line)
    names = {part.unit: part.name for part in parts_of(scope, test)}
    return [
        Block(" · ".join(word for word in (names[unit], shift) if word), None, lines)
        for (unit, shift), lines in by_place.items()
    ]


def blocks_by_chain(scope: Scope, test: StructureTest, askers: list[UUID]) -> list[Block]:
    """Those who can take part, by who is to ask them; askers whom the reader does not see stand for nobody."""
    page = page_of(scope, test, Q(standing=Standing.ELIGIBLE) & asked_by(test, askers), most=10 * MOST)
    by_asker: dict[UUID, Block] = {}
    for line in page.lines:
        if line.asker is not None and line.asker_id in askers:
            block = by_asker.setdefault(line.asker.id, Block(line.asker.name, line.asker.id, []))
            block.lines.append(line)
    return sorted(by_asker.values(), key=lambda block: block.name)


def last_number(test: StructureTest) -> int:
    """The number of the last print of a test."""
    return Entry.objects.filter(verb="printed_tick_sheets", subject=test.pk).count()
