"""The wall chart in plain values: who stands in which square, in what order, and what the totals say."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from commonweal.leaders.rules.turnouts import Turnout, turnouts
from commonweal.people.rules.outcomes import DID

BLANK = "0"
STANCES = ("1", "2", "3", "4", "5", BLANK)
ACTED = frozenset("12")
WON, OPEN = "won", "open"
WON_STAGES = frozenset({"won", "tested"})
STALE_AFTER_DAYS = 84  # twelve weeks: a judgement older than that is worth a new conversation


@dataclass(frozen=True, slots=True)
class Square:
    """One person on the chart."""

    person: UUID
    name: str
    sort_name: str
    unit: UUID
    shift: UUID | None = None
    stance: str = BLANK
    judged_on: date | None = None
    observed: bool = False
    """Judged by what she did rather than by what she said."""
    flag: str = ""
    """A leader on the list: `won`, `open` (not yet won), or nothing."""
    walks_with: UUID | None = None
    """Her leader, who may stand elsewhere or outside what the reader sees."""
    outcome: str = ""
    """On the chosen occasion: did, did_not, could_not, unknown; nothing where nobody saw her asked."""
    askers: tuple[UUID | None, ...] = ()
    """Who asked her to the chosen occasion; None for somebody who is not known."""
    acts: tuple[str, ...] = ()
    """Her outcomes on the last acts, the oldest first; nothing at all where the chart does not show them."""
    said_yes: bool = False
    """She said, lately enough to count, that she acts or brings others."""
    talks: bool = False
    """She said yes, was asked to act in public, and was not seen to: talks, does not walk."""

    @property
    def alone(self) -> bool:
        """She walks with no one, and nobody put her on the list as one with whom others walk."""
        return self.walks_with is None and not self.flag

    @property
    def chain(self) -> UUID | None:
        """The chain whose line runs under her: her own where she leads, else her leader's."""
        return self.person if self.flag else self.walks_with

    def is_stale(self, today: date) -> bool:
        """Judged, but so long ago that it may no longer be so."""
        return self.judged_on is not None and (today - self.judged_on).days > STALE_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Totals(Turnout):
    """Counts of some squares; as a turnout, of the chosen occasion."""

    stances: Mapping[str, int] = field(default_factory=dict)
    won: int = 0
    open: int = 0
    alone: int = 0
    talks: int = 0
    acts: Sequence[Turnout] = ()
    """Turnout of each of the last acts, where the squares have them."""
    came_to_any: int = 0
    asked_to_none: int = 0

    @property
    def acted(self) -> int:
        return sum(self.stances.get(stance, 0) for stance in ACTED)

    @property
    def blank(self) -> int:
        return self.stances.get(BLANK, 0)

    @property
    def leaders(self) -> int:
        return self.won + self.open

    @property
    def accompanied(self) -> int:
        """Who walk with a leader or are one."""
        return self.people - self.alone


def totals(squares: Iterable[Square]) -> Totals:
    """What the squares add up to."""
    kept = list(squares)
    flags = Counter(square.flag for square in kept)
    return Totals(
        people=len(kept),
        stances=Counter(square.stance for square in kept),
        outcomes=Counter(square.outcome for square in kept),
        won=flags[WON],
        open=flags[OPEN],
        alone=sum(square.alone for square in kept),
        talks=sum(square.talks for square in kept),
        acts=turnouts((square.acts for square in kept), len(kept[0].acts)) if kept else (),
        came_to_any=sum(DID in square.acts for square in kept),
        asked_to_none=sum(not any(square.acts) for square in kept),
    )


def plain(name: str) -> str:
    """A name in small letters without accents, for finding it on the chart."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def flag_of(stage: str) -> str:
    """A leader's flag: filled once she is won, open before that and when she was lost."""
    return WON if stage in WON_STAGES else OPEN


Judgement = tuple[bool, date, object, str]


def standing(judgements: Iterable[Judgement]) -> Judgement | None:
    """The judgement that counts, of (observed, day, moment entered, stance): what she did outranks what
    she said; among equals the latest day counts, then what was entered last. None of nothing."""
    return max(judgements, key=lambda judged: judged[:3], default=None)


def in_order(squares: Iterable[Square]) -> list[Square]:
    """The squares of one block as they are drawn: each leader followed by who walks with her, then those
    who walk with a leader elsewhere, then those who walk with no one; within each by stance and name."""
    kept = list(squares)
    leaders = {square.person for square in kept if square.flag}
    sizes = Counter(square.walks_with for square in kept if square.walks_with and not square.flag)
    names = {square.person: square.sort_name for square in kept}

    def place(square: Square) -> tuple[object, ...]:
        chain = square.chain
        if chain is None:
            return (2, 0, "", "", 1, STANCES.index(square.stance), square.sort_name, square.person)
        return (
            0 if chain in leaders else 1,
            -sizes[chain],
            names.get(chain, ""),
            str(chain),
            0 if square.flag else 1,
            STANCES.index(square.stance),
            square.sort_name,
            square.person,
        )

    return sorted(kept, key=place)


@dataclass(frozen=True, slots=True)
class Node:
    """A unit of the tree, as the chart needs it; nodes come in the order of their position."""

    id: UUID
    parent: UUID | None
    name: str
    kind: str = ""


def tops_of(nodes: Sequence[Node]) -> list[UUID]:
    """The units whose parent is not among them."""
    inside = {node.id for node in nodes}
    return [node.id for node in nodes if node.parent not in inside]


def walk(nodes: Sequence[Node], tops: Iterable[UUID]) -> list[tuple[UUID, int, UUID | None]]:
    """The units from the tops down, each parent before its children: (unit, level from 1, parent shown).
    A cycle in the tree ends where it closes."""
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    for node in nodes:
        children[node.parent].append(node.id)
    found: dict[UUID, tuple[int, UUID | None]] = {}
    todo: list[tuple[UUID, int, UUID | None]] = [(top, 1, None) for top in reversed(list(tops))]
    while todo:
        unit, level, parent = todo.pop()
        if unit in found:
            continue
        found[unit] = (level, parent)
        todo.extend((child, level + 1, unit) for child in reversed(children[unit]))
    return [(unit, level, parent) for unit, (level, parent) in found.items()]


def folded(nodes: Sequence[Node], tops: Iterable[UUID], level: int) -> dict[UUID, UUID]:
    """For every unit under the tops the unit in whose row it is drawn when all below `level` is folded
    into what stands above it; in the order of the rows."""
    row_of: dict[UUID, UUID] = {}
    for unit, depth, parent in walk(nodes, tops):
        row_of[unit] = unit if depth <= level or parent is None else row_of[parent]
    return row_of


def rows_of(row_of: Mapping[UUID, UUID], nodes: Sequence[Node], peopled: set[UUID]) -> list[UUID]:
    """The rows to draw: each that has people of its own, and each lowest one even when nobody is in it."""
    parents = {node.parent for node in nodes if row_of.get(node.id) == node.id}
    filled = {row_of[unit] for unit in peopled if unit in row_of}
    return [unit for unit, row in row_of.items() if unit == row and (unit in filled or unit not in parents)]


def best_level(nodes: Sequence[Node], tops: Sequence[UUID], peopled: set[UUID], most: int) -> tuple[int, int]:
    """(the level to open the chart at, the deepest level): the one at which most units stand, the deeper of
    two alike, as long as it has at most `most` rows; the first level where all have more."""
    standing_at = Counter(level for _, level, _ in walk(nodes, tops))
    fitting = [level for level in standing_at if len(rows_of(folded(nodes, tops, level), nodes, peopled)) <= most] or [
        1
    ]
    return max(fitting, key=lambda level: (standing_at[level], level)), max(standing_at, default=1)


def shared_width(heights: Sequence[Sequence[int]], width: int, least: int) -> list[int]:
    """How many squares side by side each column gets, of `width` in all, so that the chart is as low as it can.

    `heights[row][column]` is the number of people of a block. Each column gets `least` at the least,
    even where that exceeds `width`; each further step goes to the column where it saves the most lines,
    the fullest column where several save alike. Nothing for no rows.
    """
    if not heights:
        return []
    columns = len(heights[0])
    shares = [least] * columns

    def lines(column: int, share: int) -> list[int]:
        return [-(-row[column] // share) for row in heights]

    now = [lines(column, least) for column in range(columns)]

    def gain(column: int) -> tuple[int, float, int]:
        after = [*now[:column], lines(column, shares[column] + 1), *now[column + 1 :]]
        saved = sum(map(max, zip(*now, strict=True))) - sum(map(max, zip(*after, strict=True)))
        return saved, max(row[column] / shares[column] for row in heights), -column

    for _ in range(width - least * columns):
        best = max(range(columns), key=gain)
        shares[best] += 1
        now[best] = lines(best, shares[best])
    return shares


@dataclass(frozen=True, slots=True)
class Block:
    """One unit in one shift."""

    row: UUID
    column: UUID | None
    squares: Sequence[Square]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with everything folded into it, shift by shift."""

    unit: UUID
    blocks: Sequence[Block]
    totals: Totals


@dataclass(frozen=True, slots=True)
class WallChart:
    """Rows by columns; `columns` are shifts in their order, None for people without one."""

    rows: Sequence[Row]
    columns: Sequence[UUID | None]
    by_column: Sequence[Totals]
    totals: Totals
    widths: Sequence[int]
    """Squares side by side in each column."""

    def block(self, row: UUID, column: UUID | None) -> Block | None:
        """The block of a unit and a shift; None where the chart has no such row or column."""
        return next(
            (block for line in self.rows if line.unit == row for block in line.blocks if block.column == column), None
        )


def wall_chart(
    squares: Iterable[Square],
    *,
    rows: Sequence[UUID],
    row_of: Mapping[UUID, UUID],
    columns: Sequence[UUID | None],
    width: int,
    least: int = 5,
) -> WallChart:
    """The chart of the squares whose unit folds into one of the rows and whose shift is one of the columns."""
    placed: dict[tuple[UUID, UUID | None], list[Square]] = defaultdict(list)
    for square in squares:
        placed[row_of[square.unit], square.shift].append(square)
    blocks = [[in_order(placed[row, column]) for column in columns] for row in rows]
    lines = [
        Row(
            row,
            [Block(row, column, kept, totals(kept)) for column, kept in zip(columns, line, strict=True)],
            totals(square for kept in line for square in kept),
        )
        for row, line in zip(rows, blocks, strict=True)
    ]
    by_column = [totals(square for line in blocks for square in line[place]) for place in range(len(columns))]
    return WallChart(
        lines,
        columns,
        by_column,
        totals(square for line in blocks for kept in line for square in kept),
        shared_width([[len(kept) for kept in line] for line in blocks], width, least),
    )
