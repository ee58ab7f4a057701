"""What stayed of an import that was taken back, and why, in sentences."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.exchange import words


def kept_words(kept: dict[str, int]) -> list[str]:
    """What stays when an import is taken back, and why, a sentence for each reason."""
    said = []
    for code, number in sorted(kept.items(), key=lambda one: (-one[1], one[0])):
        why = KEPT.get(code.removeprefix("used:")) or _something_else
        said.append(why(number) % {"n": counted(number)})
    return said


def _something_else(n: int) -> str:
    return ngettext(
        "%(n)s person stays, because something that is not from this file refers to her.",
        "%(n)s people stay, because something that is not from this file refers to them.",
        n,
    )


KEPT: dict[str, Callable[[int], str]] = {
    "changed": lambda n: ngettext(
        "%(n)s value stays, because somebody changed it since.",
        "%(n)s values stay, because somebody changed them since.",
        n,
    ),
    "edited": lambda n: ngettext(
        "%(n)s person stays, because somebody edited her record since.",
        "%(n)s people stay, because somebody edited their records since.",
        n,
    ),
    "corrected": lambda n: ngettext(
        "%(n)s thing that was seen stays, because somebody corrected it since.",
        "%(n)s things that were seen stay, because somebody corrected them since.",
        n,
    ),
    "tie": lambda n: ngettext(
        "%(n)s person stays, because a tie was written down for her since.",
        "%(n)s people stay, because ties were written down for them since.",
        n,
    ),
    "nomination": lambda n: ngettext(
        "%(n)s person stays, because she named somebody, or was named, since.",
        "%(n)s people stay, because they named somebody, or were named, since.",
        n,
    ),
    "ask": lambda n: ngettext(
        "%(n)s person stays, because it was written down since whom she asked, or that she was asked.",
        "%(n)s people stay, because it was written down since whom they asked, or that they were asked.",
        n,
    ),
    "bareyes": lambda n: ngettext(
        "%(n)s person stays, because something she took part in was written down since.",
        "%(n)s people stay, because something they took part in was written down since.",
        n,
    ),
    "assessment": lambda n: ngettext(
        "%(n)s person stays, because somebody assessed her since.",
        "%(n)s people stay, because somebody assessed them since.",
        n,
    ),
    "chainlink": lambda n: ngettext(
        "%(n)s person stays, because she is in a chain now.",
        "%(n)s people stay, because they are in a chain now.",
        n,
    ),
    "listedleader": lambda n: ngettext(
        "%(n)s person stays, because she is on the list of leaders now.",
        "%(n)s people stay, because they are on the list of leaders now.",
        n,
    ),
    "account": lambda n: ngettext(
        "%(n)s person stays, because she may sign in now.",
        "%(n)s people stay, because they may sign in now.",
        n,
    ),
    "affiliation": lambda n: ngettext(
        "%(n)s person stays, because it was written down since where she belongs.",
        "%(n)s people stay, because it was written down since where they belong.",
        n,
    ),
    "placement": lambda n: ngettext(
        "%(n)s person stays, because somebody placed her in a unit since.",
        "%(n)s people stay, because somebody placed them in a unit since.",
        n,
    ),
    "contactpoint": lambda n: ngettext(
        "%(n)s person stays, because somebody added a way to reach her since.",
        "%(n)s people stay, because somebody added ways to reach them since.",
        n,
    ),
    "personname": lambda n: ngettext(
        "%(n)s person stays, because somebody added another name of hers since.",
        "%(n)s people stay, because somebody added other names of theirs since.",
        n,
    ),
    "other_import": lambda n: ngettext(
        "%(n)s thing stays, because another file that is in says it too.",
        "%(n)s things stay, because other files that are in say them too.",
        n,
    ),
    "forgotten": lambda n: ngettext(
        "%(n)s person was forgotten at her wish; only the count of her stays.",
        "%(n)s people were forgotten at their wish; only the count of them stays.",
        n,
    ),
    "merged": lambda n: ngettext(
        "%(n)s person stays, because her record was merged with another since.",
        "%(n)s people stay, because their records were merged with others since.",
        n,
    ),
    "unit": lambda n: ngettext(
        "%(n)s unit stays, because people stand in it or a campaign counts it.",
        "%(n)s units stay, because people stand in them or a campaign counts them.",
        n,
    ),
    "shift": lambda n: ngettext(
        "%(n)s shift stays, because people work in it.", "%(n)s shifts stay, because people work in them.", n
    ),
    "institution": lambda n: ngettext(
        "%(n)s institution stays, because others belong to it.",
        "%(n)s institutions stay, because others belong to them.",
        n,
    ),
    "occasion": lambda n: ngettext(
        "%(n)s act stays, because more was written down about it.",
        "%(n)s acts stay, because more was written down about them.",
        n,
    ),
}


def kept_in_words(what: str, why: str) -> str:
    """What stayed of one row, and why: a short sentence."""
    reason = _whys().get(why) or _("something else refers to her")
    return f"{_whats().get(what) or words.FIELD_LABELS.get(what, what)}: {reason}"


def _whats() -> dict[str, str]:
    return {
        "person": _("the person"),
        "name": _("another name"),
        "contact": _("a way to reach her"),
        "placement": _("her place in a unit"),
        "affiliation": _("where she belongs"),
        "tie": _("a tie"),
        "nomination": _("a nomination"),
        "ask": _("an ask"),
        "yes": _("that she took part"),
        "assessment": _("an assessment"),
    }


def _whys() -> dict[str, str]:
    return {
        "edited": _("somebody edited her record since"),
        "other_import": _("another file that is in says it too"),
        "corrected": _("somebody corrected it since"),
        "merged": _("her record was merged with another since"),
        "forgotten": _("she was forgotten at her wish"),
        "changed": _("somebody changed it since"),
        "used:chainlink": _("she is in a chain now"),
        "used:listedleader": _("she is on the list of leaders now"),
        "used:account": _("she may sign in now"),
        "used:tie": _("a tie was written down for her since"),
        "used:nomination": _("somebody named her, or she named somebody, since"),
    }
