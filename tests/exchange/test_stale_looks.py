"""What was looked at is old by the time its rows come in: whoever came, went or changed since is met as she is now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from commonweal.accounts.models import Account
from commonweal.common.clock import now
from commonweal.exchange.models import ImportRow
from commonweal.exchange.writes import bringing_in
from commonweal.people.models import ContactPoint, Organization, Person
from commonweal.people.writes.forgetting import forget
from commonweal.people.writes.people import add_person
from tests.exchange.bringing import as_csv, bring, looked, taken_back
from tests.village import THEN, Village, account, person

pytestmark = pytest.mark.django_db
LIST = as_csv(("Name", "Phone"), *((f"Person Nr{chr(97 + n)}", f"21255501{n:02}") for n in range(6)))
OTHER = as_csv(("Name", "Phone"), *((f"Person Nr{chr(97 + n)}", f"21255501{n:02}") for n in range(3, 9)))


@pytest.fixture
def root() -> Account:
    """An administrator of a place where nobody stands on the list yet."""
    Organization.objects.create(name="New", created_at=THEN)
    return account("Root", "administrator")


@contextmanager
def meanwhile(begins: Callable[[str], bool], act: Callable[[], Any]) -> Iterator[list[str]]:
    """Somebody else does something, once, right before the first turn after a statement that begins so."""
    done: list[str] = []
    armed = False

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal armed
        if armed and not done and sql.startswith("SAVEPOINT"):
            done.append(sql)
            act()
        armed = armed or begins(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield done


def rows_were_read(sql: str) -> bool:
    return sql.startswith("SELECT") and "made_written" in sql


def test_lists_looked_at_while_nobody_was_there_find_each_others_people(root: Account) -> None:
    first, second = looked(root, LIST), looked(root, OTHER)
    assert (first.found["verdicts"], second.found["verdicts"]) == ({"new": 6}, {"new": 6})
    bring(first, root)
    bring(second, root)
    assert Person.objects.count() == 9 and ContactPoint.objects.count() == 9
    taken_back(first, root)
    assert Person.objects.count() == 6, "those of the second list stay"


def test_whoever_is_added_by_hand_after_the_first_rows_is_met_by_the_next(
    root: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing_in, "CHUNK", 2)
    batch = looked(root, LIST)

    def add() -> None:
        add_person(name="Person Nrf", phone="+12125550105", by=root.pk, at=THEN, source="hand:test")

    with meanwhile(rows_were_read, add) as done:
        bring(batch, root)
    assert done and Person.objects.filter(name="Person Nrf").count() == 1
    assert Person.objects.count() == 6


def test_who_is_added_between_the_reading_of_rows_and_their_turn_is_met(root: Account) -> None:
    batch = looked(root, LIST)

    def add() -> None:
        person("Person Nra")
        Person.objects.filter(name="Person Nra").update(sort_name="nra person")

    with meanwhile(rows_were_read, add) as done:
        bring(batch, root)
    assert done and Person.objects.filter(name="Person Nra").count() == 1
    assert Person.objects.get(name="Person Nra").source == "hand:village"
    assert ContactPoint.objects.filter(person__name="Person Nra").count() == 1


def test_rows_of_somebody_forgotten_between_their_reading_and_their_turn_are_left_out(village: Village) -> None:
    batch = looked(village.root, as_csv(("Name", "Department", "Phone"), ("Cleo Ruiz", "Weaving", "2125550101"), ("Una Soto", "Weaving", "2125550102")))  # fmt: skip

    def go() -> None:
        forget(person=village.cleo_person.pk, by=village.root.pk, at=now())

    with meanwhile(rows_were_read, go) as done:
        bring(batch, village.root)
    assert done
    assert not ContactPoint.objects.filter(person=village.cleo_person).exists()
    row = ImportRow.objects.get(batch=batch, line=2)
    assert (row.verdict, row.reason, row.step, row.values) == ("bad", "forgotten", 0, "")
    assert batch.made["counts"] == {"brought": 1, "left": 1}
