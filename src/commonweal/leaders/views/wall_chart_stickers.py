"""Draws a block of the wall chart by acts: for each person a row of stickers, one for each of the last acts.

As with the squares all stickers of a kind share one path, however many people stand in the block. Each outcome has
a shape of its own, so that none is told by its colour alone.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from commonweal.leaders.rules.wall_chart import Square
from commonweal.leaders.views.wall_chart_squares import NO_HOVER, Grid, framed
from commonweal.people.rules.outcomes import COULD_NOT, DID, DID_NOT, UNASKED, UNKNOWN

PITCH = 8  # from sticker to sticker
SHAPES = {
    DID: ("s-did", "m4.5 4.5h0"),
    DID_NOT: ("s-did-not", "m2 7.2l5-5.4"),
    COULD_NOT: ("s-could-not", "m1.5 4.5h6"),
    UNKNOWN: ("s-unknown", "m4.5 4.5h0"),
    UNASKED: ("s-unasked", "m1.8 1.8h5.4v5.4h-5.4z"),
}
"""Class and strokes: a full square, a slash, a dash, a dot, an empty square."""
LETTERS = {DID: "d", DID_NOT: "n", COULD_NOT: "c", UNKNOWN: "u", UNASKED: "-"}


def grid_of(acts: int) -> Grid:
    """The grid for people with so many stickers."""
    wide = max(acts, 2) * PITCH + 1
    return Grid(wide + 4, 21, wide, 9)


def picture_of_acts(
    squares: Sequence[Square],
    width: int,
    acts: int,
    *,
    zoom: int = 100,
    lit: Collection[UUID] | None = None,
    found: Collection[UUID] = (),
    hover: SafeString = NO_HOVER,
) -> SafeString:
    """The block as an SVG picture, `width` people to a line, the oldest act on the left; see `picture`."""
    grid = grid_of(acts)
    corners = grid.corners(len(squares), width)
    drawn: dict[str, list[str]] = defaultdict(list)
    for square, (x, y) in zip(squares, corners, strict=True):
        if lit is not None and square.person not in lit:
            drawn["faded"].append(f"M{x + 4} {y + 4}h0")
            continue
        for place, outcome in enumerate(square.acts):
            drawn[outcome].append(f"M{x + PITCH * place} {y}{SHAPES[outcome][1]}")
    parts = [f'<path class="{look}" d="{"".join(drawn[outcome])}"/>' for outcome, (look, _) in SHAPES.items()]
    if drawn["faded"]:
        parts.append(f'<g class="k-faded"><path class="l" d="{"".join(drawn["faded"])}"/></g>')
    return framed(squares, width, grid, "".join(parts), corners, found=found, zoom=zoom, extra=hover)


def sticker(outcome: str) -> SafeString:
    """One sticker by itself, for a key or a table."""
    look, strokes = SHAPES[outcome]
    return mark_safe(  # noqa: S308
        f'<svg class="sticker" viewBox="0 0 9 9" width="14" height="14" aria-hidden="true">'
        f'<path class="{look}" d="M0 0{strokes}"/></svg>'
    )
