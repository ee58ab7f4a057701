"""One line of a test's roll with what came of her, and the counts of many."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from commonweal.common.rows import as_id
from commonweal.people.rules.outcomes import DID
from commonweal.people.words import Outcome
from commonweal.structure_tests.words import Standing


class Line(NamedTuple):
    """One person of a roll with what came of her; `outcome` is "" where nothing was recorded.

    `leader`, `stance` and `standing` are those of the opening. `asker` is who asked her (of several whoever brought
    her, her own leader first); `carrier` carried the sheet on which she stands. `contested`: two people recorded her
    differently and nobody has settled it. Ids are made of what the engine sends (`raw_…`) only where they are asked for.
    `corrected`: what came of her was corrected after the test had closed.
    """

    raw_entry: Any
    raw_person: Any
    unit: UUID
    shift: UUID | None
    leader: UUID | None
    stance: str
    standing: str
    number: int
    outcome: str
    asker: UUID | None
    asked_by_leader: bool
    carrier: UUID | None
    contested: bool
    corrected: bool

    @property
    def entry(self) -> UUID:
        """Her entry on the roll."""
        return as_id(self.raw_entry)

    @property
    def person(self) -> UUID:
        """Who she is."""
        return as_id(self.raw_person)

    @property
    def eligible(self) -> bool:
        """She could take part."""
        return self.standing == Standing.ELIGIBLE

    @property
    def did(self) -> bool:
        """She took part."""
        return self.outcome == Outcome.DID

    @property
    def decided(self) -> bool:
        """It counts whether she took part: she could, and it is not that nobody knows. Whoever is not recorded did not."""
        return self.eligible and self.outcome not in (Outcome.COULD_NOT, Outcome.UNKNOWN)

    @property
    def brought_by(self) -> UUID | None:
        """Who asked her or, where nobody did, carried her sheet."""
        return self.asker or self.carrier


Kind = tuple[bool, str, bool]
"""What a count needs of a person: whether she could take part, what came of her, whether anybody asked her."""


@dataclass
class Tally:
    """Counts of a part of a roll. All but `excused` and `excused_did` are of those who could take part."""

    eligible: int = 0
    did: int = 0
    did_not: int = 0
    could_not: int = 0
    unknown: int = 0
    unrecorded: int = 0
    asked: int = 0
    excused: int = 0
    """On the roll, but on leave, on emergency cover, on another shift."""
    excused_did: int = 0

    @property
    def share(self) -> float:
        """The share of those who could take part that did; 0 where nobody could."""
        return self.did / self.eligible if self.eligible else 0.0

    def add(self, kind: Kind, number: int) -> None:
        """Counts so many more people of one kind."""
        eligible, outcome, asked = kind
        if not eligible:
            self.excused += number
            self.excused_did += number * (outcome == DID)
            return
        self.eligible += number
        self.asked += number * asked
        name = outcome or "unrecorded"
        setattr(self, name, getattr(self, name) + number)
