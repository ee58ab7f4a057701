"""Many rows came or went at once: the estimates are read anew, and likely duplicates are looked for.

The look goes over everybody, whoever brought them: two records of one person whom two organizers see
only by halves come before those who see both.
"""

from datetime import datetime
from uuid import UUID

from commonweal.leaders.writes.reading import read_open_campaigns
from commonweal.people.writes.resemblance import ask_to_look


def read_anew(*, people: bool, by: UUID | None, at: datetime) -> None:
    """Asks for the open campaigns to be read anew; where `people` changed, for another look at duplicates."""
    read_open_campaigns(by=by, at=at)
    if people:
        ask_to_look(by=by, at=at)
