"""Files as they come: totals and remarks below a list, groups among people, columns of yes and no that are no act."""

import pytest

from commonweal.exchange.models import ImportBatch
from commonweal.people.models import Affiliation, BareYes, ContactPoint, Person
from tests.exchange.bringing import as_csv, bring, given, looked
from tests.exchange.test_import_pages import given as uploaded
from tests.exchange.test_import_pages import said, shown
from tests.exchange.test_imports import go, signed_in
from tests.village import Village

pytestmark = pytest.mark.django_db


def reasons(batch: ImportBatch) -> dict[int, str]:
    return dict(batch.rows.filter(verdict="bad").values_list("line", "reason"))


def fields(batch: ImportBatch) -> dict[str, str]:
    pairs = zip(batch.settings["titles"], batch.settings["columns"], strict=True)
    return {title: column[0] for title, column in pairs}


def test_totals_and_remarks_below_a_list_are_nobody(village: Village) -> None:
    text = as_csv(
        ("EMP NO", "EMPLOYEE NAME", "DEPT", "HOME PHONE"),
        ("0017", "MUÑOZ PEÑA, MARÍA JOSÉ", "Weaving", "(212) 555-0131"),
        ("", "SUBTOTAL", "Weaving", ""),
        ("", "TOTAL EMPLOYEES: 3", "", ""),
        ("", "Printed 03/01/2026 by HR", "", ""),
        ("", "as of 3/1/2026", "", ""),
        ("", "Juana Printemps", "", ""),
        ("0020", "TOTALI, ANNA", "Weaving", ""),
    )
    batch = looked(village.root, text)
    assert reasons(batch) == dict.fromkeys((3, 4, 5, 6), "not_somebody")
    page = said(shown(signed_in(village.root), batch))
    assert "This is a line of totals or a remark, not a person." in page
    bring(batch, village.root)
    assert set(Person.objects.filter(source__startswith="import:").values_list("family_name", flat=True)) == {
        "Muñoz Peña", "Printemps", "Totali",
    }  # fmt: skip


def test_organizations_and_households_among_contacts_are_left_out_with_the_reason(village: Village) -> None:
    text = as_csv(
        ("Contact ID", "Contact Type", "Sort Name", "Do Not Email", "Opted out of SMS", "Is Deceased"),
        ("311", "Individual", "Lin, Mei", "No", "No", "No"),
        ("312", "Organization", "Riverside Medical Center", "No", "No", "No"),
        ("313", "Household", "Lin household", "Yes", "No", "No"),
    )
    batch = looked(village.root, text)
    assert reasons(batch) == {3: "group", 4: "group"} and batch.found["verdicts"] == {"new": 1, "bad": 2}
    held = fields(batch)
    assert (held["Do Not Email"], held["Opted out of SMS"], held["Is Deceased"]) == ("", "", ""), "no acts"


def test_an_address_without_a_name_is_said_to_lack_the_name(village: Village) -> None:
    batch = looked(village.root, as_csv(("first_name", "last_name", "email"), ("", "", "anon@mill.example")))
    assert reasons(batch) == {2: "no_name"}


def test_blanks_in_words_are_no_problems_and_a_telephone_made_a_number_is_one(village: Village) -> None:
    rows = (("Ada Soto", "2125550158.0", "none", "n/a"), ("Ida Soto", "N/A", "ida@mill.example", "3/14/1980"))
    batch = bring(looked(village.root, as_csv(("Name", "Cell", "Email", "Birthday"), *rows)), village.root)
    assert not batch.rows.exclude(problems=[]).exists()
    assert set(ContactPoint.objects.filter(person__family_name="Soto").values_list("kind", "person__given_name")) == {
        ("phone", "Ada"), ("email", "Ida"),
    }  # fmt: skip
    assert str(ContactPoint.objects.get(person__given_name="Ada").value) == "+12125550158"


def test_a_parish_list_says_who_belongs_and_as_what(village: Village) -> None:
    batch = given(village.root, as_csv(("Iglesia", "Nombre", "Cargo"), ("San José", "Bo Adeyemi", "Tesorera")))
    assert batch.kind == "institutions"
    assert fields(batch) == {"Iglesia": "institution", "Nombre": "person", "Cargo": "role"}


def test_a_column_called_church_says_what_kind_of_institution_it_is_also_through_the_page(village: Village) -> None:
    client = signed_in(village.root)
    batch = uploaded(client, "Name,Dept,Phone,Church\nAda Soto,Weaving,2125550158,Our Hope\n")
    go(client, go(client, batch, "columns"), "bring")
    assert Affiliation.objects.get().institution.kind == "congregation"


def test_who_canvassed_her_is_nothing_to_ask_about_where_no_act_is_named(village: Village) -> None:
    text = as_csv(("VANID", "LastName", "FirstName", "Canvassed By"), ("1", "OKAFOR", "CHIDI", "Nobody Known"))
    batch = looked(village.root, text)
    assert (batch.found["verdicts"], batch.found["reasons"]) == ({"new": 1}, {})
    bring(batch, village.root)
    assert not BareYes.objects.exists()
