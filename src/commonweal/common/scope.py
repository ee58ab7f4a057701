"""What somebody may see, as a plain value."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Scope:
    """The people somebody may see: everybody, or those placed in `units` (subtrees already
    unfolded) together with the named `people`.

    `may_write` says whether she may change what she sees; `reader` is the account that looks.
    An empty scope sees nobody.
    """

    everything: bool = False
    units: frozenset[UUID] = field(default_factory=frozenset)
    people: frozenset[UUID] = field(default_factory=frozenset)
    may_write: bool = False
    reader: UUID | None = None

    @classmethod
    def of(
        cls,
        *,
        units: Iterable[UUID] = (),
        people: Iterable[UUID] = (),
        may_write: bool = False,
        reader: UUID | None = None,
    ) -> "Scope":
        """A bounded scope from any iterables."""
        return cls(False, frozenset(units), frozenset(people), may_write, reader)

    @property
    def sees_nobody(self) -> bool:
        """True when no person at all can be inside."""
        return not (self.everything or self.units or self.people)

    def covers_unit(self, unit: UUID) -> bool:
        """True when everybody placed in that unit is inside."""
        return self.everything or unit in self.units


EVERYTHING = Scope(everything=True, may_write=True)
NOBODY = Scope()
