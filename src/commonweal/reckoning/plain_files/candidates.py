"""Each candidate with her evidence: in numbers for programs, in a sentence for people."""

from __future__ import annotations

from typing import Any

import numpy as np

from commonweal.reckoning.plain_files.contents import Contents
from commonweal.reckoning.plain_files.evidence import best_guess, nominations_received
from commonweal.reckoning.plain_files.words import gettext as _
from commonweal.reckoning.plain_files.words import ngettext
from commonweal.reckoning.pull import PullReading, Verdict
from commonweal.reckoning.ties import FloatArray, IntArray, Ties


def candidates_of(contents: Contents, tied: Ties, reading: PullReading | None) -> list[dict[str, Any]]:
    """Everybody who could lead, in the order of what can be said for them, with the evidence in numbers and in words.

    First who moves people as far as the asks tell, then how many named her, then how many ties she has.

    Shapes: one entry of docs/reckon.md a person who has a tie to her, a nomination or an ask; empty without any.
    Units and ranges: `rank` from 1; shares 0..1; pull in points, with its 80 % interval; None where nothing can be said.
    Ties: equal evidence shares a rank, and stands in the order of the files.
    Cost: O(n log n).
    """
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
