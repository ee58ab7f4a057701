from hypothesis import given
from hypothesis import strategies as some

from commonweal.common.content_lines import escaped, folded_line


def test_values_are_escaped_as_the_standard_says() -> None:
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


@given(some.text(some.characters(exclude_characters="\r\n", codec="utf-8"), max_size=400))
def test_lines_are_folded_at_75_octets_and_come_back_whole(line: str) -> None:
    *parts, end = folded_line(line).split("\r\n")
    assert end == ""
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part.startswith(" ") for part in parts[1:])
