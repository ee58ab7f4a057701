"""What is said of each candidate: the evidence, the doubt and the verdict in a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.leaders.models import Candidate
from commonweal.leaders.rules.verdicts import order_of_evidence, verdict_in_words
from commonweal.leaders.writes.reading.evidence import NominationRows
from commonweal.leaders.writes.reading.roll import Ints, Roll
from commonweal.leaders.writes.reading.shortest import Instead
from commonweal.leaders.writes.reading.voices import Voices
from commonweal.reckoning.pull import PullReading
from commonweal.reckoning.pull import Verdict as Read

READ = {
    Read.WITHHELD_FEW_TESTS: "few_tests",
    Read.TOO_EARLY: "too_early",
    Read.CANNOT_TELL_APART: "cannot_tell",
    Read.LIFTS: "lifts",
    Read.HOLDS_BACK: "holds_back",
    Read.ABOUT_USUAL: "usual",
}
FEWEST_TESTS = 2
Estimate = tuple[float | None, float | None, float | None]


def candidates_of(
    reading: UUID,
    roll: Roll,
    pull: PullReading | None,
    voices: Voices,
    named: NominationRows,
    degree: Ints,
    also: set[int],
    proposed: Mapping[int, Instead],
) -> list[Candidate]:
    """One candidate for everybody who asked or is named, who is on the list, or whom the reading proposes.

    `proposed` says for each person on the shortest list who could step in for her.
    """
    place = {} if pull is None else {int(person): row for row, person in enumerate(pull.candidate)}
    questions = _questions(named)
    who = sorted(set(place) | set(np.flatnonzero(voices.named_by).tolist()) | also | set(proposed))
    made = []
    for person in who:
        evidence = _evidence(voices, person) | {"questions": questions.get(person, {}), "ties": int(degree[person])}
        if person in proposed:
            evidence |= _if_she_says_no(roll, proposed[person])
        read, estimate = _read(pull, place.get(person), evidence)
        made.append(
            Candidate(
                reading_id=reading,
                person_id=roll.id_of(person),
                place=0,
                verdict=verdict_in_words(read, named_by=evidence["named_by"], high=estimate[2]),
                evidence=evidence,
                median=estimate[0],
                low=estimate[1],
                high=estimate[2],
                proposed=person in proposed,
            )
        )
    _lay_out(made)
    return made


def _evidence(voices: Voices, person: int) -> dict[str, Any]:
    return {
        "named_by": int(voices.named_by[person]),
        "named_across": int(voices.across[person]),
        "named_apart": int(voices.apart[person]),
        "named_opposed": int(voices.opposed[person]),
        "asked": 0,
        "came": 0,
    }


def _if_she_says_no(roll: Roll, instead: Instead) -> dict[str, Any]:
    return {
        "her_people": instead.people,
        "instead": [[str(roll.id_of(other)), reached] for other, reached in instead.others],
        "stand_ins": instead.enough,
    }


def _read(pull: PullReading | None, row: int | None, evidence: dict[str, Any]) -> tuple[str, Estimate]:
    """The verdict and the estimate of who stands in `row`; what was seen of her asks joins the evidence."""
    if pull is None:
        return "too_early", (None, None, None)
    if row is None:
        return "few_tests" if pull.tests < FEWEST_TESTS else "too_early", (None, None, None)
    evidence.update(_asks_in_words(pull, row))
    return READ[Read(pull.verdict[row])], _estimate(pull, row)


def _questions(named: NominationRows) -> dict[int, dict[str, int]]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for nominee, question in zip(named.nominee.tolist(), named.question.tolist(), strict=True):
        counts[nominee][question] += 1
    return {nominee: dict(sorted(count.items())) for nominee, count in counts.items()}


def _estimate(pull: PullReading, row: int) -> Estimate:
    if np.isnan(pull.median[row]):
        return None, None, None
    return round(float(pull.median[row]), 2), round(float(pull.low[row]), 2), round(float(pull.high[row]), 2)


def _asks_in_words(pull: PullReading, row: int) -> dict[str, Any]:
    return {
        "asked": int(pull.asked[row]),
        "came": int(pull.came[row]),
        "expected": round(float(pull.expected[row]), 2),
        "like_them_asked": int(pull.like_them_asked[row]),
        "like_them_came": round(float(pull.like_them_came[row]), 2),
    }


def _lay_out(candidates: list[Candidate]) -> None:
    """Puts them in the order of their evidence; equal evidence shares a place."""

    def key(candidate: Candidate) -> tuple[int, int, int]:
        facts = candidate.evidence
        return order_of_evidence(
            candidate.verdict, low=candidate.low, named_apart=facts["named_apart"], ties=facts["ties"]
        )

    candidates.sort(key=lambda one: (key(one), one.person_id))
    before, place = None, 0
    for candidate in candidates:
        if key(candidate) != before:
            before, place = key(candidate), place + 1
        candidate.place = place
