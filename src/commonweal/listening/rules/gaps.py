"""What we do not know of somebody, and so what to ask her about."""

from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Known:
    """What there is of one person, in numbers and days."""

    stance: str
    """Where she stands as last stated, while that still counts; "" where nobody knows."""
    walks_not: bool
    """She said yes, and did nothing in public since."""
    named: int
    """How many different people she named."""
    belongs: int
    languages: int
    placed: bool
    talked_on: date | None
    next_test_on: date | None
    open_promises: int


def gaps(known: Known, today: date) -> tuple[str, ...]:
    """What to ask about, the weightiest first, as words of this room: promise, first, walk, test, stance, names,
    belongs, placed, languages. Nothing missing is an empty answer."""
    asked = (
        ("promise", known.open_promises > 0),
        ("first", known.talked_on is None),
        ("walk", known.walks_not),
        ("test", known.next_test_on is not None and known.next_test_on - today <= SOON),
        ("stance", not known.stance),
        ("names", known.named == 0),
        ("belongs", known.belongs == 0),
        ("placed", not known.placed),
        ("languages", known.languages == 0),
    )
    return tuple(word for word, missing in asked if missing)
