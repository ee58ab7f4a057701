"""Shares and ranges as people say them, and as lengths of a drawing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from commonweal.common.counts import counted


def percent(share: float) -> str:
    """A share in whole per cent, as its reader writes it."""
    return _("%(share)s%%") % {"share": round(100 * share)}


def of_all(part: int, whole: int) -> str:
    """So many of so many."""
    return _("%(part)s of %(whole)s") % {"part": counted(part), "whole": counted(whole)}


def length(share: float) -> str:
    """A share as a length of an SVG drawing; the point of a decimal stays a point in every language."""
    return f"{100 * min(max(share, 0.0), 1.0):.1f}%"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "Pharmacy, Surgery and Laboratory"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def range_of(low: float, high: float) -> str:
    """A range of shares."""
    return _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)}


def between(low: float, high: float) -> str:
    """A range of whole people; a range of one is that one."""
    one, other = round(low), round(high)
    return (
        str(counted(one)) if one == other else _("%(low)s to %(high)s") % {"low": counted(one), "high": counted(other)}
    )
