"""How the map shows where people stand or what came of them on an act, and who asked whom to it.

A sign is always a shape: a disc, a half disc, a ring, a slash, a cross, a dash, a dot or a small ring. All dots of a
sign share its few paths, and all asks of an outcome share one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from commonweal.leaders.reads.ties_map import Dot
from commonweal.leaders.rules.asks_map import Asked, arrow
from commonweal.leaders.rules.ties_map import TiesMap
from commonweal.leaders.rules.wall_chart import BLANK, WON
from commonweal.people.rules.outcomes import COULD_NOT, DID, DID_NOT, UNASKED, UNKNOWN

Layers = Sequence[tuple[str, str]]

DISC, SMALL, RING = ("z-disc", "h0"), (("z-small", "h0"), ("z-small-in", "h0")), (("z-ring", "h0"), ("z-in", "h0"))
HALF, GROUND = ("z-half", "m0-4.5a4.5 4.5 0 0 0 0 9z"), ("z-in", "h0")
SLASH, CROSS, DASH = ("z-slash", "m-4 4l8-8"), ("z-cross", "m-4-4l8 8m0-8l-8 8"), ("z-dash", "m-4.5 0h9")
SIGNS: dict[str, Layers] = {
    BLANK: SMALL,
    UNASKED: SMALL,
    UNKNOWN: (("z-dot", "h0"),),
    "3": RING,
    COULD_NOT: (GROUND, DASH),
    "4": (GROUND, SLASH),
    DID_NOT: (GROUND, SLASH),
    "5": (GROUND, CROSS),
    "2": (*RING, HALF),
    "1": (DISC,),
    DID: (DISC,),
}
"""Class and strokes of each layer of a sign, in the order in which signs lie over one another."""
LINE_OF = {DID: "came", DID_NOT: "missed", COULD_NOT: "unsure", UNKNOWN: "unsure"}


@dataclass(frozen=True)
class Look:
    """How the map is drawn: with signs for dots, and with asks instead of ties where there are any to draw."""

    signs: bool = False
    asks: Sequence[Asked] | None = None


BY_LIST = Look()


def signed(drawn: TiesMap, dots: Mapping[UUID, Dot], lit: Collection[UUID | None] | None, chosen: UUID | None) -> str:
    """Everybody with her sign; a ring around leaders, thick around those we have won. Those not lit are dim."""
    rings: dict[str, list[str]] = defaultdict(list)
    signs: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for person, (x, y) in drawn.places.items():
        dot, dim = dots[person], lit is not None and person not in lit
        at = f"M{x:.1f} {y:.1f}"
        if dot.flag and not dim:
            rings["z-won" if dot.flag == WON else "z-open"].append(at)
        signs[dim, dot.sign].append(at)
    parts = [
        f'<path class="z {look}" d="{"h0".join(found)}h0"/><path class="z z-within" d="{"h0".join(found)}h0"/>'
        for look, found in rings.items()
    ]
    for dim in (True, False):
        for sign, layers in SIGNS.items():
            parts += [layer(look, strokes, signs[dim, sign], dim) for look, strokes in layers if signs[dim, sign]]
    return "".join(parts) + ring_around(drawn, chosen)


def layer(look: str, strokes: str, corners: Iterable[str], dim: bool) -> str:
    """One path for one layer of all dots of a sign."""
    return f'<path class="z {look}{" dim" if dim else ""}" d="{"".join(at + strokes for at in corners)}"/>'


def ring_around(drawn: TiesMap, chosen: UUID | None) -> str:
    """The ring around whoever was chosen."""
    if chosen is None or chosen not in drawn.places:
        return ""
    x, y = drawn.places[chosen]
    return f'<circle class="chosen" cx="{x:.1f}" cy="{y:.1f}" r="12"/>'


def arrows(drawn: TiesMap, asks: Sequence[Asked], chosen: UUID | None) -> str:
    """An arrow from who asked to whom she asked; of somebody chosen only hers. Who came stands above the others."""
    paths: dict[str, list[str]] = defaultdict(list)
    for ask in asks:
        if chosen is not None and chosen not in (ask.asker, ask.asked):
            continue
        (x, y), (tip_x, tip_y), (one_x, one_y), (two_x, two_y) = arrow(drawn.places[ask.asker], drawn.places[ask.asked])
        paths[LINE_OF[ask.outcome]].append(
            f"M{x:.1f} {y:.1f}L{tip_x:.1f} {tip_y:.1f}M{one_x:.1f} {one_y:.1f}L{tip_x:.1f} {tip_y:.1f}L{two_x:.1f} {two_y:.1f}"
        )
    own = " own" if chosen is not None else ""
    return "".join(
        f'<path class="ask {look}{own}" d="{"".join(paths[look])}"/>'
        for look in ("unsure", "missed", "came")
        if paths[look]
    )


def key_sign(sign: str) -> SafeString:
    """One sign by itself, for the key and the tables."""
    paths = "".join(f'<path class="z {look}" d="M8 8{strokes}"/>' for look, strokes in SIGNS[sign])
    return mark_safe(f'<svg class="zkey" viewBox="0 0 16 16" aria-hidden="true">{paths}</svg>')  # noqa: S308
