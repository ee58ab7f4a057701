"""Draws the map of ties: few paths for all lines and dots, bands between large groups, words only where they fit."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from commonweal.leaders.reads.ties_map import Dot
from commonweal.leaders.rules.ties_map import WIDE, Bond, TiesMap, labels_apart
from commonweal.leaders.rules.wall_chart import WON
from commonweal.leaders.views.ties_map_look import BY_LIST, Look, arrows, ring_around, signed

# Families of ties, each with its own stroke: what binds at home, at work, by help, and all else.
FAMILIES = {
    "home": ("friend", "kin", "neighbour", "same_place", "godparent"),
    "work": ("works_with", "shares_break", "shares_ride"),
    "help": ("goes_to", "learned_from", "cares_for", "checks_on", "lends"),
    "other": ("other",),
}
FAMILY_OF = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
LETTER, LABEL = 6.6, 13.0  # mean width of a letter and size of a label, on the map as first shown


MANY = 300  # ties beyond which those between two groups are drawn as one band
THICKEST = 26.0


def picture(
    drawn: TiesMap,
    bonds: Sequence[Bond],
    dots: Mapping[UUID, Dot],
    group_names: Sequence[str],
    sentence: str,
    near: Collection[UUID] = (),
    far: Collection[UUID] = (),
    chosen: UUID | None = None,
    bridging: Collection[UUID] = (),
    look: Look = BY_LIST,
) -> SafeString:
    """The map as an SVG picture. With somebody chosen, she, those near and those two steps away are lit. With many
    ties those between two groups are one band, the thicker the more there are."""
    lit = {chosen, *near, *far} if chosen else None
    if look.asks is not None:
        parts = [rings(drawn), arrows(drawn, look.asks, chosen)]
    else:
        banded = len(bonds) > MANY and lit is None
        parts = [thick(drawn) if banded else "", rings(drawn)]
        parts.append(lines(drawn, drawn.inner if banded else bonds, lit, chosen))
    drawn_dots = signed(drawn, dots, lit, chosen) if look.signs else points(drawn, dots, near, far, chosen)
    parts += [drawn_dots, corners(drawn, bridging) if chosen is None and look.asks is None else ""]
    parts.append(words(drawn, dots, group_names, lit, chosen))
    high = max(drawn.high, 60.0)
    return format_html(
        '<svg id="ties" class="ties" viewBox="-12 -22 {} {}" width="100%" role="img" aria-label="{}">{}</svg>',
        round(WIDE + 24),
        round(high + 34),
        sentence,
        mark_safe("".join(parts)),  # noqa: S308
    )


def thick(drawn: TiesMap) -> str:
    """A band between each two groups, drawn below their circles."""
    most = drawn.bands[0][2] if drawn.bands else 1
    parts = []
    for one, other, ties in reversed(drawn.bands):
        here, there = drawn.groups[one], drawn.groups[other]
        width = max(1.0, THICKEST * ties / most)
        parts.append(
            f'<path class="band" stroke-width="{width:.1f}" d="M{here.x:.1f} {here.y:.1f}L{there.x:.1f} {there.y:.1f}"/>'
        )
    return "".join(parts)


def corners(drawn: TiesMap, bridging: Collection[UUID]) -> str:
    """A square around each of the widest bridges."""
    d = "".join(
        f"M{x - 8:.1f} {y - 8:.1f}h16v16h-16z" for x, y in (drawn.places[person] for person in sorted(bridging))
    )
    return f'<path class="corner" d="{d}"/>' if d else ""


def rings(drawn: TiesMap) -> str:
    return "".join(
        f'<circle class="group" cx="{group.x:.1f}" cy="{group.y:.1f}" r="{group.radius:.1f}"/>'
        for group in drawn.groups
        if len(group.people) > 1
    )


def lines(drawn: TiesMap, bonds: Sequence[Bond], lit: Collection[UUID | None] | None, chosen: UUID | None) -> str:
    paths: dict[str, list[str]] = defaultdict(list)
    for bond in bonds:
        (x, y), (to_x, to_y) = drawn.places[bond.one], drawn.places[bond.other]
        look = f"tie {FAMILY_OF[bond.kind]}"
        if drawn.group_of[bond.one] != drawn.group_of[bond.other]:
            look += " bridge"
        if lit is not None and not (bond.one in lit and bond.other in lit):
            continue
        if lit is not None:
            look += " own" if chosen in (bond.one, bond.other) else " lit"
        paths[look].append(f"M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}")
    order = sorted(paths, key=lambda look: ("own" in look, "bridge" in look, look))
    return "".join(f'<path class="{look}" d="{"".join(paths[look])}"/>' for look in order)


def points(
    drawn: TiesMap, dots: Mapping[UUID, Dot], near: Collection[UUID], far: Collection[UUID], chosen: UUID | None
) -> str:
    paths: dict[str, list[str]] = defaultdict(list)
    for person, (x, y) in drawn.places.items():
        look = "dot"
        if dots[person].flag:
            look = "dot leader-won" if dots[person].flag == WON else "dot leader-open"
        if chosen and person != chosen:
            look += " near" if person in near else " far" if person in far else " dim"
        paths[look].append(f"M{x:.1f} {y:.1f}h0")
    parts = []
    for look in sorted(paths, key=lambda look: (" dim" not in look, "leader" in look, look)):
        d = "".join(paths[look])
        parts.append(f'<path class="{look}" d="{d}"/>')
        if "leader-open" in look:
            parts.append(f'<path class="{look} hollow" d="{d}"/>')
    return "".join(parts) + ring_around(drawn, chosen)


def words(
    drawn: TiesMap,
    dots: Mapping[UUID, Dot],
    group_names: Sequence[str],
    lit: Collection[UUID | None] | None,
    chosen: UUID | None,
) -> SafeString:
    """Names of leaders (of the lit ones when somebody is chosen) and of groups, where none covers another."""
    leaders = [
        person for person in drawn.places if person == chosen or (dots[person].flag and (lit is None or person in lit))
    ]
    leaders.sort(key=lambda person: (person != chosen, dots[person].flag != WON, dots[person].sort_name))
    groups = [group for group in drawn.groups if len(group.people) > 4]
    wanted = [(group.x, group.y - group.radius, LETTER * len(group_names[group.number])) for group in groups]
    wanted += [(*drawn.places[person], LETTER * len(dots[person].name)) for person in leaders]
    spots = labels_apart(wanted, LABEL, (WIDE, max(drawn.high, 60.0)))
    texts = ["place"] * len(groups) + ["name"] * len(leaders)
    said = [group_names[group.number] for group in groups] + [dots[person].name for person in leaders]
    rows = [
        (look, f"{spot[0]:.1f}", f"{spot[1]:.1f}", text)
        for look, text, spot in zip(texts, said, spots, strict=True)
        if spot is not None
    ]
    return format_html(
        '<g id="ties-words">{}</g>', format_html_join("", '<text class="{}" x="{}" y="{}">{}</text>', rows)
    )
