"""Whether what a page sends may take the place of what a draft holds."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

MOST_LETTERS = 40_000
"""Of everything typed in one conversation: some twelve pages."""


LIES = timedelta(days=30)
"""So long a draft waits after its last word; then it goes, since it holds what somebody said in confidence."""
TOLD = timedelta(days=7)
"""So long before that its writer is told."""


def goes_on(last_word: date) -> date:
    """The first day on which a draft is there no longer."""
    return last_word + LIES


def goes_soon(last_word: date, today: date) -> bool:
    """Whether its writer is to be told by now."""
    return goes_on(last_word) - today <= TOLD


class Verdict(Enum):
    TAKE = "take"
    HAD = "had"
    """An older or the same copy of what the draft holds already, late on its way."""
    CONFLICT = "conflict"
    """Something else was written since that page was opened."""


@dataclass(frozen=True)
class Copy:
    """One opened page of a draft, and how often it has sent what stands in it."""

    page: str
    sent: int


def verdict(*, opened_at: int, version: int, came: Copy, last: Copy) -> Verdict:
    """Judges a copy that came from a page opened when the draft had the version `opened_at`.

    What the same page sends later takes the place of what it sent earlier, whatever order the network
    brings it in; another page must have been opened after the last change.
    """
    if came.page and came.page == last.page:
        return Verdict.TAKE if came.sent > last.sent else Verdict.HAD
    return Verdict.TAKE if opened_at == version else Verdict.CONFLICT
