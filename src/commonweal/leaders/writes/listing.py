"""Who is on the list and how far we got with her. Every act leaves a step, or an entry in the ledger, or both."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.leaders.models import ListedLeader, ListedStep, Veto
from commonweal.leaders.rules.refusals import (
    ChangedMeanwhile,
    GoneMeanwhile,
    InTheFuture,
    NotOnTheList,
    OnTheListAlready,
    StageJumps,
    Vetoed,
)
from commonweal.leaders.rules.stages import may_begin, may_follow
from commonweal.leaders.writes.chains import end_walks_of, stop_following
from commonweal.ledger.writes import record
from commonweal.people.models import Campaign, Person


@transaction.atomic
def put_on_list(
    campaign: Campaign,
    person: UUID,
    *,
    stage: str,
    on: date,
    note: str = "",
    responsible: UUID | None = None,
    pinned: bool = False,
    by: UUID,
    at: datetime,
) -> ListedLeader:
    """She is on the campaign's list at `stage`, and walks with nobody herself.

    Raises GoneMeanwhile, OnTheListAlready, Vetoed, StageJumps (she cannot begin there) and InTheFuture.
    """
    her = _may_come_on(campaign, person, stage=stage, on=on, at=at)
    try:
        with transaction.atomic():
            listed = ListedLeader.objects.create(
                campaign=campaign,
                person=her,
                stage=stage,
                responsible_id=responsible or by,
                pinned=pinned,
                listed_at=at,
                stage_since=at,
            )
    except IntegrityError:
        raise OnTheListAlready(person) from None
    _step(listed, on=on, note=note, by=by, at=at)
    stop_following(campaign, her.pk, by=by, at=at)
    record(
        "put_on_list",
        by=by,
        at=at,
        subject_kind="person",
        subject=her.pk,
        facts={"campaign": str(campaign.pk), "stage": stage},
    )
    return listed


def _may_come_on(campaign: Campaign, person: UUID, *, stage: str, on: date, at: datetime) -> Person:
    her = Person.objects.select_for_update().filter(pk=person).first()
    if her is None or not her.is_listed:
        raise GoneMeanwhile(person)
    if not may_begin(stage):
        raise StageJumps("", stage)
    if on > at.date():
        raise InTheFuture
    if Veto.objects.filter(campaign=campaign, person=her).exists():
        raise Vetoed(person)
    return her


@transaction.atomic
def move_stage(
    listed: UUID, *, to: str, on: date, note: str = "", seen_version: int, by: UUID, at: datetime
) -> ListedLeader:
    """She is at the stage `to` since `on`, with a sealed note if one was given.

    Raises StageJumps, InTheFuture, ChangedMeanwhile (the row is newer than `seen_version`) and NotOnTheList.
    """
    row = _current(listed, seen_version)
    if not may_follow(to, row.stage):
        raise StageJumps(row.stage, to)
    if on > at.date():
        raise InTheFuture
    was = row.stage
    row.stage, row.stage_since, row.version = to, at, row.version + 1
    row.save(update_fields=["stage", "stage_since", "version"])
    _step(row, on=on, note=note, by=by, at=at)
    record(
        "moved_stage",
        by=by,
        at=at,
        subject_kind="person",
        subject=row.person_id,
        facts={"campaign": str(row.campaign_id), "from": was, "to": to},
    )
    return row


@transaction.atomic
def take_off_list(listed: UUID, *, seen_version: int, by: UUID, at: datetime) -> int:
    """She is no longer on the list; whoever walked with her walks with nobody now. How many those were.

    Raises ChangedMeanwhile and NotOnTheList.
    """
    row = _current(listed, seen_version)
    row.off_since, row.version = at, row.version + 1
    row.save(update_fields=["off_since", "version"])
    left = end_walks_of(row.campaign_id, row.person_id, by=by, at=at)
    record(
        "took_off_list",
        by=by,
        at=at,
        subject_kind="person",
        subject=row.person_id,
        facts={"campaign": str(row.campaign_id), "stage": row.stage, "followers": left},
    )
    return left


@transaction.atomic
def entrust(listed: UUID, *, responsible: UUID | None, seen_version: int, by: UUID, at: datetime) -> None:
    """The organizer `responsible` sees to her from now on. Raises ChangedMeanwhile and NotOnTheList."""
    row = _current(listed, seen_version)
    row.responsible_id, row.version = responsible, row.version + 1
    row.save(update_fields=["responsible", "version"])
    record(
        "entrusted_leader",
        by=by,
        at=at,
        subject_kind="person",
        subject=row.person_id,
        facts={"campaign": str(row.campaign_id), "responsible": str(responsible or "")},
    )


@transaction.atomic
def pin(listed: UUID, *, pinned: bool, seen_version: int, by: UUID, at: datetime) -> None:
    """A proposal must keep her, or need not any more. Raises ChangedMeanwhile and NotOnTheList."""
    row = _current(listed, seen_version)
    row.pinned, row.version = pinned, row.version + 1
    row.save(update_fields=["pinned", "version"])
    record(
        "pinned_leader" if pinned else "unpinned_leader",
        by=by,
        at=at,
        subject_kind="person",
        subject=row.person_id,
        facts={"campaign": str(row.campaign_id)},
    )


@transaction.atomic
def veto(campaign: Campaign, person: UUID, *, by: UUID, at: datetime) -> None:
    """She shall not be proposed in this campaign. Doing it twice changes nothing. Raises OnTheListAlready."""
    if ListedLeader.objects.filter(campaign=campaign, person=person, off_since=None).exists():
        raise OnTheListAlready(person)
    _row, new = Veto.objects.get_or_create(campaign=campaign, person_id=person, defaults={"at": at, "by": by})
    if new:
        record("vetoed", by=by, at=at, subject_kind="person", subject=person, facts={"campaign": str(campaign.pk)})


@transaction.atomic
def lift_veto(campaign: Campaign, person: UUID, *, by: UUID, at: datetime) -> None:
    """She may be proposed again."""
    gone, _each = Veto.objects.filter(campaign=campaign, person=person).delete()
    if gone:
        record("lifted_veto", by=by, at=at, subject_kind="person", subject=person, facts={"campaign": str(campaign.pk)})


def _current(listed: UUID, seen_version: int) -> ListedLeader:
    row = ListedLeader.objects.select_for_update().filter(pk=listed).first()
    if row is None or row.off_since is not None:
        raise NotOnTheList(row.person_id if row else listed)
    if row.version != seen_version:
        raise ChangedMeanwhile(row.stage)
    return row


def _step(listed: ListedLeader, *, on: date, note: str, by: UUID, at: datetime) -> None:
    ListedStep.objects.create(listed=listed, stage=listed.stage, on=on, note=note, entered_at=at, entered_by=by)
