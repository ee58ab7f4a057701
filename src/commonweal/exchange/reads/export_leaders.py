"""The list of leaders with their chains as it is taken out: a row for each who walks with a leader, and
one for a leader with whom nobody walks. What was seen, no estimate."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from commonweal.exchange.reads.export_people import UnitPaths, names_with_units
from commonweal.exchange.rules.export import MOST_ROWS
from commonweal.leaders.models import ListedLeader
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.chains import ANSWERED
from commonweal.leaders.reads.listed import OnList, on_the_list
from commonweal.people.models import Ask, ChainLink
from commonweal.people.reads.evidence import standing
from commonweal.people.words import Outcome


@dataclass(frozen=True)
class ChainTaken:
    """A leader and one who walks with her: ids, where she stands on the list (None: on no list), since when
    they walk, and of how many asks by the leader the follower came to how many."""

    leader: UUID
    listed: OnList | None
    follower: UUID | None = None
    since: datetime | None = None
    asked: int = 0
    came: int = 0


def count_chains(part: Part) -> int:
    """How many rows `chains_of` would find, at most one more than a file may hold; two queries."""
    links = _links(part)
    walking = links.order_by()[: MOST_ROWS + 1].count()
    if walking > MOST_ROWS:
        return walking
    listed = ListedLeader.objects.filter(part.holds("person"), campaign=part.campaign, off_since=None)
    return walking + listed.exclude(person__in=links.values("leader")).count()


def _links(part: Part) -> QuerySet[ChainLink]:
    """Who walks with whom, both in this part."""
    return ChainLink.objects.filter(part.holds("leader"), part.holds("follower"), campaign=part.campaign, until=None)


def chains_of(part: Part) -> list[ChainTaken]:
    """Everybody on the list or with a chain in a part of a campaign, by name; five queries."""
    listed = {one.person: one for one in on_the_list(part)}
    ordered = _links(part).order_by("leader__sort_name", "leader", "follower__sort_name", "follower")
    chains: dict[UUID, list[tuple[UUID, datetime]]] = defaultdict(list)
    for leader, follower, since in ordered.values_list("leader", "follower", "since"):
        chains[leader].append((follower, since))
    asks = standing(Ask).filter(asker__in=list(chains), outcome__in=ANSWERED).order_by()
    counts = asks.values_list("asker", "asked").annotate(
        number=Count("pk"), came=Count("pk", filter=Q(outcome=Outcome.DID))
    )
    seen = {(asker, asked): (number, came) for asker, asked, number, came in counts}
    rows = [
        ChainTaken(leader, listed.get(leader), follower, since, *seen.get((leader, follower), (0, 0)))
        for leader, followers in chains.items()
        for follower, since in followers
    ]
    return rows + [ChainTaken(leader, one) for leader, one in listed.items() if leader not in chains]


def people_of_chains(part: Part, rows: list[ChainTaken], paths: UnitPaths) -> dict[UUID, tuple[str, str]]:
    """Name and unit of everybody in these rows."""
    ids = {one for row in rows for one in (row.leader, row.follower) if one is not None}
    return names_with_units(part.scope, ids, paths)
