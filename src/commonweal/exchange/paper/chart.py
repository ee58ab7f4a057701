"""The wall chart on paper: A3, A1, A0, or cut into A4 pages to be pasted together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from uuid import UUID

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from commonweal.exchange.paper import letters, signs
from commonweal.exchange.paper.letters import BOLD, PLAIN, TITLE, write
from commonweal.exchange.paper.sizes import (
    A3_WIDE,
    GAP,
    LINE,
    OVERLAP,
    SMALLEST,
    TILE,
    TILE_MARGIN,
    Layout,
    Paper,
    layout,
)
from commonweal.leaders.rules.wall_chart import STANCES, WON, Square, WallChart
from commonweal.people.rules.outcomes import OUTCOMES

STICKER = 0.62  # of the size of the letters, from sticker to sticker
MARGIN, HEADER, COLUMN_HEAD, FOOTER, UNIT_WIDE = 8 * mm, 13 * mm, 5 * mm, 5.5 * mm, 24 * mm

UNDER, SMALLEST_UNIT = 0.84, 6.4  # what stands under a unit's name; the name on A3, so that it is read from afar


def unit_size(size: float) -> float:
    """How large units are written beside names of a size."""
    return max(size * 1.1, SMALLEST_UNIT)


@dataclass(frozen=True)
class Words:
    """Everything that is written on the chart besides names, in the reader's language."""

    title: str
    made: str
    """The day and the news."""
    key: Mapping[str, str]
    """The word of each stance."""
    won: str
    not_won: str
    side_line: str
    unit: str
    give_back: str
    columns: Sequence[str]
    column_sums: Sequence[str]
    units: Mapping[UUID, tuple[str, Sequence[str]]]
    """A unit's name, and the lines under it."""
    lost_names: str
    acts: str
    """What the stickers stand for, the oldest act first; "" where the chart has none."""
    outcomes: Sequence[str]
    """The word of each sticker, in the order of OUTCOMES."""
    page: str
    """With `%(page)s`, `%(pages)s`, `%(row)s` and `%(column)s`, for one A4 page of several."""
    paste: str
    continued: str


def chart_pdf(
    chart: WallChart,
    names: Mapping[UUID, str],
    words: Words,
    copies: Sequence[str],
    paper: Paper,
    *,
    colour: bool = True,
) -> bytes:
    """The PDF: one chart for each copy, whose line (number and for whom) stands at its head."""
    file = BytesIO()
    canvas = Canvas(file, pageCompression=1)
    canvas.setTitle(words.title)
    canvas.setCreator("Commonweal")
    signs.draw_once(canvas, colour)
    high = paper.high / paper.scale
    for number, copy in enumerate(copies):
        drawing = Drawing(canvas, chart, names, words, copy, high, SMALLEST / paper.scale)
        for part in range(len(drawing.pages)):
            if paper.across:
                form = f"copy{number}part{part}"
                canvas.beginForm(form, 0, 0, A3_WIDE, high)
                drawing.draw(part)
                canvas.endForm()
                tile(canvas, form, paper, words)
            else:
                canvas.setPageSize((paper.wide, paper.high))
                canvas.scale(paper.scale, paper.scale)
                drawing.draw(part)
                canvas.showPage()
    canvas.save()
    return file.getvalue()


def tile(canvas: Canvas, form: str, paper: Paper, words: Words) -> None:
    """Cuts one chart into A4 pages from the upper left, with cut marks and what goes where."""
    inner_wide, inner_high = TILE[0] - 2 * TILE_MARGIN, TILE[1] - 2 * TILE_MARGIN
    pages = paper.across**2
    for number in range(pages):
        row, column = divmod(number, paper.across)
        canvas.setPageSize(TILE)
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(TILE_MARGIN, TILE_MARGIN, inner_wide, inner_high)
        canvas.clipPath(path, stroke=0)
        left = TILE_MARGIN - column * (inner_wide - OVERLAP)
        top = TILE_MARGIN + inner_high + row * (inner_high - OVERLAP)
        canvas.translate(left, top - paper.high)
        canvas.scale(paper.scale, paper.scale)
        canvas.doForm(form)
        canvas.restoreState()
        right, below = column < paper.across - 1, row < paper.across - 1
        cut_marks(canvas, right, below)
        facts = {"page": number + 1, "pages": pages, "row": row + 1, "column": column + 1}
        canvas.setFillColor(signs.SECOND_INK)
        write(
            canvas, TILE_MARGIN, 4 * mm, words.page % facts + (f"  {words.paste}" if right or below else ""), PLAIN, 7.5
        )
        canvas.showPage()


def cut_marks(canvas: Canvas, right: bool, below: bool) -> None:
    """Short strokes in the margin where the scissors go, where another page follows to the right or below."""
    canvas.setStrokeColor(signs.INK)
    canvas.setLineWidth(0.6)
    if right:
        x = TILE[0] - TILE_MARGIN - OVERLAP
        canvas.line(x, TILE[1] - 2 * mm, x, TILE[1] - 8 * mm)
        canvas.line(x, 2 * mm, x, 8 * mm)
    if below:
        y = TILE_MARGIN + OVERLAP
        canvas.line(2 * mm, y, 8 * mm, y)
        canvas.line(TILE[0] - 8 * mm, y, TILE[0] - 2 * mm, y)


def room_of(stickers: int) -> float:
    """How wide so many stickers beside a name are, in sizes of its letters."""
    return stickers * STICKER + 0.4 if stickers else 0.0


class Drawing:
    """One copy of the chart, laid out in points of an A3 page and drawn page by page."""

    def __init__(
        self,
        canvas: Canvas,
        chart: WallChart,
        names: Mapping[UUID, str],
        words: Words,
        copy: str,
        high: float,
        smallest: float,
    ) -> None:
        self.canvas, self.chart, self.names, self.words = canvas, chart, names, words
        self.copy, self.high = copy, high
        self.wide = A3_WIDE - 2 * MARGIN - UNIT_WIDE
        self.room = high - 2 * MARGIN - HEADER - COLUMN_HEAD - FOOTER
        self.plan, self.stickers = self.planned(smallest)
        self.pages = self.cut()

    def planned(self, smallest: float) -> tuple[Layout, int]:
        """The layout, and how many stickers stand beside each name: all there are where the whole chart still fits
        on one sheet in letters of a readable size, else none."""
        acts = len(self.chart.totals.acts)
        plan = layout(self.chart, self.wide, self.room, smallest, self.heads, beside=room_of(acts))
        if plan.fits or not acts:
            return plan, acts
        return layout(self.chart, self.wide, self.room, smallest, self.heads), 0

    def heads(self, size: float) -> list[int]:
        """How many lines of names each unit's own name and what is said under it take, at a size of names."""
        line, own, under = size * LINE, unit_size(size) * LINE, unit_size(size) * UNDER * LINE
        return [
            ceil((len(self.unit_lines(name, size)) * own + len(said) * under) / line)
            for name, said in (self.words.units[row.unit] for row in self.chart.rows)
        ]

    def unit_lines(self, name: str, size: float) -> list[str]:
        """A unit's name on one line or two."""
        return letters.in_two_lines(name, BOLD, unit_size(size), UNIT_WIDE - mm)

    def cut(self) -> list[list[tuple[int, int, int]]]:
        """What stands on each page: (row, first line, lines); a row longer than a page goes on on the next."""
        most = max(int(self.room / self.plan.line - 1), 1)
        pages: list[list[tuple[int, int, int]]] = [[]]
        used = 0.0
        for row, lines in enumerate(self.plan.lines):
            start = 0
            while start < lines:
                now = min(lines - start, most)
                needed = (now + GAP) * self.plan.line
                if used + needed > self.room + 0.01 and pages[-1]:
                    pages.append([])
                    used = 0.0
                pages[-1].append((row, start, now))
                used += needed
                start += now
        return pages

    def edges(self) -> list[float]:
        """Where each shift begins, and where the last one ends."""
        total = sum(self.plan.shares)
        edges = [MARGIN + UNIT_WIDE]
        for share in self.plan.shares:
            edges.append(edges[-1] + self.wide * share / total)
        return edges

    def draw(self, part: int) -> None:
        self.header()
        edges = self.edges()
        y = self.high - MARGIN - HEADER - COLUMN_HEAD
        self.canvas.setFillColor(signs.INK)
        write(self.canvas, MARGIN, y + 2 * mm, self.words.unit, TITLE, 9.5)
        for name, x, end in zip(self.words.columns, edges, edges[1:], strict=False):
            write(self.canvas, x + 2 * mm, y + 2 * mm, name, TITLE, 9.5, end - x - 2 * mm)
        self.rule(y, 1.2)
        for row, start, lines in self.pages[part]:
            y = self.row(row, start, lines, y, edges)
        self.footer(part)

    def rule(self, y: float, wide: float) -> None:
        self.canvas.setStrokeColor(signs.INK)
        self.canvas.setLineWidth(wide)
        self.canvas.line(MARGIN, y, A3_WIDE - MARGIN, y)

    def header(self) -> None:
        canvas, words = self.canvas, self.words
        top = self.high - MARGIN
        canvas.setFillColor(signs.INK)
        long = write(canvas, MARGIN, top - 9 * mm, words.title, TITLE, 19)
        begin, end = MARGIN + long + 9 * mm, self.key(top - 9 * mm, 0.62 * (A3_WIDE - 2 * MARGIN))
        canvas.setFillColor(signs.SECOND_INK)
        write(canvas, begin, top - 5.5 * mm, self.copy, PLAIN, 8, A3_WIDE - MARGIN - begin)
        write(canvas, begin, top - 9 * mm, words.made, PLAIN, 8, end - begin - 4 * mm)
        if self.stickers:
            self.key_of_stickers(top - 5.3 * mm)
        for lower in (11.2, 12.2):
            self.rule(top - lower * mm, 0.8)

    def key(self, y: float, room: float) -> float:
        """Draws the key up to the right edge, small enough for its room; where it begins."""
        canvas, words, side, size = self.canvas, self.words, 3.6 * mm, 7.5
        entries = [words.key[stance] for stance in STANCES] + [words.won, words.not_won, words.side_line]

        def wide() -> float:
            return sum(letters.width(entry, PLAIN, size) + 8.4 * mm for entry in entries) - 3 * mm

        while wide() > room and size > 5:
            size -= 0.25
        x = begin = A3_WIDE - MARGIN - wide()
        for place, entry in enumerate(entries):
            if place < len(STANCES):
                signs.put(canvas, f"mark{STANCES[place]}", x, y - 0.6 * mm, side)
            elif place < len(STANCES) + 2:
                signs.put_flag(canvas, place == len(STANCES), x + mm, y - 0.4 * mm, side)
            else:
                canvas.setStrokeColor(signs.INK)
                canvas.setLineWidth(1.4)
                canvas.line(x + 2 * mm, y - 0.6 * mm, x + 2 * mm, y + 3 * mm)
            canvas.setFillColor(signs.INK)
            x += 5 * mm + write(canvas, x + 5 * mm, y + 0.4 * mm, entry, PLAIN, size) + 3.4 * mm
        return begin

    def key_of_stickers(self, y: float) -> None:
        """What the stickers stand for and how each looks, up to the right edge above the other key."""
        canvas, size, side = self.canvas, 7.0, 2.6 * mm

        def wide() -> float:
            said = sum(letters.width(word, PLAIN, size) for word in self.words.outcomes)
            return said + len(OUTCOMES) * (side + 4 * mm) + letters.width(self.words.acts, BOLD, size)

        while wide() > 0.62 * (A3_WIDE - 2 * MARGIN) and size > 4.5:
            size -= 0.25
        x = A3_WIDE - MARGIN - wide()
        canvas.setFillColor(signs.INK)
        x += write(canvas, x, y, self.words.acts, BOLD, size) + 4 * mm
        for outcome, word in zip(OUTCOMES, self.words.outcomes, strict=True):
            signs.put(canvas, f"sticker{outcome}", x, y - 0.2 * mm, side)
            canvas.setFillColor(signs.INK)
            x += side + mm + write(canvas, x + side + mm, y, word, PLAIN, size) + 3 * mm

    def row(self, place: int, start: int, lines: int, y: float, edges: Sequence[float]) -> float:
        row, plan, canvas = self.chart.rows[place], self.plan, self.canvas
        name, under = self.words.units[row.unit]
        own = unit_size(plan.size)
        below = y
        for line in self.unit_lines(name, plan.size):
            below -= own * LINE
            canvas.setFillColor(signs.INK)
            write(canvas, MARGIN, below + own * 0.1, line, BOLD, own)
        canvas.setFillColor(signs.SECOND_INK)
        for line in [self.words.continued] if start else under:
            below -= own * UNDER * LINE
            write(canvas, MARGIN, below + own * 0.1, line, PLAIN, own * UNDER, UNIT_WIDE - mm)
        for column, block in enumerate(row.blocks):
            share = plan.shares[column]
            first, last = start * share, (start + lines) * share
            self.block(block.squares[first:last], edges[column], edges[column + 1], y, lines, share)
        end = y - (lines + GAP) * plan.line
        canvas.setStrokeColor(signs.RULE)
        canvas.setLineWidth(0.5)
        for edge in edges[1:-1]:
            canvas.line(edge, y, edge, end)
        self.rule(end, 0.8)
        return end

    def block(self, squares: Sequence[Square], left: float, right: float, y: float, lines: int, share: int) -> None:
        """Fills the block column by column, no taller than it must be."""
        tall = -(-len(squares) // share) if squares else 0
        room = (right - left - 2 * mm) / share
        for number, square in enumerate(squares):
            column, line = divmod(number, tall)
            self.name(square, left + 2 * mm + column * room, y - (line + 1) * self.plan.line, room)

    def name(self, square: Square, x: float, y: float, room: float) -> None:
        canvas, plan = self.canvas, self.plan
        side = plan.size * 0.98
        if square.chain:
            canvas.setStrokeColor(signs.INK)
            canvas.setLineWidth(plan.size * 0.2)
            canvas.line(x, y - plan.line * 0.22, x, y + plan.line * 0.78)
        signs.put(canvas, f"mark{square.stance}", x + plan.size * 0.35, y - plan.size * 0.14, side)
        at = x + plan.size * 1.7
        if square.flag:
            signs.put_flag(canvas, square.flag == WON, at, y - plan.size * 0.08, plan.size * 0.95)
            at += plan.size * 0.95
        canvas.setFillColor(signs.INK)
        face = BOLD if square.flag else PLAIN
        end = room - plan.size * room_of(self.stickers)
        fits = letters.narrowed(self.names[square.person], face, plan.size, end - (at - x) - plan.size * 0.2)
        write(canvas, at, y, fits, face, plan.size)
        for place, outcome in enumerate(square.acts[: self.stickers]):
            signs.put(canvas, f"sticker{outcome}", x + end + place * plan.size * STICKER, y, plan.size * STICKER * 0.94)

    def footer(self, part: int) -> None:
        canvas, words, y = self.canvas, self.words, MARGIN
        canvas.setFillColor(signs.SECOND_INK)
        said = words.give_back if len(self.pages) == 1 else f"{words.give_back}  {part + 1} / {len(self.pages)}"
        end = A3_WIDE - MARGIN - letters.width(said, PLAIN, 7.2)
        write(canvas, end, y, said, PLAIN, 7.2)
        size = 7.2
        sums = list(zip(words.columns, words.column_sums, strict=True))

        def wide() -> float:
            return sum(
                letters.width(f"{name} ", BOLD, size) + letters.width(sum_, PLAIN, size) + size for name, sum_ in sums
            )

        while wide() > end - MARGIN - 4 * mm and size > 4.5:
            size -= 0.2
        x = MARGIN
        for name, sum_ in sums:
            x += write(canvas, x, y, name + " ", BOLD, size)
            x += write(canvas, x, y, sum_, PLAIN, size) + min(8 * mm, (end - MARGIN - wide()) / len(sums) + size)
        if words.lost_names:
            write(canvas, MARGIN, y - 3.4 * mm, words.lost_names, PLAIN, 7.2)
