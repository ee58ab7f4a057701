"""What the reading proposes for the chains and nobody decided yet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from commonweal.leaders.models import ChainProposal, ListedLeader, Reading
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.rules.stages import LOST
from commonweal.leaders.words import Decision
from commonweal.ledger.reads import while_nobody_acts
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
    return while_nobody_acts(("proposed leaders", reading.pk, part.units, part.everywhere), lambda: list(rows))


def contested_ids(part: Part, reading: Reading) -> Sequence[UUID]:
    """The proposals for people with two leaders who have as good a claim, both on the list, by name; two queries."""
    asked = ("contested", reading.pk, part.units, part.everywhere)
    return while_nobody_acts(asked, lambda: tuple(_contested(part, reading).values_list("pk", flat=True)))


def _contested(part: Part, reading: Reading) -> QuerySet[ChainProposal]:
    on_list = ListedLeader.objects.filter(campaign=part.campaign, off_since=None).exclude(stage=LOST)
    return (
        open_proposals(part, reading)
        .filter(part.holds("rival"))
        .filter(Exists(on_list.filter(person=OuterRef("leader"))), Exists(on_list.filter(person=OuterRef("rival"))))
        .order_by("follower__sort_name", "pk")
    )


def bonds_of(follower: UUID) -> dict[UUID, list[tuple[str, str]]]:
    """What binds somebody to others, as (kind, word) by the other person, inside any scope or not; four queries."""
    return {other: words for (_, other), words in bonds_between([follower]).items()}


def bonds_between(
    followers: Iterable[UUID], leaders: Iterable[UUID] | None = None
) -> dict[tuple[UUID, UUID], list[tuple[str, str]]]:
    """What binds each follower to each leader, to anybody where None are named, as (kind, word): asks answered,
    nominations, ties; four queries."""
    found: dict[tuple[UUID, UUID], list[tuple[str, str]]] = defaultdict(list)
    theirs, hers = list(followers), None if leaders is None else list(leaders)

    def to(column: str) -> dict[str, list[UUID]]:
        return {} if hers is None else {f"{column}__in": hers}

    asks = standing(Ask).filter(asked__in=theirs, **to("asker")).order_by("occasion__on")
    for one, leader, outcome, name in asks.values_list("asked", "asker", "outcome", "occasion__name"):
        found[one, leader].append(("came" if outcome == Outcome.DID else outcome, name))
    named = standing(Nomination).filter(nominator__in=theirs, **to("nominee"))
    for one, leader, question in named.values_list("nominator", "nominee", "question"):
        found[one, leader].append(("named", question))
    ties = standing(Tie).filter(until=None)
    for one, leader, kind in (
        *ties.filter(person__in=theirs, **to("other")).values_list("person", "other", "kind"),
        *ties.filter(other__in=theirs, **to("person")).values_list("other", "person", "kind"),
    ):
        found[one, leader].append(("tie", kind))
    return found
