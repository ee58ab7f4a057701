"""A leader's reading in words, with the facts behind it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.structure_tests.reads.leaders import SAID_NO, LeaderResult
from commonweal.structure_tests.rules.readings import FEWEST_ASKED, Reading
from commonweal.structure_tests.views.shares import between, of_all

CHIPS = {
    Reading.DELIVERS: ("good", "check"),
    Reading.DOES_NOT_DELIVER: ("warn", "warn"),
    Reading.WRONG_LEADER: ("bad", "close"),
    Reading.NOT_ASKED: ("quiet", "talk"),
    Reading.TOO_EARLY: ("quiet", "early"),
    Reading.NO_LEADER: ("warn", "warn"),
}


def reading_words() -> dict[Reading, str]:
    """The word of each reading."""
    return {
        Reading.DELIVERS: _("Delivers"),
        Reading.DOES_NOT_DELIVER: _("Agrees, does not deliver"),
        Reading.WRONG_LEADER: _("Others brought them"),
        Reading.NOT_ASKED: _("Not asked"),
        Reading.TOO_EARLY: _("Too early to say"),
        Reading.NO_LEADER: _("No leader"),
    }


def reading_meanings() -> dict[Reading, str]:
    """What each reading means, in a sentence."""
    return {
        Reading.DELIVERS: _("At least as many came as anybody would have got of the same people."),
        Reading.DOES_NOT_DELIVER: _("Clearly fewer came than anybody would have got of the same people."),
        Reading.WRONG_LEADER: _("Her people took part, but with somebody else: perhaps they follow that one."),
        Reading.NOT_ASKED: _("She was not seen to ask anybody of her chain."),
        Reading.TOO_EARLY: _("Too few answers, or too close to the usual, to tell."),
        Reading.NO_LEADER: _("They walked with nobody when the test opened."),
    }


def word_of(one: LeaderResult) -> str:
    """The word of her reading; of somebody who stands against us nobody says that she agrees."""
    if one.reading == Reading.DOES_NOT_DELIVER and one.glance and one.glance.stance in SAID_NO:
        return _("Does not deliver")
    return reading_words()[one.reading]


def facts_of(one: LeaderResult) -> list[str]:
    """What stands behind her reading, the weightiest first."""
    found = [*_elsewhere(one), *_said(one), *_why_early(one)]
    if one.reading == Reading.NOT_ASKED:
        found.append(
            ngettext("%(number)s walks with her", "%(number)s walk with her", one.people)
            % {"number": counted(one.people)}
        )
    if one.asked_again:
        found.append(
            ngettext("%(number)s needed a second ask", "%(number)s needed a second ask", one.asked_again)
            % {"number": counted(one.asked_again)}
        )
    if one.could_not:
        found.append(
            ngettext("%(number)s could not", "%(number)s could not", one.could_not) % {"number": counted(one.could_not)}
        )
    return found


def _elsewhere(one: LeaderResult) -> list[str]:
    found = []
    if one.others:
        number = one.others.most_common(1)[0][1]
        facts = {"number": counted(number), "name": one.other.name if one.other else _("somebody outside your units")}
        found.append(ngettext("%(number)s came with %(name)s", "%(number)s came with %(name)s", number) % facts)
        rest = one.with_other - number
        if rest:
            found.append(ngettext("%(number)s with others", "%(number)s with others", rest) % {"number": counted(rest)})
    if one.alone and one.reading in (Reading.WRONG_LEADER, Reading.NOT_ASKED):
        found.append(
            ngettext("%(number)s came and nobody had asked", "%(number)s came and nobody had asked them", one.alone)
            % {"number": counted(one.alone)}
        )
    return found


def _said(one: LeaderResult) -> list[str]:
    found = []
    if one.yes_stayed and one.reading in (Reading.DOES_NOT_DELIVER, Reading.TOO_EARLY):
        found.append(
            ngettext("%(number)s had told us yes", "%(number)s had told us yes", one.yes_stayed)
            % {"number": counted(one.yes_stayed)}
        )
    if one.no_came:
        found.append(
            ngettext("%(number)s had told us no", "%(number)s had told us no", one.no_came)
            % {"number": counted(one.no_came)}
        )
    return found


def _why_early(one: LeaderResult) -> list[str]:
    if one.reading != Reading.TOO_EARLY:
        return []
    if one.answered < FEWEST_ASKED:
        return [_("%(of)s, too few") % {"of": of_all(one.came, one.answered)}]
    return [_("a little less than anybody would have got")]


def expected_of(one: LeaderResult) -> str:
    """What anybody would have got of the same people, as a range, and from what that is known."""
    if not one.answered:
        return ""
    facts = {"range": between(one.low, one.high), "of": counted(one.answered)}
    if one.by_history:
        return _("anybody: %(range)s of %(of)s") % facts
    return _("anybody: %(range)s of %(of)s, by their unit") % facts


def leader_rows(leaders: Iterable[LeaderResult]) -> list[dict[str, object]]:
    """The rows of the table by leader, with the drawing of what came against what anybody would have got."""
    rows = []
    for one in leaders:
        chip, icon = CHIPS[one.reading]
        answered = one.answered or 1
        rows.append(
            {
                "one": one,
                "name": one.glance.name if one.glance else _("Somebody outside your units"),
                "of": of_all(one.came, one.answered),
                "chip": chip,
                "icon": icon,
                "word": word_of(one),
                "facts": "; ".join(facts_of(one)),
                "expected": expected_of(one),
                "low": 100 * one.low / answered,
                "middle": 100 * one.came / answered,
                "high": 100 * one.high / answered,
                "usual": 100 * one.expected / answered,
                "label": f"{of_all(one.came, one.answered)}; {expected_of(one)}",
                "faint": one.reading == Reading.TOO_EARLY,
            }
        )
    return rows
