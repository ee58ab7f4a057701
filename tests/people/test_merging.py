"""One record taken into another, and taken apart again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from commonweal.common.refusals import Conflict
from commonweal.people.models import (
    ChainLink,
    ContactPoint,
    Merge,
    Nomination,
    Person,
    Placement,
    Resemblance,
    Tie,
)
from commonweal.people.reads.evidence import standing
from commonweal.people.writes.evidence import add_tie, name_somebody
from commonweal.people.writes.merging import NotUndoable, merge, undo_merge
from commonweal.people.writes.people import change_note
from commonweal.people.writes.resemblance import look_for, put_aside
from commonweal.people.writes.search_keys import refresh
from tests.village import THEN, Village, account, person, phone

pytestmark = pytest.mark.django_db


class Quiet:
    """A report that nobody reads."""

    def step(self, done: int, total: int) -> None: ...


@pytest.fixture
def twice(village: Village) -> tuple[Village, Person]:
    """Bo is on the list twice: the other record has ties, a nomination, a number, a place, a log-in."""
    other = person("Adeyemi, Bo", village.weaving, village.night, note="sings")
    phone(other, "+12125550177")
    phone(village.bo_person, "+12125550177")
    phone(other, "+12125550178")
    account("Bola", "member", other)
    add_tie(person=other.pk, other=village.bo_person.pk, kind="friend", by=None, at=THEN)
    add_tie(person=other.pk, other=village.finn_person.pk, kind="kin", by=None, at=THEN, source="import:1:4")
    name_somebody(nominator=village.cleo_person.pk, nominee=other.pk, question="faces", by=None, at=THEN)
    ChainLink.objects.create(
        campaign=village.campaign,
        leader=other,
        follower=village.finn_person,
        since=THEN,
        why="claimed",
        source="hand:village",
    )
    refresh(Person.objects.values_list("pk", flat=True))
    return village, other


def everything() -> dict[str, list[Any]]:
    """Every row about people, as values."""
    skip = {"commonweal_entry", "commonweal_merge", "commonweal_searchkey", "commonweal_searchword"}
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith("commonweal_") and table not in skip:
                cursor.execute(f"SELECT * FROM {table}")
                names = [column[0] for column in cursor.description]
                drop = {"version", "changed_at"}
                rows[table] = sorted(
                    repr([(name, value) for name, value in zip(names, row, strict=True) if name not in drop])
                    for row in cursor.fetchall()
                )
    return rows


def merged(village: Village, other: Person, **values: object) -> Merge:
    bo = Person.objects.get(pk=village.bo_person.pk)
    other.refresh_from_db()
    return merge(
        kept=bo,
        taken_in=other,
        versions=(bo.version, other.version),
        values=values,
        by=village.ana.pk,
        at=THEN,
    )


def test_a_merge_loses_nothing_and_keeps_both_sources(twice: tuple[Village, Person]) -> None:
    village, other = twice
    merged(village, other, note="sings")
    bo = Person.objects.get(pk=village.bo_person.pk)
    assert bo.note == "sings"
    assert sorted(point.value for point in ContactPoint.objects.filter(person=bo)) == ["+12125550177", "+12125550178"]
    assert set(standing(Tie).filter(person=bo).values_list("source", flat=True)) == {"import:1:4"}
    assert standing(Nomination).get(nominee=bo).nominator_id == village.cleo_person.pk
    assert ChainLink.objects.filter(leader=bo, until=None).count() == 2
    assert set(bo.names.values_list("name", flat=True)) == {"Adeyemi, Bo"}
    assert Placement.objects.filter(person=bo, until=None, main=True).count() == 1
    assert not Person.objects.get(pk=other.pk).is_listed


def test_a_tie_to_herself_does_not_stand_after_a_merge(twice: tuple[Village, Person]) -> None:
    village, other = twice
    merged(village, other)
    assert not standing(Tie).filter(other=village.bo_person).exists()


def test_undoing_a_merge_puts_back_every_row_as_it_was(twice: tuple[Village, Person]) -> None:
    village, other = twice
    before = everything()
    made = merged(village, other, name="Bola Adeyemi", note="both")
    assert everything() != before
    result = undo_merge(merge=Merge.objects.get(pk=made.pk), by=village.ana.pk, at=THEN)
    assert (result.kept, everything()) == ([], before)


def test_undoing_after_other_edits_keeps_them_and_says_so(twice: tuple[Village, Person]) -> None:
    village, other = twice
    made = merged(village, other, note="sings")
    bo = Person.objects.get(pk=village.bo_person.pk)
    change_note(person=bo, version=bo.version, note="sings bass", by=village.ana.pk, at=THEN)
    result = undo_merge(merge=Merge.objects.get(pk=made.pk), by=village.ana.pk, at=THEN)
    assert result.kept == ["person"]
    assert Person.objects.get(pk=bo.pk).note == "sings bass"
    assert Person.objects.get(pk=other.pk).is_listed


def test_a_merge_is_undone_once(twice: tuple[Village, Person]) -> None:
    village, other = twice
    made = merged(village, other)
    undo_merge(merge=Merge.objects.get(pk=made.pk), by=village.ana.pk, at=THEN)
    with pytest.raises(NotUndoable):
        undo_merge(merge=Merge.objects.get(pk=made.pk), by=village.ana.pk, at=THEN)


def test_two_who_merge_at_once_find_out(twice: tuple[Village, Person]) -> None:
    village, other = twice
    with pytest.raises(Conflict):
        merge(
            kept=village.bo_person,
            taken_in=other,
            versions=(village.bo_person.version + 7, other.version),
            values={},
            by=village.ana.pk,
            at=THEN,
        )
    assert Person.objects.get(pk=other.pk).is_listed


class Crash(Exception):
    """The machine stops here."""


@contextmanager
def crash_at(number: int) -> Iterator[list[int]]:
    """Stops the program at the statement of that number that writes."""
    seen = [0]

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen[0] += 1
            if seen[0] == number:
                raise Crash
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def test_a_crash_at_any_statement_of_a_merge_leaves_nothing_half_done(twice: tuple[Village, Person]) -> None:
    village, other = twice
    before, number = everything(), 0
    while True:
        number += 1
        try:
            with crash_at(number):
                merged(village, other, note="sings")
        except Crash:
            assert everything() == before, number
        else:
            break
    assert number > 20


def test_likely_doubles_are_found_and_what_was_put_aside_is_not_proposed_again(twice: tuple[Village, Person]) -> None:
    village, other = twice
    look_for(None, Quiet(), by=None, at=THEN)  # type: ignore[arg-type]
    pair = Resemblance.objects.get()
    assert {pair.first_id, pair.second_id} == {village.bo_person.pk, other.pk}
    assert "same_phone" in pair.reasons
    put_aside(first=village.bo_person.pk, second=other.pk, by=village.ana.pk, at=THEN)
    look_for(None, Quiet(), by=None, at=THEN)  # type: ignore[arg-type]
    assert Resemblance.objects.get().state == Resemblance.State.NOT_THE_SAME
