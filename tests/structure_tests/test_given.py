"""Somebody is handed to a leader with whom she does not walk: a name on one list, for one test, until it closes."""

from typing import Any

import pytest
from django.urls import reverse

from commonweal.common.ids import new_id
from commonweal.people.models import Assessment, ChainLink
from commonweal.people.words import AssessmentBasis
from commonweal.structure_tests.models import Mark, StructureTest
from commonweal.structure_tests.writes.rolls import assign_asks
from commonweal.structure_tests.writes.tests import close_test, open_test
from tests.signed_in import send, signed_in
from tests.structure_tests.planned import AT, entry, mark, opened, plan, record
from tests.structure_tests.test_recording_pages import as_sent, at, posted
from tests.village import Village

pytestmark = pytest.mark.django_db


def handed(village: Village, test: StructureTest, person: Any) -> None:
    line = entry(test, person).pk
    assert assign_asks(test=test, entries=[line], asker=village.bo_person.pk, by=village.ana.pk, at=AT) == 1


def page(village: Village, name: str, test: StructureTest) -> str:
    return signed_in(village.bo).get(at(name, test)).content.decode()


def test_a_name_handed_to_her_is_on_her_list_from_planning_to_closing(village: Village):
    test = plan(village)
    handed(village, test, village.finn_person)
    assert "<b>Finn Novak</b><span>Spinning, Night</span>" in page(village, "mine", test)
    test = open_test(test=test, by=village.ana.pk, at=AT)
    assert "<b>Finn Novak</b><span>Spinning, Night</span>" in page(village, "mine", test)
    close_test(test=test, by=village.ana.pk, at=AT)
    assert "Finn" not in page(village, "mine", test)
    assert "Cleo Ruiz" in page(village, "mine", test)


def test_with_nobody_else_to_ask_the_page_is_gone_when_the_test_closes(village: Village):
    ChainLink.objects.all().delete()
    test = plan(village)
    handed(village, test, village.finn_person)
    bo = signed_in(village.bo)
    assert "Finn Novak" in bo.get(at("mine", test)).content.decode()
    assert bo.get(at("predict", test)).status_code == 404
    home = bo.get(reverse("people:home")).content.decode()
    assert at("mine", test) in home
    assert at("predict", test) not in home
    test = open_test(test=test, by=village.ana.pk, at=AT)
    assert "Finn Novak" in bo.get(at("mine", test)).content.decode()
    close_test(test=test, by=village.ana.pk, at=AT)
    assert bo.get(at("mine", test)).status_code == 404
    assert at("mine", test) not in bo.get(reverse("people:home")).content.decode()


def test_she_sees_neither_where_somebody_handed_to_her_stands_nor_what_others_recorded(village: Village):
    Assessment.objects.create(
        person=village.finn_person, stance="5", basis=AssessmentBasis.STATED, on=AT.date(), entered_at=AT,
        entered_by=village.ana.pk, source="hand:test",
    )  # fmt: skip
    test = opened(village)
    handed(village, test, village.finn_person)
    record(test, village.ana, mark(test, village.finn_person, "did_not"))
    told = page(village, "mine", test)
    card = told[told.index("<b>Finn Novak</b>") - 200 :]
    assert 'aria-pressed="true"' not in card
    assert "mk" not in card[: card.index("<form")].split("data-state", 1)[1]
    assert signed_in(village.bo).get(reverse("people:person", args=[village.finn_person.pk])).status_code == 404


def test_she_records_what_came_of_somebody_handed_to_her_also_late(village: Village):
    test = opened(village)
    handed(village, test, village.finn_person)
    bo = signed_in(village.bo)
    assert posted(bo, at("mine_record", test), [as_sent(test, village.finn_person, "did")]).status_code == 200
    kept = Mark.objects.get()
    assert (kept.asker_id, kept.outcome, kept.how) == (village.bo_person.pk, "did", "phone")
    assert 'aria-pressed="true">Came' in page(village, "mine", test)
    close_test(test=test, by=village.ana.pk, at=AT)
    late = posted(bo, at("mine_record", test), [as_sent(test, village.finn_person, "could_not", age=3600)])
    assert late.json()["late"] is True
    assert Mark.objects.count() == 2


def test_a_press_without_scripts_keeps_what_came_of_somebody_handed_to_her(village: Village):
    test = opened(village)
    handed(village, test, village.finn_person)
    line = entry(test, village.finn_person)
    send(signed_in(village.bo), at("mine", test), entry=str(line.pk), mark=str(new_id()), outcome="did", was="")
    assert Mark.objects.get().entry_id == line.pk


def test_who_left_her_chain_is_not_shown_because_she_was_hers_by_the_chain(village: Village):
    test = opened(village)
    ChainLink.objects.update(until=AT)
    bo = signed_in(village.bo)
    assert bo.get(at("mine", test)).status_code == 404
    assert posted(bo, at("mine_record", test), [as_sent(test, village.cleo_person, "did")]).status_code == 404


def test_an_ask_taken_back_takes_the_name_off_her_list(village: Village):
    test = opened(village)
    handed(village, test, village.finn_person)
    line = entry(test, village.finn_person).pk
    assign_asks(test=test, entries=[line], asker=None, by=village.ana.pk, at=AT)
    assert "Finn" not in page(village, "mine", test)


def test_whoever_came_into_her_chain_after_the_roll_was_drawn_is_on_her_list_at_once(village: Village):
    ChainLink.objects.all().delete()
    test = plan(village)
    ChainLink.objects.create(
        campaign=village.campaign, leader=village.bo_person, follower=village.cleo_person, since=AT, why="claimed",
        source="hand:test",
    )  # fmt: skip
    assert "Cleo Ruiz" in page(village, "mine", test)
    assert at("predict", test) in signed_in(village.bo).get(reverse("people:home")).content.decode()
