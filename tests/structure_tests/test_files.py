"""A file of outcomes is taken back as a whole: what held before it holds again."""

from datetime import timedelta
from uuid import UUID

import pytest

from commonweal.common.ids import new_id
from commonweal.people.models import Ask
from commonweal.people.reads.evidence import standing
from commonweal.structure_tests.models import Mark, StructureTest
from commonweal.structure_tests.reads.outcome_files import files_brought
from commonweal.structure_tests.writes.files import keep_file, take_file_back
from tests.signed_in import send, signed_in
from tests.structure_tests.planned import AT, entry, mark, opened, record
from tests.structure_tests.test_recording_pages import at
from tests.village import Village

pytestmark = pytest.mark.django_db


def brought(village: Village, test: StructureTest, upload: UUID, **said: str) -> None:
    people = {"cleo": village.cleo_person, "finn": village.finn_person, "bo": village.bo_person}
    outcomes = {entry(test, people[name]).pk: (outcome, None) for name, outcome in said.items()}
    keep_file(test=test, upload=upload, outcomes=outcomes, by=village.ana.pk, at=AT + timedelta(hours=2))


def outcomes() -> dict[str, str]:
    return dict(standing(Ask).values_list("asked__given_name", "outcome"))


def take_back(village: Village, test: StructureTest, upload: UUID) -> int:
    return take_file_back(test=test, upload=upload, by=village.ana.pk, at=AT + timedelta(hours=4))


def test_what_held_before_a_file_holds_again(village: Village):
    test, upload = opened(village), new_id()
    record(test, village.ana, mark(test, village.cleo_person, "could_not"))
    brought(village, test, upload, cleo="did", finn="did_not")
    assert outcomes() == {"Cleo": "did", "Finn": "did_not"}
    assert take_back(village, test, upload) == 2
    assert outcomes() == {"Cleo": "could_not"}
    assert files_brought(test, village.ana.pk) == []


def test_what_was_recorded_after_a_file_stays_when_it_is_taken_back(village: Village):
    test, upload = opened(village), new_id()
    brought(village, test, upload, cleo="did", finn="did")
    record(test, village.ana, mark(test, village.cleo_person, "did_not"), after=3)
    assert take_back(village, test, upload) == 1
    assert outcomes() == {"Cleo": "did_not"}


def test_a_file_taken_back_twice_is_taken_back_once(village: Village):
    test, upload = opened(village), new_id()
    brought(village, test, upload, cleo="did")
    take_back(village, test, upload)
    assert take_back(village, test, upload) == 0
    assert Mark.objects.count() == 2


def test_another_file_and_another_recorder_stay(village: Village):
    test, upload = opened(village), new_id()
    brought(village, test, upload, cleo="did")
    brought(village, test, new_id(), finn="did")
    record(test, village.root, mark(test, village.bo_person, "did"))
    take_back(village, test, upload)
    assert outcomes() == {"Finn": "did", "Bo": "did"}


def test_whoever_brought_a_file_takes_it_back_on_its_page_and_nobody_else(village: Village):
    test, upload = opened(village), new_id()
    brought(village, test, upload, cleo="did")
    for account, left in ((village.root, {"Cleo": "did"}), (village.ana, {})):
        client = signed_in(account)
        assert (str(upload) in client.get(at("file", test)).content.decode()) == (account == village.ana)
        send(client, at("file", test), back=str(upload))
        assert outcomes() == left
    assert "Take it back" not in signed_in(village.ana).get(at("file", test)).content.decode()
