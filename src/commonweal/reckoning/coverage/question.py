"""What is asked of a list: whom each candidate could lead, and how many of each group must be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray, Ties

NOBODY = -1


class ListRefused(ValueError):
    """The question makes no sense; the message says which part."""


@dataclass(frozen=True)
class Question:
    """Candidate c could lead the people follower[pointer[c] .. pointer[c+1]-1].

    `groups` has one row per grouping, one column per person: the number of her group, or -1. Groups are numbered
    through all groupings. `size` and `need` have one entry per group: how many people, how many must be reached.
    `wanted`: whoever is in some group. `allowed`: who may be put on the list. `pinned`: who is on it already.
    """

    n: int
    follower: IntArray
    strength: FloatArray
    pointer: IntArray
    groups: IntArray
    group_key: tuple[tuple[int, int], ...]
    size: IntArray
    need: IntArray
    wanted: BoolArray
    allowed: BoolArray
    pinned: IntArray
    score: FloatArray
    capacity: int

    def reached(self, served: BoolArray) -> IntArray:
        """How many people of each group are served."""
        counts = np.zeros(self.size.size, dtype=np.int64)
        for row in self.groups:
            inside = served & (row >= 0)
            counts += np.bincount(row[inside], minlength=self.size.size)
        return counts


def share_of(target: float, size: int) -> int:
    """How many of `size` people are at least the share `target`; 0.9 means nine tenths, not its binary neighbour.

    Units and ranges: `target` 0..1, `size` from 0; an exact whole number, rounded up.
    """
    exact = Fraction(str(target)) * size
    return -(-exact.numerator // exact.denominator)


def pose(
    ties: Ties,
    *,
    groups: Sequence[IntArray],
    target: float,
    capacity: int,
    pinned: Sequence[int],
    vetoed: Sequence[int],
    score: FloatArray | None,
    least_ties: int,
) -> Question:
    """The question in the shape that every method answers; ListRefused where it makes no sense.

    Shapes: `ties` from follower to leader; `groups` one array per grouping, one entry per person, negative for
    nobody's group; without any, everybody is one group. `pinned` and `vetoed` are numbers of people; what repeats
    counts once.
    Units and ranges: `target` above 0 up to 1, of every group; `capacity` from 1; `score` any finite number, 0
    where None.
    Errors: ListRefused, with the part that makes no sense.
    Errs: whoever has fewer than `least_ties` is no candidate, even if no other could lead her people.
    Cost: O(ties log ties + people times groupings).
    """
    _refuse_nonsense(ties.n, target, capacity, pinned, vetoed, score)
    rows, keys = _numbered_groups(groups, ties.n)
    size = np.zeros(len(keys), dtype=np.int64)
    for row in rows:
        size += np.bincount(row[row >= 0], minlength=len(keys))
    shares = {count: share_of(target, count) for count in np.unique(size).tolist()}
    wanted: BoolArray = np.asarray((rows >= 0).any(axis=0))
    follower, strength, pointer = _reach_of_candidates(ties, wanted)
    on_list = np.array(list(dict.fromkeys(int(person) for person in pinned)), dtype=np.int64)
    could_lead = np.diff(pointer)
    allowed = (wanted | (could_lead > 0)) & (could_lead >= least_ties)
    allowed[np.asarray(vetoed, dtype=np.int64)] = False
    allowed[on_list] = False
    return Question(
        n=ties.n,
        follower=follower,
        strength=strength,
        pointer=pointer,
        groups=rows,
        group_key=keys,
        size=size,
        need=np.array([shares[count] for count in size.tolist()], dtype=np.int64),
        wanted=wanted,
        allowed=allowed,
        pinned=on_list,
        score=np.zeros(ties.n) if score is None else np.asarray(score, dtype=np.float64),
        capacity=capacity,
    )


def _reach_of_candidates(ties: Ties, wanted: BoolArray) -> tuple[IntArray, FloatArray, IntArray]:
    """Whom each candidate could lead among those wanted, strongest ties first, equal ones by number; and where she starts.

    Candidate, strength and row are sorted as one number, ten times quicker than by three keys. The strength gets the
    bits that the others leave: 40 in a workplace, 17 with a million people and thirty million ties.
    """
    useful = wanted[ties.from_]
    tail, head, strength = ties.from_[useful], ties.to[useful], ties.strength[useful]
    if (tail[1:] < tail[:-1]).any():
        by_number = np.argsort(tail, kind="stable")
        tail, head, strength = tail[by_number], head[by_number], strength[by_number]
    bits = int(tail.size).bit_length()
    fine = 1 << max(1, min(40, 62 - bits - int(ties.n).bit_length()))
    weak = ((fine - 1) * (1.0 - strength / max(float(strength.max(initial=0.0)), 1e-300))).astype(np.int64)
    order = np.sort(((head * fine + weak) << bits) + np.arange(tail.size)) & ((1 << bits) - 1)
    pointer = np.concatenate([[0], np.cumsum(np.bincount(head, minlength=ties.n))])
    return tail[order], strength[order], pointer


def _refuse_nonsense(
    n: int, target: float, capacity: int, pinned: Sequence[int], vetoed: Sequence[int], score: FloatArray | None
) -> None:
    if not 0 < target <= 1:
        raise ListRefused(f"target {target} is not a share above 0 and up to 1")
    if capacity < 1:
        raise ListRefused(f"capacity {capacity} leaves no room for anybody")
    for name, people in (("pinned", pinned), ("vetoed", vetoed)):
        if any(not 0 <= int(person) < n for person in people):
            raise ListRefused(f"{name} names somebody outside 0..{n - 1}")
    both = {int(person) for person in pinned} & {int(person) for person in vetoed}
    if both:
        raise ListRefused(f"person {min(both)} is both pinned and vetoed")
    if score is not None and (len(score) != n or not np.isfinite(np.asarray(score, dtype=np.float64)).all()):
        raise ListRefused("score needs one finite number for each person")


def _numbered_groups(groups: Sequence[IntArray], n: int) -> tuple[IntArray, tuple[tuple[int, int], ...]]:
    """Groups renumbered through all groupings; without any grouping everybody is one group."""
    given = [np.asarray(row, dtype=np.int64) for row in groups] or [np.zeros(n, dtype=np.int64)]
    rows: list[IntArray] = []
    keys: list[tuple[int, int]] = []
    for place, row in enumerate(given):
        if row.shape != (n,):
            raise ListRefused(f"grouping {place} has {row.size} entries for {n} people")
        names, number = np.unique(row, return_inverse=True)
        outside = int((names < 0).sum())
        rows.append(np.where(row < 0, NOBODY, number - outside + len(keys)))
        keys.extend((place, int(name)) for name in names[outside:])
    return np.array(rows, dtype=np.int64).reshape(len(rows), n), tuple(keys)
