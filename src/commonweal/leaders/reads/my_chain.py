"""A leader's own people: what they did, and whom to ask next. Nothing of anybody else."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.leaders.models import CoinToss
from commonweal.people.models import Ask, BareYes, ChainLink, Occasion
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.rules.outcomes import UNASKED, stronger
from commonweal.people.words import Outcome


@dataclass
class Mine:
    """One of her people: at a glance, and what she did at each act, oldest first, as (act, outcome)."""

    glance: Glance
    did: list[tuple[str, str]] = field(default_factory=list)

    @property
    def came(self) -> int:
        """To how many acts she came."""
        return sum(1 for _name, outcome in self.did if outcome == Outcome.DID)


@dataclass(frozen=True)
class NextAsk:
    """An act still to come, and whom of her people she has to ask for it."""

    occasion: str
    on: date
    people: list[Glance]


def my_people(scope: Scope, leader: UUID) -> list[Mine]:
    """Who walks with a leader now, inside her scope, in order of name."""
    links = ChainLink.objects.filter(leader=leader, until=None)
    seen = glances(scope, set(links.values_list("follower_id", flat=True)))
    mine = {person: Mine(glance) for person, glance in seen.items()}
    asks = standing(Ask).filter(asked__in=mine, outcome__in=(Outcome.DID, Outcome.DID_NOT, Outcome.COULD_NOT))
    acts: dict[tuple[UUID, UUID], str] = {}
    days: dict[UUID, tuple[date, str]] = {}
    for person, occasion, on, name, outcome in asks.values_list(
        "asked", "occasion", "occasion__on", "occasion__name", "outcome"
    ):
        days[occasion] = (on, name)
        acts[person, occasion] = stronger(outcome, acts.get((person, occasion), UNASKED))
    yeses = standing(BareYes).filter(person__in=mine)
    for person, occasion, on, name in yeses.values_list("person", "occasion", "occasion__on", "occasion__name"):
        days[occasion] = (on, name)
        acts[person, occasion] = Outcome.DID
    for (person, occasion), outcome in sorted(acts.items(), key=lambda item: days[item[0][1]]):
        mine[person].did.append((days[occasion][1], outcome))
    return list(mine.values())


def next_asks(leader: UUID, people: list[Mine], today: date) -> list[NextAsk]:
    """The acts still to come to which not all of her people have answered, the next one first."""
    glance = {one.glance.id: one.glance for one in people}
    links = ChainLink.objects.filter(leader=leader, until=None, follower__in=glance)
    campaigns = dict(links.values_list("follower_id", "campaign_id"))
    coming = Occasion.objects.filter(campaign__in=set(campaigns.values()), on__gte=today).order_by("on", "name")
    asks = standing(Ask).filter(asked__in=glance, occasion__in=coming).exclude(outcome=Outcome.UNKNOWN)
    done = set(asks.values_list("occasion_id", "asked_id"))
    found = []
    for occasion in coming:
        left = [
            one
            for person, one in glance.items()
            if campaigns.get(person) == occasion.campaign_id and (occasion.pk, person) not in done
        ]
        if left:
            found.append(NextAsk(occasion.name, occasion.on, left))
    return found


def coins_for(scope: Scope, leader: UUID) -> list[Glance]:
    """Those of her people whom a coin gave to her to ask."""
    mine = CoinToss.objects.filter(first=leader, fell_to_first=True).values_list("asked_id", flat=True)
    also = CoinToss.objects.filter(second=leader, fell_to_first=False).values_list("asked_id", flat=True)
    return list(glances(scope, {*mine, *also}).values())
