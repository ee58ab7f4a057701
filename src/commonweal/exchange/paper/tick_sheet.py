"""The sheet to tick: a line for each person in large print, its code, and four boxes for what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from commonweal.exchange.paper import letters, signs
from commonweal.exchange.paper.letters import BOLD, PLAIN, TITLE, write
from commonweal.exchange.paper.sheet import foot

WIDE, HIGH, MARGIN, LINE = 210 * mm, 297 * mm, 14 * mm, 10.5 * mm
TOP, BOX, STEP = HIGH - 54 * mm, 6.5 * mm, 17 * mm
BOXES = "tickboxes"
ON_A_PAGE = int((TOP - 22 * mm) // LINE)


@dataclass(frozen=True)
class TickLine:
    """One line: its code, the name as it can be printed, and what stands small below it."""

    code: str
    name: str
    below: str


@dataclass(frozen=True)
class TickBlock:
    """Lines that begin a new page: of a unit and shift, or of a chain."""

    name: str
    lines: Sequence[TickLine]


@dataclass(frozen=True)
class TickWords:
    """What is written on a sheet besides names, in the reader's language."""

    title: str
    made: str
    copy: str
    outcomes: Sequence[tuple[str, str]]
    """The number that is typed for each box, and its word."""
    code: str
    name: str
    again: str
    give_back: str
    lost_names: str
    page: str
    """With `%(page)s` and `%(pages)s`."""


def tick_sheets_pdf(blocks: Sequence[TickBlock], words: TickWords) -> bytes:
    """The PDF, A4: each block begins a page of its own."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDE, HIGH), pageCompression=1)
    canvas.setTitle(words.title)
    canvas.setCreator("Commonweal")
    first = WIDE - MARGIN - len(words.outcomes) * STEP
    _draw_boxes_once(canvas, len(words.outcomes), first)
    pages = [
        (block.name, block.lines[start : start + ON_A_PAGE])
        for block in blocks
        for start in range(0, len(block.lines), ON_A_PAGE)
    ]
    for number, (name, lines) in enumerate(pages, start=1):
        _head(canvas, name, words, first)
        for place, line in enumerate(lines):
            _line(canvas, line, TOP - (place + 1) * LINE, first)
        foot(canvas, words, number, len(pages))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_boxes_once(canvas: Canvas, boxes: int, first: float) -> None:
    canvas.beginForm(BOXES, 0, -mm, WIDE, LINE)
    canvas.setStrokeColor(signs.INK)
    canvas.setLineWidth(1.1)
    for place in range(boxes):
        canvas.roundRect(first + place * STEP, 1.9 * mm, BOX, BOX, 0.8 * mm)
    canvas.setStrokeColor(signs.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, 0, WIDE - MARGIN, 0)
    canvas.endForm()


def _head(canvas: Canvas, name: str, words: TickWords, first: float) -> None:
    canvas.setFillColor(signs.INK)
    write(canvas, MARGIN, HIGH - 20 * mm, name, TITLE, 19, WIDE - 2 * MARGIN)
    canvas.setFillColor(signs.SECOND_INK)
    write(canvas, MARGIN, HIGH - 26 * mm, f"{words.title} · {words.made}", PLAIN, 9.5, WIDE - 2 * MARGIN)
    write(canvas, MARGIN, HIGH - 30.5 * mm, words.copy, BOLD, 9.5, WIDE - 2 * MARGIN)
    canvas.setStrokeColor(signs.INK)
    canvas.setLineWidth(1)
    for lower in (32.5, 33.5):
        canvas.line(MARGIN, HIGH - lower * mm, WIDE - MARGIN, HIGH - lower * mm)
    canvas.setFillColor(signs.INK)
    for place, (number, word) in enumerate(words.outcomes):
        x = first + place * STEP
        write(canvas, x + 2 * mm, TOP + 12.5 * mm, number, BOLD, 12)
        for step, part in enumerate(letters.in_two_lines(word, PLAIN, 8.5, STEP - 1.5 * mm)):
            write(canvas, x, TOP + 8 * mm - step * 3.4 * mm, part, PLAIN, 8.5)
    write(canvas, MARGIN, TOP + 3 * mm, words.code, BOLD, 9)
    write(canvas, MARGIN + 33 * mm, TOP + 3 * mm, words.name, BOLD, 9)
    write(canvas, MARGIN + 33 * mm, TOP + 8 * mm, words.again, PLAIN, 8, first - MARGIN - 36 * mm)
    canvas.line(MARGIN, TOP, WIDE - MARGIN, TOP)


def _line(canvas: Canvas, line: TickLine, y: float, first: float) -> None:
    canvas.setFillColor(signs.INK)
    write(canvas, MARGIN, y + 3.4 * mm, line.code, BOLD, 13)
    write(canvas, MARGIN + 33 * mm, y + 5.1 * mm, line.name, PLAIN, 16, first - MARGIN - 36 * mm)
    canvas.setFillColor(signs.SECOND_INK)
    write(canvas, MARGIN + 33 * mm, y + 1.1 * mm, line.below, PLAIN, 8, first - MARGIN - 36 * mm)
    canvas.saveState()
    canvas.translate(0, y)
    canvas.doForm(BOXES)
    canvas.restoreState()
