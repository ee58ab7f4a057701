"""Drawings as numbers: where dots, lines and ranges stand. Every length is text with a point, whatever the language."""

from dataclasses import dataclass, field

from commonweal.reckoning.forecast import share_with_interval
from commonweal.structure_tests.reads.organizers import Judgements
from commonweal.structure_tests.reads.pace import Pace, Step
from commonweal.structure_tests.rules.readings import EXPECTED_SHARE
from commonweal.structure_tests.views.shares import percent

WIDE, BASE, DOT, ROW = 340, 71.0, 6.2, 14.5
LEFT, RIGHT = 14.0, 326.0


def text(number: float) -> str:
    """A number as SVG reads it."""
    return f"{number:.1f}"


@dataclass(frozen=True)
class Runs:
    """Twenty imagined runs as dots piled up by the share that came; `reached` of them are filled."""

    dots: list[tuple[str, str, str]]
    ticks: list[tuple[str, str]]
    mark: str
    reached: int
    height: str
    base: str
    tick_at: str


def runs_of(shares: list[float], threshold: float) -> Runs:
    """Places of the dots: fifteen columns over a stretch of the axis that holds all runs and the threshold."""
    low, high = _stretch([*shares, threshold])
    column = (RIGHT - LEFT) / 19.25
    piled: dict[int, int] = {}
    tall, places = 1, []
    for share in sorted(shares):
        at = round((share - low) / (high - low) * (RIGHT - LEFT) / column)
        # A run that reaches stands to the right of the threshold, one that does not to its left.
        border = (threshold - low) / (high - low) * (RIGHT - LEFT) / column
        at = max(at, int(border) + 1) if share >= threshold else min(at, int(border))
        piled[at] = piled.get(at, 0) + 1
        tall = max(tall, piled[at])
        places.append((at, piled[at], share >= threshold))
    base = max(BASE, 11 + ROW * tall)
    dots = [
        ("yes" if reached else "no", text(LEFT + at * column), text(base - 9 - ROW * (row - 1)))
        for at, row, reached in places
    ]
    step = 0.1 if high - low < 0.75 else 0.2
    ticks = []
    mark = round(low / step) * step
    while mark <= high + 1e-9:
        ticks.append((text(_along(mark, low, high)), percent(mark)))
        mark += step
    mark_at = text(LEFT + (int((threshold - low) / (high - low) * (RIGHT - LEFT) / column) + 0.5) * column)
    reached = sum(share >= threshold for share in shares)
    return Runs(dots, ticks, mark_at, reached, text(base + 21), text(base), text(base + 16))


def _stretch(shares: list[float]) -> tuple[float, float]:
    """Whole tenths that hold every share, at least five of them."""
    low, high = int(min(shares) * 10 - 1e-9) / 10, -int(-max(shares) * 10 - 1e-9) / 10
    high = max(high, max(shares))
    low, high = max(low - 0.1, 0.0), min(high + 0.1, 1.0)
    while high - low < 0.5 - 1e-9:
        low, high = max(low - 0.1, 0.0), min(high + 0.1, 1.0)
    return round(low, 1), round(high, 1)


def _along(share: float, low: float, high: float) -> float:
    return LEFT + (share - low) / (high - low) * (RIGHT - LEFT)


@dataclass(frozen=True)
class Curve:
    """Staircases of who had not taken part yet: paths of a drawing 420 by 210, and the days under it."""

    leader: str = ""
    band: str = ""
    other: str = ""
    days: list[tuple[str, int]] = field(default_factory=list)
    grid: list[tuple[str, str]] = field(default_factory=list)


def curve_of(pace: Pace) -> Curve:
    """The drawing of a pace."""
    span = max(pace.hours, 1.0)

    def x(hours: float) -> float:
        return 44 + 356 * min(hours / span, 1.0)

    def y(share: float) -> float:
        return 170 - 156 * share

    def stairs(steps: list[Step]) -> str:
        if not steps:
            return ""
        return f"M44 {y(1):.1f}" + "".join(f"H{x(one.hours):.1f}V{y(one.share):.1f}" for one in steps[1:]) + "H400"

    def band(steps: list[Step]) -> str:
        if not steps:
            return ""
        there = "".join(f"H{x(one.hours):.1f}V{y(one.high):.1f}" for one in steps[1:]) + "H400"
        back, at = "", 400.0
        for one in reversed(steps[1:]):
            back += f"V{y(one.low):.1f}H{x(one.hours):.1f}"
            at = x(one.hours)
        return f"M44 {y(1):.1f}{there}{back}V{y(1):.1f}Z" if at else ""

    whole_days = int(span // 24)
    every = max(1, -(-whole_days // 4))
    days = [(text(x(24 * day)), day) for day in range(every, whole_days + 1, every)]
    grid = [(text(y(share)), percent(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return Curve(stairs(pace.by_leader), band(pace.by_leader), stairs(pace.by_other), days, grid)


@dataclass(frozen=True)
class Point:
    """What was said (across) and what came of it (up), with its likely range; 320 by 300."""

    x: str
    y: str
    low: str
    high: str
    label: str


def calibration_of(judgements: Judgements) -> list[Point]:
    """A point for every expectation that was used."""
    points = []
    for said, chance in sorted(EXPECTED_SHARE.items(), key=lambda item: item[1]):
        kept = judgements.expectations.get(said)
        if kept is None or not kept.people:
            continue
        _share, low, high = share_with_interval(kept.came, kept.people)
        points.append(
            Point(
                *(text(48 + 256 * chance), text(264 - 248 * kept.share)),
                *(text(264 - 248 * low), text(264 - 248 * high)),
                f"{percent(chance)} → {percent(kept.share)}",
            )
        )
    return points


@dataclass(frozen=True)
class Rise:
    """The climb as a line of dots: one column for each test, its share, its thresholds, its forecast."""

    columns: list[dict[str, str]]
    path: str
    grid: list[tuple[str, str]]
    width: str
    right: str


STEP = 92


def rise_of(tests: list[dict[str, float | None]]) -> Rise:
    """Places of a climb: `share`, `threshold`, and `low`, `median`, `high` of a forecast, each None where unknown."""

    def y(share: float) -> float:
        return 190 - 170 * min(max(share, 0.0), 1.0)

    columns, path = [], ""
    for number, one in enumerate(tests):
        x = 92 + STEP * number
        column = {"x": text(x), "left": text(x - 30), "right": text(x + 30), "number": str(number + 1)}
        for name, value in one.items():
            column[name] = "" if value is None else text(y(value))
            column[f"{name}_said"] = "" if value is None else percent(value)
        share, needed = one.get("share"), one.get("threshold")
        # The words stand above the dot, unless the line of what was needed runs just there.
        column["beside"] = "22" if share is not None and needed is not None and 0 < needed - share < 0.15 else "-13"
        if share is not None:
            path += f"{'L' if path else 'M'}{x:.1f} {y(share):.1f}"
        columns.append(column)
    width = 92 + STEP * max(len(tests) - 1, 0) + 60
    grid = [(text(y(share)), percent(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return Rise(columns, path, grid, text(width), text(width - 8))
