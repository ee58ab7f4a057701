from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.leaders.reads.wall_chart import flags_of
from commonweal.leaders.reads.wall_chart_drawing import Drawing, drawing_of
from commonweal.leaders.reads.wall_chart_places import TooManyToDraw
from commonweal.leaders.rules import wall_chart as rules
from commonweal.leaders.rules.wall_chart import Square
from commonweal.leaders.rules.wall_chart_choice import BY_ACTS, BY_CHAIN, ZOOMS, Choice
from commonweal.leaders.views import wall_chart_squares as squares_drawn
from commonweal.leaders.views import wall_chart_words as words
from commonweal.leaders.views.wall_chart_askers import Labels, asked_by, asker_names, hover_of, hover_words
from commonweal.leaders.views.wall_chart_choice import choice_of
from commonweal.leaders.views.wall_chart_filters import filters, found_people, lit_people
from commonweal.leaders.views.wall_chart_side import address_of_block, leaderless, side, turnout_by_unit
from commonweal.leaders.views.wall_chart_stickers import picture_of_acts
from commonweal.leaders.views.wall_chart_table import table_page
from commonweal.leaders.views.wall_chart_words import shift_name

Sign = Callable[[Square], str]


@organizers
def wall_chart(request: ScopedRequest) -> HttpResponse:
    try:
        drawing = drawing_of(request.scope, choice_of(request.GET), timezone.localdate(now()))
    except TooManyToDraw as too_many:
        return places_page(request, too_many)
    pages = {"chart": chart_page, "table": table_page, "names": names_page}
    return pages[drawing.choice.page](request, drawing)


def places_page(request: ScopedRequest, too_many: TooManyToDraw) -> HttpResponse:
    """Instead of a chart nobody could read or load: the places of which there is one."""
    choice = choice_of(request.GET)
    places = [
        (
            "\u2003" * (place.level - 1),
            place.name,
            counted(place.people),
            choice.address(unit=place.unit, level=None) if place.fits else "",
        )
        for place in too_many.places
    ]
    headline = _("Choose a place: %(people)s people are too many for one chart.")
    context = {"places": places, "headline": headline % {"people": counted(too_many.people)}}
    return render(request, "leaders/wall_chart_places.html", context)


def chart_page(request: ScopedRequest, drawing: Drawing) -> HttpResponse:
    return render(
        request, "leaders/wall_chart.html", {**filters(request, drawing), **squares_context(request, drawing)}
    )


def names_page(request: ScopedRequest, drawing: Drawing) -> HttpResponse:
    if drawing.choice.block is None:
        raise Http404
    names = side(request, drawing, asker_names(request.scope, drawing.squares))
    return render(request, "leaders/wall_chart_names.html", {**filters(request, drawing), "side": names})


def squares_context(request: ScopedRequest, drawing: Drawing) -> dict[str, Any]:
    """What the chart of squares shows: rows of units, a cell for each shift, its totals and its sentence."""
    choice, chart = drawing.choice, drawing.chart
    lit, found = lit_people(drawing), found_people(drawing)
    labels = asker_names(request.scope, drawing.squares)
    at = ZOOMS.index(choice.zoom)
    return {
        "rows": rows_drawn(drawing, lit, {square.person for square in found}, labels),
        "hover": hover_words(drawing, labels) if drawing.occasion or choice.by == BY_ACTS else None,
        "columns": [(drawing.shift(column), shift_name(drawing, column)) for column in chart.columns],
        "column_sums": [
            {**sums_of(sums, choice), "label": shift_name(drawing, column), "of": words.of_people(sums, choice)}
            for column, sums in zip(chart.columns, chart.by_column, strict=True)
        ],
        "all": sums_of(chart.totals, choice),
        "reached_word": reached_word(drawing),
        "lit_count": None if lit is None else len(lit),
        "found": found[:20],
        "found_count": len(found),
        "smaller": choice.address(zoom=ZOOMS[at - 1]) if at else "",
        "larger": choice.address(zoom=ZOOMS[at + 1]) if at + 1 < len(ZOOMS) else "",
        "side": side(request, drawing, labels) if choice.block else None,
        "leaderless": leaderless(drawing),
        "turnouts": turnout_by_unit(drawing),
    }


def rows_drawn(drawing: Drawing, lit: set[UUID] | None, ringed: set[UUID], labels: Labels) -> list[dict[str, Any]]:
    """Each row of the chart: its unit, its squares shift by shift, its totals."""
    choice, sign = drawing.choice, sign_of(drawing)
    draw = pictures(drawing, sign, lit, ringed, labels)

    def cell(block: rules.Block, width: int) -> dict[str, Any]:
        shift = shift_name(drawing, block.column)
        asked = asked_by(block.squares, labels)
        return {
            "label": shift,
            "sentence": words.sentence(block, drawing.unit_name(block.row), shift, choice, asked),
            "address": address_of_block(drawing, block.row, block.column) if block.squares else "",
            "current": choice.block == (block.row, block.column),
            "picture": draw(block.squares, width),
        }

    return [
        {
            "name": drawing.unit_name(row.unit),
            "open": choice.address(unit=row.unit, level=None) if has_below(drawing, row.unit) else "",
            "under": under(drawing, row.unit),
            "strip": strip_of(drawing, row, sign),
            "people": words.people(row.totals.people),
            "leaders": words.leaders(row.totals.leaders),
            "holds_block": choice.block is not None and choice.block[0] == row.unit,
            "cells": [cell(block, width) for block, width in zip(row.blocks, drawing.chart.widths, strict=True)],
            **sums_of(row.totals, choice),
        }
        for row in drawing.chart.rows
    ]


def pictures(
    drawing: Drawing, sign: Sign, lit: set[UUID] | None, ringed: set[UUID], labels: Labels
) -> Callable[[Sequence[Square], int], SafeString]:
    """What draws a block: squares of one colouring, or rows of stickers."""
    zoom = drawing.choice.zoom

    def draw(squares: Sequence[Square], width: int) -> SafeString:
        hover = hover_of(squares, drawing, labels)
        if drawing.choice.by == BY_ACTS:
            acts = len(drawing.acts)
            return picture_of_acts(squares, width, acts, zoom=zoom, lit=lit, found=ringed, hover=hover)
        return squares_drawn.picture(squares, width, sign, zoom=zoom, lit=lit, found=ringed, hover=hover)

    return draw


def strip_of(drawing: Drawing, row: rules.Row, sign: Sign) -> SafeString:
    """The bar of a folded unit."""
    if drawing.choice.by == BY_ACTS and row.totals.acts:
        return squares_drawn.bar(row.totals.acts[-1].outcomes)
    return squares_drawn.strip([square for block in row.blocks for square in block.squares], sign)


def sign_of(drawing: Drawing) -> Sign:
    """What a square shows in the chosen colouring; by chain it is one query, so ask once for a page."""
    if drawing.occasion:
        return squares_drawn.sign_by_outcome
    if drawing.choice.by == BY_CHAIN:
        return squares_drawn.sign_by_chain(flags_of(drawing.ground.campaign))
    return squares_drawn.sign_by_stance


def under(drawing: Drawing, unit: UUID) -> str:
    """The name of what stands above a row, where rows stand at different places of the tree."""
    above = {row.unit: drawing.parent(row.unit) for row in drawing.chart.rows}
    parent = above[unit]
    if parent is None or len(set(above.values())) == 1 or all(row != parent for row in above) and unit in drawing.tops:
        return ""
    return drawing.unit_name(parent)


def has_below(drawing: Drawing, unit: UUID) -> bool:
    return unit != drawing.choice.unit and any(node.parent == unit for node in drawing.nodes)


def sums_of(sums: rules.Totals, choice: Choice) -> dict[str, Any]:
    reached = words.reached(sums, choice)
    return {
        "people": words.people(sums.people),
        "percent": words.percent(reached, sums.people),
        "told": words.told(sums, choice),
        "missing": words.alone(sums.alone) if choice.by == BY_CHAIN else words.missing(sums, choice),
        "alone": words.alone(sums.alone),
        "totals": sums,
        "acts": [words.percent(act.came, act.people) for act in sums.acts] if choice.by == BY_ACTS else [],
    }


def reached_word(drawing: Drawing) -> str:
    if drawing.occasion:
        return _("Came")
    if drawing.choice.by == BY_ACTS:
        return _("Came to something")
    return _("In a chain") if drawing.choice.by == BY_CHAIN else _("Acted")
