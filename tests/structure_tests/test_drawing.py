"""The roll of a large place is drawn in the background: part by part, with progress, and as it would be at once."""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from commonweal.common.work import Cancelled, Silent, do_all_waiting
from commonweal.ledger.models import Entry
from commonweal.structure_tests.models import RollEntry, StructureTest
from commonweal.structure_tests.writes import drawing
from commonweal.structure_tests.writes.drawing import draw_in_background, redraw
from commonweal.structure_tests.writes.refusals import StillDrawing
from commonweal.structure_tests.writes.tests import open_test, remove_test
from tests import village as cast
from tests.signed_in import send, signed_in
from tests.structure_tests.planned import AT, plan
from tests.structure_tests.test_recording_pages import at
from tests.village import Village

pytestmark = pytest.mark.django_db


class Stopped(Silent):
    """A report whose work is stopped when so many are done."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at

    def step(self, done: int, total: int) -> None:
        if done >= self.at:
            raise Cancelled


@pytest.fixture
def many(village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    """The village, in which four are many and are written two by two."""
    monkeypatch.setattr(drawing, "AT_ONCE", 3)
    monkeypatch.setattr(drawing, "CHUNK", 2)
    cast.person("Gita Rao", village.weaving, village.night)
    cast.person("Hugo Lind", village.spinning, village.day)
    return village


def names(test: StructureTest) -> list[tuple[int, str]]:
    rows = RollEntry.objects.filter(test=test).order_by("line")
    return list(rows.values_list("line", "person__name"))


def in_paper_order() -> list[tuple[int, str]]:
    people = ("Bo Adeyemi", "Cleo Ruiz", "Gita Rao", "Hugo Lind", "Finn Novak")
    return list(enumerate(people, start=1))


def test_a_large_roll_is_drawn_in_the_background_and_the_pages_say_how_far_it_is(many: Village):
    test, ana = plan(many), signed_in(many.ana)
    assert names(test) == []
    for name in ("test", "roll", "open"):
        page = ana.get(at(name, test)).content.decode()
        assert "The roll is being drawn." in page
        assert "data-refresh" in page
        assert "Open it now" not in page
    assert do_all_waiting() == 1
    assert names(test) == in_paper_order()
    assert Entry.objects.get(verb="drew_roll").facts["people"] == 5
    assert "The roll is being drawn." not in ana.get(at("test", test)).content.decode()
    assert "Open it now" in ana.get(at("open", test)).content.decode()


def test_a_large_roll_is_the_same_as_one_that_is_drawn_at_once(many: Village, monkeypatch: pytest.MonkeyPatch):
    test = plan(many)
    do_all_waiting()
    monkeypatch.setattr(drawing, "AT_ONCE", 100)
    other = plan(many, name="Another day")
    columns = ("line", "person", "unit", "shift", "standing", "leader", "asker")
    rows = [list(RollEntry.objects.filter(test=one).order_by("line").values_list(*columns)) for one in (test, other)]
    assert rows[0] == rows[1]


def test_a_test_is_not_opened_while_its_roll_is_drawn(many: Village):
    test = plan(many)
    with pytest.raises(StillDrawing):
        open_test(test=test, by=many.ana.pk, at=AT)
    answer = send(signed_in(many.ana), at("open", test))
    assert "still being drawn" in answer.content.decode()
    do_all_waiting()
    assert open_test(test=test, by=many.ana.pk, at=AT).state == "open"


def test_drawing_that_was_stopped_goes_on_where_it_was(many: Village):
    test = plan(many)
    with pytest.raises(Cancelled):
        draw_in_background(test.pk, Stopped(2), by=many.ana.pk, at=AT)
    assert names(test) == in_paper_order()[:2]
    draw_in_background(test.pk, Silent(), by=many.ana.pk, at=AT)
    assert names(test) == in_paper_order()


class Meanwhile(Silent):
    """A report during which something happens after the first step."""

    def __init__(self, happens: Any) -> None:
        super().__init__()
        self.happens = happens

    def step(self, done: int, total: int) -> None:
        if not done:
            with transaction.atomic():
                self.happens()


def test_a_test_that_is_taken_out_while_its_roll_is_drawn_is_left_alone(many: Village):
    test = plan(many)
    key: UUID = test.pk
    draw_in_background(key, Meanwhile(lambda: remove_test(test=test, by=many.ana.pk, at=AT)), by=many.ana.pk, at=AT)
    draw_in_background(key, Silent(), by=many.ana.pk, at=AT)
    assert not RollEntry.objects.filter(test=key).exists()


def test_a_large_roll_is_drawn_again_in_the_background_too(many: Village):
    test, ana = plan(many), signed_in(many.ana)
    do_all_waiting()
    cast.person("Ines Ward", many.weaving, many.day)
    assert redraw(test=test, by=many.ana.pk, at=AT) is None
    assert "The roll is being drawn." in ana.get(at("roll", test)).content.decode()
    do_all_waiting()
    assert names(test) == [*in_paper_order(), (6, "Ines Ward")]
