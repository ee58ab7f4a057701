"""The invented hospital is the same for the same lot, alive, and keeps its truth hidden."""

import numpy as np
import pytest

from commonweal.demo.chains import CAPACITY
from commonweal.demo.committee import BO, CAST, CLEO, convene
from commonweal.demo.hospital import DEPARTMENTS, OCCASIONS, UNREACHED
from commonweal.demo.invention import invent
from commonweal.demo.loading import LOT
from commonweal.demo.staff import NOBODY


@pytest.fixture(scope="module")
def hospital():
    return invent(LOT)


@pytest.fixture(scope="module")
def committee(hospital):
    return convene(hospital, LOT)


def test_the_same_lot_invents_the_same_hospital(hospital, committee):
    again = invent(LOT)
    assert convene(again, LOT) == committee
    assert again.staff.given == hospital.staff.given
    assert (again.asks, again.nominations, again.bonds) == (hospital.asks, hospital.nominations, hospital.bonds)


def test_every_unit_has_the_people_of_the_chart(hospital):
    for place, department in enumerate(DEPARTMENTS):
        for shift, heads in enumerate(department.heads):
            assert ((hospital.staff.unit == place) & (hospital.staff.shift == shift)).sum() == heads
    assert hospital.staff.n == 1187


def test_each_act_is_harder_than_the_one_before(hospital):
    shares = hospital.came.mean(axis=0)
    assert len(shares) == len(OCCASIONS) == 5
    assert (np.diff(shares) < 0).all()


def test_nobody_was_asked_where_nobody_has_been(hospital):
    reached = {asked for _, _, asked, _ in hospital.asks}
    blank = [one for one in range(hospital.staff.n) if not hospital.staff.reached(one)]
    assert len(blank) == sum(
        department.heads[shift] for department in DEPARTMENTS for name, shift in UNREACHED if name == department.name
    )
    assert reached.isdisjoint(blank)


def test_true_leaders_move_people_who_would_not_come_by_themselves(hospital):
    staff = hospital.staff
    came = {True: [0, 0], False: [0, 0]}
    for _, asker, _, outcome in hospital.asks:
        if asker != NOBODY and outcome in ("did", "did_not"):
            came[bool(staff.is_leader[asker])][outcome == "did"] += 1
    share = {leads: yes / (yes + no) for leads, (no, yes) in came.items()}
    assert share[True] > share[False] + 0.1


def test_the_list_has_all_six_states(committee):
    assert set(committee.stages.values()) == {"target", "identified", "approached", "won", "tested", "lost"}


def test_nobody_walks_with_two_leaders_and_no_chain_is_too_long(committee):
    followers = [follower for chain in committee.chains.values() for follower in chain]
    assert len(followers) == len(set(followers))
    assert set(followers).isdisjoint(committee.stages)
    assert max(len(chain) for chain in committee.chains.values()) <= CAPACITY


def test_bo_leads_and_cleo_walks_with_him(committee, hospital):
    assert committee.cast[CLEO] in committee.chains[committee.cast[BO]]
    assert hospital.staff.pull[committee.cast[BO]] > 0.9
    assert len(set(committee.cast.values())) == len(CAST) + 1
