import hashlib
from collections import Counter
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.remembered import while_it_holds
from commonweal.common.sent import id_in
from commonweal.leaders.reads.ties_map import Dot, bonds_among, dots_of, how_many
from commonweal.leaders.reads.wall_chart import Ground, ground_of_chart, units_below
from commonweal.leaders.rules import ties_map as rules
from commonweal.leaders.rules.ties_map import Bond, TiesMap
from commonweal.leaders.rules.wall_chart import tops_of, walk
from commonweal.leaders.views.ties_map_acts import (
    Asking,
    asking_of,
    headline_of_asks,
    look_of,
    near_in_asks,
    of_acts,
    rest_of,
)
from commonweal.leaders.views.ties_map_picture import FAMILIES, picture
from commonweal.people.words import TieKind

MOST_PEOPLE = 3000  # more than that is no map but a ball of wool
KEPT_SECONDS = 3600
MOST_BRIDGES, MOST_FAR, MOST_BANDS = 24, 60, 20
GROUPS_NAMED = 3
LOT = 1


@organizers
def ties_map(request: ScopedRequest) -> HttpResponse:
    ground = ground_of_chart(request.scope, id_in(request.GET.get("campaign", "")))
    unit = id_in(request.GET.get("unit", ""))
    if unit and all(node.id != unit for node in ground.nodes):
        raise Http404
    nodes = units_below(ground, unit) if unit else ground.nodes
    units = [node.id for node in nodes]
    kinds = [kind for kind in request.GET.getlist("kind") if kind in TieKind.values]
    people, today = how_many(request.scope, units), timezone.localdate(now())
    asking = asking_of(request.GET, ground, today)
    context: dict[str, Any] = {
        "unit": unit,
        "people": people,
        "unit_options": unit_options(ground),
        "families": [
            (family, [(kind, TieKind(kind).label, kind in kinds) for kind in of]) for family, of in FAMILIES.items()
        ],
        "kinds": kinds,
        "headline": _("Choose a place: %(people)s people are too many for one map.") % {"people": counted(people)},
        "too_many": people > MOST_PEOPLE,
        "asking": asking,
        "rest": rest_of(asking, unit),
    }
    if not context["too_many"]:
        dots = dots_of(request.scope, units, ground.campaign, asking.by)
        bonds = bonds_among(request.scope, units, today, kinds)
        chosen = id_in(request.GET.get("person", ""))
        if chosen and chosen not in dots:
            raise Http404
        context |= shown(ground, dots, bonds, chosen, asking)
    return render(request, "leaders/ties_map.html", context)


def unit_options(ground: Ground) -> list[tuple[UUID, str]]:
    names = {node.id: node.name for node in ground.nodes}
    found = walk(ground.nodes, tops_of(ground.nodes))
    return [(unit, "\u2002" * (level - 1) + names[unit]) for unit, level, _parent in found]


def laid_out(bonds: list[Bond]) -> TiesMap:
    """The map of the ties, computed once as long as they stay the same; kept in memory, never on disk."""
    written = "".join([f"{bond.one.int:x}{bond.other.int:x}{bond.strength}" for bond in bonds])
    these = hashlib.sha256(written.encode()).hexdigest()
    return while_it_holds(("ties map", these), these, lambda: rules.ties_map(bonds, LOT), oldest=KEPT_SECONDS)


def shown(
    ground: Ground, dots: dict[UUID, Dot], bonds: list[Bond], chosen: UUID | None, asking: Asking
) -> dict[str, Any]:
    """Everything the page says about the ties and the asks: the picture, and the same facts in words."""
    drawn = laid_out(bonds)
    look, asks = look_of(asking, dots, drawn)
    unit_names = {node.id: node.name for node in ground.nodes}
    names = [group_name(group, dots, unit_names) for group in drawn.groups]
    person = dots[chosen] if chosen else None
    alone = rules.without_ties(dots, bonds)
    widest = {bridge.person for bridge in drawn.bridges[:MOST_BRIDGES]}
    near, far = set[UUID](), set[UUID]()
    if asking.act is not None:
        near = near_in_asks(look, chosen)
        headline = headline_of_asks(asking.act, asks, person)
    else:
        if chosen:
            near, far = rules.reach(bonds, chosen)
        headline = headlines(drawn, len(alone), person.name if person else "", len(near), len(far))
    return {
        "headline": headline,
        "chosen": person,
        "near": in_order(near, dots),
        "far": in_order(far, dots)[:MOST_FAR],
        "far_count": len(far),
        "picture": picture(drawn, bonds, dots, names, headline, near, far, chosen, widest, look) if bonds else "",
        "points": points_named(drawn, dots, names, {chosen, *near, *far} if chosen else None),
        **groups_and_bridges(drawn, dots, names),
        "between": [(names[one], names[other], ties) for one, other, ties in drawn.bands[:MOST_BANDS]],
        "alone": alone_by_unit(alone, dots, unit_names),
        "alone_count": len(alone),
        "leaders": in_order([person for person, dot in dots.items() if dot.flag and person in drawn.places], dots),
        **of_acts(asking, look, asks, dots, unit_names),
    }


def points_named(drawn: TiesMap, dots: dict[UUID, Dot], names: list[str], lit: set[UUID] | None) -> dict[str, Any]:
    """Where everybody and every group stands, for the names that come and go as the map grows: those of leaders
    (of the lit ones when somebody is chosen) come first."""
    first = {person for person in drawn.places if dots[person].flag and (lit is None or person in lit)}
    return {
        "people": [
            [round(x, 1), round(y, 1), dots[person].name, str(person), 1 if person in first else 0]
            for person, (x, y) in drawn.places.items()
        ],
        "groups": [
            [round(group.x, 1), round(group.y - group.radius, 1), name]
            for group, name in zip(drawn.groups, names, strict=True)
            if len(group.people) > 4
        ],
    }


def groups_and_bridges(drawn: TiesMap, dots: dict[UUID, Dot], names: list[str]) -> dict[str, Any]:
    """The groups with their leaders and how many bridge out of them; the bridges with where they lead."""
    bridges_of = Counter(drawn.group_of[bridge.person] for bridge in drawn.bridges)
    return {
        "groups": [
            {
                "name": name,
                "people": len(group.people),
                "leaders": in_order([person for person in group.people if dots[person].flag], dots),
                "bridges": bridges_of[group.number],
            }
            for name, group in zip(names, drawn.groups, strict=True)
        ],
        "bridges": [
            {
                "dot": dots[bridge.person],
                "from": names[drawn.group_of[bridge.person]],
                "leads": leads_out(bridge, names),
            }
            for bridge in drawn.bridges[:MOST_BRIDGES]
        ],
        "bridge_count": len(drawn.bridges),
    }


def leads_out(bridge: rules.Bridge, names: list[str]) -> str:
    """Where the ties of a bridge lead: a few groups by name, more by their number."""
    ties = ngettext("%(ties)s tie", "%(ties)s ties", bridge.ties) % {"ties": counted(bridge.ties)}
    if len(bridge.groups) <= GROUPS_NAMED:
        return _("%(ties)s to %(groups)s") % {"ties": ties, "groups": "; ".join(names[one] for one in bridge.groups)}
    return _("%(ties)s to %(number)s other groups") % {"ties": ties, "number": len(bridge.groups)}


def headlines(drawn: TiesMap, alone: int, name: str, near: int, far: int) -> str:
    """The news of the map."""
    if name:
        facts = {"name": name, "near": counted(near), "far": counted(far)}
        return (
            ngettext(
                "%(name)s is tied to %(near)s person, and through her to %(far)s more.",
                "%(name)s is tied to %(near)s people, and through them to %(far)s more.",
                near,
            )
            % facts
        )
    if not drawn.places:
        return _("No tie between people here is known yet.")
    groups = sum(len(group.people) > 1 for group in drawn.groups)
    first = ngettext(
        "%(people)s people hold together in %(groups)s group.",
        "%(people)s people hold together in %(groups)s groups.",
        groups,
    ) % {"people": counted(len(drawn.places)), "groups": counted(groups)}
    if not alone:
        return first
    second = ngettext("Of %(alone)s we know no tie.", "Of %(alone)s we know no tie.", alone) % {"alone": counted(alone)}
    return f"{first} {second}"


def group_name(group: rules.Group, dots: dict[UUID, Dot], unit_names: dict[UUID, str]) -> str:
    """A group is called by its number and the unit most of it stands in."""
    unit, _count = max(Counter(dots[person].unit for person in group.people).items(), key=lambda found: found[1])
    return f"{group.number + 1} · {unit_names[unit]}"


def in_order(people: Any, dots: dict[UUID, Dot]) -> list[Dot]:
    return sorted((dots[person] for person in people), key=lambda dot: (dot.sort_name, dot.person))


def alone_by_unit(alone: set[UUID], dots: dict[UUID, Dot], unit_names: dict[UUID, str]) -> list[tuple[str, list[Dot]]]:
    placed: dict[UUID, list[UUID]] = {}
    for person in alone:
        placed.setdefault(dots[person].unit, []).append(person)
    return [(name, in_order(placed[unit], dots)) for unit, name in unit_names.items() if unit in placed]
