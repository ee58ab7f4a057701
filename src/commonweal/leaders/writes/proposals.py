"""People decide about what the arithmetic proposes for the chains: take it, or put it aside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.leaders.models import ChainProposal, ListedLeader
from commonweal.leaders.rules.refusals import ReadAgainMeanwhile
from commonweal.leaders.rules.stages import LOST
from commonweal.leaders.words import Decision, WhyMove
from commonweal.leaders.writes.chains import facts_of_walk, open_walks
from commonweal.ledger.writes import record, record_many
from commonweal.people.models import Campaign, ChainLink, Person


@dataclass(frozen=True)
class Accepted:
    """What came of a pile of proposals: walks begun, of which moved from another leader, and those left open
    because somebody changed meanwhile (her leader left the list, or she walks with another, or is gone)."""

    begun: int
    moved: int
    left: int


@transaction.atomic
def accept_proposals(campaign: Campaign, proposals: Collection[UUID], *, by: UUID, at: datetime) -> Accepted:
    """The people of these proposals walk with whom was proposed. Raises ReadAgainMeanwhile."""
    rows = _open(campaign, proposals)
    walks = _walks_now(campaign, rows)
    begun, ended, taken = [], [], []
    for row in _still_possible(campaign, rows):
        now = walks.get(row.follower_id)
        if now is not None and now.leader_id == row.leader_id:
            taken.append(row.pk)
            continue
        if now is not None and row.move not in WhyMove.values:
            continue
        if now is not None:
            ended.append(now.pk)
        begun.append(_walk(campaign, row, at))
        taken.append(row.pk)
    ChainLink.objects.filter(pk__in=ended).update(until=at)
    open_walks(begun)
    ChainProposal.objects.filter(pk__in=taken).update(decision=Decision.ACCEPTED)
    answer = Accepted(len(begun), len(ended), len(rows) - len(taken))
    was = {follower: link.leader_id for follower, link in walks.items()}
    _write_down(campaign, begun, was, answer, by=by, at=at)
    return answer


def _write_down(
    campaign: Campaign,
    begun: list[ChainLink],
    before: dict[UUID, UUID],
    answer: Accepted,
    *,
    by: UUID,
    at: datetime,
) -> None:
    """What was taken up, and with each follower with whom she walks now."""
    counts = {"begun": answer.begun, "moved": answer.moved}
    record("accepted_chains", by=by, at=at, subject_kind="campaign", subject=campaign.pk, facts=counts)
    walks = [(link.follower_id, facts_of_walk(link, before.get(link.follower_id))) for link in begun]
    record_many("gave_follower", walks, by=by, at=at, subject_kind="person")


@transaction.atomic
def put_aside(campaign: Campaign, proposals: Collection[UUID], *, by: UUID, at: datetime) -> int:
    """These pairs are not proposed again in this campaign. Raises ReadAgainMeanwhile."""
    rows = _open(campaign, proposals)
    ChainProposal.objects.filter(pk__in=[row.pk for row in rows]).update(decision=Decision.ASIDE)
    record(
        "put_chains_aside",
        by=by,
        at=at,
        subject_kind="campaign",
        subject=campaign.pk,
        facts={"pairs": [[str(row.follower_id), str(row.leader_id)] for row in rows]},
    )
    return len(rows)


def _open(campaign: Campaign, proposals: Collection[UUID]) -> list[ChainProposal]:
    rows = list(
        ChainProposal.objects.select_for_update()
        .filter(pk__in=proposals, reading__campaign=campaign, reading__current=True, leader__isnull=False)
        .order_by("pk")
    )
    if len(rows) < len(set(proposals)):
        raise ReadAgainMeanwhile
    return [row for row in rows if row.decision == Decision.OPEN]


def _still_possible(campaign: Campaign, rows: list[ChainProposal]) -> list[ChainProposal]:
    """Those whose leader still leads, and whose follower is still there and does not lead herself."""
    on_list = ListedLeader.objects.filter(campaign=campaign, off_since=None).exclude(stage=LOST)
    leaders = set(on_list.values_list("person", flat=True))
    followers = Person.objects.filter(pk__in=[row.follower_id for row in rows], forgotten_at=None, merged_into=None)
    there = set(followers.values_list("pk", flat=True)) - leaders
    return [row for row in rows if row.leader_id in leaders and row.follower_id in there]


def _walks_now(campaign: Campaign, rows: list[ChainProposal]) -> dict[UUID, ChainLink]:
    followers = [row.follower_id for row in rows]
    links = ChainLink.objects.select_for_update().filter(campaign=campaign, follower__in=followers, until=None)
    return {link.follower_id: link for link in links}


def _walk(campaign: Campaign, proposal: ChainProposal, at: datetime) -> ChainLink:
    assert proposal.leader_id is not None  # _open leaves out those without
    return ChainLink(
        campaign=campaign,
        leader_id=proposal.leader_id,
        follower_id=proposal.follower_id,
        since=at,
        why=proposal.why,
        source=f"reading:{proposal.reading_id}",
    )
