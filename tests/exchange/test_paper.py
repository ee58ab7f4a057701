"""The wall chart on paper: sizes, pages, names; who may print, and what is written down."""

import re
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.http import HttpRequest
from django.test import Client
from pypdf import PdfReader

from commonweal.accounts.models import Device
from commonweal.accounts.views.doorway import keep_sealed
from commonweal.common.clock import now
from commonweal.exchange.paper.letters import PLAIN, in_two_lines, narrowed, printable, short_name, width
from commonweal.exchange.paper.sheet import line_codes
from commonweal.ledger.models import Entry
from commonweal.people.models import Person, PersonName, Placement, Shift
from tests.village import SENTINEL, THEN, Village, person

FORM, ADDRESS = "/exchange/paper/wall_chart/", "/exchange/paper/wall_chart/pdf/"


def printed(client: Client, **asked: str) -> PdfReader:
    answer = client.post(ADDRESS, asked)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def millimetres(page: Any) -> tuple[int, int]:
    return round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)


def words(document: PdfReader) -> str:
    return " ".join(page.extract_text() for page in document.pages)


def test_names_keep_their_letters_where_we_have_them() -> None:
    assert printable("Łucja Żak Erdős Muñoz") == "Łucja Żak Erdős Muñoz"
    assert printable("Ольга Λάμπρος Nguyễn") == "Ольга Λάμπρος Nguyễn"
    assert printable("Rosa 🌻 Díaz") == "Rosa Díaz"
    assert printable("王小明") is None and printable("محمد") is None
    assert short_name("Bo", "Adeyemi", "Bo Adeyemi") == "Adeyemi B."
    assert short_name("", "", "Bo") == "Bo"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("paper", "size", "pages"),
    [
        ("a3", (420, 297), 1),
        ("a1", (841, 594), 1),
        ("a0", (1189, 841), 1),
        ("a4x4", (297, 210), 4),
        ("a4x9", (297, 210), 9),
    ],
)
def test_each_paper_has_its_size_and_pages(
    client: Client, village: Village, paper: str, size: tuple[int, int], pages: int
) -> None:
    client.force_login(village.ana)
    document = printed(client, paper=paper)
    assert [millimetres(page) for page in document.pages] == [size] * pages
    assert "Adeyemi B." in words(document)


@pytest.mark.django_db
def test_nobody_outside_the_scope_is_printed(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    for paper in ("a3", "sheets"):
        assert SENTINEL not in words(printed(client, paper=paper))


@pytest.mark.django_db
def test_each_copy_has_its_number_and_the_ledger_says_who_printed(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    text = words(printed(client, paper="a3", **{"for": "Ana\nBo", "back": "2026-12-24"}))
    assert "Copy 1 of 2, for Ana" in text and "Copy 2 of 2, for Bo" in text and "24 December 2026" in text
    entry = Entry.objects.get(verb="printed_wall_chart")
    assert entry.actor == village.ana.pk
    assert entry.facts == {"people": 3, "copies": 2, "paper": "a3"}


@pytest.mark.django_db
def test_a_sheet_has_a_line_code_for_everybody(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    document = printed(client, paper="sheets")
    assert [millimetres(page) for page in document.pages] == [(210, 297)] * 2
    codes = line_codes(sorted([village.bo_person.pk, village.cleo_person.pk, village.finn_person.pk]))
    assert len(set(codes.values())) == 3
    for code in codes.values():
        assert code in words(document)


@pytest.mark.django_db
def test_a_name_we_cannot_print_stands_as_a_number_or_by_another_name(client: Client, village: Village) -> None:
    person("王 小明", village.weaving, village.day)
    ali = person("علي حسن", village.weaving, village.day)
    PersonName.objects.create(person=ali, kind="script", name="Ali Hassan", source="hand:village")
    client.force_login(village.ana)
    text = words(printed(client, paper="sheets"))
    assert "No. 1" in text and "Ali Hassan" in text
    assert "王 小明" in client.get(FORM).content.decode()


@pytest.mark.django_db
def test_only_organizers_print_and_a_get_prints_nothing(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    assert client.get(ADDRESS).status_code == 405
    for account in (village.bo, village.cleo):
        client.force_login(account)
        assert client.get(FORM).status_code == 404
        assert client.post(ADDRESS).status_code == 404
    assert not Entry.objects.filter(verb="printed_wall_chart").exists()


@pytest.mark.django_db
def test_a_chart_too_long_for_its_paper_goes_on_on_the_next(client: Client, village: Village) -> None:
    crowd = [
        Person(
            name=f"Q Crowd{number:04d}", given_name="Q", family_name=f"Crowd{number:04d}",
            sort_name=f"crowd{number:04d}", source="t", added_at=THEN, changed_at=THEN,
        )
        for number in range(2600)
    ]  # fmt: skip
    Person.objects.bulk_create(crowd)
    Placement.objects.bulk_create(
        [Placement(person=one, unit=village.weaving, shift=village.day, source="t") for one in crowd]
    )
    client.force_login(village.ana)
    document = printed(client, paper="a3")
    text = words(document)
    assert len(document.pages) > 1
    assert all(f"Crowd{number:04d} Q." in text for number in range(2600))


@pytest.mark.django_db
@pytest.mark.parametrize(("forward", "said"), [(True, "1 brings others"), (False, "5 brings others")])
def test_the_key_counts_as_the_organization_counts(client: Client, village: Village, forward: bool, said: str) -> None:
    village.organization.strongest_is_one = forward
    village.organization.save()
    client.force_login(village.ana)
    assert said in words(printed(client, paper="a3"))
    assert re.search(rf"{said[0]}\s+brings", words(printed(client, paper="sheets")))


def test_a_narrow_column_keeps_the_letter_by_which_cousins_are_told_apart() -> None:
    room = width("Hernández H. R.", PLAIN, 7)
    assert narrowed("Hernández Hernández R.", PLAIN, 7, room) == "Hernández H. R."
    assert narrowed("Hernández R.", PLAIN, 7, room) == "Hernández R."
    short = narrowed("Hernández Hernández R.", PLAIN, 7, room / 2)
    assert short.endswith("… R.") and width(short, PLAIN, 7) <= room / 2
    assert narrowed("Nabucodonosor", PLAIN, 7, room / 2).endswith("…")


def test_a_long_unit_stands_in_two_lines_and_no_line_is_too_long() -> None:
    room = width("Environmental", PLAIN, 8)
    assert in_two_lines("Environmental Services", PLAIN, 8, room) == ["Environmental", "Services"]
    assert in_two_lines("Weaving", PLAIN, 8, room) == ["Weaving"]
    for name in ("Otorrinolaringologíaprofunda", "Departamento de Otorrinolaringología y Audiología Infantil"):
        lines = in_two_lines(name, PLAIN, 8, room)
        assert len(lines) <= 2 and all(width(line, PLAIN, 8) <= room for line in lines)


@pytest.mark.django_db
def test_long_names_and_many_shifts_stay_on_the_sheet(client: Client, village: Village) -> None:
    for number in range(7):
        shift = Shift.objects.create(name=f"Turno extraordinario de fin de semana {number}", position=number + 2)
        person("Maximiliano Fernández de Córdoba y Valenzuela", village.weaving, shift)
    client.cookies["django_language"] = "es"
    client.force_login(village.ana)
    document = printed(client, paper="a3", **{"for": "María de los Ángeles Fernández de Córdoba y Valenzuela"})
    page = document.pages[0]
    right = float(page.mediabox.width)
    places: list[tuple[float, str]] = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: places.append((cm[4] + tm[4], text)))
    assert places and all(0 <= x < right for x, text in places if text.strip())


@pytest.mark.django_db
def test_a_mark_is_drawn_once_into_the_file_and_not_once_for_each_person(client: Client, village: Village) -> None:
    before = len(client_file(client, village))
    for number in range(60):
        person(f"Q Crowd{number}", village.weaving, village.day)
    assert len(client_file(client, village)) - before < 60 * 120


def client_file(client: Client, village: Village) -> bytes:
    client.force_login(village.ana)
    return bytes(client.post(ADDRESS, {"paper": "a3"}).content)


@pytest.mark.django_db
def test_who_prints_shows_that_it_is_she_and_loses_nothing_she_typed(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    Device.objects.update(confirmed_at=now() - timedelta(minutes=6))
    assert "next=" in client.get(FORM)["Location"]
    typed = {"paper": "a1", "ink": "black", "for": "Ana\nBo", "back": "2026-12-24"}
    answer = client.post(f"{ADDRESS}?unit={village.weaving.pk}", typed)
    assert answer.status_code == 302 and "next=" in answer["Location"]
    assert not Entry.objects.filter(verb="printed_wall_chart").exists()
    Device.objects.update(confirmed_at=now())
    page = client.get(f"{FORM}?unit={village.weaving.pk}").content.decode()
    assert "Ana\nBo</textarea>" in page and 'value="2026-12-24"' in page
    assert 'value="a1" checked' in page and 'value="black" checked' in page


@pytest.mark.django_db
def test_a_whole_chart_needs_nobodys_yes_and_very_many_names_on_paper_are_reported(
    client: Client, village: Village, settings: Any
) -> None:
    settings.NAMES_AN_HOUR = 2
    client.force_login(village.ana)
    printed(client, paper="sheets")
    assert Entry.objects.get(verb="looked_at_many").facts == {"people": 3, "opened": 0}
    assert "Adeyemi B." in words(printed(client, paper="a3"))
    assert Entry.objects.filter(verb="looked_at_many").count() == 1


@pytest.mark.django_db
def test_who_has_just_been_shown_her_codes_on_paper_may_print_and_keeps_them(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    session = client.session
    keep_sealed(cast(HttpRequest, SimpleNamespace(session=session)), "paper", ["abcdabcd"])
    session.save()
    assert client.get(FORM).status_code == 200
    assert b"abcd" in client.get("/you/codes/").content


def test_a_chart_without_anybody_offers_no_empty_paper(client: Client, village: Village) -> None:
    Person.objects.all().delete()
    client.force_login(village.ana)
    page = client.get(FORM).content.decode()
    assert "Nobody stands on this chart yet." in page
    assert ADDRESS not in page
