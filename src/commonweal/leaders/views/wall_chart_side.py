"""The names behind a block of the chart, and the blocks where nobody leads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from commonweal.common.doors import ScopedRequest
from commonweal.common.marks import stance_words
from commonweal.leaders.reads.wall_chart import leader_names, names_heard
from commonweal.leaders.reads.wall_chart_drawing import Drawing
from commonweal.leaders.rules.wall_chart import Square
from commonweal.leaders.rules.wall_chart_choice import NO_SHIFT
from commonweal.leaders.views import wall_chart_words as words
from commonweal.leaders.views.wall_chart_words import shift_name

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


def side(request: ScopedRequest, drawing: Drawing) -> dict[str, Any]:
    """The names of the chosen block: leaders with who walks with them, names that were heard, everyone else."""
    assert drawing.choice.block is not None
    block = drawing.chart.block(*drawing.choice.block)
    if block is None:
        raise Http404
    people = [square.person for square in block.squares]
    heard = names_heard(request.scope, people)
    leaders = leader_names(request.scope, {square.walks_with for square in block.squares if square.walks_with})
    rows = _names(block.squares, heard, leaders, drawing.today)
    unlisted = sorted((row for row in rows if row.heard > 1 and not row.square.flag), key=lambda row: -row.heard)
    named = unlisted[:HEARD_SHOWN]
    first = {row.square.person for row in named}
    return {
        "title": f"{drawing.unit_name(block.row)}, {shift_name(drawing, block.column)}",
        "people": words.people(block.totals.people),
        "totals": block.totals,
        "named": named,
        "leaders": [row for row in rows if row.square.flag],
        "others": [row for row in rows if not row.square.flag and row.square.person not in first],
        "rows": rows,
        "address": address_of_block(drawing, block.row, block.column, page="names"),
        "back": address_of_block(drawing, block.row, block.column, page=""),
    }


def _names(
    squares: Collection[Square], heard: Mapping[UUID, int], leaders: Mapping[UUID, str], today: date
) -> list[Name]:
    said = stance_words()
    return [
        Name(
            square=square,
            leader=leaders.get(square.walks_with, "") if square.walks_with else "",
            leader_unseen=square.walks_with is not None and square.walks_with not in leaders,
            heard=heard.get(square.person, 0),
            weeks=(today - square.judged_on).days // 7 if square.judged_on else None,
            stance_word=said[square.stance],
            stale=square.is_stale(today),
        )
        for square in squares
    ]
