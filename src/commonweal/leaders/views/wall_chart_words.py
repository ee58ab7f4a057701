"""The sentences of the wall chart."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.leaders.reads.wall_chart_drawing import Drawing
from commonweal.leaders.rules.turnouts import Turnout
from commonweal.leaders.rules.wall_chart import Block, Totals
from commonweal.leaders.rules.wall_chart_choice import BY_ACTS, BY_CHAIN, Choice
from commonweal.people.models import Occasion


def percent(part: int, whole: int) -> str:
    """A share in whole per cent; nothing of nothing is a dash."""
    return f"{round(100 * part / whole)}%" if whole else "–"


def people(number: int) -> str:
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": counted(number)}


def leaders(number: int) -> str:
    return ngettext("%(number)s leader", "%(number)s leaders", number) % {"number": counted(number)}


def blanks(number: int) -> str:
    return ngettext("%(number)s blank", "%(number)s blank", number) % {"number": counted(number)}


def alone(number: int) -> str:
    return ngettext("%(number)s walks with no one", "%(number)s walk with no one", number) % {"number": counted(number)}


def talkers(number: int) -> str:
    return ngettext("%(number)s talks, does not walk", "%(number)s talk, do not walk", number) % {
        "number": counted(number)
    }


def unasked(number: int) -> str:
    return ngettext("%(number)s not seen asked", "%(number)s not seen asked", number) % {"number": counted(number)}


def headline(sums: Totals, choice: Choice, occasion: Occasion | None) -> tuple[str, str]:
    """The news of the chart in two short sentences."""
    if not sums.people:
        return _("Nobody stands here yet."), ""
    facts: dict[str, int | str] = {"people": counted(sums.people)}
    if occasion:
        facts |= {"came": counted(sums.came), "occasion": occasion.name, "unasked": counted(sums.unasked)}
        return (
            ngettext(
                "%(came)s of %(people)s came to %(occasion)s.",
                "%(came)s of %(people)s came to %(occasion)s.",
                sums.came,
            )
            % facts,
            ngettext("%(unasked)s was not seen asked.", "%(unasked)s were not seen asked.", sums.unasked) % facts,
        )
    if choice.by == BY_CHAIN:
        facts |= {"alone": counted(sums.alone), "open": counted(sums.open)}
        return (
            ngettext(
                "%(alone)s of %(people)s walks with no one.", "%(alone)s of %(people)s walk with no one.", sums.alone
            )
            % facts,
            ngettext("%(open)s leader is not yet won.", "%(open)s leaders are not yet won.", sums.open) % facts
            if sums.open
            else "",
        )
    if choice.by == BY_ACTS:
        return headline_of_acts(sums)
    facts |= {"acted": counted(sums.acted), "blank": counted(sums.blank)}
    return (
        ngettext("%(acted)s of %(people)s has acted.", "%(acted)s of %(people)s have acted.", sums.acted) % facts,
        ngettext("%(blank)s square is still blank.", "%(blank)s squares are still blank.", sums.blank) % facts
        if sums.blank
        else _("No square is blank."),
    )


def headline_of_acts(sums: Totals) -> tuple[str, str]:
    """The news of a chart of stickers."""
    facts = {"people": counted(sums.people), "came": counted(sums.came_to_any), "acts": len(sums.acts)}
    said = ngettext(
        "%(came)s of %(people)s came to the last act.",
        "%(came)s of %(people)s came to at least one of the last %(acts)s acts.",
        len(sums.acts),
    )
    if not sums.asked_to_none:
        return said % facts, _("Everybody was asked to something.")
    none = ngettext("%(none)s was asked to none.", "%(none)s were asked to none.", sums.asked_to_none)
    return said % facts, none % {"none": counted(sums.asked_to_none)}


def told(sums: Totals, choice: Choice) -> str:
    """What the chosen colour says of some squares, in words: so many have acted, walk with no one, or came."""
    if choice.occasion:
        return (ngettext("%(number)s came", "%(number)s came", sums.came)) % {"number": counted(sums.came)}
    if choice.by == BY_CHAIN:
        return alone(sums.alone)
    if choice.by == BY_ACTS:
        number = sums.came_to_any
        return ngettext("%(number)s came to something", "%(number)s came to something", number) % {
            "number": counted(number)
        }
    return ngettext("%(number)s has acted", "%(number)s have acted", sums.acted) % {"number": counted(sums.acted)}


def of_people(sums: Totals, choice: Choice) -> str:
    """What follows the share under a column."""
    facts = {"people": counted(sums.people)}
    if choice.occasion:
        return ngettext("of %(people)s came", "of %(people)s came", sums.people) % facts
    if choice.by == BY_CHAIN:
        return ngettext("of %(people)s in a chain", "of %(people)s in a chain", sums.people) % facts
    if choice.by == BY_ACTS:
        return ngettext("of %(people)s came to something", "of %(people)s came to something", sums.people) % facts
    return ngettext("of %(people)s have acted", "of %(people)s have acted", sums.people) % facts


def missing(sums: Totals, choice: Choice) -> str:
    """What the chosen colour does not know of some squares."""
    if choice.by == BY_ACTS:
        number = sums.asked_to_none
        return ngettext("%(number)s asked to none", "%(number)s asked to none", number) % {"number": counted(number)}
    return unasked(sums.unasked) if choice.occasion else blanks(sums.blank)


def reached(sums: Totals, choice: Choice) -> int:
    """How many the chosen colour counts as reached."""
    if choice.occasion:
        return sums.came
    if choice.by == BY_ACTS:
        return sums.came_to_any
    return sums.accompanied if choice.by == BY_CHAIN else sums.acted


def turnout(one: Turnout) -> str:
    """How many of some people were asked, how many came, and how many nobody was seen to ask yet."""
    facts = {name: counted(getattr(one, name)) for name in ("asked", "people", "came")}
    said = ngettext(
        "%(asked)s of %(people)s asked, %(came)s came", "%(asked)s of %(people)s asked, %(came)s came", one.asked
    )
    if not one.unasked:
        return said % facts
    return f"{said % facts}; {unasked(one.unasked)}"


def sentence(block: Block, unit: str, shift: str, choice: Choice, asked_by: str = "") -> str:
    """A block for those who cannot see it; `asked_by` tells who asked in it."""
    sums = block.totals
    if not sums.people:
        return _("%(unit)s, %(shift)s: nobody") % {"unit": unit, "shift": shift}
    said = [people(sums.people), told(sums, choice)]
    if choice.by != BY_CHAIN:
        said.append(missing(sums, choice))
    said.append(leaders(sums.leaders))
    if sums.talks and choice.by != BY_CHAIN:
        said.append(talkers(sums.talks))
    return f"{unit}, {shift}: {', '.join(said)}" + (f". {asked_by}" if asked_by else "")


def shift_name(drawing: Drawing, shift: UUID | None) -> str:
    """What the column of a shift is called; the column of those without one says so, or is the only one."""
    found = drawing.shift(shift)
    if found:
        return found.name
    return _("No shift known") if len(drawing.chart.columns) > 1 else _("Everyone")
