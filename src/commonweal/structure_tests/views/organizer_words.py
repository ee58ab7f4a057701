"""Whether assessments and predictions came true, in words and drawings."""

from typing import Any

from django.utils.translation import gettext as _

from commonweal.common.counts import counted
from commonweal.common.marks import stance_words
from commonweal.reckoning.forecast import share_with_interval
from commonweal.structure_tests.reads.organizers import Judgements, Kept, Truthfulness
from commonweal.structure_tests.rules.readings import EXPECTED_SHARE, FEWEST_RATED, Truth, truth_of
from commonweal.structure_tests.views.drawings import calibration_of
from commonweal.structure_tests.views.shares import of_all, percent
from commonweal.structure_tests.words import Expectation

CHIPS = {
    Truth.TRUE: ("good", "check"),
    Truth.TOO_HIGH: ("warn", "warn"),
    Truth.TOO_LOW: ("warn", "warn"),
    Truth.TOO_FEW: ("quiet", "early"),
}


def truth_words() -> dict[Truth, str]:
    """Whether a judgement came true, in a word."""
    return {
        Truth.TRUE: _("came true"),
        Truth.TOO_HIGH: _("too hopeful"),
        Truth.TOO_LOW: _("too gloomy"),
        Truth.TOO_FEW: _("too few to tell"),
    }


def organizer_rows(found: Truthfulness) -> dict[str, Any]:
    """Everybody's judgements together and each organizer's, by stance and by expectation."""
    together = found.together
    return {
        "together": _judged(together, together),
        "organizers": [_judged(one, together) for one in found.each if one.rated or one.predicted],
        "points": calibration_of(together),
        "distance": distance_in_words(together),
    }


def _judged(one: Judgements, together: Judgements) -> dict[str, Any]:
    return {
        "name": one.name or _("Nobody known (brought in from files)"),
        "rated": counted(one.rated),
        "predicted": counted(one.predicted),
        "stances": [
            _row(stance_words()[stance], one.stances[stance], together.stances[stance].share) | {"stance": stance}
            for stance in sorted(one.stances)
        ],
        "expectations": [
            _row(str(Expectation(said).label), one.expectations[said], chance)
            | _truth(truth_of(chance, came=one.expectations[said].came, seen=one.expectations[said].people))
            | {"said": percent(chance)}
            for said, chance in EXPECTED_SHARE.items()
            if one.expectations.get(said)
        ],
        "points": calibration_of(one),
        "distance": distance_in_words(one),
    }


def _row(word: str, kept: Kept, usual: float) -> dict[str, Any]:
    _share, low, high = share_with_interval(kept.came, kept.people)
    return {
        "word": word,
        "of": of_all(kept.came, kept.people),
        "share": percent(kept.share),
        "low": 100 * low,
        "middle": 100 * kept.share,
        "high": 100 * high,
        "usual": 100 * usual,
        "faint": kept.people < FEWEST_RATED,
        "label": _("%(of)s; likely %(low)s to %(high)s")
        % {"of": of_all(kept.came, kept.people), "low": percent(low), "high": percent(high)},
    }


def _truth(truth: Truth) -> dict[str, str]:
    chip, icon = CHIPS[truth]
    return {"chip": chip, "icon": icon, "truth": truth_words()[truth]}


def distance_in_words(one: Judgements) -> str:
    """Whether the expectations told people apart better than one guess for all of them."""
    if one.predicted < FEWEST_RATED:
        return ""
    if one.distance < one.plain_distance - 0.005:
        return _(
            "The expectations told people apart: they lay nearer to what came than one guess for everybody would have."
        )
    if one.distance > one.plain_distance + 0.005:
        return _("One guess for everybody would have lain nearer to what came than these expectations.")
    return _("These expectations lay as near to what came as one guess for everybody would have.")
