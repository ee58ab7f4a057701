"""The wall chart as a table: unit by unit, shift by shift, in the same colouring."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from commonweal.common.doors import ScopedRequest
from commonweal.leaders.reads.wall_chart_drawing import Drawing
from commonweal.leaders.rules import wall_chart as rules
from commonweal.leaders.rules.wall_chart_choice import BY_ACTS
from commonweal.leaders.views import wall_chart_words as words
from commonweal.leaders.views.wall_chart_askers import asked_by, asker_names
from commonweal.leaders.views.wall_chart_filters import filters
from commonweal.leaders.views.wall_chart_side import address_of_block
from commonweal.leaders.views.wall_chart_words import shift_name
from commonweal.people.rules.outcomes import OUTCOMES


def table_page(request: ScopedRequest, drawing: Drawing) -> HttpResponse:
    labels = asker_names(request.scope, drawing.squares)
    rows = [
        {
            "unit": drawing.unit_name(row.unit),
            "blocks": [
                {
                    "shift": shift_name(drawing, block.column),
                    "address": address_of_block(drawing, block.row, block.column, page="names"),
                    "asked_by": asked_by(block.squares, labels),
                    **counts_of(block.totals),
                }
                for block in row.blocks
                if block.totals.people
            ],
        }
        for row in drawing.chart.rows
    ]
    context = {"table": rows, "sums": counts_of(drawing.chart.totals), "by_acts": drawing.choice.by == BY_ACTS}
    return render(request, "leaders/wall_chart_table.html", {**filters(request, drawing), **context})


def counts_of(sums: rules.Totals) -> dict[str, Any]:
    """What a line of the table shows of some squares."""
    return {
        "totals": sums,
        "stances": [sums.stances.get(stance, 0) for stance in rules.STANCES],
        "outcomes": [sums.outcomes.get(outcome, 0) for outcome in OUTCOMES],
        "share": words.percent(sums.came, sums.people),
    }
