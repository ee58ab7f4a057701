"""Numbers on the command line, each with the range it must lie in."""

from __future__ import annotations

import argparse
import math

from commonweal.cli.words import gettext as _


def share(word: str) -> float:
    """A share above 0 and up to 1."""
    value = _number(word)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(_("%(word)s is not a share above 0 and up to 1") % {"word": word})
    return value


def room(word: str) -> int:
    """A whole number from 1 up."""
    value = int(word)
    if value < 1:
        raise argparse.ArgumentTypeError(_("%(word)s is below 1") % {"word": word})
    return value


def whole(word: str) -> int:
    """A whole number from 0 up."""
    value = int(word)
    if value < 0:
        raise argparse.ArgumentTypeError(_("%(word)s is below 0") % {"word": word})
    return value


def place(word: str) -> float:
    """Any number that is one: a place in an order."""
    value = _number(word)
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(_("%(word)s is not a number") % {"word": word})
    return value


def _number(word: str) -> float:
    try:
        return float(word.replace(",", "."))
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("%(word)s is not a number") % {"word": word}) from error
