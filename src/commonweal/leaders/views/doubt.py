"""The doubt in plain words, and what would change it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.leaders.models import Candidate
from commonweal.leaders.views.sentences import NEEDED_ASKS, LikelyRange, in_tens
from commonweal.leaders.words import Verdict


def doubt_of(candidate: Candidate) -> str:
    """Why this may be wrong."""
    return {
        Verdict.ONE_TEST: _(
            "Only one act was seen so far. It may have been an easy day, or her people would have come anyway."
        ),
        Verdict.TOO_EARLY: _too_early(candidate),
        Verdict.CANNOT_TELL: _(
            "What came of her asks fits somebody who lifts people as well as somebody who does not. "
            "The range is wide because few of her asks were seen, or because the days she asked on were unlike each other."
        ),
        Verdict.LIFTS: _(
            "More came than would have come for an average asker, and it is unlikely to be chance. "
            "It may still be that she asked those who were ready anyway; we allow for that, but not perfectly."
        ),
        Verdict.UNNAMED: _(
            "More came than would have come for an average asker, yet nobody names her. "
            "Perhaps nobody was asked the right question; perhaps she asked people who were ready anyway."
        ),
        Verdict.USUAL: _("Whom she asked came about as often as they would have for anybody."),
        Verdict.LOUD: _(
            "Many name her, but whom she asked came no more often than they would have for anybody. "
            "She may be liked, or loud; or the people she asked may have had other reasons to stay away."
        ),
        Verdict.HOLDS_BACK: _(
            "Fewer came than would have come for an average asker. She may put people off, "
            "or she was given those who were hardest to move."
        ),
    }[Verdict(candidate.verdict)]


def what_would_tell(candidate: Candidate) -> str:
    """What would change our mind."""
    if candidate.verdict in (Verdict.ONE_TEST, Verdict.TOO_EARLY):
        missing = max(NEEDED_ASKS - candidate.evidence.get("asked", 0), 1)
        return ngettext(
            "Give her %(missing)s more person to ask for the next act, and write down who came and who did not.",
            "Give her %(missing)s more people to ask for the next act, and write down who came and who did not.",
            missing,
        ) % {"missing": missing}
    if candidate.verdict in (Verdict.CANNOT_TELL, Verdict.LOUD, Verdict.HOLDS_BACK):
        return _(
            "More asks seen, the failed ones too. Best of all: toss a coin between her and somebody close to her for who "
            "asks whom. Then nobody can say that one of them had the easier people."
        )
    return _("A harder act with the same people, or a coin toss with somebody close to her.")


def range_in_words(candidate: Candidate) -> str:
    """The likely range as a sentence."""
    if candidate.median is None:
        return ""
    drawn = LikelyRange(candidate)
    return _(
        "Of ten people like those she asked, she would bring %(guess)s: 8 times in 10 the truth lies between %(low)s and "
        "%(high)s. An average asker would bring %(usual)s of the same ten."
    ) % {
        "guess": in_tens(drawn.middle),
        "low": round(drawn.low / 10),
        "high": round(drawn.high / 10),
        "usual": in_tens(drawn.usual),
    }


def _too_early(candidate: Candidate) -> str:
    asked = candidate.evidence.get("asked", 0)
    if not asked:
        return _(
            "She has not been seen to ask anybody, so there is only what others say of her. "
            "A good name is a good reason to meet her; it is not yet proof that people follow."
        )
    return ngettext(
        "She was seen to ask %(asked)s person. With fewer than %(needed)s, one more yes or no would turn everything over.",
        "She was seen to ask %(asked)s people. With fewer than %(needed)s, one more yes or no would turn everything over.",
        asked,
    ) % {"asked": asked, "needed": NEEDED_ASKS}
