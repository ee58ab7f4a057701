"""Questions about occasions: who was asked, who came, within a scope."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Ask, BareYes, Occasion
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside
from commonweal.people.words import Outcome

SHOWN = 200


@dataclass(frozen=True)
class Turnout:
    """An occasion with what was seen of the people inside the scope: different people throughout."""

    occasion: Occasion
    asked: int
    came: int
    yeses: int


@dataclass(frozen=True)
class Answered:
    """One ask or bare yes on an occasion, with the people at a glance."""

    row: Ask | BareYes
    person: Glance
    by: Glance | None


def turnouts(scope: Scope) -> list[Turnout]:
    """Every occasion, the latest first; three queries."""
    asks = standing(Ask).filter(inside(scope, "asked")).order_by().values("occasion")
    came = Count("asked", distinct=True, filter=Q(outcome=Outcome.DID))
    seen: dict[UUID, dict[str, Any]] = {
        row["occasion"]: row for row in asks.annotate(people=Count("asked", distinct=True), came=came)
    }
    rows = standing(BareYes).filter(inside(scope, "person")).order_by().values_list("occasion")
    yeses = dict(rows.annotate(people=Count("person", distinct=True)))
    return [
        Turnout(
            occasion,
            seen.get(occasion.pk, {}).get("people", 0),
            seen.get(occasion.pk, {}).get("came", 0),
            yeses.get(occasion.pk, 0),
        )
        for occasion in Occasion.objects.select_related("campaign").order_by("-on", "name")
    ]


def occasion_of(occasion: UUID) -> Occasion:
    """One occasion. Raises NotYours when it is not there."""
    found = Occasion.objects.filter(pk=occasion).select_related("campaign").first()
    if found is None:
        raise NotYours
    return found


def answers_on(scope: Scope, occasion: Occasion) -> tuple[list[Answered], list[Answered]]:
    """The latest asks and bare yeses of people inside the scope; at most `SHOWN` of each."""
    asks = list(standing(Ask).filter(inside(scope, "asked"), occasion=occasion).order_by("-entered_at", "pk")[:SHOWN])
    yeses = list(
        standing(BareYes).filter(inside(scope, "person"), occasion=occasion).order_by("-entered_at", "pk")[:SHOWN]
    )
    ids = {one for row in asks for one in (row.asked_id, row.asker_id)}
    ids |= {one for row in yeses for one in (row.person_id, row.carried_by_id)}
    seen = glances(scope, (one for one in ids if one is not None))
    return (
        [Answered(row, seen[row.asked_id], seen.get(row.asker_id)) for row in asks if row.asked_id in seen],  # type: ignore[arg-type]
        [Answered(row, seen[row.person_id], seen.get(row.carried_by_id)) for row in yeses if row.person_id in seen],  # type: ignore[arg-type]
    )
