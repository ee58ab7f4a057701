"""Numbers of a spreadsheet as they were meant: dates kept as days since 1900, long numbers, fractions."""

import re
from datetime import datetime, timedelta

DAY_ZERO, DAY_ZERO_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
BUILT_IN_DATES = frozenset({14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 34, 35, 36, 45, 46, 47, 50, 57})
NOT_PATTERN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class date_formats:  # noqa: N801 it is asked like a function: which cell formats show a date?
    """Collects from the styles of a workbook, for each cell format, whether it shows a date."""

    def __init__(self) -> None:
        self.patterns: dict[int, str] = {}
        self.flags: list[bool] = []
        self.in_cells = False

    def element(self, name: str, found: dict[str, str]) -> None:
        """Takes one element of the styles."""
        if name == "numFmt" and _is_small(found.get("numFmtId", "")):
            self.patterns[int(found["numFmtId"])] = found.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            self.in_cells = name == "cellXfs"
        elif name == "xf" and self.in_cells:
            number = found.get("numFmtId", "0")
            self.flags.append(_is_small(number) and self.shows_date(int(number)))

    def shows_date(self, number: int) -> bool:
        """True when a number format writes days, months or years."""
        if number in BUILT_IN_DATES:
            return True
        pattern = NOT_PATTERN.sub("", self.patterns.get(number, "")).lower()
        return bool(re.search(r"[dy]", pattern)) or ("m" in pattern and "h" in pattern)


def _is_small(text: str) -> bool:
    return text.isdecimal() and len(text) < 9


def day_of_serial(serial: float, since_1904: bool = False) -> datetime | None:
    """The moment a spreadsheet's day number means; None when it lies outside its calendar."""
    if not 0 <= serial < 2_958_466:
        return None
    return (DAY_ZERO_1904 if since_1904 else DAY_ZERO) + timedelta(days=serial)


def shown_number(raw: str, is_date: bool, since_1904: bool = False) -> str:
    """A stored number as people read it: `45000.0` as 45000, a date as 2023-03-15, 2.125550199E9 in full."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    if is_date and (moment := day_of_serial(number, since_1904)) is not None:
        if number < 1:
            return moment.strftime("%H:%M")
        return moment.date().isoformat() if number == int(number) else moment.isoformat(" ", "minutes")
    if abs(number) < 1e15 and number == int(number):
        return raw if raw.lstrip("-").isdigit() else str(int(number))
    return raw
