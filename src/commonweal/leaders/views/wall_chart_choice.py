"""What the address of the wall chart asks for."""

from django.http import QueryDict

from commonweal.leaders.rules.wall_chart_choice import (
    BY_ACTS,
    BY_CHAIN,
    BY_STANCE,
    NO_SHIFT,
    PAGES,
    SHOWS,
    ZOOMS,
    Choice,
    identity,
)


def choice_of(asked: QueryDict) -> Choice:
    """What the address asks for."""
    level, zoom = asked.get("level", ""), asked.get("zoom", "")
    by, show, page = asked.get("by", ""), asked.get("show", ""), asked.get("page", "")
    shift = asked.get("shift", "")
    row, _, column = asked.get("block", "").partition(".")
    unit = identity(row)
    return Choice(
        campaign=identity(asked.get("campaign", "")),
        unit=identity(asked.get("unit", "")),
        level=int(level) if level.isascii() and level.isdigit() and len(level) < 3 else None,
        shift=shift if shift == NO_SHIFT or identity(shift) else "",
        by=by if by in (BY_ACTS, BY_CHAIN) or identity(by) else BY_STANCE,
        show=show if show in SHOWS or identity(show) else "",
        sought=asked.get("q", "").strip()[:80],
        zoom=int(zoom) if zoom in map(str, ZOOMS) else 100,
        page=page if page in PAGES else "chart",
        block=(unit, identity(column)) if unit else None,
    )
