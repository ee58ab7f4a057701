"""What each stage means, and the refusals of the list, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.refusals import Refusal
from commonweal.leaders.rules import refusals
from commonweal.leaders.words import Stage


def stage_meanings() -> dict[str, str]:
    """What an organizer has seen when she says a stage."""
    return {
        Stage.TARGET: _("people look to them; not yet met"),
        Stage.IDENTIFIED: _("named by three or more, checked"),
        Stage.APPROACHED: _("one talk or more, no answer yet"),
        Stage.WON: _("said yes in front of others"),
        Stage.TESTED: _("brought people, twice"),
        Stage.LOST: _("asked, and brought nobody; or left"),
    }


def refusal_in_words(refusal: Refusal) -> str:
    """Why it was not done, and what to do now."""
    plain = {
        refusals.OnTheListAlready: _("She is on the list already."),
        refusals.NotOnTheList: _("She is not on the list any more, or was lost. Nothing was changed."),
        refusals.NothingToTakeBack: _("There is no step to take back; take her off the list instead."),
        refusals.InTheFuture: _("That day has not come yet. Give the day on which it happened."),
        refusals.WalksWithHerself: _("Nobody can walk with herself. Choose another leader."),
        refusals.LeaderFollowsNobody: _("She is on the list herself, so she walks with nobody. Nothing was changed."),
        refusals.WalksAlready: _(
            "She walks with somebody else than this page said: a colleague changed it meanwhile. "
            "Nothing was changed; look again and decide."
        ),
        refusals.GoneMeanwhile: _(
            "Her record was merged with another one or forgotten meanwhile. Nothing was changed."
        ),
        refusals.ReadAgainMeanwhile: _("A newer reading has come in meanwhile. Look at its proposals."),
        refusals.Vetoed: _(
            "It was decided that she shall not be proposed. Lift that first if you have changed your mind."
        ),
    }
    if isinstance(refusal, refusals.ChangedMeanwhile):
        return _("A colleague changed this meanwhile: she is at “%(stage)s” now. Nothing of yours was saved.") % {
            "stage": Stage(refusal.stage).label
        }
    if isinstance(refusal, refusals.StageJumps):
        if not refusal.now:
            return _("Nobody comes onto the list as “%(wanted)s”: that must have been seen first.") % {
                "wanted": Stage(refusal.wanted).label
            }
        return _("From “%(now)s” there is no step to “%(wanted)s”. Take the steps between, with their days.") % {
            "now": Stage(refusal.now).label,
            "wanted": Stage(refusal.wanted).label,
        }
    if isinstance(refusal, refusals.TooFewToToss):
        return ngettext(
            "Only %(people)s person is left to toss for, and it takes %(needed)s to learn anything.",
            "Only %(people)s people are left to toss for, and it takes %(needed)s to learn anything.",
            refusal.people,
        ) % {"people": refusal.people, "needed": refusal.needed}
    return plain[type(refusal)]
