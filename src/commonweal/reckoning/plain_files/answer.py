"""Files in, the whole answer out: candidates with their evidence, the list, its reach and the chains."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from commonweal.reckoning.chains import Chains, walk_with
from commonweal.reckoning.coverage import CoverList, shortest_list
from commonweal.reckoning.plain_files.contents import Contents, read_contents
from commonweal.reckoning.plain_files.evidence import (
    ask_records,
    best_guess,
    following,
    groupings,
    likelihood,
    nominations_received,
    people_tied,
)
from commonweal.reckoning.plain_files.words import gettext as _
from commonweal.reckoning.plain_files.words import ngettext
from commonweal.reckoning.pull import FEWEST_TESTS, PullReading, Verdict, read_pull
from commonweal.reckoning.ties import BoolArray, FloatArray, IntArray, Ties


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
        "candidates": _candidates(contents, tied, reading),
        **_list_and_chains(contents, groups, chosen, chains),
        "notes": contents.notes,
    }
    return Answer(found, contents.notes)


def _reading_of(contents: Contents, tied: Ties, lot: int, engine: str) -> PullReading | None:
    """Who moves whom, where any outcome was seen; what the asks leave open is noted."""
    records, several = ask_records(contents, tied)
    if several:
        said = ngettext(
            "%(count)d time somebody was asked again for the same test; one ask of them counts",
            "%(count)d times somebody was asked again for the same test; one ask of them counts",
            several,
        )
        contents.notes.append(said % {"count": several})
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


def _candidates(contents: Contents, tied: Ties, reading: PullReading | None) -> list[dict[str, Any]]:
    """Everybody who could lead, in the order of what can be said for them; equal evidence shares a rank."""
    n, ids, named = tied.n, contents.roll.ids, nominations_received(contents)
    followers = np.bincount(tied.to, minlength=n)
    place = np.full(n, -1, dtype=np.int64)
    if reading is not None:
        place[reading.candidate] = np.arange(reading.candidate.size)
    able = np.flatnonzero((followers > 0) | (named > 0) | (place >= 0))
    guess = best_guess(reading, named)
    order = able[np.lexsort((able, -followers[able], -named[able], -guess[able]))]
    ranks = _ranks(guess[order], named[order], followers[order])
    return [
        {
            "id": ids[person],
            "rank": rank,
            "evidence": _evidence(reading, int(place[person]), int(named[person]), int(followers[person])),
            "pull": _pull(reading, int(place[person])),
            "says": _says(reading, int(place[person]), int(named[person]), int(followers[person])),
        }
        for person, rank in zip(order.tolist(), ranks, strict=True)
    ]


def _ranks(*columns: IntArray | FloatArray) -> list[int]:
    """1 for the first and for everybody equal to her, and so on: 1, 2, 2, 4."""
    ranks: list[int] = []
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    for place, row in enumerate(rows):
        ranks.append(ranks[-1] if place and row == rows[place - 1] else place + 1)
    return ranks


def _evidence(reading: PullReading | None, at: int, named: int, followers: int) -> dict[str, Any]:
    evidence: dict[str, Any] = {"asked": 0, "came": 0, "nominations": named, "ties": followers}
    if reading is not None and at >= 0:
        evidence["asked"], evidence["came"] = int(reading.asked[at]), int(reading.came[at])
        if reading.asked[at]:
            evidence["expected"] = round(float(reading.expected[at]), 1)
        if reading.like_them_asked[at]:
            evidence["like_them_asked"] = int(reading.like_them_asked[at])
            evidence["like_them_came"] = round(float(reading.like_them_came[at]), 1)
        if not np.isnan(reading.top_tenth[at]):
            evidence["top_tenth"] = round(float(reading.top_tenth[at]), 3)
    return evidence


def _pull(reading: PullReading | None, at: int) -> dict[str, float] | None:
    if reading is None or at < 0 or np.isnan(reading.median[at]):
        return None
    return {name: round(float(getattr(reading, name)[at]), 1) for name in ("median", "low", "high")}


def _verdict(verdict: Verdict) -> str:
    """What the records allow to say, in words."""
    return {
        Verdict.WITHHELD_FEW_TESTS: _("fewer than two tests: nothing can be said about pull"),
        Verdict.TOO_EARLY: _("too few asks to say more"),
        Verdict.CANNOT_TELL_APART: _("cannot yet be told apart from others who ask"),
        Verdict.LIFTS: _("moves more people than others who ask would"),
        Verdict.HOLDS_BACK: _("moves fewer people than others who ask would"),
        Verdict.ABOUT_USUAL: _("moves about as many people as others who ask"),
    }[verdict]


def _says(reading: PullReading | None, at: int, named: int, followers: int) -> str:
    """The evidence in a sentence, and what it allows to say."""
    parts = []
    if reading is not None and at >= 0 and reading.asked[at]:
        parts.append(_("asked %(asked)d, %(came)d came") % {"asked": reading.asked[at], "came": reading.came[at]})
        if reading.like_them_asked[at]:
            said = _("people like them came %(came).0f of %(asked)d when she did not ask")
            parts.append(said % {"came": reading.like_them_came[at], "asked": reading.like_them_asked[at]})
        if not np.isnan(reading.median[at]):
            ends = {"low": round(float(reading.low[at])), "high": round(float(reading.high[at]))}
            parts.append(_("pull between %(low)+d and %(high)+d points (80 %%)") % ends)
        parts.append(_verdict(Verdict(int(reading.verdict[at]))))
    else:
        parts.append(_("has asked nobody on record"))
    parts.append(ngettext("named by %(count)d person", "named by %(count)d people", named) % {"count": named})
    parts.append(ngettext("%(count)d tie", "%(count)d ties", followers) % {"count": followers})
    return "; ".join(parts)
