"""The sheet to mark by hand: everybody of a unit and shift in large print, with five marks to tick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol
from uuid import UUID

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from commonweal.exchange.paper import letters, signs
from commonweal.exchange.paper.letters import BOLD, PLAIN, TITLE, write
from commonweal.leaders.rules.wall_chart import BLANK, STANCES, WON, Square

WIDE, HIGH, MARGIN, LINE = 210 * mm, 297 * mm, 14 * mm, 9 * mm
TOP, BOX = HIGH - 52 * mm, 6 * mm
MARKS = [stance for stance in STANCES if stance != BLANK]
FIRST_MARK, MARK_STEP = WIDE - 14 * mm - 5 * 15 * mm, 15 * mm
ON_A_PAGE = int((TOP - 22 * mm) // LINE)
BOXES = "boxes"
CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that a pen confuses with another


@dataclass(frozen=True)
class SheetWords:
    """What is written on a sheet besides names."""

    title: str
    made: str
    marks: Mapping[str, tuple[str, str]]
    """The number and the word of each stance, as the organization counts them."""
    code: str
    name: str
    now: str
    give_back: str
    lost_names: str
    page: str
    """With `%(page)s` and `%(pages)s`."""


def line_codes(people: Sequence[UUID]) -> dict[UUID, str]:
    """A short code for each person, the same on every sheet as long as nobody else needs the same one."""
    codes: dict[UUID, str] = {}
    taken: set[str] = set()
    for person in people:
        rest, code = person.int, ""
        while len(code) < 4 or code in taken:
            rest, place = divmod(rest, len(CODE_LETTERS))
            code += CODE_LETTERS[place]
        codes[person] = code
        taken.add(code)
    return codes


def sheets_pdf(
    blocks: Sequence[tuple[str, Sequence[Square]]],
    names: Mapping[UUID, str],
    words: SheetWords,
    copies: Sequence[str],
    *,
    colour: bool = True,
) -> bytes:
    """The PDF: for each copy, each block (its name, its squares) begins a new A4 page."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDE, HIGH), pageCompression=1)
    canvas.setTitle(words.title)
    canvas.setCreator("Commonweal")
    signs.draw_once(canvas, colour)
    draw_boxes_once(canvas)
    codes = line_codes(sorted(square.person for _, squares in blocks for square in squares))
    pages = [
        (name, squares[start : start + ON_A_PAGE])
        for name, squares in blocks
        for start in range(0, len(squares), ON_A_PAGE)
    ]
    for copy in copies:
        for number, (name, squares) in enumerate(pages, start=1):
            head(canvas, name, copy, words)
            for place, square in enumerate(squares):
                line(canvas, square, names[square.person], codes[square.person], TOP - (place + 1) * LINE)
            foot(canvas, words, number, len(pages))
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def draw_boxes_once(canvas: Canvas) -> None:
    """Draws the boxes of a line, and the rule below it, once into the file."""
    canvas.beginForm(BOXES, 0, -mm, WIDE, LINE)
    canvas.setStrokeColor(signs.INK)
    canvas.setLineWidth(1)
    for place in range(len(MARKS)):
        canvas.roundRect(FIRST_MARK + place * MARK_STEP, 1.4 * mm, BOX, BOX, 0.8 * mm)
    canvas.setStrokeColor(signs.RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, 0, WIDE - MARGIN, 0)
    canvas.endForm()


def head(canvas: Canvas, name: str, copy: str, words: SheetWords) -> None:
    canvas.setFillColor(signs.INK)
    write(canvas, MARGIN, HIGH - 20 * mm, name, TITLE, 19, WIDE - 2 * MARGIN)
    canvas.setFillColor(signs.SECOND_INK)
    write(canvas, MARGIN, HIGH - 26 * mm, f"{copy} · {words.made}", PLAIN, 9.5, WIDE - 2 * MARGIN)
    canvas.setStrokeColor(signs.INK)
    canvas.setLineWidth(1)
    for lower in (28.5, 29.5):
        canvas.line(MARGIN, HIGH - lower * mm, WIDE - MARGIN, HIGH - lower * mm)
    canvas.setFillColor(signs.INK)
    for place, stance in enumerate(MARKS):
        x = FIRST_MARK + place * MARK_STEP
        signs.sign(canvas, stance, x, TOP + 9.5 * mm, BOX, colour=False)
        number, word = words.marks[stance]
        write(canvas, x + BOX + 1.2 * mm, TOP + 11 * mm, number, BOLD, 11)
        for step, part in enumerate(letters.in_two_lines(word, PLAIN, 8, MARK_STEP - 2.5 * mm)):
            write(canvas, x, TOP + 6.2 * mm - step * 3.2 * mm, part, PLAIN, 8)
    write(canvas, MARGIN, TOP + 3 * mm, words.code, BOLD, 9)
    write(canvas, MARGIN + 18 * mm, TOP + 3 * mm, words.now, BOLD, 9)
    write(canvas, MARGIN + 30 * mm, TOP + 3 * mm, words.name, BOLD, 9)
    canvas.line(MARGIN, TOP, WIDE - MARGIN, TOP)


def line(canvas: Canvas, square: Square, name: str, code: str, y: float) -> None:
    canvas.setFillColor(signs.INK)
    write(canvas, MARGIN, y + 2.6 * mm, code, BOLD, 11)
    signs.put(canvas, f"mark{square.stance}", MARGIN + 18 * mm, y + 1.6 * mm, BOX * 0.9)
    x = MARGIN + 30 * mm
    if square.flag:
        signs.put_flag(canvas, square.flag == WON, x, y + 2.2 * mm, 4.4 * mm)
        x += 5 * mm
    canvas.setFillColor(signs.INK)
    write(canvas, x, y + 2.6 * mm, name, BOLD if square.flag else PLAIN, 12.5, FIRST_MARK - x - 2 * mm)
    canvas.saveState()
    canvas.translate(0, y)
    canvas.doForm(BOXES)
    canvas.restoreState()


class FootWords(Protocol):
    """What stands at the foot of every sheet that somebody carries."""

    @property
    def give_back(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def lost_names(self) -> str: ...


def foot(canvas: Canvas, words: FootWords, number: int, pages: int) -> None:
    """When and to whom it goes back, which page it is, and whose names could not be drawn."""
    canvas.setFillColor(signs.SECOND_INK)
    write(canvas, MARGIN, 12 * mm, words.give_back, PLAIN, 9)
    said = words.page % {"page": number, "pages": pages}
    write(canvas, WIDE - MARGIN - letters.width(said, PLAIN, 9), 12 * mm, said, PLAIN, 9)
    if words.lost_names:
        write(canvas, MARGIN, 7.5 * mm, words.lost_names, PLAIN, 8, WIDE - 2 * MARGIN)
