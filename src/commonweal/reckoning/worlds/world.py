"""What an invented workplace holds: what an organizer could know, and the truth behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonweal.reckoning.odds import chance
from commonweal.reckoning.pull import AskRecords

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """One invented workplace: what an organizer could know of it, and the truth behind it.

    People are 0..n-1. `tie_*` holds each tie once (from < to). Rows of `row_*` are one person in one test.
    `pull`, `readiness`, `unit_mood`, `shock` and `difficulty` are the hidden truth, in logits.
    """

    unit: Ints
    tie_from: Ints
    tie_to: Ints
    tie_strength: Floats
    nominator: Ints
    nominee: Ints
    score: Ints
    asks: Flags
    row_person: Ints
    row_test: Ints
    row_asker: Ints
    row_came: Flags
    pull: Floats
    is_leader: Flags
    readiness: Floats
    unit_mood: Floats
    shock: Floats
    difficulty: Floats

    @property
    def n_people(self) -> int:
        return len(self.unit)

    @property
    def degree(self) -> Ints:
        ends = np.concatenate([self.tie_from, self.tie_to])
        return np.bincount(ends, minlength=self.n_people)

    @property
    def nominations(self) -> Ints:
        return np.bincount(self.nominee, minlength=self.n_people)

    def records(self, *, tests: int, score: bool = True, keep: Flags | None = None) -> AskRecords:
        """What the organizer has after the first `tests` tests (rows where `keep` is false are lost)."""
        seen = self.row_test < tests
        if keep is not None:
            seen &= keep
        return AskRecords(
            person=self.row_person[seen],
            test=self.row_test[seen],
            asker=self.row_asker[seen],
            came=self.row_came[seen],
            n_people=self.n_people,
            n_tests=tests,
            unit=self.unit,
            test_order=np.arange(tests),
            nominations=self.nominations,
            degree=self.degree,
            score=self.score.astype(float) if score else None,
        )

    def asker_in(self, test: int) -> Ints:
        """Who asked each person for this test, -1: nobody."""
        return self.row_asker[self.row_test == test]

    def came_to(self, test: int) -> Flags:
        """Who came to this test, one entry per person."""
        return self.row_came[self.row_test == test]

    def true_chance(self, test: int) -> Floats:
        """Each person's hidden chance of coming to this test, with whoever asked her."""
        asker = self.asker_in(test)
        gain = np.where(asker >= 0, self.pull[asker], 0.0)
        return chance(self.chance_without_pull()[self.row_test == test] + gain)

    def chance_without_pull(self) -> Floats:
        """Hidden log-odds of every row, had nobody asked."""
        place = self.unit[self.row_person]
        return (
            self.readiness[self.row_person]
            + self.unit_mood[place]
            + self.shock[place, self.row_test]
            - self.difficulty[self.row_test]
        )

    def true_points(self, *, tests: int, average_pull: float) -> Floats:
        """Hidden pull of each person in points against an average asker, on the people she asked; nan if none."""
        seen = (self.row_test < tests) & (self.row_asker >= 0)
        base, asker = self.chance_without_pull()[seen], self.row_asker[seen]
        gain = chance(base + self.pull[asker]) - chance(base + average_pull)
        asked = np.bincount(asker, minlength=self.n_people)
        total = np.bincount(asker, gain, minlength=self.n_people)
        return np.divide(100 * total, asked, out=np.full(self.n_people, np.nan), where=asked > 0)
