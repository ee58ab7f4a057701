"""Languages are named in the reader's own."""

from django.utils import translation

from commonweal.common.languages import LANGUAGES, spoken
from commonweal.exchange.rules import cells


def test_a_language_is_named_in_the_language_of_the_reader() -> None:
    assert spoken(["es", "ht", "xyz"]) == "Spanish, Haitian Creole, xyz"
    with translation.override("es"):
        assert spoken(["es", "ht", "xyz"]) == "español, criollo haitiano, xyz"


def test_every_language_a_file_may_bring_has_a_name() -> None:
    assert set(cells.LANGUAGES) <= set(LANGUAGES)
