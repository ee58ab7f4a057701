"""Whether what was said of people beforehand came true, by who said it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np

from commonweal.common.rows import as_id, rows_of
from commonweal.people.models import Assessment
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.histories import actor_names
from commonweal.people.words import AssessmentBasis
from commonweal.reckoning.forecast import scores_of
from commonweal.structure_tests.models import Prediction, StructureTest
from commonweal.structure_tests.reads.outcomes import Outcomes
from commonweal.structure_tests.reads.tallies import Line
from commonweal.structure_tests.rules.readings import EXPECTED_SHARE


@dataclass
class Kept:
    """Of so many of whom it was said, so many took part."""

    people: int = 0
    came: int = 0

    def add(self, came: bool) -> None:
        """Counts one more."""
        self.people += 1
        self.came += came

    @property
    def share(self) -> float:
        """The share that took part; 0 of nobody."""
        return self.came / self.people if self.people else 0.0


@dataclass
class Judgements:
    """What somebody had said before the test, and what came of it: by stance that people had stated to her, and by
    what she expected of them. `name` is "" for everybody together, and for what nobody known had entered."""

    name: str = ""
    stances: dict[str, Kept] = field(default_factory=lambda: defaultdict(Kept))
    expectations: dict[str, Kept] = field(default_factory=lambda: defaultdict(Kept))

    @property
    def rated(self) -> int:
        """Of how many people she had a stated stance."""
        return sum(kept.people for kept in self.stances.values())

    @property
    def predicted(self) -> int:
        """Of how many people she had said what she expects."""
        return sum(kept.people for kept in self.expectations.values())

    @property
    def distance(self) -> float:
        """How far her expectations lay from what came: 0 is perfect, 0.25 a coin (Brier)."""
        if not self.predicted:
            return 0.0
        said, kept = [EXPECTED_SHARE[said] for said in self.expectations], list(self.expectations.values())
        came = np.repeat(
            np.tile([True, False], len(kept)), [n for one in kept for n in (one.came, one.people - one.came)]
        )
        return scores_of(np.repeat(said, [one.people for one in kept]), came).brier

    @property
    def plain_distance(self) -> float:
        """The same had she said of everybody the share that came."""
        kept = list(self.expectations.values())
        people = sum(one.people for one in kept)
        share = sum(one.came for one in kept) / people if people else 0.0
        return share * (1 - share)


@dataclass(frozen=True)
class Truthfulness:
    """Everybody's judgements together, then those of each organizer, who rated most first."""

    together: Judgements
    each: list[Judgements]


def judgements_of(test: StructureTest, outcomes: Outcomes) -> Truthfulness:
    """What had been said of the people whose outcomes are given, against what they did; three queries, and of a large
    roll remembered while nobody acts: nobody may change what comes."""
    return outcomes.kept("judgements", lambda: _judgements_of(test, outcomes))


def _judgements_of(test: StructureTest, outcomes: Outcomes) -> Truthfulness:
    lines = {line.raw_person: line for line in outcomes.lines if line.decided}
    by: dict[UUID | None, Judgements] = defaultdict(Judgements)
    together = Judgements()
    for line, rater in _stated(test, lines):
        for one in (together, by[rater]):
            one.stances[line.stance].add(line.did)
    entries = {line.raw_entry: line for line in lines.values()}
    predictions = Prediction.objects.filter(entry__test=test).order_by()
    for entry, said, who in rows_of(predictions.values_list("entry_id", "expectation", "by")):
        if entry in entries:
            for one in (together, by[as_id(who)]):
                one.expectations[said].add(entries[entry].did)
    names = actor_names(by)
    for rater, one in by.items():
        one.name = names.get(rater, "") if rater else ""
    each = sorted(by.values(), key=lambda one: (-one.rated - one.predicted, one.name))
    return Truthfulness(together, each)


def _stated(test: StructureTest, lines: dict[object, Line]) -> Iterable[tuple[Line, UUID | None]]:
    """Everybody whose stance was frozen at the opening, with who had entered it."""
    if test.opened_at is None:
        return []
    rows = standing(Assessment).filter(
        basis=AssessmentBasis.STATED, entered_at__lte=test.opened_at, person__on_rolls__test=test
    )
    latest: dict[object, tuple[str, object]] = {}
    ordered = rows.order_by("on", "entered_at").values_list("person_id", "stance", "entered_by")
    for person, stance, rater in rows_of(ordered):
        latest[person] = (stance, rater)
    found = []
    for person, (stance, rater) in latest.items():
        line = lines.get(person)
        if line is not None and line.stance == stance:
            found.append((line, as_id(rater) if rater else None))
    return found
