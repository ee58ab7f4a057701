"""Planning, the roll, opening and closing."""

from datetime import date, timedelta

import pytest

from commonweal.common.scope import EVERYTHING
from commonweal.people.models import Assessment, ChainLink, Placement
from commonweal.structure_tests.models import Prediction, RollEntry
from commonweal.structure_tests.reads.roll import readiness
from commonweal.structure_tests.reads.sheets import blocks_by_chain
from commonweal.structure_tests.writes.drawing import redraw
from commonweal.structure_tests.writes.predictions import predict
from commonweal.structure_tests.writes.refusals import CannotBeAsked, DayOver, MeasuredAlready, NobodyToAsk, NotNow
from commonweal.structure_tests.writes.rolls import assign_asks, set_standing
from commonweal.structure_tests.writes.tests import close_test, open_test
from tests import village as cast
from tests.structure_tests.planned import AT, DAY, entry, opened, plan
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db


def test_the_roll_holds_who_stands_in_the_units_in_the_order_of_paper(village: Village):
    test = plan(village)
    names = RollEntry.objects.filter(test=test).order_by("line").values_list("person__name", "line")
    assert list(names) == [("Bo Adeyemi", 1), ("Cleo Ruiz", 2), ("Finn Novak", 3)]


def test_an_act_is_measured_by_one_test(village: Village):
    test = plan(village)
    with pytest.raises(MeasuredAlready):
        plan(village, occasion=test.occasion)


def test_redrawing_adds_who_came_drops_who_left_and_keeps_what_was_set(village: Village):
    test = plan(village)
    line = entry(test, village.cleo_person)
    set_standing(test=test, entries=[line.pk], standing="leave", by=village.ana.pk, at=AT)
    Placement.objects.filter(person=village.finn_person).update(until=date(2026, 3, 8))
    gil = cast.person("Gil Abel", village.weaving, village.day)
    assert (readiness(cast_scope(village), test).joined, readiness(cast_scope(village), test).gone) == (1, 1)
    drawn = redraw(test=test, by=village.ana.pk, at=AT)
    assert (drawn.added, drawn.gone, drawn.moved) == (1, 1, 0)
    assert entry(test, village.cleo_person).standing == "leave"
    assert entry(test, village.cleo_person).line == line.line
    assert entry(test, gil).line == 4
    assert not RollEntry.objects.filter(test=test, person=village.finn_person).exists()


def cast_scope(village: Village):
    from commonweal.accounts.reads import scope_of

    return scope_of(village.ana)


def test_opening_freezes_leader_asker_and_what_was_said(village: Village):
    test = plan(village)
    common = {"entered_at": THEN, "entered_by": None, "basis": "stated"}
    Assessment.objects.create(
        person=village.cleo_person, stance="3", reason="", on=date(2026, 3, 1), source="a", **common
    )
    Assessment.objects.create(
        person=village.cleo_person, stance="1", reason="", on=date(2026, 3, 5), source="b", **common
    )
    open_test(test=test, by=village.ana.pk, at=AT)
    line = entry(test, village.cleo_person)
    assert (line.leader_id, line.asker_id, line.stance) == (village.bo_person.pk, village.bo_person.pk, "1")


def test_a_follower_given_after_the_opening_does_not_count(village: Village):
    test = opened(village)
    ChainLink.objects.create(
        campaign=village.campaign,
        leader=village.bo_person,
        follower=village.finn_person,
        since=AT,
        why="claimed",
        source="x",
    )
    assert entry(test, village.finn_person).leader_id is None


def test_a_chain_that_changed_between_planning_and_opening_is_read_as_it_is_at_the_opening(village: Village):
    test = plan(village)
    ChainLink.objects.filter(follower=village.cleo_person).update(until=AT)
    ChainLink.objects.create(
        campaign=village.campaign,
        leader=village.finn_person,
        follower=village.cleo_person,
        since=AT,
        why="claimed",
        source="x",
    )
    open_test(test=test, by=village.ana.pk, at=AT)
    line = entry(test, village.cleo_person)
    assert (line.leader_id, line.asker_id) == (village.finn_person.pk, village.finn_person.pk)


def test_whoever_was_chosen_to_ask_stays_chosen_at_the_opening_and_gets_no_follower(village: Village):
    test = plan(village)
    line = entry(test, village.cleo_person)
    assign_asks(test=test, entries=[line.pk], asker=village.finn_person.pk, by=village.ana.pk, at=AT)
    open_test(test=test, by=village.ana.pk, at=AT)
    line.refresh_from_db()
    assert (line.leader_id, line.asker_id) == (village.bo_person.pk, village.finn_person.pk)
    assert not ChainLink.objects.filter(leader=village.finn_person).exists()


def test_the_sheet_of_a_chain_holds_who_walks_in_it_now_until_the_test_opens(village: Village):
    test, scope = plan(village), cast_scope(village)
    bo, finn = village.bo_person.pk, village.finn_person.pk
    [block] = blocks_by_chain(scope, test, [bo, finn])
    assert (block.asker, [line.glance.id for line in block.lines]) == (bo, [village.cleo_person.pk])
    ChainLink.objects.filter(follower=village.cleo_person).update(leader=village.finn_person)
    assert blocks_by_chain(scope, test, [bo]) == []
    assert [line.glance.id for line in blocks_by_chain(EVERYTHING, test, [finn])[0].lines] == [village.cleo_person.pk]
    test = open_test(test=test, by=village.ana.pk, at=AT)
    ChainLink.objects.filter(follower=village.cleo_person).update(leader=village.bo_person)
    assert blocks_by_chain(scope, test, [bo]) == []


def test_a_test_opened_twice_says_who_opened_it_and_when(village: Village):
    test = opened(village)
    with pytest.raises(NotNow) as no:
        open_test(test=test, by=village.root.pk, at=AT + timedelta(hours=1))
    assert (no.value.who, no.value.at, no.value.state) == (village.ana.pk, AT, "open")


def test_a_test_closed_twice_says_who_closed_it_and_when(village: Village):
    test = opened(village)
    close_test(test=test, by=village.ana.pk, at=AT + timedelta(hours=1))
    with pytest.raises(NotNow) as no:
        close_test(test=test, by=village.root.pk, at=AT + timedelta(hours=2))
    assert (no.value.who, no.value.at, no.value.state) == (village.ana.pk, AT + timedelta(hours=1), "closed")


def test_what_a_closed_test_refuses_names_who_closed_it_not_who_opened_it(village: Village):
    test = opened(village)
    closed = AT + timedelta(hours=1)
    close_test(test=test, by=village.root.pk, at=closed)
    for act in (
        lambda: open_test(test=test, by=village.ana.pk, at=closed),
        lambda: redraw(test=test, by=village.ana.pk, at=closed),
        lambda: set_standing(test=test, entries=[], standing="leave", by=village.ana.pk, at=closed),
        lambda: predict(test=test, expectations={}, today=DAY, by=village.ana.pk, at=closed),
    ):
        with pytest.raises(NotNow) as no:
            act()
        assert (no.value.who, no.value.at) == (village.root.pk, closed)


def test_a_test_of_whom_nobody_can_take_part_does_not_open(village: Village):
    test = plan(village)
    lines = list(RollEntry.objects.filter(test=test).values_list("pk", flat=True))
    set_standing(test=test, entries=lines, standing="cover", by=village.ana.pk, at=AT)
    with pytest.raises(NobodyToAsk):
        open_test(test=test, by=village.ana.pk, at=AT)
    test.refresh_from_db()
    assert test.state == "planned"


def test_an_ask_for_somebody_outside_the_eligible_set_is_refused_with_the_reason(village: Village):
    test = plan(village)
    line = entry(test, village.cleo_person)
    set_standing(test=test, entries=[line.pk], standing="leave", by=village.ana.pk, at=AT)
    with pytest.raises(CannotBeAsked) as no:
        assign_asks(test=test, entries=[line.pk], asker=village.finn_person.pk, by=village.ana.pk, at=AT)
    assert no.value.entries == ((line.pk, "leave"),)
    line.refresh_from_db()
    assert line.asker_id is None


def test_who_cannot_take_part_is_asked_by_nobody_until_she_can(village: Village):
    test = plan(village)
    line = entry(test, village.cleo_person)
    for standing, asker in (("leave", None), ("eligible", village.bo_person.pk)):
        set_standing(test=test, entries=[line.pk], standing=standing, by=village.ana.pk, at=AT)
        line.refresh_from_db()
        assert line.asker_id == asker


def test_nothing_is_predicted_after_the_opening(village: Village):
    test = opened(village)
    with pytest.raises(NotNow):
        predict(
            test=test, expectations={entry(test, village.cleo_person).pk: "sure"}, today=DAY, by=village.ana.pk, at=AT
        )
    assert Prediction.objects.count() == 0


def test_nothing_is_predicted_after_the_day(village: Village):
    test = plan(village)
    line = entry(test, village.cleo_person).pk
    predict(test=test, expectations={line: "sure"}, today=DAY, by=village.ana.pk, at=AT)
    with pytest.raises(DayOver):
        predict(test=test, expectations={line: "no"}, today=DAY + timedelta(days=1), by=village.ana.pk, at=AT)
    assert Prediction.objects.get().expectation == "sure"


def test_a_prediction_is_kept_once_by_each_and_can_be_taken_back(village: Village):
    test = plan(village)
    line = entry(test, village.cleo_person).pk
    for said, by in (("sure", village.ana), ("likely", village.ana), ("no", village.bo)):
        predict(test=test, expectations={line: said}, today=DAY, by=by.pk, at=AT)
    assert sorted(Prediction.objects.values_list("expectation", flat=True)) == ["likely", "no"]
    predict(test=test, expectations={line: ""}, today=DAY, by=village.ana.pk, at=AT)
    assert list(Prediction.objects.values_list("expectation", flat=True)) == ["no"]
