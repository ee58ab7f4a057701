"""How soon after the first ask people took part, where that was recorded as it happened."""

from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from commonweal.common.rows import as_moment, rows_of
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import Mark, StructureTest
from commonweal.structure_tests.reads.outcomes import Outcomes
from commonweal.structure_tests.rules.readings import TENTH
from commonweal.structure_tests.words import How

FEWEST = 20
"""With fewer people a curve would be a staircase of chance."""
LIVE = (How.PHONE,)
"""Marks made where it happened. What is typed from paper afterwards has the time of the typing."""


@dataclass(frozen=True)
class Step:
    """From this moment on (hours after the first mark) this share had not taken part yet; 80 % between low and high."""

    hours: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Pace:
    """Those asked by their own leader and those asked by anybody else; a group of too few is empty."""

    by_leader: list[Step]
    by_other: list[Step]
    people: int
    hours: float


def pace_of(test: StructureTest, outcomes: Outcomes) -> Pace | None:
    """How soon those took part whose marks were made as it happened; None where these are too few. One query."""
    lines = {line.raw_entry: line for line in outcomes.lines if line.eligible and line.asker is not None}
    marks = Mark.objects.filter(entry__test=test, how__in=LIVE).exclude(outcome="").order_by("seen_at", "pk")
    first: datetime | None = None
    came: dict[bool, list[float]] = {True: [], False: []}
    asked: dict[bool, int] = {True: 0, False: 0}
    done, heard = set(), set()
    for entry, outcome, seen_at in rows_of(marks.values_list("entry_id", "outcome", "seen_at")):
        line = lines.get(entry)
        if line is None:
            continue
        first = first or as_moment(seen_at)
        hers = line.asker == line.leader
        if entry not in heard:
            heard.add(entry)
            asked[hers] += 1
        if outcome == Outcome.DID and line.did and entry not in done:
            done.add(entry)
            came[hers].append((as_moment(seen_at) - first).total_seconds() / 3600)
    if len(done) < FEWEST:
        return None
    hours = max(one for times in came.values() for one in times)
    return Pace(_curve(came[True], asked[True]), _curve(came[False], asked[False]), len(heard), hours)


def _curve(times: list[float], people: int) -> list[Step]:
    if people < FEWEST:
        return []
    steps = [Step(0.0, 1.0, 1.0, 1.0)]
    for number, hours in enumerate(sorted(times), start=1):
        share = 1 - number / people
        half = TENTH * sqrt(share * (1 - share) / people)
        step = Step(hours, share, max(share - half, 0.0), min(share + half, 1.0))
        if steps[-1].hours == hours and len(steps) > 1:
            steps[-1] = step
        else:
            steps.append(step)
    return steps
