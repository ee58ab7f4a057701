"""How many different ones were seen, without keeping whom."""

from uuid import UUID, uuid5

import pytest

from commonweal.common.distinct import DARK, LAMPS, how_many, is_lit, laid_over, lit

SPACE = UUID(int=7)


def crowd(number: int, of: str = "mill") -> list[UUID]:
    return [UUID(bytes=uuid5(SPACE, f"{of} {place}").bytes, version=4) for place in range(number)]


@pytest.mark.parametrize(("number", "off"), [(0, 0), (1, 0), (20, 1), (200, 6), (1500, 45), (6000, 180)])
def test_a_board_counts_to_a_few_in_a_hundred(number: int, off: int) -> None:
    assert abs(how_many(lit(crowd(number))) - number) <= off


def test_whoever_is_seen_again_counts_once() -> None:
    board = lit(crowd(100))
    assert lit(crowd(100), board) == board
    assert laid_over(board, board, DARK) == board


def test_two_boards_together_count_the_different_ones_of_both() -> None:
    one, other = lit(crowd(300)), lit([*crowd(150), *crowd(150, "parish")])
    assert laid_over(one, other) == lit([*crowd(300), *crowd(150, "parish")])


def test_a_board_knows_whom_it_saw_and_can_be_wrong_only_to_her_good() -> None:
    board = lit(crowd(200))
    assert all(is_lit(board, one) for one in crowd(200))
    strangers = crowd(2000, "parish")
    assert sum(is_lit(board, one) for one in strangers) < len(strangers) * 200 / LAMPS * 2


def test_a_full_board_says_as_many_as_it_can() -> None:
    assert how_many(b"\xff" * len(DARK)) > 70_000
