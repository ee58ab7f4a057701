"""The pages of an import: what they say, what they ask, what they refuse, and to whom."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from commonweal.common.models import Work
from commonweal.common.work import do_all_waiting
from commonweal.exchange.models import ImportBatch, ImportRow, SavedMapping
from commonweal.exchange.rules.blanks import BLANKS, titles_of
from commonweal.exchange.rules.mapping import Reading
from commonweal.exchange.rules.tables import open_table
from commonweal.exchange.words import BLANK_SAYS, BRING_IN
from commonweal.exchange.writes.uploads import remove_file
from commonweal.ledger.models import Entry
from commonweal.people.models import BareYes, Nomination, Occasion, Person, Placement, Unit
from commonweal.people.writes.search_keys import refresh
from tests.exchange.test_imports import PEOPLE, brought, go, once, signed_in
from tests.village import SENTINEL, Village, person, phone

pytestmark = pytest.mark.django_db


def address(batch: ImportBatch, what: str = "") -> str:
    return f"/exchange/imports/{batch.pk}/{what}{'/' if what else ''}"


def shown(client: Client, batch: ImportBatch, what: str = "", query: str = "") -> str:
    answer = client.get(address(batch, what) + query)
    assert answer.status_code == 200, (answer.status_code, answer.get("Location"))
    return answer.content.decode()


def given(client: Client, text: str | bytes, name: str = "list.csv") -> ImportBatch:
    content = text if isinstance(text, bytes) else text.encode()
    answer = client.post("/exchange/imports/", {"file": SimpleUploadedFile(name, content), **once()})
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    return ImportBatch.objects.latest("brought_at")


def said(text: str) -> str:
    """The words of a page, without its tags."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split()))


# -- the file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", list(BLANKS))
def test_a_blank_sheet_says_what_to_do_and_is_understood_when_it_comes_back(
    village: Village, kind: str, language: str
) -> None:
    client = signed_in(village.ana)
    client.cookies["django_language"] = language
    answer = client.get(f"/exchange/imports/blank/{kind}/csv/")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and ("line" in lines[0] if language == "en" else "línea" in lines[0])
    titles = titles_of(kind, language)
    filled = lines[1] + "\r\n" + ",".join(["Cleo Ruiz", *[""] * (len(titles) - 1)])
    batch = given(client, "\ufeff" + lines[0] + "\r\n" + filled + "\r\n")
    reading = Reading.from_json(batch.settings)
    assert (batch.kind, reading.header_line) == (kind, 2)
    assert [title for title, (field, _detail) in zip(reading.titles, reading.columns, strict=True) if not field] == []
    book = client.get(f"/exchange/imports/blank/{kind}/xlsx/")
    rows = [[cell for cell in cells if cell] for _line, cells in open_table(book.content).rows()]
    assert len(rows) == 2 and rows[1] == list(titles)
    assert language == "es" or set(rows[0]) == {str(BLANK_SAYS[kind])}
    empty = client.post("/exchange/imports/", {"file": SimpleUploadedFile("b.xlsx", book.content), **once()})
    assert empty.status_code == 400
    assert ("nothing below it" if language == "en" else "nada debajo") in empty.content.decode()


def test_there_is_no_blank_sheet_of_another_kind(village: Village) -> None:
    client = signed_in(village.ana)
    for address in ("secrets/csv", "people/exe"):
        assert client.get(f"/exchange/imports/blank/{address}/").status_code == 404


def test_a_file_that_is_not_taken_is_named_with_the_reason_in_the_readers_language(village: Village) -> None:
    client = signed_in(village.ana)
    client.cookies["django_language"] = "es"
    upload = SimpleUploadedFile("nómina.pdf", b"%PDF-1.7 rest")
    answer = client.post("/exchange/imports/", {"file": upload, **once()})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "No se tomó nómina.pdf." in page and "Esto es un PDF." in page
    assert client.post("/exchange/imports/", once()).status_code == 400


def test_two_presses_bring_one_file(village: Village) -> None:
    client, key = signed_in(village.ana), once()
    sent = [
        client.post("/exchange/imports/", {"file": SimpleUploadedFile("a.csv", b"Name\nAda\n"), **key}) for _ in "12"
    ]
    assert sent[0]["Location"] == sent[1]["Location"]
    assert ImportBatch.objects.count() == 1


def test_a_form_without_its_key_does_nothing(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, PEOPLE)
    for what in ("columns", "missing", "unclear", "bring", "stop", "again", "aside", "close"):
        assert client.post(address(batch, what)).status_code == 422, what
    batch.refresh_from_db()
    assert batch.state == "looked"


def test_a_file_that_came_before_is_said_aloud_and_only_to_those_who_may_know(village: Village) -> None:
    ana, root = signed_in(village.ana), signed_in(village.root)
    given(ana, PEOPLE)
    assert "You brought this very file on" in shown(ana, given(ana, PEOPLE), "columns")
    assert "Ana brought this very file on" in shown(root, given(root, PEOPLE), "columns")
    dov = signed_in(village.dov)
    assert "this very file" not in shown(dov, given(dov, PEOPLE), "columns")


def test_the_history_names_who_brought_a_file_and_what_became_of_it(village: Village) -> None:
    go(signed_in(village.ana), brought(signed_in(village.ana), PEOPLE), "bring")
    root = said(signed_in(village.root).get("/exchange/imports/").content.decode())
    assert "list.csv" in root and "Ana" in root and "3 rows in, 1 left out" in root
    assert "list.csv" not in signed_in(village.dov).get("/exchange/imports/").content.decode()


# -- the columns --------------------------------------------------------------------------------------


def test_a_remembered_mapping_is_said_aloud_with_its_day(village: Village) -> None:
    client = signed_in(village.ana)
    text = "Name,Wo\nAda Soto,Weaving\n"
    brought(client, text, column1="unit")
    page = shown(client, given(client, text.replace("Ada", "Ida")), "columns")
    assert "A file with the same header came before." in page
    assert re.findall(r'<option value="(\w+)" selected', page)[1:3] == ["name", "unit"]
    SavedMapping.objects.all().delete()
    assert "came before" not in shown(client, given(client, text.replace("Ada", "Eda")), "columns")


def test_columns_show_what_stands_below_them(village: Village) -> None:
    client = signed_in(village.ana)
    page = said(shown(client, given(client, "Name,Hmm\nAda Soto,one\nIda Soto,two\nEda Soto,one\n"), "columns"))
    assert "Ada Soto Ida Soto Eda Soto" in page and "B Hmm one two" in page
    assert "1 of 2 columns are understood." in page


def test_a_mapping_that_lacks_a_name_is_refused_and_keeps_what_was_chosen(village: Village) -> None:
    client = signed_in(village.ana)
    batch = given(client, "Name,Dept\nAda Soto,Weaving\n")
    typed = {"column0": "note", "column1": "unit", "update": "file_wins", "region": "MX", **once()}
    answer = client.post(address(batch, "columns"), typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Say which column holds at least one of these: Name," in page
    assert '<option value="note" selected' in page and 'value="file_wins" checked' in page and 'value="MX"' in page
    assert client.post(address(batch, "columns"), {**typed, "column0": "name"}).status_code == 302


def test_another_kind_is_guessed_anew_once_and_then_taken(village: Village) -> None:
    client = signed_in(village.ana)
    batch = given(client, "Who,Said,Hers\nCleo Ruiz,Bo Adeyemi,Weaving\n")
    first = client.post(address(batch, "columns"), {"kind": "nominations", "header_line": "1", **once()}, follow=True)
    assert "The columns were guessed anew." in first.content.decode()
    typed = {"kind": "nominations", "header_line": "1", "column0": "nominator", "column1": "nominee", "column2": ""}
    typed |= {"question1": "faces"}
    assert client.post(address(batch, "columns"), {**typed, **once()})["Location"] == address(batch)
    do_all_waiting()
    go(client, batch, "bring")
    assert Nomination.objects.get().question == "faces"


@pytest.mark.parametrize(
    "typed",
    [
        {"sheet": "²", "header_line": "99999999999999999999"},
        {"encoding": "rot13", "delimiter": "abc", "kind": "people'--"},
        {"default_unit": "not-an-id", "parent_unit": str(UUID(int=5)), "on": "2026-99-99", "region": "ÑÑ"},
        {"key": "sql", "update": "", "column0": "password", "column9": "name", "date_order": "ymd"},
    ],
)
def test_what_no_form_offers_changes_nothing(village: Village, typed: dict[str, str]) -> None:
    client = signed_in(village.ana)
    batch = given(client, "Name,Dept\nAda Soto,Weaving\n")
    before = batch.settings
    assert client.post(address(batch, "columns"), {**typed, **once()}).status_code == 302
    batch.refresh_from_db()
    assert batch.settings == before


def test_nobody_is_placed_in_a_unit_outside_the_scope(village: Village) -> None:
    client = signed_in(village.ana)
    batch = given(client, "Name\nAda Soto\n")
    for unit, kept in ((village.parish, ""), (village.spinning, str(village.spinning.pk))):
        client.post(address(batch, "columns"), {"default_unit": str(unit.pk), "again": "1", **once()})
        batch.refresh_from_db()
        assert batch.settings["default_unit"] == kept
    assert str(village.parish.pk) not in shown(client, batch, "columns")


def test_another_encoding_can_be_chosen_and_a_wrong_one_is_refused(village: Village) -> None:
    client = signed_in(village.ana)
    batch = given(client, "Name,Dept\nMuñoz,Weaving\n".encode("cp1252"))
    wrong = client.post(address(batch, "columns"), {"encoding": "utf-8-sig", **once()})
    assert wrong.status_code == 400
    assert "on the letters cannot be read as utf-8-sig" in wrong.content.decode()
    right = client.post(address(batch, "columns"), {"encoding": "latin-1", **once()}, follow=True)
    assert "Muñoz" in right.content.decode()


def test_a_file_that_is_no_longer_kept_can_be_brought_again(village: Village) -> None:
    client = signed_in(village.ana)
    batch = given(client, PEOPLE)
    remove_file(batch.pk)
    answer = client.get(address(batch, "columns"))
    assert (answer.status_code, "This file is no longer kept here." in answer.content.decode()) == (410, True)


# -- the rows -----------------------------------------------------------------------------------------


def test_a_row_shows_each_value_before_and_after(village: Village) -> None:
    client = signed_in(village.ana)
    text = "Name,Department,Job,Phone,Language,Petition 3/1/2026\nCleo Ruiz,Weaving,mender,212-555-0177,Creole,x\n"
    text += "New One,Weaving,dyer,,,\n"
    batch = brought(client, text, update="file_wins")
    page = shown(client, batch)
    assert "1 person is new, 1 known person changes." in page and "Nothing has been kept yet." in page
    words = said(page)
    assert "Job before: weaver → after: mender" in words
    assert "Phone (212) 555-0177 Languages Haitian Creole" in words and "Petition took part" in words
    assert "New One Weaving · dyer" in words
    assert Person.objects.filter(name="New One").count() == 0


def test_a_row_of_people_says_who_asked_her(village: Village) -> None:
    client = signed_in(village.ana)
    text = 'Name,Department,Asked by,Petition 3/1/2026\nCleo Ruiz,Weaving,"Adeyemi, Bo",x\nFinn Novak,Spinning,Nadie Una,x\n'
    words = said(shown(client, brought(client, text)))
    assert "Who asked her Adeyemi, Bo → Bo Adeyemi · Weaving, Day · weaver" in words
    assert "Who asked her Nadie Una → still unclear" in words


def test_rows_are_sifted_by_what_they_would_do_and_paged(village: Village) -> None:
    client = signed_in(village.ana)
    rows = "".join(f"Person Number{letter}{other},Weaving\n" for letter in "abcdefgh" for other in "stuvwxyz")
    batch = brought(client, f"Name,Department\n{rows},Weaving\n")
    first = shown(client, batch, query="?verdict=new")
    assert first.count('<tr class="v-new"') == 50 and "v-bad" not in first
    rest = shown(client, batch, query="?verdict=new&after=51")
    assert rest.count('<tr class="v-new"') == 14 and 'rel="next"' not in rest
    assert shown(client, batch, query="?verdict=bad").count('<tr class="v-bad"') == 1
    for strange in ("?verdict=%00&after=-1", "?after=9999999999999999999999", "?verdict=new&after=²"):
        assert client.get(address(batch) + strange).status_code == 200


def test_the_preview_asks_as_many_queries_for_fifty_rows_as_for_two(
    village: Village, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(village.ana)
    for number in range(50):
        phone(person(f"Weaver Number{number}", village.weaving), f"+1212555{number:04}")
    header = "Name,Department,Job,Petition 3/1/2026\n"
    few = brought(client, header + "".join(f"Weaver Number{n},Weaving,dyer,x\n" for n in range(2)), update="file_wins")
    many = brought(
        client, header + "".join(f"Weaver Number{n},Weaving,dyer,x\n" for n in range(50)), update="file_wins"
    )
    with django_assert_max_num_queries(45) as small:
        shown(client, few)
    with django_assert_max_num_queries(len(small.captured_queries)):
        assert shown(client, many).count("<tr class") == 50
    for what, most in (("columns", 25), ("missing", 25), ("unclear", 25)):
        with django_assert_max_num_queries(most):
            shown(client, many, what)
    with django_assert_max_num_queries(15):
        client.get("/exchange/imports/")


def test_rows_that_cannot_be_used_go_back_as_a_table_with_line_and_reason(village: Village) -> None:
    client = signed_in(village.ana)
    client.cookies["django_language"] = "es"
    batch = brought(client, 'Name,Department,Phone\n,Weaving,=1+1\nAda Soto,Weaving,\n"Nobody, Else",Weaving,banana\n')
    answer = client.get(address(batch, "left_rows"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert text.splitlines()[0] == "Name,Department,Phone,Línea,Por qué quedó fuera"
    assert "'=1+1,2,No hay nombre ni otra forma de saber quién es." in text
    assert "Ada Soto" not in text
    assert Entry.objects.filter(verb="took_left_rows", subject=batch.pk, actor=village.ana.pk).count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "Nominator,Nominee,Question\nFinn Novak,,\n,Bo Adeyemi,news\nBo Adeyemi,Bo Adeyemi,\n",
        "Person,Other,Kind of tie\nFinn Novak,,\n,Bo Adeyemi,friend\nBo Adeyemi,Bo Adeyemi,\n",
        "Act,Who was asked,Asked by,Came\nMarch,,,yes\nMarch,Bo Adeyemi,,hm\n,Bo Adeyemi,Bo Adeyemi,no\n",
        "Institution,Person,Role\n,Bo Adeyemi,elder\n",
    ],
)
def test_rows_of_two_people_that_cannot_be_used_are_shown_as_they_came(village: Village, text: str) -> None:
    client = signed_in(village.ana)
    batch = brought(client, text)
    page = said(shown(client, batch))
    assert set(batch.found["verdicts"]) == {"bad"} and "Nothing in this file is news." in page
    for row in text.splitlines()[1:]:
        assert next(cell for cell in row.split(",") if cell) in page
    ImportRow.objects.filter(batch=batch).update(values=b"")
    assert client.get(address(batch)).status_code == 200


def test_nothing_new_offers_to_put_the_file_aside(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, "Name,Department\nCleo Ruiz,Weaving\n")
    page = shown(client, batch)
    assert "Nothing in this file is news." in page and "/bring/" not in page
    answer = client.post(address(batch, "aside"), once(), follow=True)
    assert "The file is gone from this place." in answer.content.decode()
    assert client.get(address(batch)).status_code == 404


# -- who is meant -------------------------------------------------------------------------------------


def two_anas(village: Village) -> tuple[Person, Person]:
    """Two weavers of one name, told apart by shift and phone."""
    one, other = person("Ana Gil", village.weaving, village.day), person("Ana Gil", village.weaving, village.night)
    phone(other, "+12125550123")
    return one, other


def test_an_unclear_row_shows_who_could_be_meant_with_what_tells_them_apart(village: Village) -> None:
    _one, other = two_anas(village)
    client = signed_in(village.ana)
    batch = brought(client, "Name,Department,Petition 3/1/2026\nAna Gil,Weaving,x\nFinn Novak,Spinning,x\n")
    words = said(shown(client, batch, "unclear"))
    assert "In one row it is unclear who is meant." in words
    assert "Weaving, Day · weaver" in words and "Weaving, Night · weaver · (212) 555-0123" in words
    key = ImportRow.objects.get(batch=batch, verdict="unclear").who[0][3]
    answer = client.post(address(batch, "unclear"), {f"who:{key}": other.pk.hex, **once()}, follow=True)
    assert "1 row is settled." in answer.content.decode()
    go(client, batch, "bring")
    assert set(BareYes.objects.values_list("person", flat=True)) == {other.pk, village.finn_person.pk}


def test_no_answer_and_an_impossible_answer_keep_nothing(village: Village) -> None:
    two_anas(village)
    client = signed_in(village.ana)
    batch = brought(client, "Name,Department,Phone\nAna Gil,Weaving,\n")
    key = ImportRow.objects.get(batch=batch).who[0][3]
    nothing = client.post(address(batch, "unclear"), {f"who:{key}": "", **once()}, follow=True)
    assert "No answer was chosen" in nothing.content.decode()
    eve = client.post(address(batch, "unclear"), {f"who:{key}": village.eve_person.pk.hex, **once()}, follow=True)
    assert "is no longer possible" in eve.content.decode() and SENTINEL not in eve.content.decode()
    batch.refresh_from_db()
    assert batch.answers == {} and batch.found["verdicts"] == {"unclear": 1}


def test_nobody_outside_the_readers_scope_is_offered_however_old_the_look(village: Village) -> None:
    two_anas(village)
    client = signed_in(village.ana)
    batch = brought(client, "Nominator,Nominee\nFinn Novak,Ana Gil\n")
    assert "Weaving, Day" in shown(client, batch, "unclear")
    village.ana.units.set([village.spinning])
    page = shown(client, batch, "unclear")
    assert "Weaving, Day" not in page and "212" not in said(page)
    row = ImportRow.objects.get(batch=batch)
    row.who = [["from", village.eve_person.pk.hex, "known", "", "", []], row.who[1]]
    row.who[1][5] = [village.eve_person.pk.hex]
    row.save()
    assert SENTINEL not in shown(client, batch, "unclear") + shown(client, batch)


def test_a_misspelled_name_is_found_on_the_list_and_counts_for_her(village: Village) -> None:
    refresh(Person.objects.values_list("pk", flat=True))
    client = signed_in(village.ana)
    batch = brought(client, "Nominator,Nominee,Question\nFinn Novak,Bo Ademeyi,news\nCleo Ruiz,Bo Ademeyi,news\n")
    page = shown(client, batch, "unclear")
    link = unescape(re.findall(r'href="([^"]*somebody/[^"]*)"', page)[0])
    words = said(client.get(link).content.decode())
    assert "Who is “Bo Ademeyi”?" in words and "Line 2 of the file, and 2 rows in all." in words
    assert "Bo Adeyemi Weaving, Day · weaver" in words
    assert SENTINEL not in client.get(f"{link}&q=Eve").content.decode()
    key = ImportRow.objects.filter(batch=batch)[0].who[1][3]
    answer = client.post(address(batch, "unclear"), {f"who:{key}": village.bo_person.pk.hex, **once()}, follow=True)
    assert "2 rows are settled." in answer.content.decode()
    go(client, batch, "bring")
    assert set(Nomination.objects.values_list("nominee", flat=True)) == {village.bo_person.pk}
    assert Nomination.objects.count() == 2


def test_a_question_nobody_asks_leads_back(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, "Nominator,Nominee\nFinn Novak,Nadie Una\n")
    assert client.get(address(batch, "unclear") + "somebody/?question=L9")["Location"] == address(batch, "unclear")
    assert signed_in(village.dov).get(address(batch, "unclear") + "somebody/").status_code == 404


def test_somebody_of_an_earlier_row_is_named_with_her_line(village: Village) -> None:
    client = signed_in(village.ana)
    text = "Name,Department,Job,Phone\nIda Vega,Weaving,dyer,212-555-0101\nIda Vega,Weaving,cook,212-555-0102\n"
    words = said(shown(client, brought(client, text), "unclear"))
    assert "new in line 2" in words and "Weaving · dyer" in words


def test_all_unclear_rows_of_a_reason_are_answered_at_once(village: Village) -> None:
    client = signed_in(village.root)
    batch = brought(client, "Nominator,Nominee\nFinn Novak,Nadie Una\nFinn Novak,Nadie Dos\nCleo Ruiz,Nadie Una\n")
    words = said(shown(client, batch, "unclear"))
    assert "Nadie Una Line 2 · 2 rows" in words and "Nadie Dos Line 3" in words
    client.post(address(batch, "unclear"), {"reason": "not_found", "all": "new", **once()})
    do_all_waiting()
    go(client, batch, "bring")
    assert Nomination.objects.count() == 3 and Person.objects.filter(name="Nadie Una").count() == 1


def test_whoever_sees_a_part_alone_says_where_new_people_stand(village: Village) -> None:
    client = signed_in(village.ana)
    text = "Nominator,Nominee\nFinn Novak,Nadie Una\n"
    page = shown(client, brought(client, text), "unclear")
    assert "Nobody new can be added whose row names no unit of yours." in page and 'value="new"' not in page
    batch = brought(client, text, default_unit=str(village.weaving.pk))
    page = shown(client, batch, "unclear")
    assert "Nobody new can be added" not in page and 'value="new"' in page
    key = ImportRow.objects.get(batch=batch).who[1][3]
    answer = client.post(address(batch, "unclear"), {f"who:{key}": "new", **once()}, follow=True)
    assert "1 row is settled." in answer.content.decode()
    go(client, batch, "bring")
    assert Placement.objects.get(person__name="Nadie Una").unit == village.weaving


# -- what is not there yet ----------------------------------------------------------------------------


def test_a_missing_unit_is_mapped_to_one_that_is_there(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, "Name,Department\nAda Soto,Weavng\nIda Soto,Looms\n")
    words = said(shown(client, batch, "missing"))
    assert "2 places and acts in the file are not here yet." in words
    assert "The mill > Weaving (likely meant)" in words and SENTINEL not in words
    keys = re.findall(r'name="key(\d)" value="(\w+)"', shown(client, batch, "missing"))
    typed = {f"key{place}": key for place, key in keys}
    for place, key in keys:
        typed |= (
            {f"do{place}": "use", f"use{place}": str(village.weaving.pk)}
            if key == "weavng"
            else {f"do{place}": "create"}
        )
    assert client.post(address(batch, "missing"), {**typed, **once()})["Location"] == address(batch)
    do_all_waiting()
    go(client, batch, "bring")
    assert Placement.objects.get(person__name="Ada Soto").unit == village.weaving
    assert Unit.objects.filter(name="Weavng").count() == 0 and Unit.objects.get(name="Looms").parent == village.mill


def test_a_unit_outside_the_scope_cannot_be_chosen(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, "Name,Department\nAda Soto,Looms\n")
    typed = {"key0": "looms", "do0": "use", "use0": str(village.parish.pk), **once()}
    answer = client.post(address(batch, "missing"), typed)
    assert (answer.status_code, "This is not there any more." in answer.content.decode()) == (400, True)
    answer = client.post(address(batch, "missing"), {"key0": "looms", "do0": "use", **once()})
    assert (answer.status_code, "Choose which one it is." in answer.content.decode()) == (400, True)
    batch.refresh_from_db()
    assert batch.choices == {}


def test_an_act_without_a_day_is_asked_for_before_anything_goes_in(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, "Name,Department,Signed the card\nCleo Ruiz,Weaving,x\n", column2="mark")
    assert "One act still lacks its day." in shown(client, batch) and "/bring/" not in shown(client, batch)
    answer = client.post(address(batch, "bring"), once(), follow=True)
    assert "Say first on which day 1 act was." in answer.content.decode()
    typed = {"key0": "signed the card", "do0": "create", "kind0": "petition", "on0": "2026-02-31"}
    wrong = client.post(address(batch, "missing"), {**typed, **once()})
    assert wrong.status_code == 400
    assert "Say on which day this act was." in wrong.content.decode() and 'value="2026-02-31"' in wrong.content.decode()
    client.post(address(batch, "missing"), {**typed, "on0": "2026-02-27", **once()})
    do_all_waiting()
    go(client, batch, "bring")
    assert Occasion.objects.values_list("kind", "on").get() == ("petition", Occasion.objects.get().on)
    assert Occasion.objects.get().on.isoformat() == "2026-02-27"


# -- in, broken off, and back -------------------------------------------------------------------------


def test_a_failed_work_is_said_and_goes_on_where_it_was(village: Village) -> None:
    client = signed_in(village.ana)
    batch = brought(client, PEOPLE)
    client.post(address(batch, "bring"), once())
    assert "data-refresh" in shown(client, batch)
    Work.objects.filter(kind=BRING_IN, subject=batch.pk).update(state="failed", problem="OSError at x.py:1")
    page = shown(client, batch)
    assert "The work broke off. Nothing is lost and nothing is half done." in page and "data-refresh" not in page
    assert "OSError" not in page
    batch = go(client, batch, "again")
    assert batch.state == "done"


def test_a_waiting_work_can_be_stopped_and_the_file_waits_again(village: Village) -> None:
    client = signed_in(village.ana)
    before = Person.objects.count()
    batch = brought(client, PEOPLE)
    client.post(address(batch, "bring"), once())
    batch = go(client, batch, "stop")
    assert (batch.state, Person.objects.count()) == ("looked", before)
    assert go(client, batch, "bring").state == "done"


def test_two_yeses_bring_the_rows_in_once(village: Village) -> None:
    client, key = signed_in(village.ana), once()
    batch = brought(client, PEOPLE)
    for _ in range(2):
        assert client.post(address(batch, "bring"), key)["Location"] == address(batch)
    client.post(address(batch, "bring"), once())
    do_all_waiting()
    assert Work.objects.filter(kind=BRING_IN, subject=batch.pk).count() == 1
    assert Person.objects.filter(family_name="Garcia Lopez").count() == 1


def test_the_way_back_says_first_what_would_stay_and_changes_nothing(village: Village) -> None:
    client = signed_in(village.ana)
    batch = go(client, brought(client, PEOPLE), "bring")
    assert "Everything of this file would go." in shown(client, batch, "undo")
    maria = Person.objects.get(family_name="Garcia Lopez")
    Placement.objects.create(person=maria, unit=village.spinning, main=False, source="hand:later")
    people = Person.objects.count()
    words = said(shown(client, batch, "undo"))
    assert "Most of it would go. Some would stay." in words
    assert "1 person stays, because somebody placed her in a unit since." in words
    assert (Person.objects.count(), BareYes.objects.count()) == (people, 2)
    batch = go(client, batch, "undo")
    assert batch.state == "taken_back"
    words = said(shown(client, batch))
    assert "This file was taken back. Some of it stayed." in words
    assert "1 person stays, because somebody placed her in a unit since." in words
    assert "Line 2 Maria Jose Garcia Lopez" in words
    assert Person.objects.filter(pk=maria.pk).exists() and not Person.objects.filter(family_name="Smith").exists()


def test_the_way_back_of_a_long_file_says_how_far_it_was_tried(village: Village) -> None:
    client = signed_in(village.ana)
    people = "".join(f"Person {chr(97 + n // 26)}{chr(97 + n % 26)}x,Weaving\n" for n in range(402))
    batch = go(client, brought(client, f"Name,Department\n{people}"), "bring")
    first = Person.objects.get(pk=str(ImportRow.objects.get(batch=batch, line=2).person))
    Placement.objects.create(person=first, unit=village.spinning, main=False, source="hand:later")
    words = said(shown(client, batch, "undo"))
    assert "As far as it was tried, everything would go." in words and "Tried on the last 400 rows" in words
    words = said(shown(client, batch, "undo", "?more=1"))
    assert "1 person stays, because somebody placed her in a unit since." in words and "Tried on" not in words


def test_the_rows_left_out_can_be_let_go(village: Village) -> None:
    client = signed_in(village.ana)
    batch = go(client, brought(client, PEOPLE), "bring")
    page = said(shown(client, batch))
    assert "3 rows are in." in page and "1 row was left out." in page and "I need them no more" in page
    go(client, batch, "close")
    page = said(shown(client, batch))
    assert "What stood in them is gone" in page and "I need them no more" not in page
    assert not any(row.values for row in ImportRow.objects.filter(batch=batch))


# -- whose it is --------------------------------------------------------------------------------------


def test_every_page_and_act_of_anothers_import_is_nowhere(village: Village) -> None:
    ana = signed_in(village.ana)
    batch = brought(ana, PEOPLE)
    done = go(ana, brought(ana, "Name,Department\nAda Soto,Weaving\n,Weaving\n"), "bring")
    acts = ("", "columns", "missing", "unclear", "left_rows", "undo")
    for client in (signed_in(village.dov), signed_in(village.bo), signed_in(village.cleo)):
        for one in (batch, done):
            for what in acts:
                assert client.get(address(one, what)).status_code == 404, what
            for what in ("columns", "missing", "unclear", "bring", "stop", "again", "undo", "aside", "close"):
                assert client.post(address(one, what), once()).status_code == 404, what
    batch.refresh_from_db()
    done.refresh_from_db()
    assert (batch.state, done.state) == ("looked", "done")


def test_an_administrator_sees_whose_file_it_is(village: Village) -> None:
    batch = brought(signed_in(village.ana), PEOPLE)
    ImportBatch.objects.filter(pk=batch.pk).update(brought_at=batch.brought_at - timedelta(days=3))
    assert "brought by Ana on" in shown(signed_in(village.root), batch)
    assert "brought by" not in shown(signed_in(village.ana), batch)


def test_every_page_speaks_spanish(village: Village) -> None:
    client = signed_in(village.ana)
    client.cookies["django_language"] = "es"
    with translation.override("es"):
        batch = brought(client, "Nombre,Departamento,Hoja de firmas 1/3/2026\nAda Soto,Telares,x\n,Telares,\n")
        assert "1 persona es nueva." in shown(client, batch) and "1 fila no se puede usar." in shown(client, batch)
        assert "lugares y actos del archivo aún no están aquí." in shown(client, batch, "missing")
        batch = go(client, batch, "bring")
        assert "1 fila ya está en la lista." in shown(client, batch)
        assert "Se iría todo lo de este archivo." in shown(client, batch, "undo")
        assert "No queda nada de él." in shown(client, go(client, batch, "undo"))
