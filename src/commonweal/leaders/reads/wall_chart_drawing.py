"""The wall chart as a reader asked for it, within her scope."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.common.sent import id_in
from commonweal.leaders.reads.wall_chart import Ground, ground_of_chart, occasions_of, squares_of, units_below
from commonweal.leaders.reads.wall_chart_acts import Seen, last_acts
from commonweal.leaders.reads.wall_chart_places import must_be_drawable
from commonweal.leaders.rules.wall_chart import (
    Node,
    Square,
    WallChart,
    best_level,
    folded,
    rows_of,
    tops_of,
    wall_chart,
)
from commonweal.leaders.rules.wall_chart_choice import BY_ACTS, BY_CHAIN, BY_STANCE, OF_AN_ACT, Choice
from commonweal.people.models import Occasion, Shift

MOST_ROWS = 24  # a chart opens at the deepest level that has no more
WIDTH, LEAST = 36, 5  # squares side by side over all columns, and in each
WIDTH_OF_ACTS, LEAST_OF_ACTS = 14, 2  # the same where each is as wide as its stickers


@dataclass(frozen=True)
class Drawing:
    """Everything one answer is made from."""

    choice: Choice
    ground: Ground
    nodes: Sequence[Node]
    tops: Sequence[UUID]
    level: int
    deepest: int
    occasion: Occasion | None
    occasions: Sequence[Occasion]
    acts: Sequence[Occasion]
    """The last acts, the oldest first."""
    squares: Sequence[Square]
    chart: WallChart
    today: date

    def unit_name(self, unit: UUID) -> str:
        return next(node.name for node in self.nodes if node.id == unit)

    def parent(self, unit: UUID) -> UUID | None:
        """What stands directly above a unit, as far as the chart shows it."""
        names = {node.id: node.parent for node in self.nodes}
        return names[unit] if names[unit] in names else None

    @property
    def act(self) -> Occasion | None:
        """The act of which the chart asks who came: the chosen one, or the last."""
        return self.occasion or (self.acts[-1] if self.acts else None)

    def outcome(self, square: Square) -> str:
        """What came of somebody on that act."""
        return square.outcome if self.occasion else square.acts[-1] if square.acts else ""

    def shift(self, shift: UUID | None) -> Shift | None:
        return next((one for one in self.ground.shifts if one.pk == shift), None)


def drawing_of(scope: Scope, choice: Choice, today: date) -> Drawing:
    """Reads and sorts what the choice asks for; a unit, campaign or act the reader does not see is not found.

    Raises TooManyToDraw where that is more than one chart can show.
    """
    ground = ground_of_chart(scope, choice.campaign)
    if choice.campaign and (ground.campaign is None or ground.campaign.pk != choice.campaign):
        raise NotYours
    if choice.unit and all(node.id != choice.unit for node in ground.nodes):
        raise NotYours
    nodes = units_below(ground, choice.unit) if choice.unit else ground.nodes
    must_be_drawable(scope, nodes)
    occasions = occasions_of(ground.campaign)
    occasion = next((one for one in occasions if one.pk == choice.occasion), None)
    if choice.occasion and occasion is None:
        raise NotYours
    acts = last_acts(ground.campaign, today)
    if choice.by == BY_ACTS and not acts:
        choice = replace(choice, by=BY_STANCE)
    stickers = choice.by == BY_ACTS
    seen = seen_for(choice, occasion, acts, today)
    squares = squares_of(scope, [node.id for node in nodes], ground.campaign, seen)
    if choice.shift:
        shift = id_in(choice.shift)
        squares = [square for square in squares if square.shift == shift]
    tops = [choice.unit] if choice.unit else tops_of(nodes)
    peopled = {square.unit for square in squares}
    level, deepest = best_level(nodes, tops, peopled, MOST_ROWS)
    if choice.level:
        level = min(choice.level, deepest)
    row_of = folded(nodes, tops, level)
    present = {square.shift for square in squares}
    columns: list[UUID | None] = [shift.pk for shift in ground.shifts if shift.pk in present]
    if None in present or not columns:
        columns.append(None)
    chart = wall_chart(
        squares,
        rows=rows_of(row_of, nodes, peopled),
        row_of=row_of,
        columns=columns,
        width=WIDTH_OF_ACTS if stickers else WIDTH,
        least=LEAST_OF_ACTS if stickers else LEAST,
    )
    return Drawing(choice, ground, nodes, tops, level, deepest, occasion, occasions, acts, squares, chart, today)


def seen_for(choice: Choice, occasion: Occasion | None, acts: Sequence[Occasion], today: date) -> Seen:
    """What the squares of a choice tell of acts, and no more than that."""
    of_an_act = choice.show in OF_AN_ACT
    shown = acts if choice.by == BY_ACTS or choice.page == "names" else acts[-1:] if of_an_act else ()
    return Seen(today, occasion, shown, words=choice.by != BY_CHAIN or of_an_act or choice.show == "talks")
