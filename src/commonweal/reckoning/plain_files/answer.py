"""Files in, the whole answer out: candidates with their evidence, the list, its reach and the chains."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from commonweal.reckoning.chains import Chains, walk_with
from commonweal.reckoning.coverage import CoverList, shortest_list
from commonweal.reckoning.plain_files.candidates import candidates_of
from commonweal.reckoning.plain_files.contents import Contents, read_contents
from commonweal.reckoning.plain_files.evidence import (
    ask_records,
    following,
    groupings,
    likelihood,
    nominations_received,
    people_tied,
)
from commonweal.reckoning.plain_files.words import gettext as _
from commonweal.reckoning.plain_files.words import ngettext
from commonweal.reckoning.pull import FEWEST_TESTS, PullReading, read_pull
from commonweal.reckoning.ties import BoolArray, IntArray, Ties


@dataclass(frozen=True)
class Answer:
    """What came out: `found` is the documented object, `notes` what was ignored or assumed on the way."""

    found: dict[str, Any]
    notes: list[str]


def leaders_from_files(
    ties: Path,
    *,
    nominations: Path | None = None,
    asks: Path | None = None,
    tests: Path | None = None,
    people: Path | None = None,
    kinds: tuple[str, ...] = (),
    one_way: bool = False,
    cover: float = 0.9,
    capacity: int = 12,
    least_ties: int = 0,
    lot: int = 1,
    engine: str = "fast",
) -> Answer:
    """Answer from plain files who could lead and on what evidence, the shortest list, its reach and the chains.

    Everything is read and checked first; pull, list and chains follow from what the files say, nothing else.

    Shapes: one path per kind of file, as docs/reckon.md describes them; back comes the documented object and the notes.
    Units and ranges: `cover` above 0 up to 1; `capacity` from 1; `least_ties` from 0; shares 0..1; pull in points.
    Errors: FilesRefused, with file, line, column and reason of every fault found.
    Errs: without a file of people, everybody who is named anywhere is to be reached.
    Ties: equal evidence shares a rank; the order of rows changes nothing.
    Cost: reading 100,000 people with 1.5 million ties takes some ten seconds, the rest as `read_pull`, `shortest_list`
    and `walk_with` say.
    """
    contents = read_contents(ties, nominations=nominations, asks=asks, tests=tests, people=people, kinds=kinds)
    tied = people_tied(contents, one_way)
    reading = _reading_of(contents, tied, lot, engine)
    strong = following(contents, tied)
    groups = _Groups.of(contents)
    chosen = shortest_list(
        strong,
        groups=groups.rows,
        target=cover,
        capacity=capacity,
        score=likelihood(reading, nominations_received(contents)),
        least_ties=least_ties,
    )
    chains = walk_with(strong, chosen.leaders, capacity=capacity, first=chosen.served_by >= 0)
    _note_list(chosen, groups, contents.notes)
    found = {
        "candidates": candidates_of(contents, tied, reading),
        **_list_and_chains(contents, groups, chosen, chains),
        "notes": contents.notes,
    }
    return Answer(found, contents.notes)


def _reading_of(contents: Contents, tied: Ties, lot: int, engine: str) -> PullReading | None:
    """Who moves whom, where any outcome was seen; what the asks leave open is noted."""
    records = ask_records(contents, tied)
    if records is None:
        return None
    if records.tests_held < FEWEST_TESTS:
        contents.notes.append(_("fewer than two tests: nothing is said about pull"))
    return read_pull(records, lot=lot, engine="exact" if engine == "exact" else "fast")


@dataclass(frozen=True)
class _Groups:
    """The groups to be reached: everybody, then units and shifts, in as many arrays as groups that share people need."""

    everybody: IntArray
    units: list[tuple[IntArray, list[str]]]
    shifts: list[tuple[IntArray, list[str]]]

    @classmethod
    def of(cls, contents: Contents) -> _Groups:
        roll = contents.roll
        everybody = np.where(roll.counted, 0, -1)
        return cls(everybody, groupings(roll, roll.unit), groupings(roll, roll.shift))

    @property
    def rows(self) -> list[IntArray]:
        return [self.everybody, *(row for row, _names in self.units), *(row for row, _names in self.shifts)]

    @property
    def names(self) -> list[list[str]]:
        return [[_("everybody")], *(names for _row, names in self.units), *(names for _row, names in self.shifts)]


def _list_and_chains(contents: Contents, groups: _Groups, chosen: CoverList, chains: Chains) -> dict[str, Any]:
    """The list, what it reaches, who walks with whom and who is left out, by the ids of the files."""
    ids, counted = contents.roll.ids, contents.roll.counted
    served = chains.leader_of >= 0
    served[chosen.leaders] = True
    return {
        "list": [ids[leader] for leader in chosen.leaders.tolist()],
        "coverage": {
            "overall": _share(served, counted),
            "units": _shares(served, groups.units),
            "shifts": _shares(served, groups.shifts),
        },
        "chains": {ids[person]: ids[chains.leader_of[person]] for person in np.flatnonzero(chains.leader_of >= 0)},
        "unreached": [ids[person] for person in np.flatnonzero(counted & ~served)],
        "unreached_why": {ids[one.person]: one.why.value for one in chains.unplaced if counted[one.person]},
        "size": _size(chosen, ids),
        "strength_gap": chains.strength_gap,
    }


def _share(served: BoolArray, inside: BoolArray) -> float:
    return round(float(served[inside].mean()), 4) if inside.any() else 1.0


def _shares(served: BoolArray, rows: list[tuple[IntArray, list[str]]]) -> dict[str, float]:
    shares = {}
    for row, names in rows:
        size = np.bincount(row[row >= 0], minlength=len(names))
        reached = np.bincount(row[(row >= 0) & served], minlength=len(names))
        shares.update(
            {name: round(r / s, 4) for name, r, s in zip(names, reached.tolist(), size.tolist(), strict=True)}
        )
    return dict(sorted(shares.items()))


def _size(chosen: CoverList, ids: list[str]) -> dict[str, Any]:
    return {
        "leaders": int(chosen.leaders.size),
        "at_least": chosen.lower_bound,
        "proven": chosen.exact,
        "alone": [ids[leader] for leader in chosen.alone.tolist()],
    }


def _note_list(chosen: CoverList, groups: _Groups, notes: list[str]) -> None:
    """What the list leaves open: groups it does not reach, leaders who lead nobody, other lists."""
    for group in chosen.groups:
        if group.short > 0:
            said = ngettext(
                "%(group)s: %(count)d person short of the share to reach",
                "%(group)s: %(count)d people short of the share to reach",
                round(group.short),
            )
            notes.append(said % {"group": groups.names[group.grouping][group.group], "count": round(group.short)})
    if chosen.alone.size:
        said = ngettext(
            "%(count)d on the list leads nobody: she stands there only because no other leader has a tie to her; "
            "find out whom she goes to",
            "%(count)d on the list lead nobody: they stand there only because no other leader has a tie to them; "
            "find out whom they go to",
            int(chosen.alone.size),
        )
        notes.append(said % {"count": chosen.alone.size})
    if not chosen.exact:
        said = _("a shorter list may exist: this one has %(leaders)d, none has fewer than %(fewest)d")
        notes.append(said % {"leaders": chosen.leaders.size, "fewest": chosen.lower_bound})
    if chosen.leaders.size:
        notes.append(_("other lists of the same length may do as well: the names are an offer, not the only answer"))
    else:
        notes.append(_("nobody is to be reached, or nobody can be: the list is empty"))
