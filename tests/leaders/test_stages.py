"""The life of a listed leader as a table."""

import pytest

from commonweal.leaders.rules.stages import NEXT, STAGES, check_table, may_begin, may_follow
from commonweal.leaders.words import Stage


def test_the_table_knows_the_stages_of_the_vocabulary() -> None:
    assert list(NEXT) == list(STAGES) == Stage.values


def test_a_target_is_not_won_at_one_stroke() -> None:
    assert not may_follow("won", "target")
    assert may_follow("approached", "target")


def test_whoever_was_lost_can_be_approached_again() -> None:
    assert may_follow("approached", "lost")


def test_nobody_comes_onto_the_list_tested_or_lost() -> None:
    assert [stage for stage in STAGES if may_begin(stage)] == ["target", "identified", "approached", "won"]


@pytest.mark.parametrize(
    "table",
    [
        {**NEXT, "won": ()},
        {**NEXT, "won": ("won",)},
        {**NEXT, "won": ("elected",)},
        {**NEXT, "won": ("lost",), "lost": ("target",)},
    ],
    ids=["dead end", "itself", "unknown", "tested never reached"],
)
def test_a_broken_table_does_not_load(table: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ValueError):
        check_table(table)
