"""What went out comes in again as nothing new, in both languages and in every form of table."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from commonweal.common.ids import new_id
from commonweal.common.work import do_all_waiting
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.rules import export as rules
from commonweal.exchange.rules import kinds
from commonweal.exchange.rules.cells import marked
from commonweal.exchange.rules.guessing import guessed_columns, guessed_kind
from commonweal.exchange.views.export_words import pair_titles, people_titles
from commonweal.people import words
from commonweal.people.models import ContactPoint, Nomination, Person, PersonName, Placement, Tie
from tests.exchange.test_export import furnished, signed_in, take
from tests.village import THEN, Village, person, phone

pytestmark = pytest.mark.django_db


def brought(client: Client, answer: Any, name: str) -> ImportBatch:
    assert answer["Content-Disposition"].startswith("attachment"), answer.content.decode()[-800:]
    sent = client.post("/exchange/imports/", {"file": SimpleUploadedFile(name, answer.content), "once": str(new_id())})
    assert sent.status_code == 302, sent.content.decode()[-800:]
    batch = ImportBatch.objects.latest("brought_at")
    client.post(sent["Location"], {"once": str(new_id())})
    do_all_waiting()
    batch.refresh_from_db()
    return batch


def strange_people(village: Village) -> None:
    """Names, places and contacts that a careless way out or in would spoil."""
    for name, fields in {
        "=Cmd|' /C calc'!A0": {},
        "María José García López": {"given_name": "María José", "family_name": "García López"},
        "John Smith Jr.": {"given_name": "John", "family_name": "Smith"},
        "O'Brien": {"outside_number": "-0042"},
        'Zoë "Zo" Müller, née X': {"languages": ["es", "en"]},
    }.items():
        one = person(name, village.weaving, village.night)
        Person.objects.filter(pk=one.pk).update(**fields)
    cleo = village.cleo_person
    for number in ("+12125550143", "+525512345678"):
        phone(cleo, number)
    PersonName.objects.create(person=cleo, kind="also", name="La Chata", source="t")
    PersonName.objects.create(person=cleo, kind="former", name="Cleo Soto", source="t")
    Placement.objects.create(person=cleo, unit=village.spinning, main=False, job="mender", source="t")
    cleo.note = "=1+1\nsecond line; with -dashes"
    cleo.save()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("form", ["csv", "plain", "xlsx"])
def test_people_come_in_again_as_nothing_new(village: Village, form: str, language: str) -> None:
    furnished(village)
    strange_people(village)
    client = signed_in(village.ana)
    client.cookies["django_language"] = language
    counts = [model.objects.count() for model in (Person, PersonName, Placement, ContactPoint)]
    batch = brought(client, take(client, form=form), f"list.{rules.ENDINGS[form]}")
    said = list(batch.rows.exclude(verdict="same").values_list("line", "verdict", "reason", "fields", "problems"))
    assert batch.kind == "people" and said == [], batch.settings["columns"]
    assert batch.found["verdicts"] == {"same": 8}
    client.post(f"/exchange/imports/{batch.pk}/bring/", {"once": str(new_id())})
    do_all_waiting()
    assert [model.objects.count() for model in (Person, PersonName, Placement, ContactPoint)] == counts


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("what", ["ties", "nominations", "asks", "yeses", "institutions"])
def test_what_was_seen_comes_in_again_as_nothing_new(village: Village, what: str, language: str) -> None:
    furnished(village)
    bo, cleo, finn = village.bo_person, village.cleo_person, village.finn_person
    for number, kind in enumerate(words.TieKind.values):
        facts = {"source": f"k:{number}", "entered_at": THEN}
        Tie.objects.create(person=finn, other=cleo, kind=kind, strength=1 / (number + 2), **facts)
    for number, question in enumerate(words.Question.values):
        facts = {"source": f"k:{number}", "entered_at": THEN}
        Nomination.objects.create(nominator=finn, nominee=bo, question=question, on=THEN.date(), **facts)
    client = signed_in(village.ana)
    client.cookies["django_language"] = language
    batch = brought(client, take(client, what), "list.csv")
    said = list(batch.rows.exclude(verdict="same").values_list("line", "verdict", "reason", "problems"))
    wanted = {"yeses": "asks"}.get(what, what)
    assert batch.kind == wanted and said == [], batch.settings
    assert batch.found["verdicts"]["same"] >= 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_title_is_known_again(language: str) -> None:
    with translation.override(language):
        titles = people_titles(rules.PARTS)
        assert len(set(titles)) == len(titles)
        assert guessed_kind(titles) == "people"
        fields = [column.field for column in guessed_columns("people", titles, [])]
        assert fields == [
            "own_id", "name", "given_name", "family_name", "suffix", "also_name", "also_name", "outside_number",
            "unit", "shift", "job", "", "languages", "born_on", "",
            "phone", "phone", "email", "email", "", "street", "", "", "", "note",
        ]  # fmt: skip
        for what, wanted in {
            "ties": ["person", "person_unit", "other", "other_unit", "tie_kind", "strength", "on"],
            "nominations": ["nominator", "nominator_unit", "nominee", "nominee_unit", "question", "on"],
            "asks": ["occasion", "occasion_kind", "on", "asked", "asked_unit", "asker", "asker_unit", "outcome"],
            "yeses": ["occasion", "occasion_kind", "on", "asked", "asked_unit", "asker", "asker_unit"],
            "institutions": ["institution", "institution_kind", "place", "person", "person_unit", "role", "on"],
        }.items():
            titles, kind = pair_titles(what), "asks" if what == "yeses" else what
            assert guessed_kind(titles) == kind, (what, titles)
            assert [column.field for column in guessed_columns(kind, titles, [])] == wanted, titles


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_word_is_known_again(language: str) -> None:
    with translation.override(language):
        assert {code: kinds.tie_kind(str(label)) for code, label in words.TieKind.choices} == same(words.TieKind)
        assert {code: kinds.question(str(label)) for code, label in words.Question.choices} == same(words.Question)
        roles = {code: kinds.affiliation_role(str(label)) for code, label in words.AffiliationRole.choices}
        assert roles == same(words.AffiliationRole)
        places = {code: kinds.institution_kind(str(label), "") for code, label in words.InstitutionKind.choices}
        assert places == same(words.InstitutionKind)
        acts = {code: kinds.occasion_kind(str(label), "") for code, label in words.OccasionKind.choices}
        assert acts == same(words.OccasionKind)
        assert {code: marked(str(label)) for code, label in words.Outcome.choices} == same(words.Outcome)


def same(choices: Any) -> dict[str, str]:
    return {code: code for code in choices.values}


def test_a_workbook_holds_text_alone(village: Village) -> None:
    strange_people(village)
    answer = take(signed_in(village.ana), form="xlsx")
    with ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.namelist()
    assert "<f>" not in sheet and 't="n"' not in sheet and not any("externalLink" in name for name in names)
    assert sheet.count('t="s"') > 60
