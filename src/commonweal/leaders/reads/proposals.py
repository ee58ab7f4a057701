"""What the reading proposes for the chains and nobody decided yet."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from commonweal.leaders.models import ChainProposal, ListedLeader, Reading
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.rules.stages import LOST
from commonweal.leaders.words import Decision
from commonweal.people.models import Ask, ChainLink, Nomination, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.words import Outcome


def open_proposals(part: Part, reading: Reading) -> QuerySet[ChainProposal]:
    """Proposals of a part that still stand: undecided, and the follower's chain is as it was when they were made."""
    changed = ChainLink.objects.filter(campaign=part.campaign, follower=OuterRef("follower"), since__gt=reading.at)
    return ChainProposal.objects.filter(
        ~Exists(changed),
        part.holds("leader"),
        part.holds("follower"),
        reading=reading,
        decision=Decision.OPEN,
    )


def proposals_to_take(part: Part, reading: Reading) -> QuerySet[ChainProposal]:
    """Those that can be accepted now: the leader is on the list, and no second one claims the follower."""
    leads = ListedLeader.objects.filter(campaign=part.campaign, person=OuterRef("leader"), off_since=None)
    return open_proposals(part, reading).filter(Exists(leads.exclude(stage=LOST)), rival=None)


def proposed_leaders(part: Part, reading: Reading) -> list[tuple[UUID, int]]:
    """The leaders who would get people, with how many, most first."""
    rows = (
        proposals_to_take(part, reading)
        .order_by()
        .values_list("leader")
        .annotate(number=Count("pk"))
        .order_by("-number", "leader")
    )
    return list(rows)


def contested(part: Part, reading: Reading) -> QuerySet[ChainProposal]:
    """People with two leaders who have as good a claim, both on the list."""
    on_list = ListedLeader.objects.filter(campaign=part.campaign, off_since=None).exclude(stage=LOST)
    return (
        open_proposals(part, reading)
        .filter(part.holds("rival"))
        .filter(Exists(on_list.filter(person=OuterRef("leader"))), Exists(on_list.filter(person=OuterRef("rival"))))
        .order_by("follower__sort_name", "pk")
    )


def bonds(follower: UUID, leaders: set[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """For each leader what binds the follower to her, as (kind, word): asks answered, nominations, ties; four queries."""
    found: dict[UUID, list[tuple[str, str]]] = {leader: [] for leader in leaders}
    asks = standing(Ask).filter(asked=follower, asker__in=leaders)
    for leader, outcome, name in asks.order_by("occasion__on").values_list("asker", "outcome", "occasion__name"):
        found[leader].append(("came" if outcome == Outcome.DID else outcome, name))
    named = standing(Nomination).filter(nominator=follower, nominee__in=leaders)
    for leader, question in named.values_list("nominee", "question"):
        found[leader].append(("named", question))
    for leader, kind in (
        standing(Tie).filter(person=follower, other__in=leaders, until=None).values_list("other", "kind")
    ):
        found[leader].append(("tie", kind))
    for leader, kind in (
        standing(Tie).filter(other=follower, person__in=leaders, until=None).values_list("person", "kind")
    ):
        found[leader].append(("tie", kind))
    return found
