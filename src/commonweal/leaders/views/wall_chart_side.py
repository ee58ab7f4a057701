"""The names behind a block of the chart, and the blocks where nobody leads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.safestring import SafeString

from commonweal.common.doors import ScopedRequest
from commonweal.common.marks import stance_words
from commonweal.leaders.reads.wall_chart import names_heard
from commonweal.leaders.reads.wall_chart_drawing import Drawing
from commonweal.leaders.rules.wall_chart import Square, Totals
from commonweal.leaders.rules.wall_chart_choice import BY_ACTS, NO_SHIFT
from commonweal.leaders.views import wall_chart_words as words
from commonweal.leaders.views.wall_chart_askers import Labels, askers_in_words, outcome_words
from commonweal.leaders.views.wall_chart_stickers import sticker
from commonweal.leaders.views.wall_chart_words import shift_name
from commonweal.people.reads.people import names_within
from commonweal.people.reads.support import support_of
from commonweal.people.rules.support import Support

HEARD_SHOWN = 5


@dataclass(frozen=True)
class Name:
    """One person of a block, as the list beside the chart says her."""

    square: Square
    leader: str
    """With whom she walks; "" where with nobody, or with somebody whom the reader does not see."""
    leader_unseen: bool
    heard: int
    weeks: int | None
    stance_word: str
    stale: bool
    support: Support | None
    """What she said and what she was seen to do, with the evidence of both; only where the names stand in a table."""
    outcome: str = ""
    """What came of the chosen act, in words."""
    askers: str = ""
    acts: Sequence[tuple[SafeString, str]] = ()
    """(sticker, words) of each of the last acts."""


def address_of_block(drawing: Drawing, row: UUID, column: UUID | None, **changes: object) -> str:
    return drawing.choice.address(block=f"{row}.{column or NO_SHIFT}", **changes)


def leaderless(drawing: Drawing) -> list[dict[str, str]]:
    """The fullest blocks in which nobody is on the list."""
    blocks = [block for row in drawing.chart.rows for block in row.blocks if block.squares and not block.totals.leaders]
    return [
        {
            "name": f"{drawing.unit_name(block.row)}, {shift_name(drawing, block.column)}",
            "people": words.people(block.totals.people),
            "address": address_of_block(drawing, block.row, block.column),
        }
        for block in sorted(blocks, key=lambda block: -block.totals.people)[:5]
    ]


def side(request: ScopedRequest, drawing: Drawing, labels: Labels) -> dict[str, Any]:
    """The names of the chosen block: leaders with who walks with them, names that were heard, everyone else."""
    assert drawing.choice.block is not None
    block = drawing.chart.block(*drawing.choice.block)
    if block is None:
        raise Http404
    heard = names_heard(request.scope, [square.person for square in block.squares])
    leaders = names_within(request.scope, {square.walks_with for square in block.squares if square.walks_with})
    rows = _names(drawing, block.squares, heard, leaders, labels)
    unlisted = sorted((row for row in rows if row.heard > 1 and not row.square.flag), key=lambda row: -row.heard)
    named = unlisted[:HEARD_SHOWN]
    first = {row.square.person for row in named}
    return {
        "title": f"{drawing.unit_name(block.row)}, {shift_name(drawing, block.column)}",
        "people": words.people(block.totals.people),
        "totals": block.totals,
        "turnout": turnout_of(drawing, block.totals),
        "named": named,
        "leaders": [row for row in rows if row.square.flag],
        "others": [row for row in rows if not row.square.flag and row.square.person not in first],
        "rows": rows,
        "address": address_of_block(drawing, block.row, block.column, page="names"),
        "back": address_of_block(drawing, block.row, block.column, page=""),
    }


def _names(
    drawing: Drawing,
    squares: Collection[Square],
    heard: Mapping[UUID, int],
    leaders: Mapping[UUID, str],
    labels: Labels,
) -> list[Name]:
    stances, outcomes, today = stance_words(), outcome_words(), drawing.today
    people = [square.person for square in squares]
    support = support_of(people, today) if drawing.choice.page == "names" else {}
    return [
        Name(
            square=square,
            leader=leaders.get(square.walks_with, "") if square.walks_with else "",
            leader_unseen=square.walks_with is not None and square.walks_with not in leaders,
            heard=heard.get(square.person, 0),
            weeks=(today - square.judged_on).days // 7 if square.judged_on else None,
            stance_word=stances[square.stance],
            stale=square.is_stale(today),
            support=support.get(square.person),
            outcome=outcomes[square.outcome],
            askers=askers_in_words(square, labels),
            acts=[(sticker(outcome), outcomes[outcome]) for outcome in square.acts],
        )
        for square in squares
    ]


def turnout_by_unit(drawing: Drawing) -> list[dict[str, str]]:
    """Unit by unit the turnout of those who have people; nothing where the chart is coloured by something else."""
    told = [(row.unit, turnout_of(drawing, row.totals)) for row in drawing.chart.rows if row.totals.people]
    return [{"name": drawing.unit_name(unit), "told": turnout} for unit, turnout in told if turnout]


def turnout_of(drawing: Drawing, sums: Totals) -> str:
    """How many were asked to the act the chart asks of, how many came, and how many nobody asked yet; "" where the
    chart is coloured by something else."""
    if drawing.occasion:
        return words.turnout(sums)
    return words.turnout(sums.acts[-1]) if drawing.choice.by == BY_ACTS and sums.acts else ""
