"""The papers a chart can be printed on, and how its names are laid out on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from commonweal.leaders.rules.wall_chart import WallChart, shared_width

A3_WIDE = 420 * mm
SMALLEST = 6.5  # points on the paper, below which nobody reads a name
LARGEST = 13.0
OVERLAP = 10 * mm
TILE, TILE_MARGIN = (297 * mm, 210 * mm), 10 * mm
LINE = 1.13  # times the size of its letters
GAP = 0.3  # of a line, below each row
NAME = 10.2  # how wide a name with its mark is, in sizes of its letters
LOOSEST = 1.3  # times the usual line, where there is room to spare


@dataclass(frozen=True)
class Paper:
    """One kind of print: the size of the drawn chart, and into how many A4 pages it is cut, if it is."""

    code: str
    wide: float
    high: float
    across: int = 0

    @property
    def scale(self) -> float:
        """How much larger than A3 it is drawn."""
        return self.wide / A3_WIDE


def tiled(code: str, across: int) -> Paper:
    """A chart cut into `across` times `across` A4 pages that overlap by a centimetre."""
    inner_wide, inner_high = TILE[0] - 2 * TILE_MARGIN, TILE[1] - 2 * TILE_MARGIN
    return Paper(
        code, across * inner_wide - (across - 1) * OVERLAP, across * inner_high - (across - 1) * OVERLAP, across
    )


PAPERS = {
    paper.code: paper
    for paper in (
        Paper("a3", 420 * mm, 297 * mm),
        Paper("a1", 841 * mm, 594 * mm),
        Paper("a0", 1189 * mm, 841 * mm),
        tiled("a4x4", 2),
        tiled("a4x9", 3),
        tiled("a4x16", 4),
    )
}


@dataclass(frozen=True)
class Layout:
    """How large names are written and how many stand side by side in each shift; all lengths in points of A3."""

    size: float
    line: float
    shares: Sequence[int]
    lines: Sequence[int]
    """Lines of each row."""
    fits: bool


def layout(
    chart: WallChart,
    wide: float,
    high: float,
    smallest: float,
    heads: Callable[[float], Sequence[int]],
    largest: float = LARGEST,
    beside: float = 0.0,
) -> Layout:
    """The largest letters with which the whole chart fits, its lines as loose as the sheet allows; where
    none do, the smallest, over several pages. `heads` says how many lines each unit's name and what is
    said under it take at a size; `beside` is what stands beside each name, in sizes of its letters."""
    heights = [[len(block.squares) for block in row.blocks] for row in chart.rows]
    size = largest
    while True:
        line = size * LINE
        across = max(int(wide // (size * (NAME + beside))), len(chart.columns))
        shares = shared_width(heights, across, 1)
        lines = [
            max(head, *(-(-count // share) for count, share in zip(row, shares, strict=True)))
            for head, row in zip(heads(size), heights, strict=True)
        ]
        needed = sum(lines) * line + len(lines) * line * GAP
        if needed <= high or size <= smallest:
            loose = min(max(high / needed, 1), LOOSEST) if needed else 1
            return Layout(size, line * loose, shares, lines, needed <= high)
        size = max(size - 0.25, smallest)
