"""Coin tosses: whom two leaders could both ask, how the coins fell, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from commonweal.leaders.models import CoinToss, ListedLeader
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.rules.stages import LOST
from commonweal.people.models import Ask, Nomination, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.words import Outcome


@dataclass(frozen=True)
class Outcomes:
    """What came of one leader's coins: how many fell to her, how many of those she asked since, how many came."""

    fell: int
    asked: int
    came: int


def tossed_pairs(part: Part) -> list[tuple[UUID, UUID, int]]:
    """The pairs of leaders for whom coins were tossed, both inside the part, with how many."""
    rows = CoinToss.objects.filter(part.holds("first"), part.holds("second"), campaign=part.campaign)
    counts: dict[tuple[UUID, UUID], int] = {}
    for first, second in rows.order_by("at").values_list("first", "second"):
        counts[first, second] = counts.get((first, second), 0) + 1
    return [(first, second, number) for (first, second), number in counts.items()]


def tosses_between(part: Part, first: UUID, second: UUID) -> list[CoinToss]:
    """The coins tossed for a pair, for people inside the part, in order of name."""
    first, second = sorted((first, second))
    rows = CoinToss.objects.filter(part.holds("asked"), campaign=part.campaign, first=first, second=second)
    return list(rows.order_by("asked__sort_name", "pk"))


def both_could_ask(part: Part, first: UUID, second: UUID) -> list[UUID]:
    """People inside the part tied to both of them, in order of name, who lead nobody and were not tossed for yet;
    three queries."""
    both = _bound_to(first) & _bound_to(second) - {first, second}
    low, high = sorted((first, second))
    done = CoinToss.objects.filter(campaign=part.campaign, first=low, second=high, asked=OuterRef("person"))
    leads = ListedLeader.objects.filter(campaign=part.campaign, off_since=None, person=OuterRef("person"))
    rows = part.placements_of(both).exclude(Exists(done)).exclude(Exists(leads.exclude(stage=LOST)))
    return list(rows.order_by("person__sort_name", "person_id").values_list("person_id", flat=True))


def _bound_to(leader: UUID) -> set[UUID]:
    """Whom a tie, an ask of hers or their own word binds to a leader, inside any scope or not; one query."""
    ties = standing(Tie).filter(until=None).order_by()
    asked = standing(Ask).filter(asker=leader).order_by()
    named = standing(Nomination).filter(nominee=leader).order_by()
    found = ties.filter(person=leader).values_list("other_id")
    rows = found.union(
        ties.filter(other=leader).values_list("person_id"),
        asked.values_list("asked_id"),
        named.values_list("nominator_id"),
    )
    return {person for (person,) in rows}


def outcomes_of(tosses: Iterable[CoinToss], leader: UUID) -> Outcomes:
    """What came of the coins that fell to a leader: only asks entered after the toss count."""
    hers = {toss.asked_id: toss for toss in tosses if (toss.first_id == leader) == toss.fell_to_first}
    asks = standing(Ask).filter(asker=leader, asked__in=hers, outcome__in=(Outcome.DID, Outcome.DID_NOT))
    asked, came = set(), set()
    for person, outcome, at in asks.values_list("asked_id", "outcome", "entered_at"):
        if at >= hers[person].at:
            asked.add(person)
            if outcome == Outcome.DID:
                came.add(person)
    return Outcomes(len(hers), len(asked), len(came))
