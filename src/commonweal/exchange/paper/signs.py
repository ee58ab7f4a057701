"""The five marks and the flags as shapes a pen can make, in colour or in black alone."""

from reportlab.lib.colors import HexColor, black, white
from reportlab.pdfgen.canvas import Canvas

from commonweal.people.rules.outcomes import OUTCOMES

INK, SECOND_INK, EDGE, RULE = HexColor("#15101C"), HexColor("#443B50"), HexColor("#6E6478"), HexColor("#BDB4C4")
GROUNDS = {"1": "#3F2580", "2": "#D5C8F1", "4": "#F3C884", "5": "#7E3305"}
SHAPES = {"1": "#FFFFFF", "2": "#2B1A57", "3": "#443B50", "4": "#3A2200", "5": "#FFFFFF"}


WHOLE = 100.0  # points of a sign as it is drawn once and then put wherever it is needed


def draw_once(canvas: Canvas, colour: bool) -> None:
    """Draws each mark and flag once into the file, for `put`; call it before the first page."""
    for stance in ("0", "1", "2", "3", "4", "5"):
        canvas.beginForm(f"mark{stance}", -1, -1, WHOLE + 1, WHOLE + 1)
        sign(canvas, stance, 0, 0, WHOLE, colour)
        canvas.endForm()
    for outcome in OUTCOMES:
        canvas.beginForm(f"sticker{outcome}", -1, -1, WHOLE + 1, WHOLE + 1)
        sticker(canvas, outcome, 0, 0, WHOLE, colour)
        canvas.endForm()
    for name, won in (("won", True), ("open", False)):
        canvas.beginForm(f"flag{name}", -20, -20, WHOLE + 20, WHOLE + 20)
        flag(canvas, won, 0, 0, WHOLE)
        canvas.endForm()


def sticker(canvas: Canvas, outcome: str, x: float, y: float, side: float, colour: bool = True) -> None:
    """What came of an act, its lower left corner at x, y: a full square, a slash, a dash, a dot, an empty square."""
    canvas.saveState()
    pen = black if not colour else HexColor({"did": GROUNDS["1"], "did_not": GROUNDS["5"]}.get(outcome, "#443B50"))
    canvas.setStrokeColor(EDGE if colour and not outcome else pen)
    canvas.setFillColor(pen)
    canvas.setLineCap(1)
    canvas.setLineWidth(side * 0.17)
    if outcome == "did":
        canvas.rect(x + side * 0.1, y + side * 0.1, side * 0.8, side * 0.8, stroke=0, fill=1)
    elif outcome == "did_not":
        canvas.line(x + side * 0.2, y + side * 0.15, x + side * 0.8, y + side * 0.85)
    elif outcome == "could_not":
        canvas.line(x + side * 0.15, y + side * 0.5, x + side * 0.85, y + side * 0.5)
    elif outcome == "unknown":
        canvas.circle(x + side * 0.5, y + side * 0.5, side * 0.16, stroke=0, fill=1)
    else:
        canvas.setLineWidth(side * 0.07)
        canvas.rect(x + side * 0.2, y + side * 0.2, side * 0.6, side * 0.6, stroke=1, fill=0)
    canvas.restoreState()


def put(canvas: Canvas, name: str, x: float, y: float, side: float) -> None:
    """One of the signs that were drawn once (`mark0` to `mark5`, `stickerdid` …, `flagwon`, `flagopen`), its lower left corner at x, y."""
    canvas.saveState()
    canvas.transform(side / WHOLE, 0, 0, side / WHOLE, x, y)
    canvas.doForm(name)
    canvas.restoreState()


def put_flag(canvas: Canvas, won: bool, x: float, y: float, side: float) -> None:
    """The flag of a leader."""
    put(canvas, "flagwon" if won else "flagopen", x, y, side)


def sign(canvas: Canvas, stance: str, x: float, y: float, side: float, colour: bool = True) -> None:
    """The mark of a stance in a square whose lower left corner is at x, y; "0" is the blank, dashed square."""
    canvas.saveState()
    canvas.setLineWidth(side * 0.05)
    canvas.setStrokeColor(EDGE if colour else black)
    if stance == "0":
        canvas.setDash(side * 0.1, side * 0.1)
        canvas.roundRect(x, y, side, side, side * 0.12, fill=0)
        canvas.restoreState()
        return
    solid = stance == "1" if not colour else stance in GROUNDS
    canvas.setFillColor((HexColor(GROUNDS[stance]) if colour else black) if solid else white)
    canvas.roundRect(x, y, side, side, side * 0.12, stroke=0 if solid else 1, fill=1)
    pen = HexColor(SHAPES[stance]) if colour else (white if stance == "1" else black)
    canvas.setFillColor(pen)
    canvas.setStrokeColor(pen)
    shape(canvas, stance, x, y, side)
    canvas.restoreState()


def shape(canvas: Canvas, stance: str, x: float, y: float, side: float) -> None:
    """Disc, half disc, ring, slash or cross."""
    middle_x, middle_y, radius = x + side / 2, y + side / 2, side * 0.24
    canvas.setLineCap(1)
    canvas.setLineWidth(side * (0.12 if stance in "45" else 0.09))
    if stance == "1":
        canvas.circle(middle_x, middle_y, side * 0.26, stroke=0, fill=1)
    elif stance == "2":
        canvas.circle(middle_x, middle_y, radius, stroke=1, fill=0)
        canvas.wedge(
            middle_x - radius, middle_y - radius, middle_x + radius, middle_y + radius, 90, 180, stroke=0, fill=1
        )
    elif stance == "3":
        canvas.circle(middle_x, middle_y, radius, stroke=1, fill=0)
    else:
        canvas.line(x + side * 0.28, y + side * 0.28, x + side * 0.72, y + side * 0.72)
        if stance == "5":
            canvas.line(x + side * 0.28, y + side * 0.72, x + side * 0.72, y + side * 0.28)


def flag(canvas: Canvas, won: bool, x: float, y: float, side: float) -> None:
    """A small flag: filled for a leader who is won, open for one who is not."""
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK if won else white)
    canvas.setLineWidth(side * 0.13)
    canvas.line(x, y, x, y + side)
    path = canvas.beginPath()
    path.moveTo(x, y + side)
    path.lineTo(x + side * 0.75, y + side * 0.72)
    path.lineTo(x, y + side * 0.42)
    path.close()
    canvas.drawPath(path, fill=1)
    canvas.restoreState()
