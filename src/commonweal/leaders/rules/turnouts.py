"""What came of many people, act by act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from commonweal.people.rules.outcomes import DID, UNASKED

STICKERS = 5  # acts of a campaign that a square can show


@dataclass(frozen=True, slots=True)
class Turnout:
    """Some people and one act: how many there are, and what came of them."""

    people: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)

    @property
    def came(self) -> int:
        """Who did it, whether or not anybody saw her asked."""
        return self.outcomes.get(DID, 0)

    @property
    def unasked(self) -> int:
        """Of whom nobody saw that she was asked."""
        return self.outcomes.get(UNASKED, 0)

    @property
    def asked(self) -> int:
        """Who was asked, or did it without being seen asked."""
        return self.people - self.unasked


def turnouts(acts: Iterable[Sequence[str]], number: int) -> list[Turnout]:
    """The turnout of each of `number` acts, of people each with her outcomes in the order of the acts."""
    kept = list(acts)
    counts: list[dict[str, int]] = [{} for _ in range(number)]
    for outcomes in kept:
        for count, outcome in zip(counts, outcomes, strict=True):
            count[outcome] = count.get(outcome, 0) + 1
    return [Turnout(len(kept), count) for count in counts]
