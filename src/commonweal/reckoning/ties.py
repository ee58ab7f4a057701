"""Who goes to whom, as plain arrays: the one shape of a tie that coverage, chains and graph share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


class BadTies(ValueError):
    """The arrays do not describe ties among n people; the message says which row and why."""


@dataclass(frozen=True)
class Ties:
    """Ties among people 0..n-1: `from_` goes to `to`, so `to` may lead `from_`.

    Shapes: one row a tie, three arrays of one length; a tie that holds both ways is two rows.
    Use `Ties.between` for raw rows: it drops self-ties, keeps the strongest of repeated ones and
    sorts, so that the order in which a file lists its rows changes nothing later.
    Units: strength is any finite number from 0 up; 0..1 by custom.
    Errors: BadTies.
    """

    from_: IntArray
    to: IntArray
    strength: FloatArray
    n: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "from_", np.asarray(self.from_, dtype=np.int64))
        object.__setattr__(self, "to", np.asarray(self.to, dtype=np.int64))
        object.__setattr__(self, "strength", np.asarray(self.strength, dtype=np.float64))
        if not self.from_.shape == self.to.shape == self.strength.shape or self.from_.ndim != 1:
            raise BadTies("from_, to and strength must be flat arrays of one length")
        if not self.from_.size:
            return
        for name, ends in (("from_", self.from_), ("to", self.to)):
            if ends.min() < 0 or ends.max() >= self.n:
                raise BadTies(f"{name} holds a person outside 0..{self.n - 1}")
        if not np.isfinite(self.strength).all() or self.strength.min() < 0:
            row = int(np.flatnonzero(~(np.isfinite(self.strength) & (self.strength >= 0)))[0])
            raise BadTies(f"tie {row}: strength {self.strength[row]} is not a number from 0 up")
        if (self.from_ == self.to).any():
            row = int(np.flatnonzero(self.from_ == self.to)[0])
            raise BadTies(f"tie {row}: person {self.from_[row]} is tied to herself")

    @classmethod
    def between(cls, from_: Any, to: Any, strength: Any = None, *, n: int, both_ways: bool = False) -> Ties:
        """Ties from raw rows: self-ties dropped, of repeated ties the strongest kept, sorted."""
        tail = np.asarray(from_, dtype=np.int64)
        head = np.asarray(to, dtype=np.int64)
        force = np.ones(tail.size) if strength is None else np.asarray(strength, dtype=np.float64)
        if both_ways:
            tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
            force = np.concatenate([force, force])
        apart = tail != head
        tail, head, force = tail[apart], head[apart], force[apart]
        key = tail * np.int64(max(n, 1)) + head
        order = np.argsort(key)
        key = key[order]
        starts = _starts(key)
        strongest = np.maximum.reduceat(force[order], starts) if starts.size else force
        first = order[starts]
        return cls(tail[first], head[first], strongest, n)

    def at_least(self, strength: float) -> Ties:
        """The ties of this strength and above."""
        if strength <= 0:
            return self
        kept = self.strength >= strength
        return Ties(self.from_[kept], self.to[kept], self.strength[kept], self.n)


def _starts(sorted_keys: IntArray) -> IntArray:
    """Where each run of equal keys begins."""
    if not sorted_keys.size:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]]))


def found_among(sorted_keys: IntArray, keys: IntArray) -> tuple[IntArray, BoolArray]:
    """Where each key stands among the sorted ones, and whether it does.

    Shapes: at least one sorted key, none twice; one entry per key, some place where it is not there.
    Cost: O(keys * log of the sorted ones).

    >>> [column.tolist() for column in found_among(np.array([3, 5]), np.array([5, 4]))]
    [[1, 1], [True, False]]
    """
    at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return at, sorted_keys[at] == keys


def spans(pointer: IntArray, rows: IntArray) -> tuple[IntArray, IntArray]:
    """The entries that belong to these rows of a compressed list, and how many each row has.

    `pointer` has one more element than there are rows; row r holds entries pointer[r]..pointer[r+1]-1.

    Shapes: `rows` may repeat and need no order; entries come row after row, in the order of `rows`; empty for no
    rows.
    Cost: O(entries that come back).
    """
    counts = pointer[rows + 1] - pointer[rows]
    before = np.cumsum(counts) - counts
    entries = np.arange(int(counts.sum()), dtype=np.int64)
    return entries + np.repeat(pointer[rows] - before, counts), counts
