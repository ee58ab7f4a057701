"""Draws one block of the wall chart as one picture, with few parts however many people stand in it.

All squares of a kind share one path for their ground and one for their sign: five thousand people are
some hundred paths, not five thousand elements. Nothing but numbers goes into the paths.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from commonweal.leaders.rules.wall_chart import OPEN, WON, Square

TOP = 8  # room for the flags of the first line


@dataclass(frozen=True)
class Grid:
    """How far it is from one person to the next and from line to line, and how wide and high one is drawn."""

    step: int
    line: int
    wide: int
    high: int

    def corners(self, number: int, across: int) -> list[tuple[int, int]]:
        """The upper left corner of each of so many, `across` to a line."""
        return [(1 + self.step * (place % across), TOP + self.line * (place // across)) for place in range(number)]

    def size(self, number: int, across: int) -> tuple[int, int]:
        """How wide and high a picture of so many is."""
        lines = -(-number // across)
        wide = max(min(across, number) * self.step - 1, self.wide + 2)
        return wide, TOP + self.line * lines - (self.line - self.high) + 4 if lines else self.line


NO_HOVER = SafeString("")
SQUARES = Grid(19, 26, 16, 16)

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
    "did_not": ("k4", "", SLASH),
    "could_not": ("k3", "", DASH),
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
    hover: SafeString = NO_HOVER,
) -> SafeString:
    """The block as an SVG picture, `width` squares to a line. `lit` are those to show while the others fade to a
    dot (None: all); `found` are those a search ringed; `hover` is what the page says of a square one points at."""
    grounds: dict[str, list[str]] = defaultdict(list)
    corners = SQUARES.corners(len(squares), width)
    for square, (x, y) in zip(squares, corners, strict=True):
        kind = sign(square) if lit is None or square.person in lit else "faded"
        grounds[kind].append(f"M{x} {y}")
    parts = [kind_of_squares(kind, grounds[kind]) for kind in SIGNS if kind in grounds]
    parts.append(talkers(squares, corners, lit))
    return framed(squares, width, SQUARES, "".join(parts), corners, found=found, zoom=zoom, extra=hover)


def framed(
    squares: Sequence[Square],
    width: int,
    grid: Grid,
    drawn: str,
    corners: Sequence[tuple[int, int]],
    *,
    found: Collection[UUID],
    zoom: int,
    extra: SafeString,
) -> SafeString:
    """The picture of a block: what was drawn of its people, their flags, chains and the rings of a search."""
    ring = f"h{grid.wide + 6}v{grid.high + 6}h-{grid.wide + 6}z"
    rings = "".join(
        f"M{x - 3} {y - 3}{ring}" for square, (x, y) in zip(squares, corners, strict=True) if square.person in found
    )
    ringed = f'<path class="found" d="{rings}"/>' if rings else ""
    wide, high = grid.size(len(squares), width)
    size = f'width="{wide * zoom // 100}" height="{high * zoom // 100}" viewBox="0 0 {wide} {high}"'
    grown = f'data-grid="{grid.step} {grid.line} {width} {TOP}"'
    inner = drawn + flags(squares, corners, grid) + underlines(squares, corners, width, grid) + ringed
    return mark_safe(f'<svg class="squares-of" {size} {grown}{extra} aria-hidden="true">{inner}</svg>')  # noqa: S308


def talkers(squares: Sequence[Square], corners: Sequence[tuple[int, int]], lit: Collection[UUID] | None) -> str:
    """A folded corner on everybody lit who talks and does not walk."""
    folds = "".join(
        f"M{x + 16} {y + 8}v8h-8z"
        for square, (x, y) in zip(squares, corners, strict=True)
        if square.talks and (lit is None or square.person in lit)
    )
    return f'<path class="talks" d="{folds}"/>' if folds else ""


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


def flags(squares: Sequence[Square], corners: Sequence[tuple[int, int]], grid: Grid) -> str:
    """The frames and flags of the leaders: filled when won, open when not yet."""
    frames: list[str] = []
    poles: list[str] = []
    banners: dict[str, list[str]] = {WON: [], OPEN: []}
    for square, (x, y) in zip(squares, corners, strict=True):
        if square.flag:
            frames.append(f"M{x} {y}h{grid.wide}v{grid.high}h-{grid.wide}z")
            poles.append(f"M{x + 0.5} {y + 1}v-8")
            banners[square.flag].append(f"M{x + 0.5} {y - 7.5}l9 3-9 3z")
    if not frames:
        return ""
    return (
        f'<path class="lead" d="{"".join(frames)}"/><path class="pole" d="{"".join(poles)}"/>'
        f'<path class="flag" d="{"".join(banners[WON])}"/><path class="flag open" d="{"".join(banners[OPEN])}"/>'
    )


def underlines(squares: Sequence[Square], corners: Sequence[tuple[int, int]], width: int, grid: Grid) -> str:
    """The line under everybody who is in a chain, broken between one chain and the next."""
    strokes = []
    for place, (square, (x, y)) in enumerate(zip(squares, corners, strict=True)):
        if square.chain is None:
            continue
        follows = squares[place + 1].chain if place + 1 < len(squares) and (place + 1) % width else None
        long = grid.step if follows == square.chain else grid.wide - 0.5
        strokes.append(f"M{x} {y + grid.high + 2}h{long}")
    return f'<path class="under" d="{"".join(strokes)}"/>' if strokes else ""


def strip(squares: Sequence[Square], sign: Callable[[Square], str]) -> SafeString:
    """The shares of each sign as one bar, for a unit that is folded on a phone."""
    return bar(Counter(sign(square) for square in squares))


def bar(counts: Mapping[str, int]) -> SafeString:
    """So many of each sign as one bar."""
    people = sum(counts.values())
    parts, start = [], 0.0
    for kind in (kind for kind in SIGNS if counts.get(kind)):
        share = 100 * counts[kind] / people
        look = SIGNS[kind][0].split()[0]
        parts.append(f'<g class="{look}"><rect class="b" x="{start:.2f}%" width="{share:.2f}%" height="14"/></g>')
        start += share
    return mark_safe(f'<svg class="strip" width="100%" height="14" aria-hidden="true">{"".join(parts)}</svg>')  # noqa: S308
