"""What to ask about, and why a conversation is called for, in words."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.listening.models import CallFor

if TYPE_CHECKING:
    from commonweal.listening.reads.before import Before


def gap_in_words(word: str, before: "Before") -> str:
    """One thing to ask about, in a sentence."""
    promises = len(before.promises)
    test = before.test
    said = {
        "promise": ngettext(
            "A promise is open between you: ask how it went.",
            "%(number)s promises are open between you: ask how they went.",
            promises,
        )
        % {"number": promises},
        "first": _("Nobody has written down a talk with her. Let her tell who she is."),
        "walk": _("She says yes and was not seen to act. Ask what held her back, and for something smaller."),
        "test": _("%(name)s is on %(day)s: ask her to it.")
        % {"name": test.name, "day": date_format(test.on, "MONTH_DAY_FORMAT")}
        if test
        else "",
        "stance": _("Nobody knows where she stands now."),
        "names": _("She has named nobody yet. Ask who rings when somebody does not turn up."),
        "belongs": _("We do not know where she already belongs: a choir, a parish, a team, a savings circle?"),
        "placed": _("We do not know where she works."),
        "languages": _("We do not know which languages she likes to speak."),
    }
    return said[word]


def call_in_words(call: CallFor) -> str:
    """Why something calls for a conversation with her."""
    what = call.occasion.name if call.occasion else _("the last test")
    said = {
        "did_not_come": _("She was asked to %(what)s and did not come."),
        "leader_did_not_ask": _("Nobody asked her to %(what)s, though she walks with a leader."),
        "no_leader": _("%(what)s showed that she walks with no one."),
        "wrong_leader": _("At %(what)s she went with somebody else than her leader."),
        "could_not": _("She could not come to %(what)s."),
        "agrees_does_not_deliver": _("She agreed to %(what)s, and her people did not come."),
        "not_asked": _("Nobody asked her to %(what)s."),
        "said_yes": _("She had said yes to %(what)s and did not come. Hear what was in the way."),
        "asks_nobody": _("She leads, and nobody was seen to be asked by her to %(what)s."),
        "others_bring_hers": _("Her people came to %(what)s with somebody else. Whom do they follow?"),
        "hole": _("Her group had a hole at %(what)s."),
    }.get(call.why, _("%(what)s calls for a talk with her."))
    return said % {"what": what}
