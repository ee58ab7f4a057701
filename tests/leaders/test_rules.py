"""Verdicts, coins and holes, on plain values."""

from hypothesis import given
from hypothesis import strategies as st

from commonweal.leaders.rules.acts import EVERYBODY_STAYS
from commonweal.leaders.rules.holes import Group, holes
from commonweal.leaders.rules.tosses import fallen, lot_of
from commonweal.leaders.rules.verdicts import order_of_evidence, too_close_to_call, verdict_in_words
from commonweal.ledger.words import VERBS


def test_pull_that_nobody_names_is_said_so() -> None:
    assert verdict_in_words("lifts", named_by=0, high=30.0) == "unnamed"
    assert verdict_in_words("lifts", named_by=1, high=30.0) == "lifts"


def test_named_by_many_and_at_best_hardly_above_the_usual_is_loud() -> None:
    assert verdict_in_words("cannot_tell", named_by=3, high=9.0) == "loud"
    assert verdict_in_words("cannot_tell", named_by=2, high=9.0) == "cannot_tell"
    assert verdict_in_words("cannot_tell", named_by=9, high=25.0) == "cannot_tell"


def test_after_one_act_no_verdict_is_given_however_many_name_her() -> None:
    assert verdict_in_words("few_tests", named_by=40, high=None) == "one_test"


def test_whoever_holds_back_is_laid_out_last_and_equal_evidence_shares_a_place() -> None:
    def key(verdict: str, low: float | None = None, named: int = 0) -> tuple[int, int, int]:
        return order_of_evidence(verdict, low=low, named_apart=named, ties=0)

    assert sorted([key("holds_back", named=9), key("too_early", named=1), key("lifts", 5.0)]) == [
        key("lifts", 5.0),
        key("too_early", named=1),
        key("holds_back", named=9),
    ]
    assert key("lifts", 5.1, named=1) == key("lifts", 4.9, named=7)


def test_four_in_five_draws_settle_it_and_fewer_do_not() -> None:
    assert too_close_to_call(0.5) and too_close_to_call(0.79) and too_close_to_call(0.21)
    assert not too_close_to_call(0.8) and not too_close_to_call(0.2)


@given(st.integers(0, 2**32 - 1), st.sets(st.uuids().map(str), min_size=1, max_size=40))
def test_the_coins_fall_in_halves_and_fall_the_same_for_the_same_lot(lot: int, people: set[str]) -> None:
    order = sorted(people)
    sides = fallen(lot, order)
    assert abs(sum(sides) - (len(sides) - sum(sides))) <= 1
    assert dict(zip(order, sides, strict=True)) == dict(zip(reversed(order), fallen(lot, order[::-1]), strict=True))


def test_a_person_falls_to_either_side_about_as_often() -> None:
    people = [f"person {number}" for number in range(7)]
    falls = sum(fallen(lot_of("a campaign", number), people)[0] for number in range(1000))
    assert 440 < falls < 560


def test_a_hole_is_three_or_more_people_with_whom_hardly_anybody_walks() -> None:
    groups = [
        Group(("shift", "night"), 7, 0),
        Group(("shift", "day"), 20, 2),
        Group(("shift", "evening"), 2, 0),
        Group(("language", "tl"), 30, 1),
    ]
    assert [group.key for group in holes(groups)] == [("language", "tl"), ("shift", "night")]


def test_acts_that_change_no_count_are_verbs_of_the_ledger() -> None:
    assert VERBS.keys() >= EVERYBODY_STAYS
