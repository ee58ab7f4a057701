"""A file goes in, is brought in, and is taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonweal.common.ids import new_id
from commonweal.common.work import do_all_waiting
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.people.models import BareYes, ContactPoint, Nomination, Person, Placement, Shift
from tests.browser.committee_files import workbook
from tests.signed_in import signed_in
from tests.village import SENTINEL, Village

pytestmark = pytest.mark.django_db

PEOPLE = """EMPLOYEE NAME;DEPT;SHIFT;PHONE;E-MAIL;Petition 3/1/2026
"GARCIA LOPEZ, MARIA JOSE";Weaving;Night;(212) 555-0143;maria@example.org;x
"SMITH, JOHN, JR";Dyeing;Day;;john@example.org;
Cleo Ruiz;Weaving;Day;212-555-0155;;sí
;Weaving;Day;;;
"""


def once() -> dict[str, str]:
    """The hidden key of a form that counts once."""
    return {"once": str(new_id())}


def brought(client: Client, text: str, encoding: str = "utf-8", **columns: str) -> ImportBatch:
    upload = SimpleUploadedFile("list.csv", text.encode(encoding))
    answer = client.post("/exchange/imports/", {"file": upload, **once()})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    batch = ImportBatch.objects.latest("brought_at")
    assert client.get(answer["Location"]).status_code == 200
    answer = client.post(answer["Location"], {**columns, **once()})
    assert answer.status_code == 302
    do_all_waiting()
    batch.refresh_from_db()
    assert batch.state == "looked", (batch.state, batch.refusal)
    return batch


def go(client: Client, batch: ImportBatch, what: str) -> ImportBatch:
    client.post(f"/exchange/imports/{batch.pk}/{what}/", once())
    do_all_waiting()
    batch.refresh_from_db()
    return batch


def test_an_employers_list_is_brought_in_and_taken_back(village: Village) -> None:
    client, before = signed_in(village.ana), Person.objects.count()
    batch = brought(client, PEOPLE, "cp1252")
    assert batch.found["verdicts"] == {"new": 2, "changes": 1, "bad": 1}
    page = client.get(f"/exchange/imports/{batch.pk}/").content.decode()
    assert "Maria Jose Garcia Lopez" in page
    batch = go(client, batch, "bring")
    assert batch.state == "done"
    assert Person.objects.count() == before + 2
    maria = Person.objects.get(family_name="Garcia Lopez")
    assert (maria.given_name, maria.placements.get().unit) == ("Maria Jose", village.weaving)
    assert {one.value for one in maria.contact_points.all()} == {"+12125550143", "maria@example.org"}
    assert village.cleo_person.contact_points.count() == 1
    assert BareYes.objects.count() == 2
    assert not any(row.values for row in ImportRow.objects.filter(batch=batch).exclude(verdict="bad"))
    batch = go(client, batch, "undo")
    assert (batch.state, batch.kept) == ("taken_back", {})
    assert (Person.objects.count(), BareYes.objects.count()) == (before, 0)
    assert village.cleo_person.contact_points.count() == 0


def test_the_same_file_twice_counts_nothing_twice(village: Village) -> None:
    client = signed_in(village.ana)
    go(client, brought(client, PEOPLE), "bring")
    counts = [model.objects.count() for model in (Person, Placement, ContactPoint, BareYes)]
    second = brought(client, PEOPLE)
    assert second.found["verdicts"] == {"same": 3, "bad": 1}, list(second.rows.values_list("line", "fields", "who"))
    go(client, second, "bring")
    assert [model.objects.count() for model in (Person, Placement, ContactPoint, BareYes)] == counts


def test_nominations_name_people_on_the_list_and_ask_about_others(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, "Nominator,Nominee,Question\nCleo Ruiz,Bo Adeyemi,advice\nFinn Novak,Nobody Known,news\n")
    assert batch.found["verdicts"] == {"new": 1, "unclear": 1}
    go(client, batch, "bring")
    one = Nomination.objects.get()
    assert (one.nominator, one.nominee, one.question) == (village.cleo_person, village.bo_person, "advice")


def test_somebody_outside_the_scope_looks_like_nobody(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, "Name,Department,Phone\nStranger Person,Weaving,+1 212 555 0199\n")
    assert batch.found["verdicts"] == {"new": 1}
    assert SENTINEL not in client.get(f"/exchange/imports/{batch.pk}/").content.decode()


def test_an_import_is_seen_by_who_brought_it_and_administrators_alone(village: Village) -> None:
    batch = brought(signed_in(village.ana), PEOPLE)
    assert signed_in(village.dov).get(f"/exchange/imports/{batch.pk}/").status_code == 404
    assert signed_in(village.root).get(f"/exchange/imports/{batch.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "old Excel"), (b"PK\x03\x04junk", "damaged"), (b"a,b\n" * 99 + b"1,\x002\n", "NUL"), (bytes(range(256)) * 9, "table of text")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(village: Village, content: bytes, said: str) -> None:
    answer = signed_in(village.ana).post(
        "/exchange/imports/", {"file": SimpleUploadedFile("list.csv", content or b" "), **once()}
    )
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert ImportBatch.objects.count() == 0


def test_a_name_nobody_has_can_be_answered_as_new(village: Village) -> None:
    client = signed_in(village.root)
    batch = brought(client, "Nominator,Nominee,Question\nFinn Novak,Nobody Known,news\n")
    client.post(f"/exchange/imports/{batch.pk}/unclear/", {"reason": "not_found", "all": "new", **once()})
    do_all_waiting()
    batch = go(client, batch, "bring")
    assert Nomination.objects.get().nominee.name == "Nobody Known"


def test_shifts_that_are_not_there_yet_come_with_the_people_who_work_them(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, "Name,Department,Shift\nRosa Soto,Weaving,Rotating\nLuis Soto,Weaving,Night\n")
    assert list(batch.found["missing"]["shift"]) == ["rotating"]
    go(client, batch, "bring")
    shifts = dict(Placement.objects.filter(person__family_name="Soto").values_list("person__given_name", "shift__name"))
    assert shifts == {"Rosa": "Rotating", "Luis": village.night.name}


def test_another_sheet_of_a_workbook_is_guessed_anew_and_corrected_there(village: Village) -> None:
    client = signed_in(village.ana)
    named = [["Nominator", "Nominee", "Remark"], ["Cleo Ruiz", "Bo Adeyemi", "advice"]]
    book = workbook({"People": [["Name", "Department"], ["Rosa Soto", "Weaving"]], "Named": named, "Empty": []})
    answer = client.post("/exchange/imports/", {"file": SimpleUploadedFile("book.xlsx", book), **once()})
    columns = answer["Location"]
    other = {"kind": "people", "sheet": "1", "header_line": "1", "again": "1", **once()}
    page = client.post(columns, other, follow=True).content.decode()
    assert '<option value="nominations" selected' in page and '<option value="nominee" selected' in page
    batch = ImportBatch.objects.get()
    assert (batch.kind, batch.settings["sheet"]) == ("nominations", 1)
    empty = client.post(columns, {"kind": "nominations", "sheet": "2", "header_line": "1", **once()})
    assert (empty.status_code, "The file is empty." in empty.content.decode()) == (400, True)
    corrected = {"kind": "nominations", "sheet": "1", "header_line": "1", "column2": "question"}
    assert client.post(columns, {**corrected, **once()}).status_code == 302
    do_all_waiting()
    go(client, batch, "bring")
    assert Nomination.objects.get().question == "advice"


def test_new_shifts_follow_each_other_as_in_a_day(village: Village) -> None:
    Placement.objects.update(shift=None)
    Shift.objects.all().delete()
    client = signed_in(village.ana)
    text = "Name,Department,Shift\nAda Luna,Weaving,Rotating\nRosa Soto,Weaving,Noche\nLuis Soto,Weaving,Mañana\n"
    go(client, brought(client, text), "bring")
    assert list(Shift.objects.values_list("name", flat=True)) == ["Mañana", "Noche", "Rotating"]
