"""Counts as people read them: 1,203 in English; in Spanish 1203, and with a space that does not break from 10 000 on."""

from __future__ import annotations

from typing import TypeVar

from django.utils.formats import number_format
from django.utils.translation import get_language

T = TypeVar("T")

# The smallest number whose thousands are set apart, where it is not 1,000 (the CLDR's minimumGroupingDigits).
GROUPED_FROM = {"es": 10_000}


class Count(int):
    """A number like any other to all who reckon with it, and grouped for whoever reads it as text."""

    def __str__(self) -> str:
        plain = int(self)
        language = (get_language() or "en").partition("-")[0]
        if abs(plain) < GROUPED_FROM.get(language, 1000):
            return int.__repr__(self)
        return number_format(plain, use_l10n=True, force_grouping=True)


def counted(number: T) -> T | Count:
    """The count as its reader writes it; what is no whole number stays as it is. Never for an attribute or a file."""
    return Count(number) if isinstance(number, int) and not isinstance(number, bool) else number
