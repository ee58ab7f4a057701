"""What the reading proposes for the chains and nobody decided yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commonweal.leaders.models import ChainProposal, ListedLeader, Reading
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.rules.acts import NOBODY_MOVES
from commonweal.leaders.rules.stages import LOST
from commonweal.leaders.words import Decision
from commonweal.ledger.reads import while_nobody_acts
from commonweal.people.models import Ask, ChainLink, Nomination, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.words import Outcome

UNMOVED = NOBODY_MOVES - {"put_chains_aside", "accepted_chains"}
"""After these every proposal stands as it stood."""


def proposals_to_take(part: Part, reading: Reading, of: Collection[UUID] | None = None) -> QuerySet[ChainProposal]:
    """Those that can be accepted now, to the gain of these leaders, of all where None are named: undecided, the
    follower's chain is as it was, the leader is on the list, and no second one claims the follower."""
    leads = _who_lead(part) if of is None else _who_lead(part).filter(person__in=list(of))
    return _undecided(reading).filter(rival=None, leader__in=leads).filter(_as_it_was(part, reading))


def proposed_leaders(part: Part, reading: Reading) -> list[tuple[UUID, int]]:
    """The leaders who would get people, with how many, most first."""
    rows = (
        proposals_to_take(part, reading)
        .order_by()
        .values_list("leader")
        .annotate(number=Count("pk"))
        .order_by("-number", "leader")
    )
    asked = ("proposed leaders", reading.pk, part.units, part.everywhere)
    return while_nobody_acts(asked, lambda: list(rows), but=UNMOVED)


def contested_ids(part: Part, reading: Reading) -> Sequence[UUID]:
    """The proposals for people with two leaders who have as good a claim, both on the list, by name; two queries."""
    asked = ("contested", reading.pk, part.units, part.everywhere)
    rows = _contested(part, reading).values_list("pk", flat=True)
    return while_nobody_acts(asked, lambda: tuple(rows), but=UNMOVED)


def _contested(part: Part, reading: Reading) -> QuerySet[ChainProposal]:
    claimed = _undecided(reading).filter(rival__in=_who_lead(part)).filter(leader__in=_who_lead(part))
    return claimed.filter(_as_it_was(part, reading)).order_by("follower__sort_name", "pk")


def _undecided(reading: Reading) -> QuerySet[ChainProposal]:
    return ChainProposal.objects.filter(reading=reading, decision=Decision.OPEN)


def _who_lead(part: Part) -> QuerySet[ListedLeader, UUID]:
    """The people of the part who are on the list and not lost; found once, not again for each proposal."""
    on_list = ListedLeader.objects.filter(campaign=part.campaign, off_since=None).exclude(stage=LOST)
    return on_list.filter(part.holds("person")).order_by().values_list("person", flat=True)


def _as_it_was(part: Part, reading: Reading) -> Q:
    """The follower stands in the part, and began no walk since the reading."""
    changed = ChainLink.objects.filter(campaign=part.campaign, follower=OuterRef("follower"), since__gt=reading.at)
    return Q(~Exists(changed)) & Q(part.holds("follower"))


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
