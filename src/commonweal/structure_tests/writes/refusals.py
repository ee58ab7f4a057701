"""What a structure test refuses, with the facts of each no."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.common.refusals import Conflict, Refusal


@dataclass(frozen=True)
class NotNow(Refusal):
    """In its state this cannot be done with a test; when and by whom it came into that state."""

    act: str
    state: str
    at: datetime | None = None
    who: UUID | None = None


@dataclass(frozen=True)
class MeasuredAlready(Refusal):
    """Another test measures this act."""


@dataclass(frozen=True)
class NobodyToAsk(Refusal):
    """Nobody on the roll can take part."""


@dataclass(frozen=True)
class StillDrawing(Refusal):
    """Its roll is being drawn in the background: what would be frozen is a part of it."""


@dataclass(frozen=True)
class DayOver(Refusal):
    """The act is over: what is written down now is no prediction."""

    on: date


@dataclass(frozen=True)
class SecretBallot(Refusal):
    """How anybody voted, or whether, is written down nowhere."""


@dataclass(frozen=True)
class CannotBeAsked(Refusal):
    """Asks were given for people who cannot take part: entries with their standing."""

    entries: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class ChangedMeanwhile(Conflict):
    """Somebody else changed the test since it was read."""
