"""What every test may ask for, and the last lines that say what was tested on what."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.village import Village


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what lies in tests/browser as a browser test, which needs no mark by hand."""
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which engine and browser this was, and what the suite could not run."""
    terminalreporter.section("tested on", sep="-")
    terminalreporter.write_line(f"This run: {engine_in_words()}")
    for line in os.environ.get("COMMONWEAL_TEST_SAYS", "").splitlines():
        terminalreporter.write_line(line)


def engine_in_words() -> str:
    """The database engine of this run with its version, from Django's own connection."""
    import sqlite3

    address = os.environ.get("COMMONWEAL_TEST_DATABASE", "")
    if not address:
        return f"SQLite {sqlite3.sqlite_version}"
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=3) as connection:
            version = connection.info.server_version
    except psycopg.Error:
        return "PostgreSQL (which no longer answers)"
    return f"PostgreSQL {version // 10000}.{version % 10000}"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English, whatever language the one before left behind."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def village(db: None) -> "Village":
    """The standing cast in a fresh database."""
    from tests.village import found

    return found()


@pytest.fixture(autouse=True)
def _force_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """`client.force_login(account)` passes every step at the door (see tests/signed_in.py)."""
    from django.test import Client

    from tests.signed_in import sign_in_by_force

    monkeypatch.setattr(Client, "force_login", sign_in_by_force)


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a process remembers for a second (whether the list is locked, the scale) is asked anew in each test and by
    what a module sets up before its first; the ledger of the test before is not missed. Tests change rows without
    an act, so that no answer is kept for having taken long on a busy machine; a test about that sets `LONG` itself."""
    from commonweal.common import lock, remembered, scale, sealed
    from commonweal.ledger.writes import forget_kept_head

    forget_kept_head()
    remembered.forget_all()
    scale._answer = (float("-inf"), ({}, True))
    monkeypatch.setattr(scale, "ASKED_EVERY", 1000.0)  # however slow a test is, its pages ask as many questions
    monkeypatch.setattr(remembered, "LONG", 1000.0)
    lock._answer = (float("-inf"), False)
    sealed.free_keys()
    yield
    lock._answer = (float("-inf"), False)
    sealed.free_keys()


@pytest.fixture(scope="session", autouse=True)
def _ledger_emptied_between_tests() -> Iterator[None]:
    """The guards of the ledger step aside while a test that committed is cleared away, and only then."""
    from importlib import import_module

    from django.db import connection
    from django.test import TransactionTestCase

    guards = import_module("commonweal.migrations.0002_guards")
    newer = import_module("commonweal.migrations.0014_guard_the_ledger_by_its_indexes")
    later = (newer.DROP, newer.APART)
    clear_away = TransactionTestCase._fixture_teardown

    def without_guards(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            for statement in guards.UNDO[connection.vendor]:
                cursor.execute(statement)
        try:
            clear_away(case)
        finally:
            with connection.cursor() as cursor:
                for statement in (*guards.DO[connection.vendor], *(later if connection.vendor == "sqlite" else ())):
                    cursor.execute(statement)

    TransactionTestCase._fixture_teardown = without_guards
    yield
    TransactionTestCase._fixture_teardown = clear_away
