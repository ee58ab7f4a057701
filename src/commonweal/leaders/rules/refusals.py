"""The ways in which the list and the chains say no, each with its facts; the views word them."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.common.refusals import Conflict, Refusal


@dataclass(frozen=True)
class OnTheListAlready(Refusal):
    """She is on this campaign's list."""

    person: UUID


@dataclass(frozen=True)
class NotOnTheList(Refusal):
    """She is not, or no longer, on this campaign's list, so nobody can walk with her."""

    person: UUID


@dataclass(frozen=True)
class StageJumps(Refusal):
    """The table of stages knows no step from the one to the other."""

    now: str
    wanted: str


@dataclass(frozen=True)
class NothingToTakeBack(Refusal):
    """She has taken one step only: the one by which she came onto the list."""


@dataclass(frozen=True)
class InTheFuture(Refusal):
    """The day has not come yet."""


@dataclass(frozen=True)
class ChangedMeanwhile(Conflict):
    """Somebody else changed her place on the list since the page was opened."""

    stage: str


@dataclass(frozen=True)
class WalksWithHerself(Refusal):
    """A leader and her follower must be two people."""


@dataclass(frozen=True)
class LeaderFollowsNobody(Refusal):
    """She is on the list herself."""

    person: UUID


@dataclass(frozen=True)
class WalksAlready(Conflict):
    """She walks with somebody else than the page said."""

    leader: UUID | None


@dataclass(frozen=True)
class GoneMeanwhile(Refusal):
    """Her record was merged into another or forgotten since the page was opened."""

    person: UUID


@dataclass(frozen=True)
class ReadAgainMeanwhile(Conflict):
    """A newer reading has taken the place of the one whose proposals these were."""


@dataclass(frozen=True)
class TooFewToToss(Refusal):
    """With so few people to ask, a toss teaches nothing."""

    people: int
    needed: int


@dataclass(frozen=True)
class Vetoed(Refusal):
    """People decided that she shall not be on the list."""

    person: UUID
