"""The lines of which calendars (RFC 5545) and cards (RFC 6350) are made: values escaped, long lines folded."""

LONGEST_LINE = 75  # octets, without the line's end


def escaped(text: str) -> str:
    """A value in which nothing ends it early: backslash, comma, semicolon and line ends are written as
    pairs, other control characters left out."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    seen = "".join(letter for letter in whole if letter in "\n\t" or not (ord(letter) < 0x20 or ord(letter) == 0x7F))
    return seen.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def folded_line(line: str) -> str:
    """The line cut so that no piece is longer than 75 octets and no character is torn; with its end."""
    pieces, piece, size = [], "", 0
    for letter in line:
        wide = len(letter.encode())
        if size + wide > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + wide
    return "\r\n".join([*pieces, piece]) + "\r\n"
