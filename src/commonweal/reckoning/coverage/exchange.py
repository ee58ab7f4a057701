"""From a good list to a shorter one: take one name off, or put one on and take two off, while every group stays reached."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.coverage.arrangement import Arrangement
from commonweal.reckoning.coverage.greedy import Progress
from commonweal.reckoning.coverage.question import NOBODY, Question


class Exchange(Arrangement):
    """A list with its chains, and trials that change it: each trial succeeds or leaves everything as it was.

    Trials go on while there are `looks` left. Looks and not seconds: the answer does not hang on how busy the machine
    is. No list is shorter than `fewest`, so nobody tries.
    """

    def __init__(self, question: Question, progress: Progress, looks: int, fewest: int = 0) -> None:
        super().__init__(question, progress, looks)
        self.fewest = fewest

    def run(self) -> Progress:
        """Shorten the list until no trial succeeds or the looks are used up; never lengthens it."""
        if self.short:
            return self.result()
        score, reach = self.question.score, np.diff(self.question.pointer)
        improved = True
        while improved and self._goes_on():
            improved = False
            for leader in sorted(self.listed - self.pinned, key=lambda one: (score[one], len(self.members[one]), one)):
                improved |= self._goes_on() and self._drop(leader) is not None
            outside = np.flatnonzero(self.question.allowed)
            for person in outside[np.lexsort((outside, -score[outside], -reach[outside]))].tolist():
                if not self._goes_on():
                    break
                improved |= person not in self.listed and self._one_for_two(person)
        self._likelier()
        return self.result()

    def _goes_on(self) -> bool:
        return self.looks > 0 and len(self.listed) > self.fewest

    def _one_for_two(self, person: int) -> bool:
        """Put her on the list if two others can go for it."""
        added = self._add(person)
        for first in self._nearby(person):
            gone = self._drop(first)
            if gone is None:
                continue
            if any(self._drop(second) is not None for second in self._nearby(person) if second != first):
                return True
            self._put_back(first, gone)
        self._take_away(person, added)
        return False

    def _likelier(self) -> None:
        """Exchange one for one where the score rises."""
        score = self.question.score
        for leader in sorted(self.listed - self.pinned, key=lambda one: (score[one], one)):
            near = {c for p in [*self.members[leader], leader] for c in self.goes_to[p]}
            better = [c for c in near if c not in self.listed and self.question.allowed[c] and score[c] > score[leader]]
            for person in sorted(better, key=lambda one: (-score[one], one)):
                if self.looks <= 0:
                    return
                added = self._add(person)
                if self._drop(leader) is not None:
                    break
                self._take_away(person, added)

    def stand_ins(self, leaders: list[int], trials: int) -> list[int] | None:
        """For each leader how many others could take her place alone, chains rearranged as needed; None if too many."""
        near = {leader: {c for p in [*self.members[leader], leader] for c in self.goes_to[p]} for leader in leaders}
        able = self.question.allowed
        options = {leader: sorted(c for c in near[leader] if able[c] and c not in self.listed) for leader in leaders}
        if self.short or sum(map(len, options.values())) > trials:
            return None
        counts = []
        for leader in leaders:
            if self.looks <= 0:
                return None
            gone = self._drop(leader) if leader not in self.pinned else None
            if gone is not None:
                self._put_back(leader, gone)
                counts.append(NOBODY)
                continue
            counts.append(sum(self._replaces(person, leader) for person in options[leader]))
        return counts

    def _replaces(self, person: int, leader: int) -> bool:
        added = self._add(person)
        gone = self._drop(leader)
        if gone is not None:
            self._put_back(leader, gone)
        self._take_away(person, added)
        return gone is not None

    def _nearby(self, person: int) -> list[int]:
        """Leaders who could go because of her: whoever leads people she could lead."""
        near = {self.place[one] for one in self.could_lead[person]} | set(self.could_lead[person]) & self.listed
        near -= self.pinned | {NOBODY, person}
        return sorted(near, key=lambda one: (len(self.members[one]), self.question.score[one], one))
