"""Writing names on paper: our letters, a second face for Greek and Cyrillic, and what to do about the rest."""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts" / "paper"
PLAIN, BOLD, TITLE = "atkinson-next-400", "atkinson-next-700", "besley-600"
rl_config.useA85 = 0  # a file of bytes, not of letters: smaller, and sooner made
SECOND = {PLAIN: "noto-sans-400", BOLD: "noto-sans-700", TITLE: "noto-sans-700"}


@cache
def letters_of(face: str) -> frozenset[int]:
    """The characters a face can draw; registers it the first time."""
    font = TTFont(face, FOLDER / f"{face}.ttf")
    registerFont(font)
    return frozenset(font.face.charToGlyph)


@cache
def letters_known() -> frozenset[int]:
    """Every character that we can draw in a name."""
    return letters_of(PLAIN) | letters_of(SECOND[PLAIN])


def printable(name: str) -> str | None:
    """A name as this program can print it: signs without letters (such as emoji) fall away and a letter we
    lack becomes its plain form; None where letters remain that we cannot draw (Arabic, Chinese …)."""
    known = letters_known()
    if all(ord(letter) in known for letter in name) and unicodedata.is_normalized("NFC", name):
        return " ".join(name.split()) or None
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
    own = letters_of(face)
    letters_of(SECOND[face])
    if all(ord(letter) in own for letter in text):
        return [(face, text)] if text else []
    cut: list[tuple[str, str]] = []
    for letter in text:
        use = face if ord(letter) in own else SECOND[face]
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
    if room is not None:
        text = cut_to(text, face, size, room)
    start = x
    for use, part in runs(text, face):
        canvas.setFont(use, size)
        canvas.drawString(x, y, part)
        x += stringWidth(part, use, size)
    return x - start


def cut_to(text: str, face: str, size: float, room: float, end: str = "") -> str:
    """The text, or as much of it as fits with three dots, and `end` after them."""
    if width(text + end, face, size) <= room:
        return text + end
    while text and width(f"{text}…{end}", face, size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…{end}"


def narrowed(name: str, face: str, size: float, room: float) -> str:
    """A short name that fits: whole; else only the first of its family names in full; else that one cut,
    with the letter of the given name kept, by which cousins are told apart."""
    if width(name, face, size) <= room:
        return name
    first, *between, last = name.split() if " " in name else (name, "")
    initials = " ".join(f"{word[0]}." for word in between)
    shorter = " ".join(part for part in (first, initials, last) if part)
    if width(shorter, face, size) <= room:
        return shorter
    is_initial = len(last) == 2 and last.endswith(".")
    return cut_to(first, face, size, room, f" {last}") if is_initial else cut_to(name, face, size, room)


def in_two_lines(text: str, face: str, size: float, room: float) -> list[str]:
    """The text on one line where it fits, else parted between words; what is still too long is cut."""
    if width(text, face, size) <= room:
        return [text]
    words = text.split()
    for place in range(len(words) - 1, 0, -1):
        if width(first := " ".join(words[:place]), face, size) <= room:
            return [first, cut_to(" ".join(words[place:]), face, size, room)]
    return [cut_to(text, face, size, room)]


def short_name(given: str, family: str, name: str) -> str:
    """A name as it stands on a chart: the family name and the first letter of the given one."""
    return f"{family} {given[0]}." if family and given else name
