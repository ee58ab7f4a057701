"""What the wall chart is drawn from, within a scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from commonweal.common.scope import Scope
from commonweal.leaders.models import ListedLeader
from commonweal.leaders.reads.wall_chart_acts import NOTHING_SEEN, Seen, seen_of
from commonweal.leaders.rules.wall_chart import BLANK, Node, Square, flag_of, standing, walk
from commonweal.people.models import (
    Assessment,
    Campaign,
    ChainLink,
    Nomination,
    Occasion,
    Placement,
    Unit,
)
from commonweal.people.models import Shift as ShiftRow
from commonweal.people.reads.acts import marks_of_acts
from commonweal.people.reads.people import people_within
from commonweal.people.words import AssessmentBasis


@dataclass(frozen=True)
class Ground:
    """What the chart stands on: the units of a campaign that the reader sees, in tree order, and the shifts."""

    campaigns: Sequence[Campaign]
    campaign: Campaign | None
    nodes: Sequence[Node]
    shifts: Sequence[ShiftRow]


def ground_of_chart(scope: Scope, campaign: UUID | None = None) -> Ground:
    """The ground for one campaign, the newest open one if none is named; without any campaign, all units
    of the scope. Three queries. A campaign that has no unit in the scope is not offered."""
    every = [Node(*row) for row in Unit.objects.values_list("id", "parent_id", "name", "kind")]
    seen = [node for node in every if scope.covers_unit(node.id)]
    inside: dict[UUID, list[Node]] = {}
    campaigns = []
    for one in Campaign.objects.order_by("-state", "-begun_on", "name").prefetch_related("units"):
        below = {unit for unit, _, _ in walk(every, [unit.pk for unit in one.units.all()])}
        inside[one.pk] = [node for node in seen if node.id in below]
        if inside[one.pk]:
            campaigns.append(one)
    chosen = next((one for one in campaigns if one.pk == campaign), campaigns[0] if campaigns else None)
    return Ground(campaigns, chosen, inside[chosen.pk] if chosen else seen, list(ShiftRow.objects.all()))


def units_below(ground: Ground, unit: UUID) -> list[Node]:
    """The units of the ground at and below one of them."""
    below = {one for one, _, _ in walk(ground.nodes, [unit])}
    return [node for node in ground.nodes if node.id in below]


def occasions_of(campaign: Campaign | None) -> list[Occasion]:
    """The past acts of a campaign and those of none, the latest first."""
    return list(Occasion.objects.filter(Q(campaign=campaign) | Q(campaign=None)).order_by("-on", "name"))


def squares_of(
    scope: Scope, units: Collection[UUID], campaign: Campaign | None, seen: Seen | None = None
) -> list[Square]:
    """A square for everybody whose main place is in one of the units, as far as the scope goes; `seen` says of
    what acts it shall tell."""
    drawn = placed_in(scope, units)
    rows = drawn.values_list("person_id", "person__name", "person__sort_name", "unit_id", "shift_id")
    judged = judgements(Q(person__in=drawn.values("person")))
    marks = marks_of_acts(drawn.values("person"))
    flags = flags_of(campaign, drawn)
    leaders = leaders_of(campaign, drawn)
    told = seen_of(seen, drawn.values("person")) if seen else NOTHING_SEEN
    squares = []
    for row in rows:
        person = row[0]
        observed, judged_on, _entered, stance = judged.get(person, (False, None, None, marks.get(person, BLANK)))
        squares.append(
            Square(
                *row,
                stance=stance,
                judged_on=judged_on,
                observed=observed,
                flag=flags.get(person, ""),
                walks_with=leaders.get(person),
                outcome=told.outcome.get(person, ""),
                askers=told.askers.get(person, ()),
                acts=told.acts.get(person, told.no_acts),
                said_yes=person in told.said_yes,
                talks=person in told.talks,
            )
        )
    return squares


def placed_in(scope: Scope, units: Collection[UUID]) -> QuerySet[Placement]:
    """The main, current places of listed people in those of the units that the scope covers."""
    return Placement.objects.filter(
        unit__in=[unit for unit in units if scope.covers_unit(unit)],
        until=None,
        main=True,
        person__forgotten_at=None,
        person__merged_into=None,
    )


def judgements(within: Q) -> dict[UUID, tuple[bool, date, object, str]]:
    """The judgement that counts of each person who has one; nothing replaced or withdrawn."""
    rows: dict[UUID, list[tuple[bool, date, object, str]]] = {}
    found = Assessment.objects.filter(within, replaced_by=None, withdrawn=False)
    for person, basis, on, entered, stance in found.values_list("person_id", "basis", "on", "entered_at", "stance"):
        rows.setdefault(person, []).append((basis == AssessmentBasis.OBSERVED, on, entered, stance))
    return {person: counts for person, judged in rows.items() if (counts := standing(judged))}


def flags_of(campaign: Campaign | None, drawn: QuerySet[Placement] | None = None) -> dict[UUID, str]:
    """The flag of everybody on the campaign's list, or of those of them who are placed there."""
    if campaign is None:
        return {}
    listed = ListedLeader.objects.filter(campaign=campaign, off_since=None)
    if drawn is not None:
        listed = listed.filter(person__in=drawn.values("person"))
    return {person: flag_of(stage) for person, stage in listed.values_list("person_id", "stage")}


def leaders_of(campaign: Campaign | None, drawn: QuerySet[Placement]) -> dict[UUID, UUID]:
    """With whom each of those placed walks in a campaign now."""
    if campaign is None:
        return {}
    links = ChainLink.objects.filter(campaign=campaign, until=None, follower__in=drawn.values("person"))
    return dict(links.values_list("follower", "leader"))


def names_heard(scope: Scope, people: Collection[UUID]) -> dict[UUID, int]:
    """How many different people of the scope named each of these when they were asked a question."""
    heard = Nomination.objects.filter(
        nominee__in=people, replaced_by=None, withdrawn=False, nominator__in=people_within(scope)
    )
    counted = heard.values("nominee").annotate(by=Count("nominator", distinct=True))
    return {row["nominee"]: row["by"] for row in counted}


def people_without_place(scope: Scope) -> int:
    """How many listed people stand in no unit, so that no square shows them; only who sees everybody is told."""
    if not scope.everything:
        return 0
    placed = Placement.objects.filter(main=True, until=None).values("person")
    return people_within(scope).exclude(pk__in=placed).count()
