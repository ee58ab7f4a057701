"""The list by greed: again and again whoever reaches most of those still missing, many at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commonweal.reckoning.coverage.question import NOBODY, Question
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray, _starts, spans

FEW = 2


@dataclass
class Progress:
    """The list so far: who is on it in which order, who is served by whom, and how many each group still lacks."""

    chosen: list[int]
    served_by: IntArray
    served: BoolArray
    short: IntArray

    @classmethod
    def from_nothing(cls, question: Question) -> Progress:
        """Nobody on the list, nobody served."""
        nobody = np.full(question.n, NOBODY, dtype=np.int64)
        return cls([], nobody, np.zeros(question.n, dtype=np.bool_), question.need.copy())


@dataclass(frozen=True)
class Offer:
    """What each contender would take: `person` sorted by contender, `count` per contender, and the `gain` of each."""

    contender: IntArray
    person: IntArray
    count: IntArray
    gain: IntArray


def list_by_greed(question: Question, preference: FloatArray, progress: Progress | None = None) -> Progress:
    """Choose until every group is reached or nobody adds anything.

    A choice gains one for each person it newly serves in each group that still lacks people, never more than the
    group lacks. Whoever gains most is chosen; contenders who gain equally and do not compete for the same
    people or the last places of a group are chosen together, which is what choosing them one after another gives.
    A chosen leader takes first those whom the fewest others could lead: their places decide the length of the list.
    Shapes: `preference` one entry per person; `progress` is what stands already, and is changed; comes back where
    it ended.
    Errs: towards longer lists: it never takes a choice back, and falls short of a group where nobody is left to
    add.
    Ties: the higher preference, then the lower person number.
    Cost: a few rounds per level of gain, each proportional to the ties of the contenders; 3 million ties in a
    second.
    Source: the greedy rule for covering; that equal contenders who do not compete are chosen together is ours.
    """
    state = Progress.from_nothing(question) if progress is None else progress
    follower, pointer = _hardest_first(question)
    listed = np.zeros(question.n, dtype=np.bool_)
    listed[state.chosen] = True
    search = _Search(question, state, follower, pointer, preference)
    for leader in question.pinned.tolist():
        if not listed[leader]:
            search.accept(search.offers(np.array([leader])))
    search.choose(np.flatnonzero(question.allowed & ~listed))
    return state


def _hardest_first(question: Question) -> tuple[IntArray, IntArray]:
    """The reach of each candidate, those whom the fewest candidates could lead first, then the strongest ties."""
    candidate = np.repeat(np.arange(question.n), np.diff(question.pointer))
    able = question.allowed.copy()
    able[question.pinned] = True
    choices = np.bincount(question.follower[able[candidate]], minlength=question.n)
    # The reach stands sorted by candidate and strength already; a stable sort by one number keeps that.
    order = np.argsort((candidate << 24) + np.minimum(choices[question.follower], (1 << 24) - 1), kind="stable")
    return question.follower[order], question.pointer


def _scrambled(n: int) -> IntArray:
    """The numbers below n in a fixed disorder: neighbours in a file must not wait for one another."""
    return np.random.default_rng(0).permutation(n)


class _Search:
    def __init__(
        self, question: Question, state: Progress, follower: IntArray, pointer: IntArray, preference: FloatArray
    ) -> None:
        self.question, self.state = question, state
        self.follower, self.pointer = follower, pointer
        preferred = np.lexsort((_scrambled(question.n), -preference))
        self.rank = np.empty(question.n, dtype=np.int64)
        self.rank[preferred] = np.arange(question.n)
        home = int(np.argmax(question.groups.max(axis=1, initial=0) - question.groups.min(axis=1, initial=0)))
        self.home = question.groups[home]

    def choose(self, candidates: IntArray) -> None:
        """Accept the best until the best adds nothing."""
        by_home = candidates[np.lexsort((self.rank[candidates], self.home[candidates]))]
        home, bound = self.home[by_home], np.full(by_home.size, np.iinfo(np.int64).max)
        stale = True
        while self.state.short.any():
            level = int(bound.max(initial=0))
            if level <= 0:
                return
            top = np.flatnonzero(bound == level)
            if stale:
                bound[top] = np.minimum(level, self._gain_at_most(by_home[top]))
                stale = False
                continue
            few = top[_few_of_each(home[top])]
            few = few[np.argsort(self.rank[by_home[few]])]
            offer = self.offers(by_home[few])
            bound[few] = offer.gain
            good = offer.gain == level
            stale = 2 * good.sum() < few.size or good.sum() == top.size
            if good.any():
                kept = self._without_rivals(_those_at(offer, good))
                self.accept(kept)
                bound[few[np.isin(offer.contender, kept.contender)]] = 0

    def _gain_at_most(self, candidates: IntArray) -> IntArray:
        """A quick upper bound: missing people within reach, each at the number of her groups that lack people."""
        missing = self._weight()
        weights = int(missing.max(initial=0))
        own = missing[candidates]
        entries, counts = self._reach(candidates)
        total = np.add.reduceat(np.append(missing[self.follower[entries]], 0), np.cumsum(counts) - counts)
        total[counts == 0] = 0
        return np.minimum(total, weights * self.question.capacity) + own

    def _weight(self) -> IntArray:
        """How many groups that lack people each unserved person is in."""
        lacking = np.append(self.state.short > 0, False)
        weight = lacking[self.question.groups].sum(axis=0)
        weight[self.state.served] = 0
        return weight

    def _reach(self, candidates: IntArray) -> tuple[IntArray, IntArray]:
        return spans(self.pointer, candidates)

    def offers(self, contenders: IntArray) -> Offer:
        """Whom each of these would take now, and what that gains."""
        entries, counts = self._reach(contenders)
        whose = np.concatenate([np.repeat(np.arange(contenders.size), counts), np.arange(contenders.size)])
        person = np.concatenate([self.follower[entries], contenders])
        place = np.concatenate([np.arange(entries.size), np.full(contenders.size, -1)])
        live = self._weight()[person] > 0
        whose, person, place = whose[live], person[live], place[live]
        order = np.lexsort((place, whose))
        whose, person, place = whose[order], person[order], place[order]
        use = self._use(whose, person)
        order = np.lexsort((place, -use * (place >= 0), place >= 0, whose))
        order = order[use[order] > 0]
        whose, person, place, use = whose[order], person[order], place[order], use[order]
        followers = place >= 0
        starts = _starts(whose)
        runs = np.diff(np.append(starts, whose.size))
        led = np.cumsum(followers) - followers
        fits = ~followers | (led - np.repeat(led[starts], runs) < self.question.capacity)
        whose, person = whose[fits], person[fits]
        gain = np.bincount(whose, weights=use[fits], minlength=contenders.size).astype(np.int64)
        return Offer(contenders, person, np.bincount(whose, minlength=contenders.size), gain)

    def _use(self, whose: IntArray, person: IntArray) -> IntArray:
        """In how many groups each offered person still counts, not more per group and offer than the group lacks."""
        use = np.zeros(person.size, dtype=np.int64)
        short = np.append(self.state.short, 0)
        for row in self.question.groups:
            group = row[person]
            lack = short[group]
            counts = lack > 0
            tight = np.flatnonzero(counts & (lack <= self.question.capacity + 1))
            key = whose[tight] * short.size + group[tight]
            order = np.argsort(key, kind="stable")
            starts = _starts(key[order])
            runs = np.diff(np.append(starts, order.size))
            place = np.empty(order.size, dtype=np.int64)
            place[order] = np.arange(order.size) - np.repeat(starts, runs)
            counts[tight] &= place < lack[tight]
            use += counts
        return use

    def _without_rivals(self, offer: Offer) -> Offer:
        """The offers that no offer before them disturbs: no person taken twice, no group filled beyond its lack."""
        whose = np.repeat(np.arange(offer.contender.size), offer.count)
        first = np.full(self.question.n, offer.contender.size, dtype=np.int64)
        np.minimum.at(first, offer.person, whose)
        disturbed = np.zeros(offer.contender.size, dtype=np.bool_)
        disturbed[whose[first[offer.person] < whose]] = True
        short = np.append(self.state.short, np.iinfo(np.int64).max)
        for row in self.question.groups:
            group = row[offer.person]
            live = np.flatnonzero(~disturbed[whose] & (short[group] > 0))
            order = live[np.lexsort((whose[live], group[live]))]
            starts = _starts(group[order])
            runs = np.diff(np.append(starts, order.size))
            place = np.arange(order.size) - np.repeat(starts, runs)
            before_me = whose[order] != np.repeat(whose[order[starts]], runs)
            disturbed[whose[order[before_me & (place >= short[group[order]])]]] = True
        return _those_at(offer, ~disturbed)

    def accept(self, offer: Offer) -> None:
        """Put these on the list and serve whom they take."""
        state = self.state
        leader = np.repeat(offer.contender, offer.count)
        led = offer.person != leader
        state.served_by[offer.person[led]] = leader[led]
        state.served_by[offer.contender] = NOBODY
        newly = np.zeros(self.question.n, dtype=np.bool_)
        newly[offer.person] = True
        newly[offer.contender] = True
        newly &= ~state.served
        state.served |= newly
        state.chosen.extend(offer.contender.tolist())
        state.short = np.maximum(state.short - self.question.reached(newly), 0)


def _few_of_each(home: IntArray) -> IntArray:
    """The places of the first FEW of each home group, of which they stand sorted: enough to go on in all at once."""
    starts = _starts(home)
    counts = np.diff(np.append(starts, home.size))
    return np.flatnonzero(np.arange(home.size) - np.repeat(starts, counts) < FEW)


def _those_at(offer: Offer, kept: BoolArray) -> Offer:
    people = np.repeat(kept, offer.count)
    return Offer(offer.contender[kept], offer.person[people], offer.count[kept], offer.gain[kept])
