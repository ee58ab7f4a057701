"""What the map of ties is drawn from, within a scope: both ends of a tie must be inside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.common.scope import Scope
from commonweal.leaders.reads.wall_chart import flags_of, judgements, placed_in
from commonweal.leaders.reads.wall_chart_acts import outcomes_of
from commonweal.leaders.rules.asks_map import Asked, on_map
from commonweal.leaders.rules.ties_map import Bond
from commonweal.leaders.rules.wall_chart import BLANK
from commonweal.people.models import Ask, Campaign, Occasion, Placement, Tie
from commonweal.people.reads.acts import marks_of_acts
from commonweal.people.reads.evidence import standing


@dataclass(frozen=True, slots=True)
class Dot:
    """One person on the map."""

    person: UUID
    name: str
    sort_name: str
    unit: UUID
    flag: str
    sign: str = ""
    """Where she stands (`0` to `5`) or what came of her on an act, as the map is coloured."""


def dots_of(
    scope: Scope, units: Collection[UUID], campaign: Campaign | None, by: str | Occasion = ""
) -> dict[UUID, Dot]:
    """Everybody whose main place is in one of the units, as far as the scope goes, with a sign where the map is
    coloured by what people are judged to be (`stance`) or by an act. Two queries, four with signs."""
    drawn = placed_in(scope, units)
    flags = flags_of(campaign, drawn)
    signs, none = signs_of(drawn, by)
    rows = drawn.values_list("person_id", "person__name", "person__sort_name", "unit_id")
    return {row[0]: Dot(*row, flags.get(row[0], ""), signs.get(row[0], none)) for row in rows}


def signs_of(drawn: QuerySet[Placement], by: str | Occasion) -> tuple[dict[UUID, str], str]:
    """The sign of each person, and the one of everybody else."""
    people = drawn.values("person")
    if isinstance(by, Occasion):
        return outcomes_of(by, people)[0], ""
    if not by:
        return {}, ""
    judged = judgements(Q(person__in=people))
    return marks_of_acts(people) | {person: counts[3] for person, counts in judged.items()}, BLANK


def asks_on(occasion: Occasion, dots: Mapping[UUID, Dot]) -> list[Asked]:
    """Who of these people asked whom of them to an act, in the order in which it was written down. One query."""
    rows = standing(Ask).filter(occasion=occasion, asker__isnull=False).order_by("entered_at", "pk")
    found = rows.values_list("asker_id", "asked_id", "outcome")
    return on_map((Asked(*row) for row in found), dots)


def how_many(scope: Scope, units: Collection[UUID]) -> int:
    """How many people the map would show."""
    return placed_in(scope, units).count()


def bonds_among(scope: Scope, units: Collection[UUID], today: date, kinds: Collection[str] = ()) -> list[Bond]:
    """The ties that hold today between two people placed in the units; of these kinds, of all when none is
    named. Nothing replaced or withdrawn. One query."""
    inside = placed_in(scope, units).values("person")
    ties = Tie.objects.filter(
        Q(until=None) | Q(until__gt=today), replaced_by=None, withdrawn=False, person__in=inside, other__in=inside
    )
    if kinds:
        ties = ties.filter(kind__in=kinds)
    rows = ties.order_by("person", "other", "kind").values_list("person_id", "other_id", "kind", "strength")
    return [Bond(*row) for row in rows]
