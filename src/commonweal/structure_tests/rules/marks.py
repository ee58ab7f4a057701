"""What holds of a person when several people recorded her, some late and some twice."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

UNKNOWN = "unknown"


class Seen(NamedTuple):
    """One mark as the judgement needs it; `outcome` "" takes back what its recorder said before."""

    id: UUID
    by: UUID
    outcome: str
    asker: UUID | None
    asked_again: bool
    seen_at: datetime
    received_at: datetime
    settles: bool


class Verdict(NamedTuple):
    """What holds now; `outcome` "" where nobody says anything. `standing`: the marks it follows from, the latest last."""

    outcome: str
    asker: UUID | None
    asked_again: bool
    contested: bool
    standing: tuple[Seen, ...] = ()


NOTHING = Verdict("", None, False, False)


def verdict(marks: Iterable[Seen]) -> Verdict:
    """What the marks of one person say together.

    Of one recorder the mark she made last counts, by her own clock: one that arrives late does not undo what she
    recorded afterwards. Two recorders who differ make it contested, and nothing is known until a human settles it.
    After that only marks made later than the settlement can make it contested again. Marks made at the same moment
    follow each other as they arrived, then by id, so that every order of arrival ends alike.
    """
    ordered = sorted(marks, key=lambda mark: (mark.seen_at, mark.received_at, mark.id))
    settled = next((place for place in range(len(ordered) - 1, -1, -1) if ordered[place].settles), 0)
    latest: dict[UUID, Seen] = {}
    for mark in ordered[settled:]:
        latest.pop(mark.by, None)
        latest[mark.by] = mark
    standing = tuple(mark for mark in latest.values() if mark.outcome)
    if not standing:
        return NOTHING
    outcomes = {mark.outcome for mark in standing}
    askers = [mark.asker for mark in standing if mark.asker is not None]
    asker = askers[-1] if askers else None
    again = any(mark.asked_again for mark in standing)
    if len(outcomes) > 1:
        return Verdict(UNKNOWN, asker, again, True, standing)
    return Verdict(standing[-1].outcome, asker, again, False, standing)


def seen_within(seen_at: datetime | None, opened_at: datetime, received_at: datetime) -> datetime:
    """When a mark was made, by its recorder's clock, but not before the opening and not after it arrived."""
    return max(opened_at, min(seen_at or received_at, received_at))
