"""The demo in Spanish is the very same hospital under Spanish names, and the terminal says so."""

from pathlib import Path
from runpy import run_path

import pytest
from django.utils.translation import override

from commonweal.demo import console, hospital
from commonweal.demo.invention import invent
from commonweal.demo.loading import LOT
from commonweal.demo.settle.places import settle_places
from commonweal.demo.settle.staff import settle_staff
from commonweal.demo.settle.structure import LADDER
from commonweal.demo.spanish import NAMES, called
from commonweal.people.models import Institution, Organization, Person, Placement, Shift, Unit
from tests.village import THEN

PROGRAM = Path(__file__).resolve().parents[2] / "bin" / "demo.py"


def names_of_the_hospital() -> set[str]:
    every = (*hospital.DEPARTMENTS, *hospital.CLINIC)
    return (
        {hospital.ORGANIZATION, hospital.EMPLOYER, hospital.SITE, hospital.OTHER_SITE, hospital.CAMPAIGN}
        | {name for name, _ in hospital.SHIFTS}
        | {one.name for one in (*every, *hospital.OCCASIONS, hospital.NEXT)}
        | set(LADDER.values())
        | {job for one in every for job in one.jobs}
        | {word for one in hospital.GATHERINGS for word in (one.name, one.place) if word}
    )


def test_every_name_of_the_hospital_has_its_spanish_and_none_is_left_over():
    assert set(NAMES) == names_of_the_hospital()


def test_no_two_units_and_no_two_institutions_share_a_spanish_name():
    for names in ([one.name for one in hospital.DEPARTMENTS], [one.name for one in hospital.GATHERINGS]):
        assert len({called(name, "es") for name in names}) == len(names)


@pytest.mark.django_db
def test_the_spanish_hospital_has_the_same_people_in_the_same_places():
    invention = invent(LOT)
    places = settle_places("es", THEN)
    people = settle_staff(invention, places, "es", LOT, THEN)
    assert Organization.objects.get().language == "es"
    assert list(Shift.objects.order_by("position").values_list("name", flat=True)) == ["Día", "Tarde", "Noche"]
    assert Unit.objects.get(pk=places.departments[0]).code == "R100"
    known = set(NAMES.values())
    for model in (Unit, Institution):
        assert set(model.objects.values_list("name", flat=True)) <= known
    stand = Placement.objects.filter(main=True).select_related("person")
    found = {one.person_id: one for one in stand}
    staff = invention.staff
    for number, person in enumerate(people):
        one = found[person]
        assert one.person.name == f"{staff.given[number]} {staff.family[number]}"
        assert one.unit_id == places.departments[staff.unit[number]]
        assert one.job == NAMES[staff.job[number]]
    assert Person.objects.count() > len(people)


def test_the_terminal_hears_spanish():
    with override("es"):
        said = console.ways_in("http://x", [("Ana", "organiza", "/enter/y/")], Path("/place"))
    assert "está en marcha" in said
    assert "http://x/enter/y/" in said


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "es"}, "es"),
        ({"LANG": "et_EE.UTF-8"}, "en"),
    ],
)
def test_make_demo_speaks_as_the_terminal_does(monkeypatch, variables, language):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert run_path(str(PROGRAM))["language_of_the_terminal"]() == language
