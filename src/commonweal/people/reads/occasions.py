"""Questions about occasions: who was asked, who came, within a scope."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.ledger.reads import while_nobody_acts
from commonweal.people.models import Ask, BareYes, Occasion
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside, is_small, placed_inside
from commonweal.people.words import Outcome

SHOWN = 200


@dataclass(frozen=True)
class Turnout:
    """An occasion and the people inside the scope: how many were asked, how often in all (somebody may be asked
    by two), how many of them came, and how many stand on a sheet."""

    occasion: Occasion
    asked: int
    asks: int
    came: int
    yeses: int


@dataclass(frozen=True)
class Answered:
    """One ask or bare yes on an occasion, with the people at a glance."""

    row: Ask | BareYes
    person: Glance
    by: Glance | None


def turnouts(scope: Scope, only: UUID | None = None) -> list[Turnout]:
    """Every occasion, or one, the latest first; four queries. Only to be read."""
    return while_nobody_acts(("turnouts", scope, only), lambda: _turnouts(scope, only))


def _turnouts(scope: Scope, only: UUID | None) -> list[Turnout]:
    asks = standing(Ask).filter(placed_inside(scope, "asked")).order_by()
    yeses = standing(BareYes).filter(placed_inside(scope, "person")).order_by()
    occasions = Occasion.objects.select_related("campaign").order_by("-on", "name")
    if only is not None:
        asks, yeses = asks.filter(occasion=only), yeses.filter(occasion=only)
        occasions = occasions.filter(pk=only)
    people = Count("asked", distinct=True)
    came = Count("asked", distinct=True, filter=Q(outcome=Outcome.DID))
    counts = {
        occasion: (asked, number, came)
        for occasion, asked, number, came in asks.values_list("occasion")
        .annotate(people=people, number=Count("pk"), came=came)
        .values_list("occasion", "people", "number", "came")
    }
    on_sheets = dict(yeses.values_list("occasion").annotate(number=Count("person", distinct=True)))
    return [Turnout(one, *counts.get(one.pk, (0, 0, 0)), on_sheets.get(one.pk, 0)) for one in occasions]


def occasion_of(occasion: UUID) -> Occasion:
    """One occasion. Raises NotYours when it is not there."""
    found = Occasion.objects.filter(pk=occasion).select_related("campaign").first()
    if found is None:
        raise NotYours
    return found


def answers_on(scope: Scope, occasion: Occasion) -> tuple[list[Answered], list[Answered]]:
    """The latest asks and bare yeses of people inside the scope; at most `SHOWN` of each."""
    within = placed_inside if is_small(scope) else inside
    latest = ("-entered_at", "pk")
    asks = list(standing(Ask).filter(within(scope, "asked"), occasion=occasion).order_by(*latest)[:SHOWN])
    yeses = list(standing(BareYes).filter(within(scope, "person"), occasion=occasion).order_by(*latest)[:SHOWN])
    ids = {one for row in asks for one in (row.asked_id, row.asker_id)}
    ids |= {one for row in yeses for one in (row.person_id, row.carried_by_id)}
    seen = glances(scope, (one for one in ids if one is not None))
    return (
        [Answered(row, seen[row.asked_id], seen.get(row.asker_id)) for row in asks if row.asked_id in seen],  # type: ignore[arg-type]
        [Answered(row, seen[row.person_id], seen.get(row.carried_by_id)) for row in yeses if row.person_id in seen],  # type: ignore[arg-type]
    )
