from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.reckoning.next_talks import Hole, Known, Reason, TalksRefused, belief_of, choose, worth_of
from commonweal.reckoning.next_talks.belief import LEADERS, rates
from commonweal.reckoning.next_talks.conversations import answers_of, hold_talks, known_after
from commonweal.reckoning.next_talks.worth import PEOPLE_A_LEADER, fall_of_doubt
from commonweal.reckoning.worlds import workplace


def place(groups: int = 2, size: int = 20, heard: list[int] | None = None, **rows: object) -> Known:
    """Some groups of equal size; who was heard was talked with too."""
    told = np.isin(np.arange(groups * size), heard or [])
    return Known(group=np.repeat(np.arange(groups), size), talked=told, heard=told, **rows)  # type: ignore[arg-type]


def test_before_anybody_is_heard_one_in_ten_leads():
    assert belief_of(place()).leads == pytest.approx(np.full(40, LEADERS))


def test_whom_several_name_likely_leads_and_who_could_have_been_named_and_was_not_less_than_before():
    belief = belief_of(place(heard=[0, 1, 2], nominator=[0, 1, 2], nominee=[9, 9, 9]))
    assert belief.leads[9] > 3 * LEADERS
    assert belief.leads[10] < LEADERS
    assert belief.leads[30] == pytest.approx(LEADERS)


def test_a_name_under_three_questions_is_one_voice():
    once = belief_of(place(heard=[0], nominator=[0], nominee=[9]))
    thrice = belief_of(place(heard=[0], nominator=[0, 0, 0], nominee=[9, 9, 9]))
    assert thrice.leads == pytest.approx(once.leads)
    assert thrice.named_by[9] == 1


@given(st.floats(0.001, 0.999), st.floats(0.0, 2.0))
@settings(max_examples=60)
def test_the_fall_of_doubt_is_what_going_through_both_answers_gives(leads, chance):
    ordinary, leader = rates()
    seen = {True: 1 - np.exp(-chance * leader), False: 1 - np.exp(-chance * ordinary)}
    left = 0.0
    for named in (True, False):
        if_leader = seen[True] if named else 1 - seen[True]
        if_not = seen[False] if named else 1 - seen[False]
        answer = leads * if_leader + (1 - leads) * if_not
        if answer > 0:
            after = leads * if_leader / answer
            left += answer * after * (1 - after)
    fall = fall_of_doubt(np.array([leads]), np.array([chance]))[0]
    assert fall == pytest.approx(leads * (1 - leads) - left, abs=1e-9)


def test_somebody_whom_two_name_and_nobody_has_talked_with_comes_first():
    known = place(heard=[0, 1], nominator=[0, 1], nominee=[9, 9])
    [first] = choose(known, worth_of(known), limit=1, lot=1, among=~known.talked)
    assert (first.person, first.reasons[0]) == (9, Reason.NAMED)
    assert (first.named_by, first.group_size, first.group_told) == (2, 20, 2)


def test_once_talked_with_her_worth_is_gone():
    known = place(heard=[0, 1], nominator=[0, 1], nominee=[9, 9])
    told = known.heard | (np.arange(40) == 9)
    after = worth_of(replace(known, talked=told, heard=told))
    assert after.total[9] == 0.0
    assert worth_of(known).total[9] > 2


def test_an_unmapped_group_is_worth_more_than_one_where_half_have_told():
    known = place(heard=list(range(10)), nominator=list(range(1, 10)), nominee=[0] * 9)
    parts = worth_of(known).parts[Reason.UNMAPPED]
    assert parts[25] > parts[15] > 0


def test_her_naming_decides_between_two_whom_she_knows():
    known = place(heard=[0, 1, 2, 3], nominator=[0, 1, 2, 3], nominee=[9, 9, 8, 8], tie_one=[15, 15], tie_other=[9, 8])
    worth = worth_of(known)
    assert worth.in_doubt[[8, 9]].all()
    decides = worth.parts[Reason.DECIDES]
    assert decides[15] > 2 * decides[16] > 0
    [first] = choose(known, worth, limit=1, lot=1, only=Reason.DECIDES, among=~known.talked)
    assert first.person == 15
    assert sorted(first.candidates) == [8, 9]


def test_who_alone_joins_two_groups_is_a_bridge_and_is_none_once_others_join_them():
    alone = worth_of(place(tie_one=[0], tie_other=[20]))
    assert alone.parts[Reason.BRIDGE][0] > 0
    assert (alone.bridge_to[0], alone.bridge_to[20]) == (1, 0)
    shared = worth_of(place(tie_one=[0, 1], tie_other=[20, 21]))
    assert shared.parts[Reason.BRIDGE].tolist() == [0.0] * 40


def test_a_bridge_of_several_ties_from_one_person_still_is_one():
    several = worth_of(place(tie_one=[0, 0, 0], tie_other=[20, 21, 22]))
    assert np.flatnonzero(several.parts[Reason.BRIDGE]).tolist() == [0]


def test_an_institution_is_unreached_until_somebody_of_it_was_talked_with():
    rows = {"member": [4, 5, 6, 24, 25, 26], "institution": [7] * 6}
    blank = worth_of(place(**rows))
    assert np.flatnonzero(blank.parts[Reason.INSTITUTION]).tolist() == [4, 5, 6, 24, 25, 26]
    assert blank.institution[24] == 7
    assert worth_of(place(heard=[25], **rows)).parts[Reason.INSTITUTION].sum() == 0


def test_a_hole_counts_half_of_the_holes_of_its_chain():
    leader, hole = np.full(40, -1), np.zeros(40, dtype=int)
    leader[1:7] = 0
    hole[[1, 2, 3]] = [Hole.DID_NOT_COME, Hole.DID_NOT_COME, Hole.NOT_ASKED]
    known = place(heard=list(range(7)), leader=leader, hole=hole)
    worth = worth_of(known)
    assert worth.parts[Reason.HOLE][:5].tolist() == [0.0, 1.5, 1.5, 1.5, 0.0]
    [first] = choose(known, worth, limit=1, lot=1, only=Reason.HOLE)
    assert (first.reasons[0], first.holes) == (Reason.HOLE, 3)


def test_the_parts_add_up_and_none_is_below_nothing():
    world = workplace(3, units=6, tests=1)
    talked = np.random.default_rng(1).random(world.n_people) < 0.2
    worth = worth_of(known_after(world, answers_of(world, 3), talked))
    assert worth.total == pytest.approx(sum(worth.parts.values()))
    assert all(part.min() >= 0 for part in worth.parts.values())
    assert worth.parts[Reason.NAMED].max() <= PEOPLE_A_LEADER


def test_equal_people_are_chosen_from_different_corners():
    known = place(groups=5)
    chosen = choose(known, worth_of(known), limit=5, lot=1)
    assert sorted(one.person // 20 for one in chosen) == [0, 1, 2, 3, 4]


def test_a_choice_that_varies_does_not_give_one_reason_only():
    leader, hole = np.full(100, -1), np.zeros(100, dtype=int)
    leader[50:53], hole[50:53] = 60, Hole.DID_NOT_COME
    told = list(range(3)) + list(range(50, 53))
    rows = {"nominator": [0, 1, 2] * 3, "nominee": [9] * 3 + [29] * 3 + [49] * 3, "leader": leader, "hole": hole}
    known = place(groups=5, heard=told, **rows)
    worth = worth_of(known)
    among = worth.total > 0
    plain = choose(known, worth, limit=3, lot=1, among=among)
    varied = choose(known, worth, limit=3, lot=1, among=among, vary=4.0)
    assert [one.reasons[0] for one in plain] == [Reason.NAMED] * 3
    assert {one.reasons[0] for one in varied} > {Reason.NAMED}
    assert varied[0] == plain[0]


def test_the_choice_is_the_same_for_the_same_lot_and_keeps_to_those_who_may_be_chosen():
    known = place(groups=3)
    worth, among = worth_of(known), np.arange(60) % 2 == 0
    first = choose(known, worth, limit=8, lot=5, among=among)
    assert [one.person for one in first] == [one.person for one in choose(known, worth, limit=8, lot=5, among=among)]
    assert len(first) == 8
    assert all(one.person % 2 == 0 for one in first)
    assert choose(known, worth, limit=8, lot=6, among=among) != first


def test_nobody_at_all_is_nobody_to_talk_with():
    nobody = Known(group=np.zeros(0), talked=np.zeros(0), heard=np.zeros(0))
    assert choose(nobody, worth_of(nobody), limit=3, lot=1) == []


def test_people_who_are_placed_nowhere_can_be_talked_with():
    known = Known(group=[-1, -1, 0], talked=[0, 1, 0], heard=[0, 1, 0], nominator=[1, 2], nominee=[0, 0])
    chosen = choose(known, worth_of(known), limit=3, lot=1, among=~known.talked)
    assert {one.person for one in chosen} == {0, 2}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"talked": [True]}, "talked has 1 entries for 3 people"),
        ({"nominator": [0], "nominee": [3]}, "nominee holds a person outside 0..2"),
        ({"tie_one": [0], "tie_other": []}, "differ in length"),
        ({"leader": [3, -1, -1]}, "leaders below 3"),
    ],
)
def test_arrays_that_describe_no_place_are_refused(rows, why):
    with pytest.raises(TalksRefused, match=why):
        Known(**({"group": [0, 0, 0], "talked": [0, 0, 0], "heard": [0, 0, 0]} | rows))


def test_the_order_needs_fewer_talks_than_chance_until_the_true_leaders_are_known():
    until: dict[str, list[float]] = {"worth": [], "random": [], "by degree": [], "most named": []}
    for lot in range(6):
        world = workplace(lot, units=8, tests=1)
        answers = answers_of(world, lot)
        for order, talks in until.items():
            progress = hold_talks(world, answers, order=order, lot=lot)
            level = 0.75 * progress.found[-1]
            talks.append(progress.talks_until(progress.known, level) / world.n_people)
    mean = {order: float(np.mean(talks)) for order, talks in until.items()}
    assert mean["worth"] < 0.6 * mean["random"]
    assert mean["worth"] < 0.75 * mean["by degree"]
    assert mean["worth"] < mean["most named"], "what is learnt counts too, not only who is named"
