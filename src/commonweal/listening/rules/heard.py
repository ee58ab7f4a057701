"""What came out of a conversation, as plain values."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class SomebodyMentioned:
    """Somebody she mentioned, and how: `named` for a question, a `tie` of hers, or one that runs `tie_to` her.

    `person` is None for somebody new, who then has a `name` and, where it is known, a `unit`.
    `number` stays the same for as long as the mention stands, so that it is counted once.
    """

    number: int
    how: str
    person: UUID | None = None
    name: str = ""
    unit: UUID | None = None

    @property
    def way(self) -> str:
        """`named`, `tie` or `tie_to`."""
        return self.how.partition(":")[0]

    @property
    def what(self) -> str:
        """The question, or the kind of the tie."""
        return self.how.partition(":")[2]


@dataclass(frozen=True)
class PlaceMentioned:
    """An institution to which she belongs, by kind and name, and in what role."""

    number: int
    kind: str
    name: str
    role: str


@dataclass(frozen=True)
class IssueHeard:
    """What she is angry or worried about in her own words, under a topic's name or none."""

    said: str
    topic: str = ""


@dataclass(frozen=True)
class MadeReady:
    """That she was made ready for something, whether she rehearsed, and how it went."""

    ready_for: str
    rehearsed: bool
    how: str = ""


@dataclass(frozen=True)
class Promised:
    """What somebody said she would do, and by when."""

    what: str
    due: date


@dataclass(frozen=True)
class Heard:
    """Everything that one conversation brought."""

    on: date
    where: str
    minutes: int | None = None
    opened: str = ""
    cause: str = ""
    hope: str = ""
    occasion: UUID | None = None
    asked_for: str = ""
    answer: str = "not_asked"
    said: str = ""
    objections: str = ""
    next_on: date | None = None
    stance: str = ""
    reason: str = ""
    issues: tuple[IssueHeard, ...] = ()
    ready: tuple[MadeReady, ...] = ()
    hers: Promised | None = None
    ours: Promised | None = None
    people: tuple[SomebodyMentioned, ...] = field(default=())
    places: tuple[PlaceMentioned, ...] = field(default=())
