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
    her_people: int
    """How many are counted with her on the shortest list, herself among them."""
    instead: list[tuple[Glance, int]]
    """Who would reach how many of them if she says no."""
    dispensable: bool
    """Every unit and shift is reached without her."""

    @property
    def stage_word(self) -> str:
        return str(Stage(self.stage).label) if self.stage else ""


def rows_of(part: Part, candidates: Iterable[Candidate]) -> list[Row]:
    """The rows of these candidates, in their order; who is no longer inside the scope is left out."""
    chosen = list(candidates)
    people = {one.person_id for one in chosen}
    seen = glances(part.scope, people | {other for one in chosen for other, _reached in stand_ins_of(one)})
    stages = stages_of(part, people)
    return [row_of(one, seen, stages.get(one.person_id, "")) for one in chosen if one.person_id in seen]


def stand_ins_of(candidate: Candidate) -> list[tuple[UUID, int]]:
    """Who could step in for a proposed leader, as (person, how many of her people), most first."""
    return [(UUID(other), reached) for other, reached in candidate.evidence.get("instead", ())]


def row_of(candidate: Candidate, seen: dict[UUID, Glance], stage: str) -> Row:
    """One candidate as a row."""
    facts = candidate.evidence
    drawn = candidate.median is not None
    verdict = Verdict(candidate.verdict)
    chip, icon = CHIPS[verdict]
    return Row(
        glance=seen[candidate.person_id],
        stage=stage,
        seen=what_was_seen(facts),
        verdict=str(verdict.label),
        chip=chip,
        icon=icon,
        range=LikelyRange(candidate) if drawn else None,
        no_range="" if drawn else why_no_range(candidate),
        proposed=candidate.proposed,
        her_people=facts.get("her_people", 0),
        instead=[(seen[other], reached) for other, reached in stand_ins_of(candidate) if other in seen],
        dispensable=facts.get("stand_ins", 0) < 0,
    )


def names(seen: dict[UUID, Glance], people: Iterable[UUID]) -> list[Glance]:
    """The glances of these people, in their order, without those nobody here may see."""
    return [seen[person] for person in people if person in seen]
