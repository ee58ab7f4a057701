"""Real programs' and people's layouts are understood without a question."""

from pathlib import Path

import pytest

from commonweal.exchange.models import ImportBatch, SavedMapping
from commonweal.exchange.rules.headers import found_layout
from commonweal.exchange.rules.mapping import Reading
from commonweal.exchange.rules.tables import open_table
from commonweal.exchange.writes.uploads import bring_file, guessed_reading, likely_sheet, tables_in
from commonweal.people.models import Ask, BareYes, Institution, Nomination, Occasion, Person, Shift, Tie, Unit
from tests.exchange.bringing import as_csv, bring, brought, given, looked, work_is_done
from tests.village import THEN, Village

FILES = Path(__file__).parent / "files"


def columns(name: str) -> tuple[str, list[str], Reading]:
    """The guessed kind and fields of a file; no database remembers anything here."""
    table = open_table((FILES / name).read_bytes())
    reading = guessed_reading(table, sheet=likely_sheet(tables_in(table)))
    return reading.kind, [field for field, _ in reading.columns], reading


def content(name: str) -> bytes:
    return (FILES / name).read_bytes()


@pytest.mark.django_db
def test_action_network(village: Village) -> None:
    kind, fields, reading = columns("action_network.csv")
    assert (kind, reading.encoding, reading.delimiter) == ("people", "utf-8-sig", ",")
    assert fields == [
        "given_name", "family_name", "email", "", "phone", "street", "city", "region", "postal_code", "", "languages",
        "outside_number", "",
    ]  # fmt: skip
    brought(village.root, content("action_network.csv"))
    noemi = Person.objects.get(family_name="Ibáñez Prado")
    assert (noemi.name, noemi.languages) == ("Noemí Ibáñez Prado", ["es"])
    assert {point.value for point in noemi.contact_points.all()} == {
        "+12125550101", "noemi@mill.example", "4 Canal St, Riverside, NJ 08075",
    }  # fmt: skip
    assert Person.objects.get(name="Tomasz Wójcik").languages == ["pl", "en"]
    assert Person.objects.get(name="Ada").outside_number.endswith("9a03")


@pytest.mark.django_db
def test_ngp_van_in_utf_16_with_tabulators(village: Village) -> None:
    kind, fields, reading = columns("ngp_van.tsv")
    assert (kind, reading.encoding, reading.delimiter) == ("people", "utf-16", "\t")
    assert fields == [
        "outside_number", "family_name", "given_name", "middle_name", "suffix", "street", "city", "region",
        "postal_code", "phone", "email", "unit", "", "born_on",
    ]  # fmt: skip
    brought(village.root, content("ngp_van.tsv"))
    chidi = Person.objects.get(outside_number="100201")
    assert (chidi.name, chidi.family_name, str(chidi.born_on)) == ("Chidi N Okafor Jr.", "Okafor", "1980-07-04")
    assert Person.objects.get(outside_number="100202").family_name == "de la Cruz"


@pytest.mark.django_db
def test_civicrm(village: Village) -> None:
    kind, fields, _ = columns("civicrm.csv")
    assert kind == "people"
    assert fields == [
        "outside_number", "name", "given_name", "family_name", "suffix", "phone", "email", "street", "street", "city",
        "postal_code", "languages", "site", "job", "born_on",
    ]  # fmt: skip
    brought(village.root, content("civicrm.csv"))
    mei = Person.objects.get(outside_number="311")
    assert (mei.name, mei.placements.get().unit, mei.placements.get().job) == ("Mei Lin", village.mill, "Spinner")
    assert "Apt 2, 88 Bank St, Riverside, 08075" in {point.value for point in mei.contact_points.all()}
    assert Person.objects.get(outside_number="312").name == "Omar Haddad III"


@pytest.mark.django_db
def test_an_employers_list_below_a_title_in_an_old_alphabet(village: Village) -> None:
    kind, fields, reading = columns("employer.csv")
    assert (kind, reading.encoding, reading.delimiter, reading.date_order) == ("people", "cp1252", ";", "dmy")
    assert (reading.header_line, reading.first_line) == (4, 5)
    assert fields == ["outside_number", "name", "unit", "shift", "job", "born_on", "phone"]
    batch = looked(village.ana, content("employer.csv"))
    assert set(batch.found["missing"]["unit"]) == {"dyeing"} and set(batch.found["missing"]["shift"]) == {"2nd"}
    bring(batch, village.ana)
    maria = Person.objects.get(outside_number="0017")
    assert (maria.name, maria.given_name, str(maria.born_on)) == ("María José Muñoz Peña", "María José", "1979-03-14")
    assert (maria.placements.get().shift, maria.placements.get().unit) == (village.day, village.weaving)
    sean = Person.objects.get(outside_number="0018")
    assert (sean.name, sean.placements.get().shift) == ("Seán O'Neill", village.night)
    assert Unit.objects.get(name="Dyeing").parent == village.mill
    jan = Person.objects.get(outside_number="0019")
    assert (jan.name, jan.family_name, jan.placements.get().shift.name) == (
        "Jan van der Berg Sr.",
        "van der Berg",
        "2nd",
    )
    assert Shift.objects.count() == 3


@pytest.mark.django_db
def test_a_committees_nominations_below_questions_on_the_second_sheet(village: Village) -> None:
    kind, fields, reading = columns("nominations.xlsx")
    assert (kind, reading.sheet) == ("nominations", 1)
    assert fields == ["nominator", "nominator_unit", "nominee", "nominee", "on"]
    brought(village.ana, content("nominations.xlsx"))
    assert sorted(Nomination.objects.values_list("nominator__name", "nominee__name", "question", "on__day")) == [
        ("Cleo Ruiz", "Bo Adeyemi", "advice", 3), ("Cleo Ruiz", "Bo Adeyemi", "turnout", 3),
        ("Cleo Ruiz", "Finn Novak", "turnout", 3), ("Finn Novak", "Bo Adeyemi", "advice", 4),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_committees_ties(village: Village) -> None:
    kind, fields, _ = columns("ties.xlsx")
    assert (kind, fields) == ("ties", ["person", "other", "tie_kind", "strength"])
    brought(village.ana, content("ties.xlsx"))
    assert sorted(Tie.objects.values_list("kind", "strength")) == [
        ("godparent", 0.4),
        ("kin", 1.0),
        ("shares_ride", 0.8),
    ]


@pytest.mark.django_db
def test_a_committees_sheet_of_who_took_part(village: Village) -> None:
    kind, fields, reading = columns("took_part.xlsx")
    assert (kind, fields) == ("people", ["name", "unit", "mark", "mark", "mark"])
    assert (reading.marks, reading.header_line) == ("asked", 2)
    brought(village.ana, content("took_part.xlsx"))
    assert sorted(Occasion.objects.values_list("name", "kind", "on__month", "on__day")) == [
        ("Button day", "button", 3, 1), ("March on the boss", "march_on_boss", 3, 14), ("Petition", "petition", 2, 10),
    ]  # fmt: skip
    assert sorted(Ask.objects.values_list("occasion__name", "asked__name", "outcome")) == [
        ("Button day", "Cleo Ruiz", "did"), ("Button day", "Finn Novak", "did"),
        ("March on the boss", "Bo Adeyemi", "did"), ("March on the boss", "Cleo Ruiz", "did_not"),
        ("March on the boss", "Finn Novak", "could_not"),
        ("Petition", "Bo Adeyemi", "did"), ("Petition", "Cleo Ruiz", "did"),
    ]  # fmt: skip
    assert not BareYes.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_alphabet_and_sign_between_the_cells(encoding: str, delimiter: str, db: None) -> None:
    rows = [
        ["Nombre", "Departamento", "Teléfono"],
        ["Íñigo Núñez", "Tejeduría", "212 555 0101"],
        ["José Peña", "Hilatura", "212 555 0102"],
    ]
    table = open_table("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert [cells for _, cells in table.rows()] == rows
    assert [field for field, _ in guessed_reading(table).columns] == ["name", "unit", "phone"]


@pytest.mark.django_db
def test_how_a_header_is_read_is_remembered_for_the_next_file(village: Village) -> None:
    first = as_csv(("Quién", "Dónde", "Seña"), ("Ida Quill", "Weaving", "S-1"))
    assert [field for field, _ in given(village.ana, first).settings["columns"]] != ["name", "unit", "outside_number"]
    looked(village.ana, first, columns=[["name", ""], ["unit", ""], ["outside_number", ""]], key="outside_number")
    again = given(village.root, first.replace(b"Ida", b"Eda"))
    assert [field for field, _ in again.settings["columns"]] == ["name", "unit", "outside_number"]
    assert again.settings["key"] == "outside_number"
    assert not any("Ida" in str(saved.settings) for saved in SavedMapping.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "verdicts"),
    [("best", ["changes", "changes", "changes"]), ("outside_number", ["changes", "new", "bad"]),
     ("email", ["new", "changes", "bad"]), ("name_unit", ["changes", "changes", "changes"]), ("own_id", ["bad"] * 3)],
)  # fmt: skip
def test_the_key_by_which_people_are_recognized_is_chosen(village: Village, key: str, verdicts: list[str]) -> None:
    brought(
        village.root,
        as_csv(
            ("Name", "Department", "Number", "Email"),
            ("Ida Quill", "Weaving", "7", "ida@x.example"),
            ("Ole Rask", "Weaving", "8", "ole@x.example"),
            ("Uma Sand", "Weaving", "", ""),
        ),
    )
    batch = looked(
        village.root,
        as_csv(
            ("Name", "Department", "Number", "Email", "Job"),
            ("Ida Quill", "Weaving", "7", "new@x.example", "a"),
            ("Ole Rask", "Weaving", "9" if key != "best" and key != "name_unit" else "8", "ole@x.example", "b"),
            ("Uma Sand", "Weaving", "", "", "c"),
        ),
        key=key,
    )
    assert list(batch.rows.order_by("line").values_list("verdict", flat=True)) == verdicts


def test_a_header_of_one_column_and_a_list_without_header() -> None:
    assert found_layout([(1, ["Name"]), (2, ["Ida Quill"])]).header_line == 1
    assert found_layout([(1, ["Ida Quill", "ida@x.example"]), (2, ["Ole Rask", "ole@x.example"])]).header_line == 0


@pytest.mark.django_db
def test_double_titles_are_both_read(village: Village) -> None:
    brought(
        village.root,
        as_csv(("Name", "Phone", "Phone", "Notes", "Notes"), ("Ida Quill", "2125550101", "2125550102", "one", "two")),
    )
    ida = Person.objects.get(name="Ida Quill")
    assert (ida.contact_points.count(), ida.note) == (2, "one\ntwo")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "محمد الأحمد",
        "李小龙",
        "Zoë 🌹 Rosa",
        "<script>alert(1)</script> Ng",
        "=cmd|' /C calc'!A0",
        "Robert'); DROP TABLE people;--",
        "N\u0303an\u0303o Pérez",
    ],
)
def test_names_of_any_letters_come_in_as_they_are_written(village: Village, name: str) -> None:
    import unicodedata

    brought(village.root, as_csv(("Name", "Phone"), (name, "2125550101")))
    new = Person.objects.get(source__startswith="import:")
    assert new.name.replace(" ", "").casefold() == unicodedata.normalize("NFC", name).replace(" ", "").casefold()


@pytest.mark.django_db
def test_an_institution_list_says_who_belongs_where(village: Village) -> None:
    brought(
        village.root,
        as_csv(
            ("Institution", "Place", "Person", "Role"),
            ("Iglesia San Judas", "Main St", "Cleo Ruiz", "tesorera"),
            ("Tanda de los lunes", "", "Bo Adeyemi", ""),
            ("Choir of the mill", "", "", ""),
        ),
    )
    assert sorted(Institution.objects.values_list("kind", "name", "place")) == [
        ("choir", "Choir of the mill", ""), ("congregation", "Iglesia San Judas", "Main St"), ("savings", "Tanda de los lunes", ""),
    ]  # fmt: skip
    assert village.cleo_person.affiliations.get().role == "treasurer"


@pytest.mark.django_db
def test_the_stored_file_is_sealed_and_goes_once_it_is_in(village: Village) -> None:
    from commonweal.exchange.writes.uploads import folder_of

    batch = bring_file(
        name="list.csv",
        pieces=[as_csv(("Name", "Phone"), ("Qwyxtrose Vnamed", "2125550101"))],
        by=village.root.pk,
        at=THEN,
    )
    stored = b"".join(path.read_bytes() for path in folder_of(batch.pk).iterdir())
    assert stored and b"Qwyxtrose" not in stored
    from commonweal.exchange.writes.looking import begin_looking

    begin_looking(batch.pk, Reading.from_json(batch.settings), by=village.root.pk, at=THEN)
    work_is_done()
    bring(ImportBatch.objects.get(), village.root)
    assert not folder_of(batch.pk).exists()
