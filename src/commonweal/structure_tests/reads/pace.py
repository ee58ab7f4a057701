"""How soon after the first ask people took part, where that was recorded as it happened."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from commonweal.common.rows import as_moment, rows_of
from commonweal.people.words import Outcome
from commonweal.reckoning.odds import TENTH
from commonweal.structure_tests.models import Mark, StructureTest
from commonweal.structure_tests.reads.outcomes import Outcomes
from commonweal.structure_tests.words import How

FEWEST = 20
"""With fewer people a curve would be a staircase of chance."""
STEPS = 120
DID = Outcome.DID.value
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
    """How soon those took part whose marks were made as it happened; None where these are too few. One query; of a large
    roll it is remembered while nobody acts."""
    return outcomes.kept("pace", lambda: _pace_of(test, outcomes))


def _pace_of(test: StructureTest, outcomes: Outcomes) -> Pace | None:
    lines = {line.raw_entry: line for line in outcomes.lines if line.eligible and line.asker is not None}
    first: Any = None
    heard: set[Any] = set()
    done: dict[Any, Any] = {}
    marks = Mark.objects.filter(entry__test=test, how__in=LIVE).exclude(outcome="").order_by()
    # Moments stay as the engine sends them while they are only compared: both engines send them so that they can be.
    for entry, outcome, seen_at in rows_of(marks.values_list("entry_id", "outcome", "seen_at")):
        line = lines.get(entry)
        if line is None:
            continue
        heard.add(entry)
        if first is None or seen_at < first:
            first = seen_at
        if line.did and outcome == DID and (entry not in done or seen_at < done[entry]):
            done[entry] = seen_at
    if len(done) < FEWEST:
        return None
    began = as_moment(first)
    came: dict[bool, list[float]] = {True: [], False: []}
    for entry, seen_at in done.items():
        line = lines[entry]
        came[line.asker == line.leader].append((as_moment(seen_at) - began).total_seconds() / 3600)
    hers = sum(lines[entry].asker == lines[entry].leader for entry in heard)
    hours = max(one for times in came.values() for one in times)
    return Pace(_curve(came[True], hers), _curve(came[False], len(heard) - hers), len(heard), hours)


def _curve(times: list[float], people: int) -> list[Step]:
    """The staircase of those who had not taken part yet, in steps as fine as a drawing can show."""
    if people < FEWEST:
        return []
    steps = [Step(0.0, 1.0, 1.0, 1.0)]
    ordered, apart = sorted(times), -(-len(times) // STEPS)
    for number, hours in enumerate(ordered, start=1):
        if number % apart and number != len(ordered):
            continue
        share = 1 - number / people
        half = TENTH * sqrt(share * (1 - share) / people)
        steps.append(Step(hours, share, max(share - half, 0.0), min(share + half, 1.0)))
    return steps
