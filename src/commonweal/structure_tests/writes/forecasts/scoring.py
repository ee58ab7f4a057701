"""What was said of a test beforehand is held against what happened, beside plain guesses."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.common.scope import EVERYTHING
from commonweal.ledger.writes import record
from commonweal.people.words import Outcome
from commonweal.reckoning.forecast import scores_of
from commonweal.structure_tests.models import BallotCount, Forecast, Prediction, StructureTest
from commonweal.structure_tests.reads.leaders import records_before
from commonweal.structure_tests.reads.outcomes import Outcomes, outcomes_of
from commonweal.structure_tests.reads.results import last_test
from commonweal.structure_tests.reads.shares import shares_of
from commonweal.structure_tests.reads.tallies import Line
from commonweal.structure_tests.rules.readings import EXPECTED_SHARE

OWN_RECORD = 2.0
"""So many acts weigh as much as the last share when somebody's own history is guessed from."""
DIGITS = 4


def score_forecasts(*, test: StructureTest, by: UUID | None, at: datetime) -> int:
    """The forecasts that a test opened with are scored and each person's chance is forgotten; how many those were.

    A chance says how likely it is that she comes, whatever keeps her away: so whoever could not come did not come, as is
    whoever is not recorded, and as in the shares. Of whom it is not known, nothing is scored.
    """
    rows = list(Forecast.objects.filter(test=test, current=True, score__isnull=True))
    if not rows:
        return 0
    outcomes = outcomes_of(EVERYTHING, test)
    plain = _plain_guesses(test, outcomes)
    for row in rows:
        row.score = {} if "withheld" in row.facts else _score(row, test, outcomes) | {"plain": plain}
        row.chances = ""
        row.save(update_fields=["score", "chances"])
    record("scored_forecasts", by=by, at=at, subject_kind="structure_test", subject=test.pk, facts={"rows": len(rows)})
    return len(rows)


def _score(row: Forecast, test: StructureTest, outcomes: Outcomes) -> dict[str, Any]:
    if not any(line.outcome for line in outcomes.lines):
        return _counted(row, test)
    share, overall = outcomes.tally.share, row.facts["overall"]
    by_unit = {str(unit): tally.share for unit, tally in outcomes.by_unit().items() if tally.eligible}
    units = [(said, by_unit[unit]) for unit, said in row.facts["units"].items() if unit in by_unit]
    every = all(came >= float(test.unit_threshold) for came in by_unit.values())
    return {
        "share": round(share, DIGITS),
        "inside": overall["low"] <= share <= overall["high"],
        "reached": share >= float(test.threshold) and every,
        "units": len(units),
        "units_inside": sum(said["low"] <= came <= said["high"] for said, came in units),
        "by_unit": {unit: round(came, DIGITS) for unit, came in by_unit.items()},
        **_of_people(json.loads(str(row.chances) or "{}"), outcomes),
    }


def _counted(row: Forecast, test: StructureTest) -> dict[str, Any]:
    """Of a ballot only its count is known, and of an act that nobody recorded not even that."""
    count = BallotCount.objects.filter(test=test, unit=None, entitled__gt=0).first()
    if count is None:
        return _scores([])
    share, overall = count.cast / count.entitled, row.facts["overall"]
    return {
        "share": round(share, DIGITS),
        "inside": overall["low"] <= share <= overall["high"],
        **_scores([]),
    }


def _of_people(chances: dict[str, float], outcomes: Outcomes) -> dict[str, Any]:
    return _scores([(chances[line.person.hex], line.did) for line in _known(outcomes) if line.person.hex in chances])


def _known(outcomes: Outcomes) -> list[Line]:
    """Of whom it is known whether they came: all who could take part, but for those of whom nobody knows."""
    return [line for line in outcomes.lines if line.eligible and line.outcome != Outcome.UNKNOWN]


def _plain_guesses(test: StructureTest, outcomes: Outcomes) -> dict[str, Any]:
    """How near plain guesses came: the last share for everybody, everybody's own history, what people predicted."""
    known = _known(outcomes)
    before = last_test(test)
    shares = shares_of(EVERYTHING, [before])[before.pk] if before else {}
    could = sum(eligible for _did, eligible in shares.values())
    last = sum(did for did, _eligible in shares.values()) / could if could else 0.5
    records = records_before(test)

    def own(person: Any) -> float:
        held, came = records.get(person, (0, 0))
        return (came + OWN_RECORD * last) / (held + OWN_RECORD)

    said: dict[UUID, list[float]] = defaultdict(list)
    for entry, expectation in Prediction.objects.filter(entry__test=test).values_list("entry", "expectation"):
        said[entry].append(EXPECTED_SHARE[expectation])
    return {
        "last_share": _scores([(last, line.did) for line in known]),
        "own_history": _scores([(own(line.raw_person), line.did) for line in known]),
        "predicted": _scores([(float(np.mean(said[line.entry])), line.did) for line in known if line.entry in said]),
    }


def _scores(known: list[tuple[float, bool]]) -> dict[str, Any]:
    if not known:
        return {"people": 0, "brier": None, "log": None}
    found = scores_of(np.array([chance for chance, _ in known]), np.array([came for _, came in known], dtype=np.bool_))
    return {"people": found.people, "brier": round(found.brier, DIGITS), "log": round(found.log, DIGITS)}
