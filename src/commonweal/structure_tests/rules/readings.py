"""What a test says of a leader, of a unit and of a judgement, on plain values."""

from dataclasses import dataclass
from enum import StrEnum

from commonweal.reckoning.forecast import share_with_interval

FEWEST_ASKED = 5
"""With fewer answers seen, one yes or no would turn everything over."""
FEWEST_BROUGHT = 3
"""So few who came with somebody else may be chance."""
FEWEST_RATED = 5


class Reading(StrEnum):
    """What the people of a chain did shows of whom they were said to follow."""

    DELIVERS = "delivers"
    DOES_NOT_DELIVER = "does_not_deliver"
    NOT_ASKED = "not_asked"
    WRONG_LEADER = "wrong_leader"
    TOO_EARLY = "too_early"
    NO_LEADER = "no_leader"


class Reach(StrEnum):
    """How a unit stands against both thresholds."""

    BOTH = "both"
    OWN = "own"
    UNDER = "under"


@dataclass(frozen=True)
class ChainSeen:
    """What was seen of the people who walked with a leader when the test opened, of those who could take part.

    `asked`: whom she asked; `came` of them; `refused` of them (could not and not known are neither). `with_other` came
    and were asked or had their sheet carried by somebody else; `alone` came and nobody is known to have asked them.
    `expected`, `low`: how many of those she asked and who answered would have come had anybody asked them, and the
    low end of what is likely. `records_askers`: the test's marks mostly say who asked.
    """

    people: int
    asked: int
    came: int
    refused: int
    with_other: int = 0
    alone: int = 0
    expected: float = 0.0
    low: float = 0.0
    records_askers: bool = True


def reading_of(chain: ChainSeen) -> Reading:
    """The reading of a leader, the strongest word that what was seen allows.

    People who came with somebody else (or, where marks say who asked, with nobody), twice as many as with her or more,
    follow somebody else. Whom she asked in too small a number tells nothing. Else what came is compared with what
    anybody would have got of the same people: below what is likely she does not deliver, at or above what is expected
    she does, between the two it is too early to say.
    """
    elsewhere = chain.with_other + (chain.alone if chain.records_askers else 0)
    if elsewhere >= FEWEST_BROUGHT and elsewhere >= 2 * chain.came:
        return Reading.WRONG_LEADER
    if not chain.asked:
        return Reading.NOT_ASKED
    if chain.came + chain.refused < FEWEST_ASKED:
        return Reading.TOO_EARLY
    if chain.came < chain.low:
        return Reading.DOES_NOT_DELIVER
    return Reading.DELIVERS if chain.came and chain.came >= round(chain.expected) else Reading.TOO_EARLY


def reach_of(share: float, *, threshold: float, unit_threshold: float) -> Reach:
    """How a unit's share stands: over the threshold for all, over that of every unit, or under it. Exactly is over."""
    if share >= threshold:
        return Reach.BOTH if share >= unit_threshold else Reach.UNDER
    return Reach.OWN if share >= unit_threshold else Reach.UNDER


def is_hole(*, eligible: int, share: float, unit_threshold: float) -> bool:
    """True for a unit where people could take part and too few did."""
    return bool(eligible) and share < unit_threshold


EXPECTED_SHARE = {"sure": 0.95, "likely": 0.75, "even": 0.5, "unlikely": 0.25, "no": 0.05}
"""What an expectation means as a chance, so that it can be held against what came."""


class Truth(StrEnum):
    """Whether a judgement came true."""

    TRUE = "true"
    TOO_HIGH = "too_high"
    TOO_LOW = "too_low"
    TOO_FEW = "too_few"


def truth_of(said: float, *, came: int, seen: int) -> Truth:
    """Whether a chance that was said fits what came of so many of whom it was said: inside the likely range it does."""
    if seen < FEWEST_RATED:
        return Truth.TOO_FEW
    _share, low, high = share_with_interval(came, seen)
    if said > high:
        return Truth.TOO_HIGH
    return Truth.TOO_LOW if said < low else Truth.TRUE
