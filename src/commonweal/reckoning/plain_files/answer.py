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
from commonweal.reckoning.pull import PullReading, Verdict, read_pull
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
    """Candidates, list, reach and chains from plain files; FilesRefused if any of them cannot be trusted."""
    contents = read_contents(ties, nominations=nominations, asks=asks, tests=tests, people=people, kinds=kinds)
    notes = contents.notes
    tied = people_tied(contents, one_way)
    named = nominations_received(contents)
    records, several = ask_records(contents, tied)
    if several:
        notes.append(f"{several} times somebody was asked again for the same test; one ask of them counts")
    reading = None
    if records is not None:
        reading = read_pull(records, lot=lot, engine="exact" if engine == "exact" else "fast")
        if records.tests_held < 2:
            notes.append("fewer than two tests: nothing is said about pull")
    strong = following(contents, tied)
    units, shifts = groupings(contents.roll, contents.roll.unit), groupings(contents.roll, contents.roll.shift)
    everybody = np.where(contents.roll.counted, 0, -1)
    chosen = shortest_list(
        strong,
        groups=[everybody, *(row for row, _ in units), *(row for row, _ in shifts)],
        target=cover,
        capacity=capacity,
        score=likelihood(reading, named),
        least_ties=least_ties,
    )
    chains = walk_with(strong, chosen.leaders, capacity=capacity, first=chosen.served_by >= 0)
    served = chains.leader_of >= 0
    served[chosen.leaders] = True
    ids = contents.roll.ids
    found = {
        "candidates": _candidates(contents, tied, reading, named, chosen),
        "list": [ids[leader] for leader in chosen.leaders.tolist()],
        "coverage": {
            "overall": _share(served, contents.roll.counted),
            "units": _shares(served, units),
            "shifts": _shares(served, shifts),
        },
        "chains": {ids[person]: ids[chains.leader_of[person]] for person in np.flatnonzero(chains.leader_of >= 0)},
        "unreached": [ids[person] for person in np.flatnonzero(contents.roll.counted & ~served)],
        "unreached_why": {
            ids[one.person]: one.why.value for one in chains.unplaced if contents.roll.counted[one.person]
        },
        "size": _size(chosen, ids),
        "strength_gap": chains.strength_gap,
    }
    _note_list(chosen, chains, units, shifts, notes)
    found["notes"] = notes
    return Answer(found, notes)


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


def _note_list(
    chosen: CoverList,
    chains: Chains,
    units: list[tuple[IntArray, list[str]]],
    shifts: list[tuple[IntArray, list[str]]],
    notes: list[str],
) -> None:
    names = [["everybody"], *(names for _, names in units), *(names for _, names in shifts)]
    for group in chosen.groups:
        if group.short > 0:
            notes.append(f"{names[group.grouping][group.group]}: {group.short:.0f} people short of the share to reach")
    if chosen.alone.size:
        notes.append(
            f"{chosen.alone.size} on the list lead nobody: they stand there only because no other leader has a tie "
            "to them; find out whom they go to"
        )
    if not chosen.exact:
        notes.append(
            f"a shorter list may exist: this one has {chosen.leaders.size}, none has fewer than {chosen.lower_bound}"
        )
    notes.append("other lists of the same length may do as well: the names are an offer, not the only answer")


def _candidates(
    contents: Contents, tied: Ties, reading: PullReading | None, named: IntArray, chosen: CoverList
) -> list[dict[str, Any]]:
    """Everybody who could lead, in the order of what can be said for them; equal evidence shares a rank."""
    n, ids = tied.n, contents.roll.ids
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


VERDICTS = {
    Verdict.WITHHELD_FEW_TESTS: "fewer than two tests: nothing can be said about pull",
    Verdict.TOO_EARLY: "too few asks to say more",
    Verdict.CANNOT_TELL_APART: "cannot yet be told apart from others who ask",
    Verdict.LIFTS: "moves more people than others who ask would",
    Verdict.HOLDS_BACK: "moves fewer people than others who ask would",
    Verdict.ABOUT_USUAL: "moves about as many people as others who ask",
}


def _says(reading: PullReading | None, at: int, named: int, followers: int) -> str:
    """The evidence in a sentence, and what it allows to say."""
    parts = []
    if reading is not None and at >= 0 and reading.asked[at]:
        parts.append(reading.says(at))
        if not np.isnan(reading.median[at]):
            low, high = round(float(reading.low[at])), round(float(reading.high[at]))
            parts.append(f"pull between {low:+d} and {high:+d} points (80 %)")
        parts.append(VERDICTS[Verdict(int(reading.verdict[at]))])
    else:
        parts.append("has asked nobody on record")
    parts.append(f"named by {named} {'person' if named == 1 else 'people'}")
    parts.append(f"{followers} {'tie' if followers == 1 else 'ties'}")
    return "; ".join(parts)
