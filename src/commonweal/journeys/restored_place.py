"""A place that came back from a backup: who was forgotten since stays forgotten, and no old door opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.accounts.writes.voiding import void_every_way_in
from commonweal.ledger.writes import record
from commonweal.people.writes.forgetting import forget_again


@dataclass(frozen=True)
class MadeGood:
    """What had to be done again after a restore."""

    forgotten: int
    invitations: int


def make_good(*, forgotten: Iterable[UUID], at: datetime) -> MadeGood:
    """Forgets again whoever the place knew to be forgotten, voids every way in, and says so in the ledger."""
    invitations = void_every_way_in(at=at)
    again = forget_again(forgotten, by=None, at=at)
    record("restored_backup", by=None, at=at, facts={"forgotten_again": again, "invitations_withdrawn": invitations})
    return MadeGood(again, invitations)
