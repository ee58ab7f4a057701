"""That somebody's record was opened."""

from datetime import datetime
from uuid import UUID

from commonweal.ledger.writes import record_look
from commonweal.people.reads.histories import looked_lately


def note_look(*, person: UUID, by: UUID, at: datetime) -> None:
    """The ledger holds that `by` opened the record of a person, once a visit."""
    if not looked_lately(person, reader=by, at=at):
        record_look(at=at, by=by, person=person)
