"""What the address of the wall chart asks for."""

from django.http import QueryDict

from commonweal.common.sent import id_in
from commonweal.leaders.rules.wall_chart_choice import (
    BY_ACTS,
    BY_CHAIN,
    BY_STANCE,
    NO_SHIFT,
    PAGES,
    SHOWS,
    ZOOMS,
    Choice,
)


def choice_of(asked: QueryDict) -> Choice:
    """What the address asks for."""
    level, zoom = asked.get("level", ""), asked.get("zoom", "")
    by, show, page = asked.get("by", ""), asked.get("show", ""), asked.get("page", "")
    shift = asked.get("shift", "")
    row, _, column = asked.get("block", "").partition(".")
    unit = id_in(row)
    return Choice(
        campaign=id_in(asked.get("campaign", "")),
        unit=id_in(asked.get("unit", "")),
        level=int(level) if level.isascii() and level.isdigit() and len(level) < 3 else None,
        shift=shift if shift == NO_SHIFT or id_in(shift) else "",
        by=by if by in (BY_ACTS, BY_CHAIN) or id_in(by) else BY_STANCE,
        show=show if show in SHOWS or id_in(show) else "",
        sought=asked.get("q", "").strip()[:80],
        zoom=int(zoom) if zoom in map(str, ZOOMS) else 100,
        page=page if page in PAGES else "chart",
        block=(unit, id_in(column)) if unit else None,
    )
