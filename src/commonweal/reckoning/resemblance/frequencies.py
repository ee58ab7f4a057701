"""How common names, contact points and birthdays are among the records: agreement on rare ones says more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

from commonweal.reckoning.resemblance.names import Name, full_forms, name_of

UNSEEN_RECORDS = 100
UNSEEN_SHARE = 0.001
DUPLICATES = 0.05


@dataclass(frozen=True)
class Record:
    """What is known of one record: every name as written, normalized contact points or fingerprints, units, birthday."""

    id: Hashable
    names: tuple[str, ...]
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    units: frozenset[Hashable] = frozenset()
    born_on: date | None = None

    @cached_property
    def parts(self) -> tuple[Name, ...]:
        """The names taken apart, each once."""
        return tuple(dict.fromkeys(name_of(name) for name in self.names if name.strip()))


@dataclass(frozen=True)
class Frequencies:
    """Counts among `n` records; a word counts once a record, under each full form it may stand for."""

    n: int
    words: Counter[str]
    phones: Counter[str]
    emails: Counter[str]
    units: Counter[Hashable]

    @classmethod
    def among(cls, records: Sequence[Record]) -> Frequencies:
        """Count the records."""
        words: Counter[str] = Counter()
        phones: Counter[str] = Counter()
        emails: Counter[str] = Counter()
        units: Counter[Hashable] = Counter()
        for record in records:
            said = {word for name in record.parts for word in name.words}
            words.update({form for word in said for form in full_forms(word)})
            phones.update(record.phones)
            emails.update(record.emails)
            units.update(record.units)
        return cls(len(records), words, phones, emails, units)

    @property
    def before(self) -> float:
        """Log-odds that two records drawn blindly are one person: every twentieth record has a double."""
        return log(2 * DUPLICATES / max(self.n, 2))

    def word(self, word: str) -> float:
        """Evidence, in log-odds, that two records share this word of a name; less the more others have it."""
        others = max(self.words[word] - 2, 0)
        return -log((others + UNSEEN_SHARE * UNSEEN_RECORDS) / (self.n + UNSEEN_RECORDS))

    def contact(self, counts: Counter[str], value: str, household: float) -> float:
        """Evidence that two records share a contact point which `household` others share on average."""
        others = max(counts[value] - 2, 0) + household
        return log(0.8 * max(self.n, 2) / others)

    def unit(self, unit: Hashable) -> float:
        """Evidence that two records are in this unit; at most 3, since whoever enters a person twice errs on it too."""
        return min(3.0, log(0.8 * max(self.n, 2) / max(self.units[unit], 1))) if self.units[unit] else 0.0
