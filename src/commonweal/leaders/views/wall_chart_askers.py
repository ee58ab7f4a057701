"""Who asked whom, and what came of it: in words for a block, and for the square one points at."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commonweal.common.counts import counted
from commonweal.common.scope import Scope
from commonweal.leaders.reads.wall_chart_drawing import Drawing
from commonweal.leaders.rules.wall_chart import Square
from commonweal.leaders.rules.wall_chart_choice import BY_ACTS
from commonweal.leaders.views.wall_chart_squares import NO_HOVER
from commonweal.leaders.views.wall_chart_stickers import LETTERS
from commonweal.people.reads.people import names_within
from commonweal.people.rules.outcomes import COULD_NOT, DID, DID_NOT, UNASKED, UNKNOWN

ASKERS_SAID = 4

Labels = Mapping[UUID | None, str]


def outcome_words() -> dict[str, str]:
    """What came of an ask, in words, in the order of OUTCOMES."""
    return {
        DID: _("came"),
        DID_NOT: _("asked, did not come"),
        COULD_NOT: _("could not"),
        UNKNOWN: _("asked, outcome not known"),
        UNASKED: _("not seen asked"),
    }


def asker_names(scope: Scope, squares: Collection[Square]) -> dict[UUID | None, str]:
    """The name of everybody who asked one of these; of those outside the scope only that they are. One query."""
    askers = {asker for square in squares for asker in square.askers}
    if not askers:
        return {}
    seen = names_within(scope, {asker for asker in askers if asker is not None})
    outside, nobody = _("somebody outside your units"), _("somebody not written down")
    return {asker: nobody if asker is None else seen.get(asker, outside) for asker in askers}


def askers_in_words(square: Square, labels: Labels) -> str:
    """Who asked one person."""
    return ", ".join(dict.fromkeys(labels[asker] for asker in square.askers))


def asked_by(squares: Collection[Square], labels: Labels) -> str:
    """Who asked in a block, whoever asked most first, with how many of them came; "" where nobody was seen to ask."""
    asked: Counter[str] = Counter()
    came: Counter[str] = Counter()
    for square in squares:
        for label in dict.fromkeys(labels[asker] for asker in square.askers):
            asked[label] += 1
            came[label] += square.outcome == DID
    if not asked:
        return ""
    said = [
        ngettext("%(who)s asked %(asked)s (%(came)s came)", "%(who)s asked %(asked)s (%(came)s came)", asked[who])
        % {"who": who, "asked": counted(asked[who]), "came": counted(came[who])}
        for who in sorted(asked, key=lambda who: (-asked[who], who))[:ASKERS_SAID]
    ]
    more = len(asked) - ASKERS_SAID
    if more > 0:
        said.append(ngettext("%(number)s more asked", "%(number)s more asked", more) % {"number": counted(more)})
    return "; ".join(said)


def hover_of(squares: Sequence[Square], drawing: Drawing, labels: Labels) -> SafeString:
    """What the page says of the square one points at, as attributes of its block: a letter for each outcome, and
    who asked by her place among the askers. No name of anybody drawn is in it."""
    if drawing.occasion:
        letters = "".join(LETTERS[square.outcome] for square in squares)
        places = {label: place for place, label in enumerate(asker_list(labels))}
        askers = ",".join(".".join(str(places[labels[asker]]) for asker in square.askers) for square in squares)
        return format_html(' data-seen="{}" data-askers="{}"', letters, askers)
    if drawing.choice.by == BY_ACTS:
        letters = "".join(LETTERS[outcome] for square in squares for outcome in square.acts)
        return format_html(' data-seen="{}"', letters)
    return NO_HOVER


def asker_list(labels: Labels) -> list[str]:
    """Each asker's name once, in order."""
    return sorted(set(labels.values()))


def hover_words(drawing: Drawing, labels: Labels) -> dict[str, Any]:
    """The words for `hover_of`: acts in their order, outcomes by letter, and the askers."""
    said = outcome_words()
    acts = [drawing.occasion] if drawing.occasion else list(drawing.acts)
    return {
        "acts": [act.name for act in acts],
        "outcomes": {LETTERS[outcome]: words for outcome, words in said.items()},
        "askers": asker_list(labels),
        "one": pgettext("an act and what came of it", "{act}: {outcome}"),
        "asked": pgettext("after what came of it", ", asked by {askers}"),
    }
