"""How names, numbers and questions are read."""

import pytest

from commonweal.people.rules import folded, normal_email, normal_phone, sort_name, sounds_like, split_name
from commonweal.people.rules.questions import asked


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("José Ñáñez-O’Neill", "jose nanez oneill"),
        ("  Łukasz   Ødegård ", "lukasz odegard"),
        ("STRAßE", "strasse"),
        ("<b>Bo</b>", "b bo b"),
        ("", ""),
    ],
)
def test_a_folded_name_has_plain_small_letters_only(written: str, plain: str) -> None:
    assert folded(written) == plain


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("GARCIA LOPEZ, MARIA JOSE", "Maria Jose", "Garcia Lopez"),
        ("Rosa García López", "Rosa", "García López"),
        ("Mary Ann Smith", "Mary Ann", "Smith"),
        ("Juan de la Cruz", "Juan", "de la Cruz"),
        ("María José Pérez Ruiz", "María José", "Pérez Ruiz"),
        ("Dr. Bo Adeyemi Jr.", "Bo", "Adeyemi"),
        ("Cher", "Cher", ""),
        ("O'NEILL, SHAUN", "Shaun", "O'Neill"),
        ("VU, GRACE", "Grace", "Vu"),
        ("NG, MJ", "MJ", "Ng"),
    ],
)
def test_a_written_name_falls_into_given_and_family_name(written: str, given: str, family: str) -> None:
    assert split_name(written) == (given, family)


def test_lists_are_ordered_by_the_family_name() -> None:
    assert sort_name("Rosa", "García López") == "garcia lopez rosa"


@pytest.mark.parametrize(
    ("one", "other"), [("gonzalez", "gonsales"), ("jimenez", "gimenez"), ("hernandez", "ernandes")]
)
def test_names_that_sound_alike_have_one_key(one: str, other: str) -> None:
    assert sounds_like(one) == sounds_like(other)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(212) 555-0199", "+12125550199"),
        ("+52 55 1234 5678", "+525512345678"),
        ("12", None),
        ("call me", None),
        ("", None),
    ],
)
def test_a_telephone_number_is_written_one_way(written: str, number: str | None) -> None:
    assert normal_phone(written, "US") == number


def test_an_address_is_found_in_what_was_written() -> None:
    assert normal_email("Rosa <ROSA@Mill.org>") == "rosa@mill.org"
    assert normal_email("rosa@mill") is None


def test_a_question_falls_into_words_numbers_and_ties() -> None:
    assert asked("rosa nights").words == ("rosa", "nights")
    assert asked("knows Rosa Diaz, nights").knows == ("rosa", "diaz")
    assert asked("knows Rosa Diaz, nights").words == ("nights",)
    assert asked("conoce a Rosa").knows == ("rosa",)
    assert asked("rosa sin cadena").in_no_chain
    assert asked("in no chain").words == ()
    assert asked("212 555 0199").numbers == ("212 555 0199",)
