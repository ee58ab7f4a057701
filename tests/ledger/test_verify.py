"""`commonweal ledger verify`: what each way of tampering is told as, and what is kept to find a tail cut off."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from commonweal.ledger.models import Entry
from commonweal.ledger.reads import Head, head_now, kept_head
from commonweal.ledger.writes import keep_head, record
from tests.ledger.test_chain import by_force, five
from tests.village import THEN

pytestmark = pytest.mark.django_db


def verify(*words: str) -> str:
    said = StringIO()
    call_command("ledger", "verify", *words, stdout=said)
    return said.getvalue()


def test_a_whole_ledger_is_said_to_hold_with_its_head(db: None) -> None:
    five()
    head = head_now()
    assert verify().splitlines() == [
        "The ledger holds: 5 entries. Its head, to write down somewhere else:",
        f"5:{head.hash}",
    ]


def changed() -> None:
    by_force("UPDATE commonweal_entry SET verb = 'undid_merge' WHERE number = 3")


def removed() -> None:
    by_force("DELETE FROM commonweal_entry WHERE number = 3")


def removed_and_renumbered() -> None:
    by_force("DELETE FROM commonweal_entry WHERE number = 3")
    by_force("UPDATE commonweal_entry SET number = 3 WHERE number = 4")
    by_force("UPDATE commonweal_entry SET number = 4 WHERE number = 5")


def reordered() -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        by_force("UPDATE commonweal_entry SET number = %s WHERE number = %s", new, old)


def put_in() -> None:
    by_force("UPDATE commonweal_entry SET number = 6 WHERE number = 5")
    by_force("UPDATE commonweal_entry SET number = 5 WHERE number = 4")
    by_force("UPDATE commonweal_entry SET number = 4 WHERE number = 3")
    by_force(
        "INSERT INTO commonweal_entry (number, at, verb, subject_kind, facts, before, hash) "
        "VALUES (3, '2026-03-02 09:00:00', 'invited', '', '{}', %s, %s)",
        Entry.objects.get(number=2).hash,
        "b" * 64,
    )


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (changed, "broken at entry 3: its content was changed"),
        (removed, "broken at entry 4: entries are missing before it"),
        (removed_and_renumbered, "broken at entry 3: it does not follow the entry before it"),
        (reordered, "broken at entry 3: it does not follow the entry before it"),
        (put_in, "broken at entry 3: its content was changed"),
    ],
)
def test_tampering_is_found_and_named(db: None, tamper: Callable[[], None], said: str) -> None:
    five()
    tamper()
    with pytest.raises(CommandError, match=said):
        verify()


def test_a_tail_cut_off_is_found_by_what_the_program_kept_beside_the_database(db: None) -> None:
    five()
    keep_head(head_now())
    assert "5 entries" in verify()
    by_force("DELETE FROM commonweal_entry WHERE number > 3")
    with pytest.raises(CommandError, match="broken at entry 4: the chain ends before the kept head"):
        verify()


def test_a_tail_cut_off_and_written_anew_is_found(db: None) -> None:
    five()
    keep_head(head_now())
    by_force("DELETE FROM commonweal_entry WHERE number > 4")
    record("invited", by=None, at=THEN)
    record("invited", by=None, at=THEN)
    with pytest.raises(CommandError, match="broken at entry 5: another entry stands where the kept head was"):
        verify()


def test_a_head_from_paper_is_compared_too(db: None) -> None:
    five()
    head = head_now()
    keep_head(Head(2, Entry.objects.get(number=2).hash))
    assert "5 entries" in verify("--kept", f"5:{head.hash}")
    by_force("DELETE FROM commonweal_entry WHERE number = 5")
    assert "4 entries" in verify()
    with pytest.raises(CommandError, match="broken at entry 5"):
        verify("--kept", f"5:{head.hash}")


@pytest.mark.parametrize("words", ["5", "five:abc", ":abc", "-5:abc"])
def test_a_head_that_is_none_is_refused(db: None, words: str) -> None:
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        verify(f"--kept={words}")


@pytest.mark.django_db(transaction=True)
def test_the_head_is_kept_when_the_act_stands_and_not_before() -> None:
    assert kept_head() is None
    with transaction.atomic():
        record("invited", by=None, at=THEN)
        assert kept_head() is None
    assert kept_head() == head_now()
    with pytest.raises(RuntimeError), transaction.atomic():
        record("invited", by=None, at=THEN)
        raise RuntimeError
    assert kept_head() == head_now() == Head(1, Entry.objects.get().hash)


def test_a_disk_without_room_stops_no_act(db: None, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path / "not there"
    keep_head(Head(1, "a" * 64))
    assert kept_head() is None
