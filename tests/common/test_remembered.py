"""What took long is kept while it holds, counted once for all who ask, and forgotten when the state changes."""

import threading
import time

import pytest

from commonweal.common import remembered

LONG = 0.03


@pytest.fixture(autouse=True)
def _kept_from_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "LONG", LONG)


def slowly(answer: str, counted: list[str]) -> str:
    """Takes longer than an answer needs to be worth keeping; a database server may be the one who works."""
    counted.append(answer)
    time.sleep(LONG * 1.5)
    return answer


def test_a_long_answer_is_counted_once_until_the_state_changes():
    counted: list[str] = []
    for state in ("a", "a", "b", "b"):
        assert remembered.while_it_holds("asked", state, lambda: slowly(f"{len(counted)}", counted)) in ("0", "1")
    assert counted == ["0", "1"]


def test_a_short_answer_is_counted_each_time():
    counted: list[str] = []
    for _ in range(3):
        remembered.while_it_holds("asked", "a", lambda: counted.append("x"))
    assert counted == ["x"] * 3


def test_two_who_ask_different_things_get_different_answers():
    counted: list[str] = []
    one = remembered.while_it_holds(("news", "ana"), "a", lambda: slowly("hers", counted))
    other = remembered.while_it_holds(("news", "dov"), "a", lambda: slowly("his", counted))
    assert (one, other) == ("hers", "his")


def test_many_who_ask_at_once_wait_for_the_first():
    counted: list[str] = []
    answers: list[str] = []

    def ask() -> None:
        answers.append(remembered.while_it_holds("asked", "a", lambda: slowly("all", counted)))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, counted) == (["all"] * 6, ["all"])


def test_a_count_that_fails_leaves_the_way_free():
    counted: list[str] = []
    try:
        remembered.while_it_holds("asked", "a", lambda: 1 // 0)
    except ZeroDivisionError:
        counted.append("failed")
    assert remembered.while_it_holds("asked", "a", lambda: slowly("now", counted)) == "now"
    assert counted == ["failed", "now"]
