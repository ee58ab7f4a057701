"""The shortest list as a whole-number programme, for proof; and what its relaxation says no list can beat."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from commonweal.reckoning.coverage.greedy import Progress
from commonweal.reckoning.coverage.question import NOBODY, Question
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray


class Programme:
    """Variables: x for each possible leader, then y for each tie to one.

    minimise   sum (n + 1 - 0.9 score) x - sum strength / (2 (n + 1)) y
    each person    all her y + her x <= 1          one leader at most; leaders follow nobody
    each leader    all y to her <= capacity x, and each y <= x
    each group     its y and x together >= need
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        able = question.allowed.copy()
        able[question.pinned] = True
        self.leaders = np.flatnonzero(able)
        number = np.full(question.n, NOBODY, dtype=np.int64)
        number[self.leaders] = np.arange(self.leaders.size)
        candidate = np.repeat(np.arange(question.n), np.diff(question.pointer))
        used = able[candidate]
        self.tail, self.head = question.follower[used], number[candidate[used]]
        self.strength = question.strength[used]
        self.matrix, self.low, self.high = self._constraints()
        self.floor = np.zeros(self.leaders.size + self.tail.size)
        self.floor[number[question.pinned]] = 1.0

    def _constraints(self) -> tuple[sparse.csr_array, FloatArray, FloatArray]:
        question, leaders, ties = self.question, self.leaders, self.tail.size
        x, y = np.arange(leaders.size), leaders.size + np.arange(ties)
        blocks: list[tuple[IntArray, IntArray, FloatArray, int]] = [
            (np.concatenate([leaders, self.tail]), np.concatenate([x, y]), np.ones(leaders.size + ties), question.n),
            (
                np.concatenate([x, self.head]),
                np.concatenate([x, y]),
                np.concatenate([np.full(leaders.size, -float(question.capacity)), np.ones(ties)]),
                leaders.size,
            ),
            (
                np.concatenate([np.arange(ties), np.arange(ties)]),
                np.concatenate([y, self.head]),
                np.concatenate([np.ones(ties), -np.ones(ties)]),
                ties,
            ),
        ]
        person, column = np.concatenate([leaders, self.tail]), np.concatenate([x, y])
        group = question.groups[:, person]
        inside = group >= 0
        blocks.append(
            (
                group[inside],
                np.broadcast_to(column, group.shape)[inside],
                np.ones(int(inside.sum())),
                question.size.size,
            )
        )
        width = leaders.size + ties
        matrix = sparse.vstack(
            [sparse.csr_array((value, (row, col)), shape=(rows, width)) for row, col, value, rows in blocks]
        ).tocsr()
        above = np.concatenate(
            [np.ones(question.n), np.zeros(leaders.size + ties), np.full(question.size.size, np.inf)]
        )
        below = np.full(above.size, -np.inf)
        below[-question.size.size :] = question.need
        return matrix, below, above

    def fewest(self) -> int:
        """No list is shorter than the relaxed programme's, rounded up; the pinned are counted in. 0 if none reaches."""
        cost = np.concatenate([np.ones(self.leaders.size), np.zeros(self.tail.size)])
        rows = self.question.size.size
        above = sparse.vstack([self.matrix[:-rows], -self.matrix[-rows:]])
        limit = np.concatenate([self.high[:-rows], -self.low[-rows:]])
        ceiling = np.ones(cost.size)
        found = linprog(cost, A_ub=above, b_ub=limit, bounds=np.column_stack([self.floor, ceiling]), method="highs")
        return int(np.ceil(found.fun - 1e-6)) if found.status == 0 else 0

    def solve(self, nodes: int | None) -> tuple[Progress, bool] | None:
        """The best list found and whether none is shorter; None where none was found or none reaches the target."""
        question = self.question
        n = question.n
        span = float(np.ptp(question.score)) or 1.0
        likely = (question.score[self.leaders] - question.score.min(initial=0.0)) / span
        most = float(self.strength.max(initial=0.0)) or 1.0
        cost = np.concatenate([n + 1 - 0.9 * np.clip(likely, 0, 1), -0.5 * self.strength / most / (n + 1)])
        found = milp(
            cost,
            integrality=np.ones(cost.size),
            bounds=Bounds(self.floor, np.ones(cost.size)),
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            options={} if nodes is None else {"node_limit": nodes},
        )
        if found.x is None:
            return None
        return self._progress(found.x > 0.5), found.status == 0

    def _progress(self, taken: BoolArray) -> Progress:
        chosen = self.leaders[taken[: self.leaders.size]]
        served_by = np.full(self.question.n, NOBODY, dtype=np.int64)
        walks = taken[self.leaders.size :]
        served_by[self.tail[walks]] = self.leaders[self.head[walks]]
        served = served_by >= 0
        served[chosen] = True
        pinned = self.question.pinned.tolist()
        rest = sorted(set(chosen.tolist()) - set(pinned))
        short = np.maximum(self.question.need - self.question.reached(served & self.question.wanted), 0)
        return Progress(pinned + rest, served_by, served, short)
