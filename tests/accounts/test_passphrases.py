"""What a passphrase must not be, how long a guesser waits, and what a codes app shows."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from commonweal.accounts.forms import NewPassphrase, known_passwords
from commonweal.accounts.rules import (
    LONGEST_WAIT,
    Fault,
    as_typed,
    code_at,
    counter_of,
    device_in_words,
    faults_of_passphrase,
    in_groups,
    is_idle,
    is_over,
    wait_before_try,
)

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
KNOWN = {"password", "letmein", "iloveyou", "dragon"}


@pytest.mark.parametrize(
    ("passphrase", "fault"),
    [
        ("short words", Fault.SHORT),
        ("123456 789012", Fault.FIGURES),
        ("2026-11-23 2026", Fault.FIGURES),
        ("aaaaaaaaaaaaaab", Fault.FEW),
        ("qwertyuiopasdf", Fault.ROW),
        ("1234567890qwerty", Fault.ROW),
        ("abcdefghijklmnop", Fault.ROW),
        ("password2026!", Fault.KNOWN),
        ("P4ssw0rd-2026", Fault.KNOWN),
        ("letmein letmein", Fault.KNOWN),
        ("iloveyouiloveyou", Fault.KNOWN),
        ("Cleo.Ruiz2026", Fault.HERS),
    ],
)
def test_what_strangers_try_first_is_refused(passphrase: str, fault: Fault) -> None:
    hers = ["Cleo.Ruiz", "village"]
    assert faults_of_passphrase(passphrase, hers=hers, known=KNOWN) == [fault]


@pytest.mark.parametrize(
    "passphrase",
    [
        "four words nobody joins",
        "el burro no lee los lunes",
        "Jacaranda-morada-vuela",
        "кот сидит на крыше",
        "Cleo likes wet socks",
    ],
)
def test_words_that_nobody_else_would_join_are_good(passphrase: str) -> None:
    assert faults_of_passphrase(passphrase, hers=["Cleo"], known=KNOWN | known_passwords()) == []


def test_the_published_passwords_lie_here_and_nobody_is_asked() -> None:
    assert len(known_passwords()) > 10_000
    assert {"password", "qwerty"} <= known_passwords()


def test_the_form_says_why_and_keeps_nothing() -> None:
    form = NewPassphrase({"passphrase": "password2026!"})
    assert not form.is_valid()
    assert "stolen elsewhere" in str(form.errors)
    assert "password2026" not in str(form)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(RFC_SECRET, seconds // 30) == code


def test_a_code_counts_in_its_half_minute_and_the_ones_beside_it_and_never_again() -> None:
    now = int(AT.timestamp()) // 30
    for counter in range(now - 3, now + 4):
        fits = counter_of(RFC_SECRET, code_at(RFC_SECRET, counter), at=AT, after=0)
        assert fits == (counter if abs(counter - now) <= 1 else None)
    assert counter_of(RFC_SECRET, code_at(RFC_SECRET, now), at=AT, after=now) is None
    spaced = " ".join(code_at(RFC_SECRET, now))
    assert counter_of(RFC_SECRET, spaced, at=AT, after=0) == now


def test_the_wait_doubles_and_ends_within_the_hour() -> None:
    failed: list[datetime] = []
    waits = []
    for _ in range(10):
        waits.append(wait_before_try(failed, AT).total_seconds())
        failed.append(AT)
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 42, 42]
    assert LONGEST_WAIT.total_seconds() == 42
    assert wait_before_try(failed, AT) == timedelta(hours=1)
    assert wait_before_try(failed, AT + timedelta(hours=1)) == timedelta()


def test_a_clock_set_back_locks_nobody_out() -> None:
    assert wait_before_try([AT + timedelta(days=400)] * 20, AT) == timedelta()


def test_whoever_organizes_is_idle_after_half_an_hour_and_others_never() -> None:
    for minutes, idle in ((29, False), (31, True), (-31, True)):
        assert is_idle(organizes=True, seen_at=AT, at=AT + timedelta(minutes=minutes)) is idle
        assert not is_idle(organizes=False, seen_at=AT, at=AT + timedelta(minutes=minutes))


def test_a_strange_device_ends_after_twelve_hours_and_her_own_after_thirty_days() -> None:
    def over(own: bool, hours: float, days: int) -> bool:
        at = AT + timedelta(days=days)
        return is_over(own=own, seen_at=at - timedelta(hours=hours), begun_on=AT.date(), at=at)

    assert [over(False, 11, 0), over(False, 13, 0), over(True, 13, 1), over(True, 1, 30), over(True, 1, 31)] == [
        False,
        True,
        False,
        False,
        True,
    ]


def test_a_code_from_paper_is_read_as_people_write_it() -> None:
    assert as_typed(" ABCD-efgh 2345 ") == "abcdefgh2345"
    assert in_groups("abcdefghijkl", 4) == "abcd-efgh-ijkl"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0", "Firefox · Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_called_by_its_browser_and_system_without_versions(agent: str, words: str) -> None:
    assert device_in_words(agent) == words
