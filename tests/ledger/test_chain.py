"""The ledger: in the act's transaction, append-only, and every tampering found."""

from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from commonweal.common.ids import new_id
from commonweal.ledger.models import Entry
from commonweal.ledger.reads import Head, entries, head_now, looks_at, prove
from commonweal.ledger.writes import record, record_look
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db
CHANGES = {
    "at": "2020-01-01 00:00:00",
    "actor": UUID(int=7).hex,
    "verb": "did_nothing",
    "subject_kind": "unit",
    "subject": UUID(int=8).hex,
    "facts": '{"count": 2}',
    "before": "f" * 64,
    "hash": "e" * 64,
    "number": 900,
}


def five() -> list[Entry]:
    return [
        record(
            "merged_people",
            by=new_id(),
            at=THEN,
            subject_kind="person",
            subject=new_id(),
            facts={"count": 1, "share": 0.25},
        )
        for _ in range(5)
    ]


def by_force(sql: str, *values: Any) -> None:
    """Changes the table as somebody with the whole database in hand would: the guards set aside."""
    guards = import_module("commonweal.migrations.0002_guards")
    with connection.cursor() as cursor:
        for statement in guards.UNDO[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(sql, values)


def test_a_whole_chain_holds(db: None) -> None:
    five()
    proof = prove()
    assert proof.holds
    assert proof.entries == 5
    assert proof.head == head_now()


def test_an_empty_ledger_holds(db: None) -> None:
    assert prove().holds


@pytest.mark.parametrize("row", range(1, 6))
@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_any_field_of_any_entry_is_found(db: None, row: int, field: str) -> None:
    five()
    by_force(f"UPDATE commonweal_entry SET {field} = %s WHERE number = %s", CHANGES[field], row)
    proof = prove()
    assert not proof.holds
    assert proof.broken is not None
    if field == "number":
        assert proof.broken == (900 if row == 5 else row + 1)
    else:
        assert proof.broken == row


@pytest.mark.parametrize("row", range(1, 5))
def test_a_removal_in_the_middle_is_found(db: None, row: int) -> None:
    five()
    by_force("DELETE FROM commonweal_entry WHERE number = %s", row)
    assert prove().broken == row + 1


def test_a_tail_that_was_cut_off_is_found_by_a_head_that_was_kept(db: None) -> None:
    five()
    kept = head_now()
    assert prove(kept=kept).holds
    by_force("DELETE FROM commonweal_entry WHERE number = %s", 5)
    assert prove().holds
    assert prove(kept=kept).broken == 5


def test_a_chain_forged_anew_is_found_by_a_head_that_was_kept(db: None) -> None:
    five()
    kept = Head(head_now().number, "a" * 64)
    assert prove(kept=kept).broken == 5


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE commonweal_entry SET verb = 'x'",
        "DELETE FROM commonweal_entry",
        "DELETE FROM commonweal_entry WHERE number = 3",
    ],
)
def test_the_database_refuses_change_and_removal(db: None, sql: str) -> None:
    five()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert prove().entries == 5


def test_the_database_refuses_to_be_emptied_or_replaced(db: None) -> None:
    made = five()[2]
    sql = "TRUNCATE commonweal_entry"
    values: list[Any] = []
    if connection.vendor == "sqlite":
        sql = (
            "INSERT OR REPLACE INTO commonweal_entry (number, at, verb, subject_kind, facts, before, hash)"
            " VALUES (%s, '2020-01-01', 'x', '', '{}', '', 'x')"
        )
        values = [made.number]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    assert prove().entries == 5


def test_an_act_that_fails_leaves_no_entry_and_no_gap(village: Village) -> None:
    record("invited", by=village.ana.pk, at=THEN)
    with pytest.raises(RuntimeError), transaction.atomic():
        village.mill.name = "Elsewhere"
        village.mill.save()
        record("renamed_unit", by=village.ana.pk, at=THEN)
        raise RuntimeError
    village.mill.refresh_from_db()
    assert village.mill.name == "The mill"
    assert record("invited", by=village.ana.pk, at=THEN).number == 2
    assert prove().holds


def test_looks_are_counted_by_day_and_account(village: Village) -> None:
    for by in (village.ana, village.root, village.ana):
        record_look(at=THEN, by=by.pk, person=village.cleo_person.pk)
    record_look(at=THEN, by=village.ana.pk, person=village.bo_person.pk)
    found = {(one.actor, one.times) for one in looks_at(village.cleo_person.pk, most=10)}
    assert found == {(village.ana.pk, 2), (village.root.pk, 1)}


def test_entries_are_paged_by_their_number(db: None) -> None:
    five()
    assert [one.number for one in entries(most=2)] == [5, 4]
    assert [one.number for one in entries(before=4, most=2)] == [3, 2]


def test_a_rare_verb_is_found_by_an_index_and_not_by_going_through_the_ledger() -> None:
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        entries(verb="locked_list")
        if connection.vendor == "postgresql":
            for _ in range(300):
                record("opened_list", by=None, at=THEN)
            cursor.execute("ANALYZE commonweal_entry")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + asked.captured_queries[0]["sql"])
        plan = repr(cursor.fetchall())
    assert "entry_verb" in plan and "TEMP B-TREE" not in plan, plan
