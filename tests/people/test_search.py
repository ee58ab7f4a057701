"""Finding people as one types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.accounts.reads import scope_of
from commonweal.common.scope import Scope
from commonweal.people.models import Affiliation, Institution, Person, PersonName
from commonweal.people.reads.search import found
from commonweal.people.writes.evidence import add_tie
from commonweal.people.writes.search_keys import refresh
from tests.village import SENTINEL, THEN, Village, person, phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(village: Village) -> Village:
    rosa = person("José González", village.weaving, village.night)
    PersonName.objects.create(person=rosa, name="Pepe", source="hand:village")
    person("Rosa Díaz", village.spinning, village.night)
    phone(village.bo_person, "+12125550142")
    choir = Institution.objects.create(kind="choir", name="Saint Brigid choir", added_at=THEN, source="hand:village")
    Affiliation.objects.create(person=village.finn_person, institution=choir, source="hand:village")
    refresh(Person.objects.values_list("pk", flat=True))
    return village


def names(text: str, scope: Scope) -> list[str]:
    return [one.glance.name for one in found(text, scope, country="US").people]


@pytest.mark.parametrize("text", ["jose", "JOSÉ", "gonzales", "Gonsalez", "gonzalez jose", "pepe", "josé gon", "gonz"])
def test_a_name_is_found_however_it_is_spelled(crowd: Village, text: str) -> None:
    assert names(text, scope_of(crowd.ana)) == ["José González"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("spinning", ["Rosa Díaz", "Finn Novak"]),
        ("rosa nights", ["Rosa Díaz"]),
        ("night weaving", ["José González"]),
        ("0142", ["Bo Adeyemi"]),
        ("212 555 0142", ["Bo Adeyemi"]),
        ("choir", ["Finn Novak"]),
        ("sin cadena spinning", ["Rosa Díaz", "Finn Novak"]),
        ("walks with bo", ["Cleo Ruiz"]),
        ("zzzz", []),
        ("", []),
    ],
)
def test_people_are_found_by_place_number_institution_and_chain(crowd: Village, text: str, who: list[str]) -> None:
    assert names(text, scope_of(crowd.ana)) == who


@pytest.mark.parametrize("text", ["knows rosa", "conoce a Rosa", "knows rosa weaving", "adeyemi knows rosa diaz"])
def test_a_tie_finds_whoever_knows_her(crowd: Village, text: str) -> None:
    rosa = Person.objects.get(name="Rosa Díaz")
    add_tie(person=crowd.bo_person.pk, other=rosa.pk, kind="friend", by=None, at=THEN)
    assert names(text, scope_of(crowd.ana)) == ["Bo Adeyemi"]


def test_nobody_outside_the_scope_is_found_named_or_counted(crowd: Village) -> None:
    add_tie(person=crowd.bo_person.pk, other=crowd.eve_person.pk, kind="friend", by=None, at=THEN)
    for text in ("eve", SENTINEL, "0199", "+1 212 555 0199", "knows eve", f"parish {SENTINEL}"):
        answer = found(text, scope_of(crowd.ana), country="US")
        assert (answer.people, answer.more) == ((), False), text
    assert names("eve", scope_of(crowd.dov)) == [f"Eve {SENTINEL}"]


def test_a_result_says_why_it_matches(crowd: Village) -> None:
    def why(text: str) -> list[tuple[str, str]]:
        return [(one.kind, one.text) for one in found(text, scope_of(crowd.ana), country="US").people[0].why]

    assert why("pepe") == [("also", "Pepe")]
    assert why("gonsalez") == [("like", "gonsalez")]
    assert why("rosa nights") == [("shift", "Night")]
    assert why("0142") == [("tail", "0142")]
    assert why("choir") == [("institution", "Saint Brigid choir")]


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(crowd: Village) -> None:
    scope = scope_of(crowd.ana)
    assert names("finn", scope) == ["Finn Novak"]
    Person.objects.filter(pk=crowd.finn_person.pk).update(name="Fintan Novak", given_name="Fintan")
    refresh([crowd.finn_person.pk])
    assert names("fintan", scope) == ["Fintan Novak"]


def test_a_search_asks_a_bounded_number_of_queries(crowd: Village) -> None:
    scope = scope_of(crowd.ana)
    for text in ("rosa nights weaving choir", "jose knows rosa", "0142"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found(text, scope, country="US")
        assert len(queries) <= 40, text
