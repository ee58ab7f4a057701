"""Whom each role may see."""

import pytest

from commonweal.accounts.reads import scope_of
from commonweal.people.reads.people import people_within
from tests.village import Village

pytestmark = pytest.mark.django_db


def names(account: object) -> set[str]:
    return set(people_within(scope_of(account)).values_list("given_name", flat=True))  # type: ignore[arg-type]


def test_an_organizer_sees_the_people_of_her_units_and_below(village: Village) -> None:
    assert names(village.ana) == {"Bo", "Cleo", "Finn"}
    assert names(village.dov) == {"Eve"}


def test_a_leader_sees_herself_and_who_walks_with_her(village: Village) -> None:
    assert names(village.bo) == {"Bo", "Cleo"}


def test_a_member_sees_herself_and_an_administrator_everybody(village: Village) -> None:
    assert names(village.cleo) == {"Cleo"}
    assert names(village.root) == {"Bo", "Cleo", "Finn", "Eve"}


def test_an_ended_account_sees_nobody(village: Village) -> None:
    village.ana.is_active = False
    assert names(village.ana) == set()
