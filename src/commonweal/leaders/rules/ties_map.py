"""The map of ties in plain values: groups that hold together, who bridges them, how far somebody reaches."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import igraph
import numpy as np

WIDE = 1000.0
DRAWN_IN, ROOM_MADE = 120, 400  # turns in which circles are drawn together, and then only make room for each other
ROOM = 15.0  # of one person in a circle; a group's radius grows with the square root of its people


@dataclass(frozen=True, slots=True)
class Bond:
    """Two people are tied; strength from above 0 to 1."""

    one: UUID
    other: UUID
    kind: str
    strength: float


@dataclass(frozen=True, slots=True)
class Group:
    """People who are tied more among themselves than to others; a circle on the map."""

    number: int
    people: Sequence[UUID]
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """Somebody whose ties lead out of her group: so many ties, to so many other groups."""

    person: UUID
    ties: int
    groups: Sequence[int]


@dataclass(frozen=True, slots=True)
class TiesMap:
    """Where everybody with a tie stands on a map `WIDE` across and `high` tall; groups from the largest."""

    places: Mapping[UUID, tuple[float, float]]
    group_of: Mapping[UUID, int]
    groups: Sequence[Group]
    high: float
    inner: Sequence[Bond]
    """The ties that stay inside a group."""
    bands: Sequence[tuple[int, int, int]]
    """How many ties join each two groups, as (group, other group, ties); those joined most first."""
    bridges: Sequence[Bridge]
    """Who ties her group to others, those who reach most other groups first."""


def ties_map(bonds: Sequence[Bond], lot: int = 1) -> TiesMap:
    """The map of some ties. The same ties and the same `lot` give the same map.

    Groups are the communities of the Leiden method by modularity; each is laid out inside its own circle,
    and the circles by the ties between them. Cost: about n log n in the ties, and the square of the groups.
    """
    people = sorted({person for bond in bonds for person in (bond.one, bond.other)})
    if not people:
        return TiesMap({}, {}, [], 0.0, [], [], [])
    random.seed(lot)
    igraph.set_random_number_generator(random)
    graph = graph_of(people, bonds)
    parts = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=4)
    members = sorted((list(part) for part in parts), key=lambda part: (-len(part), part))
    number_of = {vertex: number for number, part in enumerate(members) for vertex in part}
    radii = [ROOM * math.sqrt(len(part)) for part in members]
    centres = apart(circles(graph, number_of, len(members)), radii)
    spots: dict[int, tuple[float, float]] = {}
    for part, (x, y), radius in zip(members, centres, radii, strict=True):
        for vertex, (dx, dy) in zip(part, inside(graph, part), strict=True):
            spots[vertex] = (x + dx * radius * 0.84, y + dy * radius * 0.84)
    left = min(x - radius for (x, _), radius in zip(centres, radii, strict=True))
    right = max(x + radius for (x, _), radius in zip(centres, radii, strict=True))
    top = min(y - radius for (_, y), radius in zip(centres, radii, strict=True))
    bottom = max(y + radius for (_, y), radius in zip(centres, radii, strict=True))
    scale = WIDE / max(right - left, 12 * ROOM)
    groups = [
        Group(number, [people[vertex] for vertex in part], (x - left) * scale, (y - top) * scale, radius * scale)
        for number, (part, (x, y), radius) in enumerate(zip(members, centres, radii, strict=True))
    ]
    places = {people[vertex]: ((x - left) * scale, (y - top) * scale) for vertex, (x, y) in spots.items()}
    group_of = {people[vertex]: number for vertex, number in number_of.items()}
    inner, joined, bridging = between(bonds, group_of)
    return TiesMap(places, group_of, groups, (bottom - top) * scale, inner, joined, bridging)


def graph_of(people: Sequence[UUID], bonds: Sequence[Bond]) -> igraph.Graph:
    """One edge for each pair, with the strengths of its ties added."""
    place = {person: number for number, person in enumerate(people)}
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for bond in bonds:
        one, other = sorted((place[bond.one], place[bond.other]))
        weights[one, other] += bond.strength
    graph = igraph.Graph(n=len(people), edges=list(weights))
    graph.es["weight"] = list(weights.values())
    return graph


def circles(graph: igraph.Graph, number_of: Mapping[int, int], count: int) -> list[tuple[float, float]]:
    """First places of the groups: those with ties between them close together."""
    between: Counter[tuple[int, int]] = Counter()
    for edge in graph.es:
        one, other = sorted((number_of[edge.source], number_of[edge.target]))
        if one != other:
            between[one, other] += 1
    quotient = igraph.Graph(n=count, edges=list(between))
    turn = math.pi * (3 - math.sqrt(5))
    seed = [(math.sqrt(n + 0.5) * math.cos(n * turn), math.sqrt(n + 0.5) * math.sin(n * turn)) for n in range(count)]
    laid = quotient.layout_fruchterman_reingold(
        weights=list(between.values()) or None, seed=seed, niter=200, grid=False
    )
    spread = ROOM * math.sqrt(graph.vcount()) * 0.6
    far = max((math.hypot(x, y) for x, y in laid), default=1.0) or 1.0
    return [(1.35 * x / far * spread, y / far * spread) for x, y in laid]


def apart(centres: Sequence[tuple[float, float]], radii: Sequence[float]) -> list[tuple[float, float]]:
    """The circles moved as little as need be until none overlaps another and none drifts far away."""
    spots, radius = np.array(centres, float).reshape(-1, 2), np.asarray(radii, float)
    room = radius[:, None] + radius[None, :] + ROOM * 1.4
    turns = np.arange(len(spots))
    spots += 1e-6 * np.stack([np.cos(turns), np.sin(turns)], axis=1)  # two in one place must know where to go
    share = radius[None, :] / (radius[:, None] + radius[None, :])  # of two circles the smaller moves more
    for turn in range(DRAWN_IN + ROOM_MADE):
        if turn < DRAWN_IN:
            spots *= (0.975, 0.969)
        way = spots[:, None, :] - spots[None, :, :]
        far = np.hypot(way[..., 0], way[..., 1])
        lack = np.maximum(room - far, 0.0)
        np.fill_diagonal(lack, 0.0)
        if lack.max(initial=0.0) > 0.01:
            push = (way / np.maximum(far, 1e-9)[..., None] * (lack * share)[..., None]).sum(axis=1)
            spots += push / np.maximum(1.0, 0.4 * (lack > 0.01).sum(axis=1))[:, None]
        elif turn >= DRAWN_IN:
            break
    return [(x, y) for x, y in spots.tolist()]


def inside(graph: igraph.Graph, part: Sequence[int]) -> list[tuple[float, float]]:
    """Places of a group's people in a circle of radius 1: who are tied stand near each other, and all are spread
    evenly, so that a large group is no knot."""
    if len(part) == 1:
        return [(0.0, 0.0)]
    within = graph.induced_subgraph(part)
    turn = math.pi * (3 - math.sqrt(5))
    seed = [(math.sqrt(n) * math.cos(n * turn), math.sqrt(n) * math.sin(n * turn)) for n in range(len(part))]
    laid = within.layout_fruchterman_reingold(seed=seed, niter=160, grid=False)
    xs, ys = [x for x, _ in laid], [y for _, y in laid]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    from_middle = [math.hypot(x - middle_x, y - middle_y) for x, y in laid]
    outwards = sorted(range(len(part)), key=lambda place: (from_middle[place], place))
    spots = [(0.0, 0.0)] * len(part)
    for rank, place in enumerate(outwards):
        angle = math.atan2(laid[place][1] - middle_y, laid[place][0] - middle_x)
        far = math.sqrt((rank + 0.5) / len(part))
        spots[place] = (far * math.cos(angle), far * math.sin(angle))
    return spots


def between(
    bonds: Sequence[Bond], group_of: Mapping[UUID, int]
) -> tuple[list[Bond], list[tuple[int, int, int]], list[Bridge]]:
    """The ties inside the groups; how many join each two groups; and who bridges (see `TiesMap`)."""
    inner: list[Bond] = []
    joined: Counter[tuple[int, int]] = Counter()
    out: dict[UUID, Counter[int]] = defaultdict(Counter)
    for bond in bonds:
        one, other = group_of[bond.one], group_of[bond.other]
        if one == other:
            inner.append(bond)
            continue
        joined[min(one, other), max(one, other)] += 1
        out[bond.one][other] += 1
        out[bond.other][one] += 1
    bands = sorted(((*pair, ties) for pair, ties in joined.items()), key=lambda band: (-band[2], band))
    found = [Bridge(person, sum(groups.values()), sorted(groups)) for person, groups in out.items()]
    return inner, bands, sorted(found, key=lambda bridge: (-len(bridge.groups), -bridge.ties, bridge.person))


def reach(bonds: Sequence[Bond], person: UUID) -> tuple[set[UUID], set[UUID]]:
    """Whom a person is tied to, and who further is tied to one of those."""
    near: dict[UUID, set[UUID]] = defaultdict(set)
    for bond in bonds:
        near[bond.one].add(bond.other)
        near[bond.other].add(bond.one)
    first = near[person] - {person}
    second = {far for close in first for far in near[close]} - first - {person}
    return first, second


def labels_apart(
    wanted: Sequence[tuple[float, float, float]], size: float, bounds: tuple[float, float]
) -> list[tuple[float, float] | None]:
    """Where each label (x, y of its point, its length) begins, so that none covers another: right of the point,
    left of it, below, above, or a line further; None where there is no room nearby."""
    taken: list[tuple[float, float, float, float]] = []
    placed: list[tuple[float, float] | None] = []
    for x, y, long in wanted:
        spots = [
            spot
            for step in range(4)
            for spot in (
                (x + size * 0.7, y + size * (0.35 + step)),
                (x - size * 0.7 - long, y + size * (0.35 + step)),
                (x + size * 0.7, y + size * (0.35 - step)),
                (x - long / 2, y + size * (1.5 + step)),
                (x - long / 2, y - size * (0.8 + step)),
            )
        ]
        for left, base in spots:
            box = (left, base - size, left + long, base + size * 0.3)
            if box[0] < 0 or box[2] > bounds[0] or box[1] < 0 or box[3] > bounds[1]:
                continue
            if all(box[2] < other[0] or box[0] > other[2] or box[3] < other[1] or box[1] > other[3] for other in taken):
                taken.append(box)
                placed.append((left, base))
                break
        else:
            placed.append(None)
    return placed


def without_ties(people: Collection[UUID], bonds: Sequence[Bond]) -> set[UUID]:
    """Who of the people has no tie that is known."""
    tied = {person for bond in bonds for person in (bond.one, bond.other)}
    return set(people) - tied
