"""A day is written one way on every page, with its month as a word."""

from datetime import UTC, date, datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

DAY, HOUR = date(2026, 8, 6), datetime(2026, 8, 6, 18, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "form", "written"),
    [
        ("en", "SHORT_DATE_FORMAT", "6 Aug 2026"),
        ("en", "DATE_FORMAT", "6 August 2026"),
        ("en", "MONTH_DAY_FORMAT", "6 August"),
        ("en", "SHORT_DATETIME_FORMAT", "6 Aug 2026, 18:42"),
        ("es", "SHORT_DATE_FORMAT", "6 ago 2026"),
        ("es", "DATE_FORMAT", "6 de agosto de 2026"),
        ("es", "MONTH_DAY_FORMAT", "6 de agosto"),
        ("es-mx", "SHORT_DATETIME_FORMAT", "6 ago 2026, 18:42"),
    ],
)
def test_a_month_is_a_word_in_the_language_of_the_reader(language: str, form: str, written: str) -> None:
    with override(language):
        assert date_format(HOUR if "TIME" in form else DAY, form) == written
