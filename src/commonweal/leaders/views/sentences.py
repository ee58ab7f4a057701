"""Evidence and doubt as sentences, in the reader's language. Never a bare score."""

from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.leaders.models import Candidate
from commonweal.leaders.reads.readings import MANY, Needed, Since
from commonweal.leaders.words import Verdict

NEEDED_ASKS = 5


def what_was_seen(evidence: dict[str, Any]) -> SafeString:
    """Who names her, whom she asked and who came, what people like them did without her."""
    parts = [escape(who_names_her(evidence))]
    if evidence.get("asked"):
        parts.append(format_html("<b>{}</b>", who_came(evidence)))
        if evidence.get("like_them_asked"):
            parts.append(escape(who_came_without_her(evidence)))
    else:
        parts.append(escape(_("Nobody has seen her ask anyone yet.")))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def who_names_her(evidence: dict[str, Any]) -> str:
    """How many people name her, across how many units, and how many of them stand against us."""
    named, across, opposed = evidence["named_by"], evidence["named_across"], evidence["named_opposed"]
    if not named:
        return _("Nobody names her yet.")
    facts = {"named": counted(named), "across": counted(across), "opposed": counted(opposed)}
    if across > 1:
        said = _("%(named)s people name her, across %(across)s units") % facts
    else:
        said = ngettext("%(named)s person names her", "%(named)s people name her", named) % facts
    if opposed:
        against = ngettext(
            "%(opposed)s of them said no or works against us",
            "%(opposed)s of them said no or work against us",
            opposed,
        )
        said = f"{said}; {against % facts}"
    return f"{said}."


def who_came(evidence: dict[str, Any]) -> str:
    """Of those she was seen to ask, how many came."""
    return _("Of %(asked)s she was seen to ask, %(came)s came.") % evidence


def who_came_without_her(evidence: dict[str, Any]) -> str:
    """How many of as many people like those she asked came when she did not ask."""
    facts = {"came": round(evidence["like_them_came"]), "asked": evidence["like_them_asked"]}
    return _("People like them came %(came)s of %(asked)s when she did not ask.") % facts


def in_tens(percent: float) -> str:
    """A share as people say it: "7", or "7 or 8", of ten."""
    tens = min(max(percent, 0), 100) / 10
    if abs(tens - round(tens)) <= 0.25:
        return str(round(tens))
    return _("%(low)s or %(high)s") % {"low": int(tens), "high": int(tens) + 1}


class LikelyRange:
    """Of ten people asked, how many she would bring: in per cent, with what is likely and what is usual."""

    def __init__(self, candidate: Candidate) -> None:
        facts = candidate.evidence
        asked = facts.get("asked") or 1
        self.usual = 100 * facts.get("expected", 0) / asked
        self.low = min(max(self.usual + (candidate.low or 0), 0), 100)
        self.middle = min(max(self.usual + (candidate.median or 0), 0), 100)
        self.high = min(max(self.usual + (candidate.high or 0), 0), 100)
        self.faint = candidate.verdict in (Verdict.CANNOT_TELL, Verdict.TOO_EARLY)

    @property
    def guess(self) -> str:
        """The best guess in words."""
        return _("%(guess)s of 10") % {"guess": in_tens(self.middle)}

    @property
    def likely(self) -> str:
        """The range that holds 8 times in 10, in words."""
        return _("%(low)s to %(high)s is likely") % {"low": round(self.low / 10), "high": round(self.high / 10)}

    @property
    def usual_here(self) -> str:
        """What anybody would bring from the same people, in words."""
        return _("usual here %(usual)s") % {"usual": in_tens(self.usual)}

    @property
    def label(self) -> str:
        """The whole drawing as a sentence."""
        return f"{self.guess}; {self.likely}; {self.usual_here}"


def why_no_range(candidate: Candidate) -> str:
    """Why no range is drawn."""
    asked = candidate.evidence.get("asked", 0)
    if candidate.verdict == Verdict.ONE_TEST:
        return _("No range yet: after one act nobody can tell pull from an easy day.")
    if not asked:
        return _("No range yet: she has not been seen to ask.")
    facts = {"asked": asked, "needed": NEEDED_ASKS}
    return (
        ngettext(
            "No range yet: %(asked)s ask seen, %(needed)s needed.",
            "No range yet: %(asked)s asks seen, %(needed)s needed.",
            asked,
        )
        % facts
    )


def how_many_needed(needed: Needed) -> str:
    """About how many leaders the list needs, with its range."""
    if needed.low == needed.high:
        return _("of about %(found)s needed") % {"found": counted(needed.found)}
    return _("of about %(high)s needed; no list is shorter than %(low)s") % {
        "low": counted(needed.low),
        "high": counted(needed.high),
    }


def what_is_new(since: Since) -> str:
    """What was entered after a reading, as one sentence; empty when nothing was."""

    def many_or(number: int, text: str) -> str:
        return _("%(many)s and more") % {"many": text} if number >= MANY else text

    counts = (
        (since.asks, ngettext("%(number)s ask", "%(number)s asks", since.asks)),
        (since.yeses, ngettext("%(number)s signature", "%(number)s signatures", since.yeses)),
        (since.nominations, ngettext("%(number)s nomination", "%(number)s nominations", since.nominations)),
        (since.ties, ngettext("%(number)s tie", "%(number)s ties", since.ties)),
    )
    parts = [many_or(number, text % {"number": counted(number)}) for number, text in counts if number]
    return _("New since then: %(what)s.") % {"what": ", ".join(parts)} if parts else ""
