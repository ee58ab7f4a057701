"""What the current reading says of the people of a part, in the order of their evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commonweal.common.refusals import NotYours
from commonweal.leaders.models import Candidate, ListedLeader, Reading, Veto
from commonweal.leaders.reads.campaigns import Part, standing_now
from commonweal.leaders.reads.touched import counted_where_touched
from commonweal.leaders.rules.acts import EVERYBODY_STAYS, NOBODY_MOVES, ONE_WALKS
from commonweal.ledger.reads import while_nobody_acts

PAGE = 40
ON, OFF, PROPOSED = "on", "off", "proposed"
"""On the list; not on it; not on it but on the shortest list."""


@dataclass(frozen=True)
class Wish:
    """Which candidates somebody wants to see; empty means all."""

    unit: UUID | None = None
    verdict: str = ""
    listed: str = ""


def candidates_within(part: Part, reading: Reading, wish: Wish | None = None) -> QuerySet[Candidate]:
    """The candidates of a part whom the wish lets through, strongest evidence first."""
    wish = wish or Wish()
    found = Candidate.objects.filter(reading=reading)
    if wish.verdict:
        found = found.filter(verdict=wish.verdict)
    listed = Exists(ListedLeader.objects.filter(campaign=part.campaign, person=OuterRef("person"), off_since=None))
    if wish.listed == ON:
        found = found.filter(listed)
    elif wish.listed == OFF:
        found = found.filter(~listed)
    elif wish.listed == PROPOSED:
        found = found.filter(proposed=True).filter(~listed)
    if wish.unit is not None:
        found = found.filter(person__in=part.placements().filter(unit=wish.unit).values("person"))
    else:  # asked last: it takes longest
        found = found.filter(part.holds("person"))
    return found.order_by("place", "person_id")


def number_of_candidates(part: Part, reading: Reading) -> int:
    """How many candidates a part has; two queries."""
    asked = ("candidates", reading.pk, part.units, part.everywhere)
    amend = counted_where_touched(part, lambda unit: unit, lambda touched: _by_unit(part, reading, Q(unit__in=touched)))
    counted = while_nobody_acts(asked, lambda: _by_unit(part, reading, Q()), but=EVERYBODY_STAYS, amend=amend)
    return sum(counted.values())


def _by_unit(part: Part, reading: Reading, only: Q) -> dict[UUID, int]:
    candidates = Candidate.objects.filter(reading=reading).order_by().values("person")
    rows = standing_now().filter(only, person__in=candidates).order_by().values_list("unit")
    return {unit: number for unit, number in rows.annotate(number=Count("*")) if unit in part.units}


def candidate_of(part: Part, reading: Reading | None, person: UUID) -> Candidate | None:
    """What the reading says of one person, if it says anything. Raises NotYours when she is outside the part."""
    her = part.person(person)
    if reading is None:
        return None
    return Candidate.objects.filter(reading=reading, person=her).first()


def candidates_by_person(reading: Reading, people: Iterable[UUID]) -> dict[UUID, Candidate]:
    """What the reading says of each of these people."""
    return {one.person_id: one for one in Candidate.objects.filter(reading=reading, person__in=list(people))}


def is_vetoed(part: Part, person: UUID) -> bool:
    """Did people decide that she shall not be proposed?"""
    return Veto.objects.filter(campaign=part.campaign, person=person).exists()


def pairs_within(part: Part, reading: Reading) -> list[tuple[UUID, UUID]]:
    """Pairs too close to call who share people, both of them inside the part."""
    pairs = [(UUID(one), UUID(other)) for one, other in reading.facts.get("pairs", [])]
    wanted = {person for pair in pairs for person in pair}
    inside = set(part.placements_of(wanted).values_list("person_id", flat=True))
    return [pair for pair in pairs if pair[0] in inside and pair[1] in inside]


def proposed_within(part: Part, reading: Reading) -> QuerySet[Candidate]:
    """Everybody of a part who is on the shortest list and not yet on the list of the campaign."""
    return candidates_within(part, reading, Wish(listed=PROPOSED))


def must_be_within(part: Part, people: Iterable[UUID]) -> list[UUID]:
    """The same people. Raises NotYours when one of them is outside the part."""
    wanted = set(people)
    inside = set(part.placements_of(wanted).values_list("person_id", flat=True))
    if inside != wanted:
        raise NotYours
    return sorted(inside)


def number_proposed(part: Part, reading: Reading) -> int:
    """How many of those there are."""
    asked = ("proposed", reading.pk, part.units, part.everywhere)
    proposed = proposed_within(part, reading).order_by()
    return while_nobody_acts(asked, proposed.count, but=NOBODY_MOVES | ONE_WALKS)
