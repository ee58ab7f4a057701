"""Who walks with whom. A walk is ended, not forgotten; only one entered in error is removed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.leaders.models import ListedLeader
from commonweal.leaders.rules.refusals import (
    GoneMeanwhile,
    LeaderFollowsNobody,
    NotOnTheList,
    WalksAlready,
    WalksWithHerself,
)
from commonweal.leaders.rules.stages import LOST
from commonweal.ledger.writes import record, record_many
from commonweal.people.models import Campaign, ChainLink, Person


@transaction.atomic
def walk_with(
    campaign: Campaign,
    leader: UUID,
    follower: UUID,
    *,
    seen_leader: UUID | None,
    why: str,
    by: UUID,
    at: datetime,
    source: str,
) -> ChainLink:
    """`follower` walks with `leader` from now on; a walk with `seen_leader`, whom the page named, ends.

    Walking with her already changes nothing. Raises WalksWithHerself, NotOnTheList, LeaderFollowsNobody,
    GoneMeanwhile and WalksAlready (she walks with another than the page said).
    """
    if leader == follower:
        raise WalksWithHerself
    _must_be_there(follower)
    _must_lead(campaign, leader)
    if _leads(campaign, follower):
        raise LeaderFollowsNobody(follower)
    now = ChainLink.objects.select_for_update().filter(campaign=campaign, follower=follower, until=None).first()
    if now is not None and now.leader_id == leader:
        return now
    if (now.leader_id if now else None) != seen_leader:
        raise WalksAlready(now.leader_id if now else None)
    if now is not None:
        now.until = at
        now.save(update_fields=["until"])
    link = ChainLink.objects.create(
        campaign=campaign, leader_id=leader, follower_id=follower, since=at, why=why, source=source
    )
    record(
        "gave_follower",
        by=by,
        at=at,
        subject_kind="person",
        subject=follower,
        facts=facts_of_walk(link, seen_leader),
    )
    return link


@transaction.atomic
def end_walk(link: UUID, *, by: UUID, at: datetime) -> None:
    """She walks with nobody since now. Ending it twice changes nothing."""
    row = ChainLink.objects.select_for_update().filter(pk=link, until=None).first()
    if row is not None:
        row.until = at
        row.save(update_fields=["until"])
        _record_end("ended_walk", row, by=by, at=at)


@transaction.atomic
def remove_walk(link: UUID, *, by: UUID, at: datetime) -> None:
    """The walk was entered in error: it never was. Removing it twice changes nothing."""
    row = ChainLink.objects.select_for_update().filter(pk=link).first()
    if row is not None:
        _record_end("removed_walk", row, by=by, at=at)
        row.delete()


def end_walks_of(campaign: UUID, leader: UUID, *, by: UUID, at: datetime) -> int:
    """Nobody walks with her any more; how many did."""
    links = list(ChainLink.objects.select_for_update().filter(campaign=campaign, leader=leader, until=None))
    ChainLink.objects.filter(pk__in=[link.pk for link in links]).update(until=at)
    ended = [(link.follower_id, {"campaign": str(campaign), "leader": str(leader)}) for link in links]
    record_many("ended_walk", ended, by=by, at=at, subject_kind="person")
    return len(links)


def walk_with_her_again(links: Sequence[ChainLink], *, by: UUID, at: datetime) -> int:
    """These walks, which ended when their leader was taken off the list, go on as if they had not; how many."""
    ChainLink.objects.filter(pk__in=[link.pk for link in links]).update(until=None)
    begun = [(link.follower_id, facts_of_walk(link, None)) for link in links]
    record_many("gave_follower", begun, by=by, at=at, subject_kind="person")
    return len(links)


def stop_following(campaign: Campaign, person: UUID, *, by: UUID, at: datetime) -> None:
    """She walks with nobody herself, as befits somebody on the list."""
    for row in ChainLink.objects.filter(campaign=campaign, follower=person, until=None):
        row.until = at
        row.save(update_fields=["until"])
        _record_end("ended_walk", row, by=by, at=at)


def facts_of_walk(link: ChainLink, before: UUID | None) -> dict[str, str]:
    """What the ledger keeps of a walk that begins; `before` is the leader whom the follower leaves."""
    of = {"campaign": str(link.campaign_id), "leader": str(link.leader_id)}
    return of | {"from": str(before or ""), "why": link.why}


def open_walks(links: Sequence[ChainLink]) -> None:
    """Stores many new walks at once; the caller has judged and recorded them."""
    ChainLink.objects.bulk_create(links, batch_size=1000)


def _must_be_there(person: UUID) -> None:
    if not Person.objects.filter(pk=person, forgotten_at=None, merged_into=None).exists():
        raise GoneMeanwhile(person)


def _must_lead(campaign: Campaign, person: UUID) -> None:
    _must_be_there(person)
    if not _leads(campaign, person):
        raise NotOnTheList(person)


def _leads(campaign: Campaign, person: UUID) -> bool:
    on_list = ListedLeader.objects.filter(campaign=campaign, person=person, off_since=None)
    return on_list.exclude(stage=LOST).exists()


def _record_end(verb: str, link: ChainLink, *, by: UUID, at: datetime) -> None:
    record(
        verb,
        by=by,
        at=at,
        subject_kind="person",
        subject=link.follower_id,
        facts={"campaign": str(link.campaign_id), "leader": str(link.leader_id)},
    )
