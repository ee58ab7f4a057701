"""What a test says of a leader, case by case."""

import pytest

from commonweal.structure_tests.reads.organizers import Judgements, Kept
from commonweal.structure_tests.rules.readings import (
    ChainSeen,
    Reach,
    Reading,
    Truth,
    is_hole,
    reach_of,
    reading_of,
    truth_of,
)

# people, asked, came, refused, with_other, alone, expected, low, marks say who asked -> reading
CASES = {
    "more than expected": ((18, 14, 12, 2, 0, 0, 8.6, 6.5, True), Reading.DELIVERS),
    "just what anybody would have got": ((12, 10, 6, 4, 0, 0, 6.4, 4.5, True), Reading.DELIVERS),
    "a little less than expected": ((12, 10, 5, 5, 0, 0, 6.4, 4.5, True), Reading.TOO_EARLY),
    "at the low end of what is likely": ((12, 10, 5, 5, 0, 0, 6.9, 5.0, True), Reading.TOO_EARLY),
    "below what is likely": ((10, 8, 2, 6, 0, 0, 3.9, 2.5, True), Reading.DOES_NOT_DELIVER),
    "nobody came and hardly anybody was expected": ((8, 8, 0, 8, 0, 0, 0.4, 0.0, True), Reading.TOO_EARLY),
    "three of three": ((6, 3, 3, 0, 0, 0, 2.0, 1.2, True), Reading.TOO_EARLY),
    "four answers of nine asked": ((9, 9, 0, 4, 0, 0, 3.0, 1.5, True), Reading.TOO_EARLY),
    "could not is not a no": ((12, 12, 4, 0, 0, 0, 3.0, 1.5, True), Reading.TOO_EARLY),
    "five answers are enough": ((9, 5, 0, 5, 0, 0, 3.0, 1.5, True), Reading.DOES_NOT_DELIVER),
    "she asked nobody": ((27, 0, 0, 0, 0, 0, 0.0, 0.0, True), Reading.NOT_ASKED),
    "she asked nobody and two came with another": ((27, 0, 0, 0, 2, 0, 0.0, 0.0, True), Reading.NOT_ASKED),
    "she asked nobody and three came with another": ((27, 0, 0, 0, 3, 0, 0.0, 0.0, True), Reading.WRONG_LEADER),
    "as many with another as with her": ((14, 9, 4, 5, 4, 0, 4.0, 2.5, True), Reading.DELIVERS),
    "more with another than with her": ((14, 9, 3, 6, 5, 0, 4.0, 2.5, True), Reading.TOO_EARLY),
    "twice as many with another as with her": ((14, 9, 2, 7, 4, 0, 4.0, 2.5, True), Reading.WRONG_LEADER),
    "they came by themselves": ((14, 5, 1, 4, 0, 5, 3.0, 1.5, True), Reading.WRONG_LEADER),
    "on a sheet that does not say who asked": ((14, 0, 0, 0, 0, 9, 0.0, 0.0, False), Reading.NOT_ASKED),
}


@pytest.mark.parametrize(("seen", "reading"), CASES.values(), ids=CASES)
def test_a_leader_is_read_by_what_her_people_did(seen: tuple[object, ...], reading: Reading) -> None:
    assert reading_of(ChainSeen(*seen)) == reading  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "reach"),
    [(0.7, Reach.BOTH), (0.699, Reach.OWN), (0.5, Reach.OWN), (0.499, Reach.UNDER), (0.0, Reach.UNDER)],
)
def test_a_unit_stands_over_a_threshold_that_it_reaches_exactly(share: float, reach: Reach) -> None:
    assert reach_of(share, threshold=0.7, unit_threshold=0.5) == reach


def test_where_every_unit_must_reach_more_than_all_together_it_is_held_to_that() -> None:
    assert reach_of(0.4, threshold=0.35, unit_threshold=0.5) == Reach.UNDER


def test_a_unit_in_which_nobody_could_take_part_is_no_hole() -> None:
    assert not is_hole(eligible=0, share=0.0, unit_threshold=0.5)
    assert is_hole(eligible=1, share=0.0, unit_threshold=0.5)
    assert not is_hole(eligible=2, share=0.5, unit_threshold=0.5)


@pytest.mark.parametrize(
    ("said", "came", "seen", "truth"),
    [
        (0.95, 19, 20, Truth.TRUE),
        (0.95, 12, 20, Truth.TOO_HIGH),
        (0.05, 8, 20, Truth.TOO_LOW),
        (0.95, 0, 4, Truth.TOO_FEW),
        (0.45, 1, 5, Truth.TRUE),
        (0.5, 1, 5, Truth.TOO_HIGH),
    ],
)
def test_a_judgement_is_true_while_what_came_could_have_come_of_it(
    said: float, came: int, seen: int, truth: Truth
) -> None:
    assert truth_of(said, came=came, seen=seen) == truth


def test_sayings_are_scored_by_their_distance_from_what_came() -> None:
    said = {"sure": Kept(people=4, came=3), "no": Kept(people=1, came=1), "even": Kept(people=2, came=1)}
    by_hand = (3 * 0.05**2 + 0.95**2 + 0.95**2 + 2 * 0.5**2) / 7
    assert Judgements(expectations=said).distance == pytest.approx(by_hand)
    assert Judgements().distance == 0.0
