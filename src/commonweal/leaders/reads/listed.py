"""Who is on the list, at which stage, where she stands and who sees to her."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from commonweal.accounts.models import Account
from commonweal.accounts.words import Role
from commonweal.common.refusals import NotYours
from commonweal.leaders.models import ListedLeader, ListedStep
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.touched import counted_where_touched
from commonweal.leaders.rules.acts import LIST_STAYS, NOBODY_MOVES, ONE_ON_LIST
from commonweal.ledger.models import Entry
from commonweal.ledger.reads import while_nobody_acts
from commonweal.people.models import Placement, Unit

NumbersOnList = dict[tuple[str, UUID, UUID | None], int]
"""So many at a stage in a unit and shift."""


@dataclass(frozen=True)
class OnList:
    """A place on the list, with where its person stands."""

    id: UUID
    person: UUID
    sort_name: str
    stage: str
    pinned: bool
    responsible: str
    stage_since: datetime
    unit: UUID
    shift: UUID | None


def on_the_list(part: Part) -> list[OnList]:
    """Everybody on the list in a part of a campaign, in order of name; three queries. Only to be read."""

    def amended(listed: list[OnList], acts: list[Entry]) -> list[OnList] | None:
        if any(act.verb not in ONE_ON_LIST for act in acts):
            return None
        people = {act.subject for act in acts}
        return _in_order([one for one in listed if one.person not in people] + _on_list(part, Q(person__in=people)))

    asked = ("list", part.campaign.pk, part.units, part.everywhere)
    return while_nobody_acts(asked, lambda: _in_order(_on_list(part, Q())), but=LIST_STAYS, amend=amended)


def _on_list(part: Part, only: Q) -> list[OnList]:
    rows = (
        _listed(part)
        .filter(only)
        .values_list("pk", "person_id", "person__sort_name", "stage", "pinned", "responsible__name", "stage_since")
    )
    listed = list(rows)
    places = part.placements_of(row[1] for row in listed)
    where = {person: (unit, shift) for person, unit, shift in places.values_list("person_id", "unit_id", "shift_id")}
    return [
        OnList(pk, who, sort_name, stage, pinned, name or "", at, *where[who])
        for pk, who, sort_name, stage, pinned, name, at in listed
        if who in where
    ]


def _in_order(listed: list[OnList]) -> list[OnList]:
    return sorted(listed, key=lambda one: (one.sort_name, one.person))


def numbers_on_list(part: Part) -> NumbersOnList:
    """How many of a part's list are at each stage in each unit and shift; two queries. Only to be read."""

    def counted(touched: set[UUID]) -> NumbersOnList:
        return _numbers_on_list(part, Q(person__placements__unit__in=touched))

    asked = ("numbers on the list", part.campaign.pk, part.units, part.everywhere)
    amend = counted_where_touched(part, lambda place: place[1], counted)
    return while_nobody_acts(asked, lambda: _numbers_on_list(part, Q()), but=NOBODY_MOVES, amend=amend)


def _numbers_on_list(part: Part, only: Q) -> NumbersOnList:
    placed = Q(person__placements__main=True, person__placements__until=None)
    there = Q(person__forgotten_at=None, person__merged_into=None)
    rows = (
        ListedLeader.objects.filter(placed & only, there, campaign=part.campaign, off_since=None)
        .order_by()
        .values_list("stage", "person__placements__unit", "person__placements__shift")
        .annotate(number=Count("*"))
    )
    return {(stage, unit, shift): number for stage, unit, shift, number in rows if unit in part.units}


def listed_within(part: Part, listed: UUID) -> ListedLeader:
    """One place on the list. Raises NotYours when its person is outside the part, or it does not exist."""
    found = _listed(part).select_related("person", "responsible").filter(pk=listed).first()
    if found is None:
        raise NotYours
    return found


def once_listed(part: Part, listed: UUID) -> ListedLeader:
    """A place on the list whose person is inside the part, also one that she was taken off. Raises NotYours."""
    rows = ListedLeader.objects.filter(part.holds("person"), campaign=part.campaign, pk=listed)
    found = rows.select_related("person").first()
    if found is None:
        raise NotYours
    return found


def listing_of(part: Part, person: UUID) -> ListedLeader | None:
    """The place of a person on the list, if she has one."""
    return _listed(part).filter(person=person).select_related("responsible").first()


def stages_of(part: Part, people: set[UUID]) -> dict[UUID, str]:
    """The stage of each of these people who is on the list."""
    return dict(_listed(part).filter(person__in=people).values_list("person_id", "stage"))


def steps_of(listed: ListedLeader) -> list[ListedStep]:
    """The life of a place on the list, newest first."""
    return list(listed.steps.order_by("-entered_at", "-pk"))


def may_be_responsible(person: UUID) -> QuerySet[Account]:
    """The organizers whose units she stands in, and the administrators."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    above: set[UUID] = set()
    todo: list[UUID | None] = list(
        Placement.objects.filter(person=person, until=None).values_list("unit_id", flat=True)
    )
    while todo:
        unit = todo.pop()
        if unit is not None and unit not in above:
            above.add(unit)
            todo.append(parents.get(unit))
    return (
        Account.objects.filter(Q(role=Role.ADMINISTRATOR) | Q(role=Role.ORGANIZER, units__in=above), is_active=True)
        .distinct()
        .order_by("name")
    )


def _listed(part: Part) -> QuerySet[ListedLeader]:
    return ListedLeader.objects.filter(part.holds("person"), campaign=part.campaign, off_since=None)
