"""A list with its chains as it stands, and its single changes: one goes, one comes, people pass each other on."""

from __future__ import annotations

from bisect import insort
from collections import deque

import numpy as np

from commonweal.reckoning.coverage.greedy import Progress
from commonweal.reckoning.coverage.question import NOBODY, Question

Undo = list[tuple[int, int]]
FAR = 24
"""How many leaders a search for a place looks at before it gives up."""


class Arrangement:
    """Who is on the list, who walks with whom, and how many each group has to spare.

    When a leader goes, her people look for another place: with a leader who has room, or who can make room by
    passing somebody on, and so on (augmenting paths). She goes only when after that no group is short; a change that
    fails leaves everything as it was. Each change uses up `looks`: one for each person who is asked whether she could
    walk with somebody else, and for each who hears that a leader comes or goes.
    """

    def __init__(self, question: Question, progress: Progress, looks: int) -> None:
        self.question, self.looks = question, looks
        self.listed = set(progress.chosen)
        self.pinned = set(question.pinned.tolist())
        self.place = progress.served_by.tolist()
        self.members: dict[int, set[int]] = {leader: set() for leader in self.listed}
        for person, leader in enumerate(self.place):
            if leader != NOBODY:
                self.members[leader].add(person)
        candidate = np.repeat(np.arange(question.n), np.diff(question.pointer))
        able = question.allowed.copy()
        able[progress.chosen] = True
        used = able[candidate]
        tail, head, strength = question.follower[used], candidate[used], question.strength[used]
        order = np.lexsort((head, -strength, tail))
        cuts = np.searchsorted(tail[order], np.arange(question.n + 1)).tolist()
        heads = head[order].tolist()
        self.goes_to = [heads[cuts[p] : cuts[p + 1]] for p in range(question.n)]
        self.may_walk_with = [[place for place, one in enumerate(row) if one in self.listed] for row in self.goes_to]
        self.stands_at: list[list[tuple[int, int]]] = [[] for _ in range(question.n)]
        for person, row in enumerate(self.goes_to):
            for place, one in enumerate(row):
                self.stands_at[one].append((person, place))
        pointer, followers = question.pointer.tolist(), question.follower.tolist()
        self.could_lead = [followers[pointer[c] : pointer[c + 1]] for c in range(question.n)]
        self.groups = [[g for g in column if g != NOBODY] for column in question.groups.T.tolist()]
        served = np.array([self._is_reached(p) for p in range(question.n)], dtype=np.bool_) & question.wanted
        self.spare = (question.reached(served) - question.need).tolist()
        self.short = sum(spare < 0 for spare in self.spare)
        self.waiting: dict[int, set[int]] = {}
        for person in np.flatnonzero(question.wanted & ~served).tolist():
            self._wait(person)

    def result(self) -> Progress:
        """The list as it stands."""
        served_by = np.array(self.place, dtype=np.int64)
        served = np.array([self._is_reached(p) for p in range(self.question.n)], dtype=np.bool_)
        pinned = self.question.pinned.tolist()
        rest = sorted(
            self.listed - self.pinned, key=lambda one: (-len(self.members[one]), -self.question.score[one], one)
        )
        short = np.maximum(-np.array(self.spare, dtype=np.int64), 0)
        return Progress(pinned + rest, served_by, served, short)

    def _drop(self, leader: int) -> Undo | None:
        """Take her off the list if every group stays reached; what to undo, or None if she must stay."""
        if leader not in self.listed:
            return None
        log: Undo = []
        lost = sorted(self.members.pop(leader))
        self._unlist(leader)
        if self.question.wanted[leader]:
            self._count(leader, -1)
        for person in lost:
            log.append((person, leader))
            self.place[person] = NOBODY
            self._count(person, -1)
        for person in [*lost, leader]:
            self._serve(person, log)
        while self.short:
            group = next(number for number, spare in enumerate(self.spare) if spare < 0)
            if not any(self._serve(person, log) for person in sorted(self.waiting.get(group, set()).difference(lost))):
                self._put_back(leader, log)
                return None
        return log

    def _put_back(self, leader: int, log: Undo) -> None:
        self.members[leader] = set()
        self._undo(log, leader)

    def _undo(self, log: Undo, leader: int) -> None:
        """Reverse a trial: everybody back to the place she had, and the leader back on the list."""
        self._enlist(leader)
        before: dict[int, int] = {}
        for person, place in log:
            before.setdefault(person, place)
        if leader in before:
            del before[leader]
        if self.place[leader] != NOBODY:
            self.members[self.place[leader]].discard(leader)
            self.place[leader] = NOBODY
        elif self.question.wanted[leader]:
            self._count(leader, 1)
        for person, place in before.items():
            self._move(person, place)

    def _add(self, person: int) -> int:
        """Put her on the list, empty-handed; whose chain she leaves."""
        before = self.place[person]
        if before != NOBODY:
            self.members[before].discard(person)
            self.place[person] = NOBODY
        elif self.question.wanted[person]:
            self._count(person, 1)
        self._enlist(person)
        self.members[person] = set()
        return before

    def _take_away(self, person: int, before: int) -> None:
        """Reverse `_add`; nobody walks with her by now."""
        del self.members[person]
        self._unlist(person)
        if before != NOBODY:
            self.place[person] = before
            self.members[before].add(person)
        elif self.question.wanted[person]:
            self._count(person, -1)

    def _enlist(self, leader: int) -> None:
        self.listed.add(leader)
        self.looks -= len(self.stands_at[leader])
        for person, place in self.stands_at[leader]:
            insort(self.may_walk_with[person], place)

    def _unlist(self, leader: int) -> None:
        self.listed.remove(leader)
        self.looks -= len(self.stands_at[leader])
        for person, place in self.stands_at[leader]:
            self.may_walk_with[person].remove(place)

    def _serve(self, person: int, log: Undo) -> bool:
        """Find her a place, moving others on where that makes room; False if there is none."""
        if not self.question.wanted[person] or self._is_reached(person):
            return False
        self.looks -= 1
        through: dict[int, tuple[int, int]] = {}
        queue, movers, old = deque[int](), [person], NOBODY
        while len(through) < FAR:
            for mover in movers:
                if len(through) >= FAR:
                    break
                heads = self.goes_to[mover]
                for place in self.may_walk_with[mover]:
                    leader = heads[place]
                    if leader in through:
                        continue
                    through[leader] = (mover, old)
                    if len(self.members[leader]) < self.question.capacity:
                        self._pass_on(leader, through, log)
                        return True
                    queue.append(leader)
            if not queue:
                break
            old = queue.popleft()
            movers = sorted(self.members[old])
            self.looks -= len(movers)
        return False

    def _pass_on(self, free: int, through: dict[int, tuple[int, int]], log: Undo) -> None:
        leader = free
        while leader != NOBODY:
            mover, old = through[leader]
            log.append((mover, self.place[mover]))
            self._move(mover, leader)
            leader = old

    def _move(self, person: int, leader: int) -> None:
        """Set where she walks and keep the counts."""
        before = self.place[person]
        if before == leader:
            return
        if before != NOBODY:
            self.members[before].discard(person)
        if leader != NOBODY:
            self.members[leader].add(person)
        self.place[person] = leader
        if (before == NOBODY) != (leader == NOBODY):
            self._count(person, 1 if before == NOBODY else -1)

    def _is_reached(self, person: int) -> bool:
        return self.place[person] != NOBODY or person in self.listed

    def _count(self, person: int, change: int) -> None:
        """She is reached now (1) or no longer (-1)."""
        for group in self.groups[person]:
            self.short -= self.spare[group] < 0
            self.spare[group] += change
            self.short += self.spare[group] < 0
            if change > 0:
                self.waiting.get(group, set()).discard(person)
        if change < 0:
            self._wait(person)

    def _wait(self, person: int) -> None:
        for group in self.groups[person]:
            self.waiting.setdefault(group, set()).add(person)
