"""What the employer did, and whom it moved: with and without having been made ready."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from commonweal.accounts.reads import scope_of
from commonweal.ledger.models import Entry
from commonweal.listening.models import Conversation, EmployerMove, Inoculation
from commonweal.listening.reads.moves import seen_move
from commonweal.listening.rules.moves import Moved, effect_of
from commonweal.people.models import Person
from commonweal.people.writes import evidence
from tests.listening.filled import fields_of
from tests.signed_in import signed_in
from tests.village import THEN, Village, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 10)
LATER = DAY + timedelta(days=70)


def says(whom: Person, stance: str, on: date) -> None:
    evidence.assess(person=whom.pk, stance=stance, basis="stated", reason="Says so", on=on, by=None, at=THEN)


def made_ready(village: Village, whom: Person, on: date, ready_for: str = "fees") -> None:
    talk = Conversation.objects.create(person=whom, on=on, entered_at=THEN, entered_by=village.ana.pk)
    Inoculation.objects.create(conversation=talk, ready_for=ready_for)


def a_move(village: Village, unit: Any = None) -> EmployerMove:
    return EmployerMove.objects.create(
        on=DAY, kind="fees", what="A letter about dues", unit=unit, entered_at=THEN, entered_by=village.ana.pk
    )


def test_who_was_made_ready_is_told_from_who_was_not_and_who_was_not_heard_is_named() -> None:
    one, two, three, four = (person_id() for _number in range(4))
    here, there = person_id(), person_id()
    effect = effect_of(
        before={one: "1", two: "2", three: "2", four: "4"},
        after={one: "2", two: "4"},
        ready=[one],
        unit_of={one: here, two: there, three: there, four: there},
    )
    assert (effect.ready, effect.unready) == (Moved(1, 1, 0), Moved(2, 1, 1))
    assert [(unit.unit, unit.ready, unit.moved, unit.unready) for unit in effect.units] == [
        (there, 0, Moved(2, 1, 1), True),
        (here, 1, Moved(1, 1, 0), False),
    ]
    assert effect.unheard == [three]


def person_id() -> Any:
    return Person().pk


def test_only_what_was_said_near_it_and_preparation_before_it_for_the_same_count(village: Village) -> None:
    bo, cleo = village.bo_person, village.cleo_person
    dora = person("Dora Lind", village.weaving)
    for whom in (bo, cleo, dora):
        says(whom, "2", DAY - timedelta(days=5))
    says(bo, "4", DAY + timedelta(days=3))
    says(cleo, "2", DAY + timedelta(days=3))
    says(dora, "5", DAY + timedelta(days=60))  # more than eight weeks later
    made_ready(village, cleo, DAY - timedelta(days=1))
    made_ready(village, bo, DAY)  # too late
    made_ready(village, bo, DAY - timedelta(days=1), "family")  # for something else
    seen = seen_move(scope_of(village.ana), a_move(village, village.mill), LATER)
    assert (seen.effect.ready, seen.effect.unready) == (Moved(1, 1, 0), Moved(2, 1, 1))
    assert [(name, one.ready, one.moved.left) for name, one in seen.units] == [("Weaving", 1, 1)]
    assert [one.id for one in seen.unheard] == [dora.pk]


def test_a_unit_that_was_not_struck_and_people_out_of_sight_do_not_count(village: Village) -> None:
    for whom in (village.bo_person, village.finn_person, village.eve_person):
        says(whom, "2", DAY - timedelta(days=5))
    assert seen_move(scope_of(village.ana), a_move(village, village.spinning), LATER).effect.unready.yes == 1
    assert seen_move(scope_of(village.ana), a_move(village), LATER).effect.unready.yes == 2
    assert seen_move(scope_of(village.root), a_move(village), LATER).effect.unready.yes == 3


def test_it_is_written_down_read_and_taken_out_by_those_who_may(village: Village, ana: Client) -> None:
    add = "/conversations/moves/add/"
    page = ana.get(add)
    early = fields_of(page, "") | {"on": "2999-01-01", "what": "A letter", "kind": "fees"}
    assert "has not come yet" in ana.post(add, early).content.decode() and not EmployerMove.objects.exists()
    assert '<option value="">' not in page.content.decode()  # the whole place is not hers to speak for
    assert '<option value=""' in signed_in(village.root).get(add).content.decode()
    assert ana.post(add, early | {"on": DAY.isoformat(), "unit": ""}).status_code == 200
    assert ana.post(add, early | {"on": DAY.isoformat(), "unit": str(village.parish.pk)}).status_code == 200
    at = ana.post(add, early | {"on": DAY.isoformat(), "unit": str(village.mill.pk)}).headers["Location"]
    says(village.bo_person, "2", DAY - timedelta(days=5))
    says(village.bo_person, "4", DAY + timedelta(days=5))
    page = ana.get(at).content.decode()
    for words in ("One who had said yes no longer does", "nobody made ready", "Weaving", "A letter"):
        assert words in page
    assert "A letter" in ana.get("/conversations/moves/").content.decode()
    dov = signed_in(village.dov)
    assert dov.get(at).status_code == 404 and "A letter" not in dov.get("/conversations/moves/").content.decode()
    assert signed_in(village.bo).get(at).status_code == 404
    other = a_move(village, village.mill)
    EmployerMove.objects.filter(pk=other.pk).update(entered_by=village.root.pk)
    assert ana.post(f"/conversations/moves/{other.pk}/", {"once": "a"}).status_code == 404
    ana.post(at, {"once": "b"})
    assert list(EmployerMove.objects.all()) == [other]
    assert {"wrote_employer_move", "removed_employer_move"} <= set(Entry.objects.values_list("verb", flat=True))


def test_the_questions_do_not_grow_with_the_people(
    village: Village, ana: Client, django_assert_max_num_queries: Any
) -> None:
    at = f"/conversations/moves/{a_move(village).pk}/"
    for number in range(30):
        says(person(f"Person Number{number}", village.weaving), "2", DAY - timedelta(days=5))
    ana.get(at)
    with django_assert_max_num_queries(16):
        assert "30 had said yes before" in ana.get(at).content.decode()
