"""Draws one block of the wall chart as one picture, with few parts however many people stand in it.

All squares of a kind share one path for their ground and one for their sign: five thousand people are
some hundred paths, not five thousand elements. Nothing but numbers goes into the paths.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from commonweal.leaders.rules.wall_chart import OPEN, WON, Square

STEP, LINE, SIDE = 19, 26, 16  # from square to square, from line to line, and one square
TOP = 8  # room for the flags of the first line

GROUND, OUTLINED = "m1.5 1.5h13v13h-13z", "m.6 .6h14.8v14.8h-14.8z"  # the first grows by its rounded edge
# For each sign: the class of the look, and its strokes from the square's corner (a filled part, a drawn part).
DISC, HALF, RING = "m8 8h0", "m8 4a4 4 0 0 0 0 8z", "m4.2 8a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0"
SLASH, CROSS = "m4.2 11.8l7.6-7.6", "m4.6 4.6l6.8 6.8m0-6.8l-6.8 6.8"
TICK, DASH, DOTS = "m4 8.4l2.8 2.8l5.2-6", "m4.4 8h7.2", "m5 8h0m3 0h0m3 0h0"
PAIR, LONE = "m3.4 10.6h0m4.6-5.2h0m4.6 5.2h0", "m5.4 10h0m5.2-4h0"
SIGNS: dict[str, tuple[str, str, str]] = {
    "1": ("k1", DISC, ""),
    "2": ("k2", HALF, RING),
    "3": ("k3", "", RING),
    "4": ("k4", "", SLASH),
    "5": ("k5", "", CROSS),
    "0": ("k0", "", ""),
    "did": ("k1 o-did", "", TICK),
    "could_not": ("k3", "", DASH),
    "did_not": ("k4", "", SLASH),
    "unknown": ("k3 o-unknown", "", DOTS),
    "": ("k0", "", ""),
    "walks_won": ("k1 c-won", "", PAIR),
    "walks_open": ("k2 c-open", "", LONE),
    "alone": ("k0", "", ""),
    "faded": ("k-faded", "", "m8 8h0"),
}


def sign_by_stance(square: Square) -> str:
    return square.stance


def sign_by_outcome(square: Square) -> str:
    return square.outcome


def sign_by_chain(flags: dict[UUID, str]) -> Callable[[Square], str]:
    """The sign of who walks with a leader won, with one not yet won, or with no one."""

    def sign(square: Square) -> str:
        if square.chain is None:
            return "alone"
        return "walks_won" if flags.get(square.chain) == WON else "walks_open"

    return sign


def picture(
    squares: Sequence[Square],
    width: int,
    sign: Callable[[Square], str],
    *,
    zoom: int = 100,
    lit: Collection[UUID] | None = None,
    found: Collection[UUID] = (),
) -> SafeString:
    """The block as an SVG picture, `width` squares to a line. `lit` are those to show while the others fade to a
    dot (None: all); `found` are those a search ringed."""
    across = min(width, len(squares)) if squares else 0
    lines = -(-len(squares) // width)
    wide, high = max(across * STEP - 1, SIDE + 2), TOP + LINE * lines - (LINE - SIDE) + 4 if lines else LINE
    grounds: dict[str, list[str]] = defaultdict(list)
    corners = [(1 + STEP * (place % width), TOP + LINE * (place // width)) for place in range(len(squares))]
    for square, (x, y) in zip(squares, corners, strict=True):
        kind = sign(square) if lit is None or square.person in lit else "faded"
        grounds[kind].append(f"M{x} {y}")
    parts = [kind_of_squares(kind, grounds[kind]) for kind in SIGNS if kind in grounds]
    parts.append(flags(squares, corners))
    parts.append(underlines(squares, corners, width))
    if found:
        rings = "".join(
            f"M{x - 3} {y - 3}h22v22h-22z" for s, (x, y) in zip(squares, corners, strict=True) if s.person in found
        )
        parts.append(f'<path class="found" d="{rings}"/>' if rings else "")
    size = f'width="{wide * zoom // 100}" height="{high * zoom // 100}" viewBox="0 0 {wide} {high}"'
    return mark_safe(f'<svg class="squares-of" {size} aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S308


def kind_of_squares(kind: str, corners: Sequence[str]) -> str:
    """All squares of one kind: their ground in one path, their sign in at most two more."""
    look, filled, drawn = SIGNS[kind]
    shape = OUTLINED if look.startswith(("k0", "k3")) else GROUND
    ground = "" if kind == "faded" else "".join(corner + shape for corner in corners)
    parts = [f'<path class="b" d="{ground}"/>' if ground else ""]
    if filled:
        parts.append(f'<path class="g" d="{"".join(corner + filled for corner in corners)}"/>')
    if drawn:
        parts.append(f'<path class="l" d="{"".join(corner + drawn for corner in corners)}"/>')
    return f'<g class="{look}">{"".join(parts)}</g>'


def flags(squares: Sequence[Square], corners: Sequence[tuple[int, int]]) -> str:
    """The frames and flags of the leaders: filled when won, open when not yet."""
    frames: list[str] = []
    poles: list[str] = []
    banners: dict[str, list[str]] = {WON: [], OPEN: []}
    for square, (x, y) in zip(squares, corners, strict=True):
        if square.flag:
            frames.append(f"M{x} {y}h16v16h-16z")
            poles.append(f"M{x + 0.5} {y + 1}v-8")
            banners[square.flag].append(f"M{x + 0.5} {y - 7.5}l9 3-9 3z")
    if not frames:
        return ""
    return (
        f'<path class="lead" d="{"".join(frames)}"/><path class="pole" d="{"".join(poles)}"/>'
        f'<path class="flag" d="{"".join(banners[WON])}"/><path class="flag open" d="{"".join(banners[OPEN])}"/>'
    )


def underlines(squares: Sequence[Square], corners: Sequence[tuple[int, int]], width: int) -> str:
    """The line under everybody who is in a chain, broken between one chain and the next."""
    strokes = []
    for place, (square, (x, y)) in enumerate(zip(squares, corners, strict=True)):
        if square.chain is None:
            continue
        follows = squares[place + 1].chain if place + 1 < len(squares) and (place + 1) % width else None
        strokes.append(f"M{x} {y + 18}h{STEP if follows == square.chain else 15.5}")
    return f'<path class="under" d="{"".join(strokes)}"/>' if strokes else ""


def strip(squares: Sequence[Square], sign: Callable[[Square], str]) -> SafeString:
    """The shares of each sign as one bar, for a unit that is folded on a phone."""
    counts = Counter(sign(square) for square in squares)
    parts, start = [], 0.0
    for kind in (kind for kind in SIGNS if counts[kind]):
        share = 100 * counts[kind] / len(squares)
        look = SIGNS[kind][0].split()[0]
        parts.append(f'<g class="{look}"><rect class="b" x="{start:.2f}%" width="{share:.2f}%" height="14"/></g>')
        start += share
    return mark_safe(f'<svg class="strip" width="100%" height="14" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S308
