"""Writing names on paper: our letters, a second face for Greek and Cyrillic, and what to do about the rest."""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts" / "paper"
PLAIN, BOLD, TITLE = "atkinson-next-400", "atkinson-next-700", "besley-600"
SECOND = {PLAIN: "noto-sans-400", BOLD: "noto-sans-700", TITLE: "noto-sans-700"}


@cache
def letters_of(face: str) -> frozenset[int]:
    """The characters a face can draw; registers it the first time."""
    font = TTFont(face, FOLDER / f"{face}.ttf")
    registerFont(font)
    return frozenset(font.face.charToGlyph)


def printable(name: str) -> str | None:
    """A name as this program can print it: signs without letters (such as emoji) fall away and a letter we
    lack becomes its plain form; None where letters remain that we cannot draw (Arabic, Chinese …)."""
    known = letters_of(PLAIN) | letters_of(SECOND[PLAIN])
    kept = []
    for letter in unicodedata.normalize("NFC", name):
        if ord(letter) in known:
            kept.append(letter)
            continue
        base = unicodedata.normalize("NFKD", letter)[0]
        if ord(base) in known:
            kept.append(base)
        elif unicodedata.category(letter)[0] in "LN":
            return None
    return " ".join("".join(kept).split()) or None


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """The text cut into (face, part), so that each part is in a face that has its letters."""
    letters_of(SECOND[face])
    cut: list[tuple[str, str]] = []
    for letter in text:
        use = face if ord(letter) in letters_of(face) else SECOND[face]
        if cut and cut[-1][0] == use:
            cut[-1] = (use, cut[-1][1] + letter)
        else:
            cut.append((use, letter))
    return cut


def width(text: str, face: str, size: float) -> float:
    """How long a text is, in the unit of `size`."""
    return float(sum(stringWidth(part, use, size) for use, part in runs(text, face)))


def write(canvas: Canvas, x: float, y: float, text: str, face: str, size: float, room: float | None = None) -> float:
    """Writes a text from its left end and says how long it is; what does not fit `room` ends in three dots."""
    if room is not None and width(text, face, size) > room:
        while text and width(text + "…", face, size) > room:
            text = text[:-1]
        text = text.rstrip() + "…"
    start = x
    for use, part in runs(text, face):
        canvas.setFont(use, size)
        canvas.drawString(x, y, part)
        x += stringWidth(part, use, size)
    return x - start


def short_name(given: str, family: str, name: str) -> str:
    """A name as it stands on a chart: the family name and the first letter of the given one."""
    return f"{family} {given[0]}." if family and given else name
