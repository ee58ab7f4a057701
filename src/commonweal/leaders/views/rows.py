"""Candidates as the pages show them: the person, the evidence as a sentence, the range as a drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from commonweal.leaders.models import Candidate
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.listed import stages_of
from commonweal.leaders.views.sentences import LikelyRange, what_was_seen, why_no_range
from commonweal.leaders.words import Stage, Verdict
from commonweal.people.reads.glances import Glance, glances

CHIPS = {
    Verdict.LIFTS: ("good", "check"),
    Verdict.UNNAMED: ("good", "search"),
    Verdict.HOLDS_BACK: ("bad", "warn"),
    Verdict.LOUD: ("warn", "talk"),
    Verdict.CANNOT_TELL: ("quiet", "coin"),
    Verdict.USUAL: ("quiet", "people"),
    Verdict.TOO_EARLY: ("quiet", "early"),
    Verdict.ONE_TEST: ("quiet", "early"),
}


@dataclass(frozen=True)
class Row:
    """One candidate on a page."""

    glance: Glance
    stage: str
    seen: SafeString
    verdict: str
    chip: str
    icon: str
    range: LikelyRange | None
    no_range: str
    proposed: bool
    replaceable: int

    @property
    def stage_word(self) -> str:
        return str(Stage(self.stage).label) if self.stage else ""


def rows_of(part: Part, candidates: Iterable[Candidate]) -> list[Row]:
    """The rows of these candidates, in their order; who is no longer inside the scope is left out."""
    chosen = list(candidates)
    people = {one.person_id for one in chosen}
    seen = glances(part.scope, people)
    stages = stages_of(part, people)
    return [row_of(one, seen[one.person_id], stages.get(one.person_id, "")) for one in chosen if one.person_id in seen]


def row_of(candidate: Candidate, glance: Glance, stage: str) -> Row:
    """One candidate as a row."""
    drawn = candidate.median is not None
    verdict = Verdict(candidate.verdict)
    chip, icon = CHIPS[verdict]
    return Row(
        glance=glance,
        stage=stage,
        seen=what_was_seen(candidate.evidence),
        verdict=str(verdict.label),
        chip=chip,
        icon=icon,
        range=LikelyRange(candidate) if drawn else None,
        no_range="" if drawn else why_no_range(candidate),
        proposed=candidate.proposed,
        replaceable=candidate.evidence.get("stand_ins", 0),
    )


def names(seen: dict[UUID, Glance], people: Iterable[UUID]) -> list[Glance]:
    """The glances of these people, in their order, without those nobody here may see."""
    return [seen[person] for person in people if person in seen]
