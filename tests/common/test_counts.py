"""A count is written as its reader writes it, and stays a number for the machine."""

import json

import pytest
from django.template import Context, Template
from django.utils.translation import override

from commonweal.common.counts import counted


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("en", 999, "999"),
        ("en", 1203, "1,203"),
        ("en", 1234567, "1,234,567"),
        ("es", 1203, "1203"),
        ("es", 9999, "9999"),
        ("es", 10000, "10\xa0000"),
        ("es", 1234567, "1\xa0234\xa0567"),
        ("es-mx", 1203, "1203"),
    ],
)
def test_thousands_stand_apart_as_the_language_has_it(language, number, written):
    with override(language):
        assert f"{counted(number)}" == "%(n)s" % {"n": counted(number)} == written  # noqa: UP031
        assert Template("{{ number|counted }}").render(Context({"number": number})) == written


def test_a_counted_sentence_chooses_its_plural_and_writes_its_number():
    sentence = Template(
        "{% load i18n %}{% blocktranslate count number=n|counted with all=all|counted %}"
        "One of {{ all }}{% plural %}{{ number }} of {{ all }}{% endblocktranslate %}"
    )
    assert sentence.render(Context({"n": 1, "all": 1203})) == "One of 1,203"
    assert sentence.render(Context({"n": 1100, "all": 1203})) == "1,100 of 1,203"


def test_a_counted_number_goes_into_a_file_as_a_number():
    assert json.dumps({"n": counted(1203)}) == '{"n": 1203}'


@pytest.mark.parametrize("other", [None, "", "many", True])
def test_what_is_no_count_stays_as_it_is(other):
    assert counted(other) is other
