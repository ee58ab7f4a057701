"""The result of a test in words: the news, the units, what is under the threshold."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonweal.common.counts import counted
from commonweal.people.words import OccasionKind
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.results import Result, UnitResult
from commonweal.structure_tests.reads.tallies import Tally
from commonweal.structure_tests.rules.readings import Reach
from commonweal.structure_tests.views.shares import length, listed, of_all, percent
from commonweal.structure_tests.words import TestState

NAMED = 3

NEWS: dict[str, str | Promise] = {
    OccasionKind.ISSUE_CARD: gettext_lazy("%(did)s of %(all)s filled in a card: %(share)s."),
    OccasionKind.PHOTO: gettext_lazy("%(did)s of %(all)s gave a photo or a quote: %(share)s."),
    OccasionKind.GROUP_QUESTION: gettext_lazy("%(did)s of %(all)s put the question together: %(share)s."),
    OccasionKind.PETITION: gettext_lazy("%(did)s of %(all)s signed: %(share)s."),
    OccasionKind.PUBLIC_PETITION: gettext_lazy("%(did)s of %(all)s signed with their names: %(share)s."),
    OccasionKind.BUTTON: gettext_lazy("%(did)s of %(all)s wore the button: %(share)s."),
    OccasionKind.MEETING: gettext_lazy("%(did)s of %(all)s came to the meeting: %(share)s."),
    OccasionKind.DELEGATION: gettext_lazy("%(did)s of %(all)s went along: %(share)s."),
    OccasionKind.MARCH_ON_BOSS: gettext_lazy("%(did)s of %(all)s marched on the boss: %(share)s."),
    OccasionKind.PICKET: gettext_lazy("%(did)s of %(all)s stood at the picket: %(share)s."),
    OccasionKind.PLEDGE: gettext_lazy("%(did)s of %(all)s pledged: %(share)s."),
    OccasionKind.STRIKE_VOTE: gettext_lazy("%(did)s of %(all)s voted: %(share)s."),
    OccasionKind.STRIKE: gettext_lazy("%(did)s of %(all)s walked out: %(share)s."),
    OccasionKind.OTHER: gettext_lazy("%(did)s of %(all)s took part: %(share)s."),
}
TOOK_PART: dict[str, str | Promise] = {
    OccasionKind.PETITION: gettext_lazy("Signed"),
    OccasionKind.PUBLIC_PETITION: gettext_lazy("Signed"),
    OccasionKind.BUTTON: gettext_lazy("Wore it"),
    OccasionKind.PLEDGE: gettext_lazy("Pledged"),
    OccasionKind.STRIKE_VOTE: gettext_lazy("Voted"),
    OccasionKind.STRIKE: gettext_lazy("Walked out"),
}


def news_of(test: StructureTest, tally: Tally) -> str:
    """What so many did, of all who could."""
    facts = {"did": counted(tally.did), "all": counted(tally.eligible), "share": percent(tally.share)}
    return str(NEWS.get(test.occasion.kind, NEWS[OccasionKind.OTHER])) % facts


def headline_of(result: Result) -> str:
    """The news with what had been set, and whether it is all of them and the end of it."""
    test, said = result.test, news_of(result.test, result.tally)
    if test.state == TestState.OPEN:
        said = _("So far %(said)s") % {"said": said}
    if not result.outcomes.whole:
        return said
    facts = {"said": said, "threshold": percent(float(test.threshold))}
    if result.tally.share < float(test.threshold) and percent(result.tally.share) == facts["threshold"]:
        return _("%(said)s That is just short of the %(threshold)s that we had set.") % facts
    return _("%(said)s We had set %(threshold)s.") % facts


def took_part(kind: str) -> str:
    """The heading of the column of those who did it."""
    return str(TOOK_PART.get(kind, "")) or _("Took part")


def lede_of(result: Result) -> str:
    """How many units reached what every unit must, and which did not."""
    reached, counted_units = result.reached_units, result.counted_units
    each = percent(float(result.test.unit_threshold))
    if not counted_units:
        return ""
    holes = result.holes
    if not holes:
        return _("Every unit reached %(each)s.") % {"each": each}
    said = ngettext(
        "%(reached)s of %(units)s unit reached %(each)s.",
        "%(reached)s of %(units)s units reached %(each)s.",
        counted_units,
    ) % {"reached": counted(reached), "units": counted(counted_units), "each": each}
    names = [unit.name for unit in holes[:NAMED]]
    if len(holes) > NAMED:
        rest = len(holes) - NAMED
        more = ngettext("%(rest)s more", "%(rest)s more", rest) % {"rest": counted(rest)}
        return _("%(said)s Under it: %(names)s.") % {"said": said, "names": listed([*names, more])}
    return _("%(said)s Under it: %(names)s.") % {"said": said, "names": listed(names)}


def kicker_of(test: StructureTest, place: str = "") -> str:
    """Which test, when, and whether it is over."""
    parts = [place, test.occasion.name, days_of(test), str(test.get_state_display()).lower()]
    return ", ".join(part for part in parts if part)


def days_of(test: StructureTest) -> str:
    """Its day, or its first and last."""
    first = date_format(test.occasion.on, "MONTH_DAY_FORMAT")
    if test.ends_on is None or test.ends_on == test.occasion.on:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(test.ends_on, "MONTH_DAY_FORMAT")}


@dataclass(frozen=True)
class Bar:
    """A unit's share as a bar with both thresholds and a diamond for the last test; lengths as SVG takes them."""

    share: str
    shape: str
    last: str
    label: str


SHAPES = {Reach.BOTH: "ok", Reach.OWN: "mid", Reach.UNDER: "low"}


def bar_of(share: float, reach: Reach, last: float | None, test: StructureTest) -> Bar:
    """The drawing of a share, and the sentence it says."""
    facts = {
        "share": percent(share),
        "each": percent(float(test.unit_threshold)),
        "all": percent(float(test.threshold)),
        "last": percent(last or 0.0),
    }
    label = (
        _("%(share)s; needed %(each)s and %(all)s")
        if last is None
        else _("%(share)s; last test %(last)s; needed %(each)s and %(all)s")
    )
    return Bar(length(share), SHAPES[reach], "" if last is None else length(last), label % facts)


def unit_rows(result: Result) -> list[dict[str, object]]:
    """The rows of the table by unit."""
    return [
        {
            "unit": one,
            "of": of_all(one.tally.did, one.tally.eligible),
            "share": percent(one.tally.share) if one.tally.eligible else "",
            "bar": bar_of(one.tally.share, one.reach, one.last, result.test),
            "change": change_of(one),
            "up": bool(one.change and one.change > 0),
        }
        for one in result.units
    ]


def change_of(one: UnitResult) -> str:
    """Points since the last test, without a sign; empty where there was none."""
    return "" if one.change is None else str(abs(one.change))


def total_row(result: Result, reach: Reach) -> dict[str, object]:
    """The last row: all units that are seen."""
    tally = result.tally
    last = result.last_share
    change = None if last is None else round(100 * tally.share) - round(100 * last)
    return {
        "of": of_all(tally.did, tally.eligible),
        "share": percent(tally.share),
        "bar": bar_of(tally.share, reach, last, result.test),
        "change": "" if change is None else str(abs(change)),
        "up": bool(change and change > 0),
    }


def left_out_of(tally: Tally) -> list[str]:
    """Who is not in the share, and who is in it though nothing is known of her."""
    said = []
    if tally.excused:
        said.append(
            ngettext(
                "%(number)s person could not take part (leave, emergency cover, another shift) and is not counted.",
                "%(number)s people could not take part (leave, emergency cover, another shift) and are not counted.",
                tally.excused,
            )
            % {"number": counted(tally.excused)}
        )
    if tally.excused_did:
        said.append(
            ngettext("%(number)s of them did all the same.", "%(number)s of them did all the same.", tally.excused_did)
            % {"number": counted(tally.excused_did)}
        )
    if tally.could_not:
        said.append(
            ngettext(
                "%(number)s person wanted to and could not on the day: counted as not taking part, never held against a leader.",
                "%(number)s people wanted to and could not on the day: counted as not taking part, never held against a leader.",
                tally.could_not,
            )
            % {"number": counted(tally.could_not)}
        )
    silent = tally.unknown + tally.unrecorded
    if silent:
        said.append(
            ngettext(
                "Of %(number)s person nothing is known; she counts as not taking part.",
                "Of %(number)s people nothing is known; they count as not taking part.",
                silent,
            )
            % {"number": counted(silent)}
        )
    return said
