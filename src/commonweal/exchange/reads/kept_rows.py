"""What stayed of an import that was taken back, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.people.reads.glances import Glance, glances

AT_ONCE = 200


@dataclass
class KeptRow:
    """One row: its line; whom it is about, where she is inside the reader's scope; and what stayed, as pairs.

    The first of a pair is person, name, contact, placement, affiliation, tie, nomination, ask, yes, assessment or
    the code of a field; the second says why: edited, merged, forgotten, corrected, changed, other_import, or
    `used:` with the noun that hangs on her.
    """

    line: int
    who: Glance | None
    kept: list[tuple[str, str]]


def kept_rows(batch: ImportBatch, scope: Scope, after: int = 0, most: int = 1_000_000) -> Iterator[KeptRow]:
    """The rows of which something stayed, below line `after`, in the order of the file."""
    rows = ImportRow.objects.filter(batch=batch, line__gt=after).exclude(kept=[]).order_by("line")
    some: list[tuple[int, UUID | None, list[list[str]]]] = []
    for row in rows.values_list("line", "person", "kept")[:most].iterator(chunk_size=AT_ONCE):
        some.append(row)
        if len(some) == AT_ONCE:
            yield from _shown(some, scope)
            some = []
    yield from _shown(some, scope)


def _shown(rows: list[tuple[int, UUID | None, list[list[str]]]], scope: Scope) -> Iterator[KeptRow]:
    seen = glances(scope, {person for _, person, _ in rows if person})
    for line, person, kept in rows:
        yield KeptRow(line, seen.get(person) if person else None, [(what, why) for what, why in kept])
