"""Taking back what was done on the list by mistake: her last step, or that she was taken off."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.leaders.models import ListedLeader, Veto
from commonweal.leaders.rules.refusals import (
    ChangedMeanwhile,
    GoneMeanwhile,
    NothingToTakeBack,
    NotOnTheList,
    OnTheListAlready,
    Vetoed,
)
from commonweal.leaders.rules.stages import LOST
from commonweal.leaders.writes.chains import stop_following, walk_with_her_again
from commonweal.ledger.writes import record
from commonweal.people.models import ChainLink


@transaction.atomic
def take_back_step(listed: UUID, *, seen_version: int, by: UUID, at: datetime) -> ListedLeader:
    """Her last step was entered in error: she stands where she stood before it. The ledger keeps that it was.

    Raises NotOnTheList, ChangedMeanwhile and NothingToTakeBack (the first step is how she came onto the list).
    """
    row = ListedLeader.objects.select_for_update().filter(pk=listed, off_since=None).first()
    if row is None:
        raise NotOnTheList(listed)
    if row.version != seen_version:
        raise ChangedMeanwhile(row.stage)
    steps = list(row.steps.order_by("-entered_at", "-pk")[:2])
    if len(steps) < 2:
        raise NothingToTakeBack
    last, before = steps
    last.delete()
    row.stage, row.stage_since, row.version = before.stage, before.entered_at, row.version + 1
    row.save(update_fields=["stage", "stage_since", "version"])
    record(
        "took_back_step",
        by=by,
        at=at,
        subject_kind="person",
        subject=row.person_id,
        facts={"campaign": str(row.campaign_id), "from": last.stage, "on": str(last.on), "to": before.stage},
    )
    return row


@transaction.atomic
def put_back_on_list(listed: UUID, *, by: UUID, at: datetime) -> int:
    """She is on the list again as she was, and those who walked with her walk with her again, as far as they walk with
    nobody else by now. How many those are.

    Raises NotOnTheList (never taken off), OnTheListAlready (put on anew meanwhile), GoneMeanwhile and Vetoed.
    """
    row = ListedLeader.objects.select_for_update().select_related("person", "campaign").filter(pk=listed).first()
    if row is None or row.off_since is None:
        raise NotOnTheList(row.person_id if row else listed)
    if not row.person.is_listed:
        raise GoneMeanwhile(row.person_id)
    if Veto.objects.filter(campaign=row.campaign, person=row.person).exists():
        raise Vetoed(row.person_id)
    off, row.off_since, row.version = row.off_since, None, row.version + 1
    try:
        with transaction.atomic():
            row.save(update_fields=["off_since", "version"])
    except IntegrityError:
        raise OnTheListAlready(row.person_id) from None
    stop_following(row.campaign, row.person_id, by=by, at=at)
    back = walk_with_her_again(_ended_with(row, off), by=by, at=at)
    record(
        "put_back_on_list",
        by=by,
        at=at,
        subject_kind="person",
        subject=row.person_id,
        facts={"campaign": str(row.campaign_id), "stage": row.stage, "followers": back},
    )
    return back


def _ended_with(row: ListedLeader, ended: datetime) -> list[ChainLink]:
    """The walks that ended when she was taken off and whose followers walk with nobody and lead nobody since."""
    links = ChainLink.objects.select_for_update().filter(campaign=row.campaign, leader=row.person, until=ended)
    links = links.filter(follower__forgotten_at=None, follower__merged_into=None)
    walking = ChainLink.objects.filter(campaign=row.campaign, until=None).values("follower")
    leading = ListedLeader.objects.filter(campaign=row.campaign, off_since=None).exclude(stage=LOST).values("person")
    return list(links.exclude(follower__in=walking).exclude(follower__in=leading))
