"""What is done the quick way for plain texts is what the long way does."""

from hypothesis import given, strategies

from commonweal.people.rules import folded, normal_phone

PLAIN = strategies.text(strategies.characters(codec="ascii"), max_size=40)
TEN = strategies.from_regex(r"\A\(?[2-9][0-9]{2}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}\Z")


@given(PLAIN)
def test_plain_letters_are_folded_like_any_others(text: str) -> None:
    """Beside an accented letter the text goes the long way."""
    assert folded(f"é {text}") == f"e {folded(text)}".strip()


@given(TEN, strategies.sampled_from(["US", "CA"]))
def test_ten_digits_are_read_like_a_number_with_its_country(text: str, region: str) -> None:
    assert normal_phone(text, region) == normal_phone(f"+1 {text}", region)
