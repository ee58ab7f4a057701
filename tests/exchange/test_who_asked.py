"""A list of people says who asked each of them; who that is can be said on the page, and nobody is lost meanwhile."""

import re

import pytest

from commonweal.people.models import BareYes, Person
from tests.exchange.bringing import as_csv, bring, everything, looked, taken_back
from tests.exchange.test_import_pages import said, shown
from tests.exchange.test_imports import once, signed_in
from tests.village import Village, person

pytestmark = pytest.mark.django_db
SHEET = as_csv(
    ("Name", "Department", "Leader", "Button day 3/1/2026"),
    ("Ada Soto", "Weaving", "Ann Lee", "x"),
    ("Ida Soto", "Weaving", "Ann Lee", "x"),
    ("Eda Soto", "Weaving", "Bo Adeyemi", "x"),
    ("Una Soto", "Weaving", "Nobody Knownhere", "x"),
    ("Ola Soto", "Weaving", "Zed Unmarked", ""),
)


@pytest.fixture
def two_anns(village: Village) -> tuple[Person, Person]:
    return person("Ann Lee", village.weaving, village.day), person("Ann Lee", village.spinning, village.day)


def carried() -> dict[str, str]:
    found = BareYes.objects.order_by("person__name").values_list("person__name", "carried_by__name")
    return {name: by or "" for name, by in found}


def test_a_leader_whose_name_is_unclear_is_asked_about_and_counts_as_answered(
    village: Village, two_anns: tuple[Person, Person]
) -> None:
    before = everything()
    batch = looked(village.root, SHEET)
    assert (batch.kind, batch.found["verdicts"]) == ("people", {"new": 5})
    client = signed_in(village.root)
    assert "In 3 rows it is unclear who asked them." in said(shown(client, batch))
    page = shown(client, batch, "unclear")
    assert "who asked Ada Soto and others" in said(page) and "Zed Unmarked" not in page, "she took part in nothing"
    assert page.count(two_anns[1].pk.hex) == 1, "the same name is asked about once"
    ann, nobody = dict.fromkeys(re.findall(r'name="(who:\w+)"', page))
    client.post(f"/exchange/imports/{batch.pk}/unclear/", {ann: two_anns[1].pk.hex, nobody: "new", **once()})
    batch.refresh_from_db()
    assert (batch.found["verdicts"], batch.found["reasons"]) == ({"new": 5}, {})
    assert "unclear who asked" not in said(shown(client, batch))
    bring(batch, village.root)
    assert carried() == {
        "Ada Soto": "Ann Lee", "Eda Soto": "Bo Adeyemi", "Ida Soto": "Ann Lee", "Una Soto": "Nobody Knownhere",
    }  # fmt: skip
    assert BareYes.objects.filter(carried_by=two_anns[1]).count() == 2
    taken_back(batch, village.root)
    assert everything() == before


def test_who_asked_without_an_answer_leaves_nobody_out(village: Village, two_anns: tuple[Person, Person]) -> None:
    batch = bring(looked(village.root, SHEET), village.root)
    assert batch.made["counts"] == {"brought": 5, "left": 0}
    assert carried() == {"Ada Soto": "", "Eda Soto": "Bo Adeyemi", "Ida Soto": "", "Una Soto": ""}


def test_counted_for_nobody_is_asked_no_more(village: Village, two_anns: tuple[Person, Person]) -> None:
    batch, client = looked(village.ana, SHEET), signed_in(village.ana)
    keys = dict.fromkeys(re.findall(r'name="(who:\w+)"', shown(client, batch, "unclear")))
    client.post(f"/exchange/imports/{batch.pk}/unclear/", {**dict.fromkeys(keys, "skip"), **once()})
    batch.refresh_from_db()
    assert (batch.found["verdicts"], batch.found["reasons"]) == ({"new": 5}, {})
    assert carried() == {} and bring(batch, village.ana).made["counts"] == {"brought": 5, "left": 0}


def test_who_asked_is_kept_for_a_row_that_had_to_say_first_who_it_is(
    village: Village, two_anns: tuple[Person, Person]
) -> None:
    twice = as_csv(
        ("Name", "Department", "Job", "Who asked her", "Button day 3/1/2026"),
        ("Ada Soto", "Weaving", "Spinner", "Ida Soto", "x"),
        ("Ada Soto", "Weaving", "Driver", "Ida Soto", "x"),
        ("Ida Soto", "Weaving", "Cook", "", "x"),
    )
    batch, client = looked(village.root, twice), signed_in(village.root)
    assert batch.found["verdicts"] == {"new": 2, "unclear": 1}
    page = shown(client, batch, "unclear")
    (key,) = dict.fromkeys(re.findall(r'name="(who:\w+)"', page))
    client.post(f"/exchange/imports/{batch.pk}/unclear/", {key: "new", **once()})
    bring(batch, village.root)
    assert BareYes.objects.filter(person__name="Ada Soto", carried_by__name="Ida Soto").count() == 2


def test_an_outsider_learns_nothing_of_who_could_have_asked(village: Village, two_anns: tuple[Person, Person]) -> None:
    batch, client = looked(village.dov, SHEET, default_unit=str(village.parish.pk)), signed_in(village.dov)
    page = shown(client, batch, "unclear")
    assert two_anns[0].pk.hex not in page and two_anns[1].pk.hex not in page


def test_a_leader_named_by_a_part_of_her_name_can_be_one_of_the_same_file(village: Village) -> None:
    sheet = as_csv(
        ("Name", "Department", "Leader", "Button day 3/1/2026"),
        ("Ada Soto", "Weaving", "Delia", "x"),
        ("Delia Quispe", "Weaving", "", "x"),
        ("Delia Ramos", "Spinning", "", ""),
    )
    batch, client = looked(village.root, sheet), signed_in(village.root)
    page = shown(client, batch, "unclear")
    assert "Delia Quispe" in page and "Delia Ramos" in page and "new in line 3" in said(page)
    (key,) = dict.fromkeys(re.findall(r'name="(who:\w+)"', page))
    delia = batch.rows.get(line=3).person
    client.post(f"/exchange/imports/{batch.pk}/unclear/", {key: delia.hex, **once()})
    bring(batch, village.root)
    assert carried()["Ada Soto"] == "Delia Quispe"
