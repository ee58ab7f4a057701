"""What the employer did, and whom it moved, within a scope."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.ledger.reads import while_nobody_acts
from commonweal.listening.models import EmployerMove, Inoculation
from commonweal.listening.rules.moves import WATCHED, Effect, UnitMoved, effect_of
from commonweal.people.models import Assessment, Placement, Unit
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import placed_inside
from commonweal.people.reads.support import window_of_place
from commonweal.people.reads.units import with_subtrees
from commonweal.people.words import AssessmentBasis

UNHEARD, UNITS = 12, 60


@dataclass(frozen=True)
class Seen:
    """A move with what it did among the people of a scope: the units by name, and some who were not heard since."""

    move: EmployerMove
    effect: Effect
    units: list[tuple[str, UnitMoved]]
    unheard: list[Glance]
    until: date
    """The last day on which what somebody says is read beside it."""


def moves_within(scope: Scope) -> QuerySet[EmployerMove]:
    """The moves that struck everywhere or in units of the scope, the latest first."""
    rows = EmployerMove.objects.select_related("unit")
    return rows if scope.everything else rows.filter(Q(unit=None) | Q(unit__in=scope.units))


def move_within(scope: Scope, move: UUID) -> EmployerMove:
    """One of them. Raises NotYours."""
    found = moves_within(scope).filter(pk=move).first()
    if found is None:
        raise NotYours
    return found


def seen_move(scope: Scope, move: EmployerMove, today: date) -> Seen:
    """What a move did, by what people said before it and in the weeks after. A bounded number of queries."""
    effect = while_nobody_acts(("employer_move", scope, move.pk, today), lambda: _effect(scope, move, today))
    units = Unit.objects.in_bulk([one.unit for one in effect.units[:UNITS] if one.unit])
    named = [(units[one.unit].name if one.unit in units else "", one) for one in effect.units[:UNITS]]
    some = list(glances(scope, effect.unheard[:UNHEARD]).values())
    return Seen(move, effect, named, some, move.on + WATCHED)


def _effect(scope: Scope, move: EmployerMove, today: date) -> Effect:
    within = placed_inside(scope, "person")
    places = Placement.objects.filter(within, until=None, main=True)
    if move.unit_id is not None:
        places = places.filter(unit__in=with_subtrees([move.unit_id]))
    unit_of = dict(places.values_list("person", "unit"))
    begins = move.on - timedelta(weeks=window_of_place(today).weeks)
    said = standing(Assessment).filter(within, basis=AssessmentBasis.STATED, on__range=(begins, move.on + WATCHED))
    before: dict[UUID, str] = {}
    after: dict[UUID, str] = {}
    for person, stance, on in said.order_by("on", "entered_at").values_list("person", "stance", "on"):
        if person in unit_of:
            (before if on < move.on else after)[person] = stance
    made = Inoculation.objects.filter(
        placed_inside(scope, "conversation__person"), ready_for=move.kind, conversation__on__lt=move.on
    )
    ready = {one for one in made.values_list("conversation__person", flat=True) if one in unit_of}
    return effect_of(before, after, ready, unit_of)
