"""What comes back with a backup on PostgreSQL, and what stands in its way."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection

from commonweal.common.ids import new_id
from tests.management.test_restore import NAMES, Place

pytestmark = [
    pytest.mark.skipif("postgresql" not in str(connection.vendor), reason="of PostgreSQL alone"),
    pytest.mark.slow,
]


def server(*words):
    """One of PostgreSQL's own programs, told where the server of the tests is."""
    known = connection.settings_dict
    where = [f"--host={known['HOST']}", f"--port={known['PORT']}", f"--username={known['USER']}"]
    environment = os.environ | {"PGPASSWORD": known["PASSWORD"]}
    run = subprocess.run([words[0], *where, *words[1:]], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.fixture
def place(tmp_path):
    """The village in a database of its own, and a backup of it."""
    name, known = f"commonweal_tests_{new_id().hex[:12]}", connection.settings_dict
    server("createdb", name)
    tmp_path.chmod(0o700)
    found = Place(tmp_path)
    who = quote(known["USER"], safe="") + (f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else "")
    found.environment["COMMONWEAL_DATABASE"] = f"postgresql://{who}@{known['HOST']}:{known['PORT']}/{name}"
    found.name = name
    try:
        assert found.run("migrate", "--verbosity", "0").returncode == 0
        found.do("village.found()")
        assert found.run("backup", "--plain", tmp_path / "copy").returncode == 0
        yield found
    finally:
        server("dropdb", "--force", name)


def test_an_older_backup_takes_the_place_of_a_newer_one_whole(place):
    table = "CREATE TABLE commonweal_later (who uuid REFERENCES commonweal_person (id)); INSERT INTO commonweal_later SELECT id FROM commonweal_person"
    server("psql", f"--dbname={place.name}", "-qc", table)
    place.do("village.person('Gus New')")
    run = place.run("restore", place.folder / "copy", "--replace")
    assert run.returncode == 0, run.stderr
    assert "Gus New" not in place.do(NAMES)
    assert "Bo Adeyemi" in place.do(NAMES)
    there = server("psql", f"--dbname={place.name}", "-Atc", "SELECT to_regclass('commonweal_later') IS NULL")
    assert there == "t"
    assert place.run("ledger", "verify").returncode == 0
    assert sorted(one.name for one in place.folder.iterdir() if one.name.startswith(".")) == []


def test_what_cannot_be_put_back_leaves_everything_as_it_was(place):
    whole = (place.folder / "copy").read_bytes()
    (place.folder / "copy").write_bytes(whole[: len(whole) // 2])
    run = place.run("restore", place.folder / "copy", "--replace")
    assert run.returncode == 1
    assert "pg_restore failed" in run.stderr
    assert "Bo Adeyemi" in place.do(NAMES)


def test_nothing_is_restored_while_another_program_is_connected(place):
    body = "import sys; from django.db import connection; connection.ensure_connection(); print('there', flush=True); sys.stdin.read()"
    program = f"import django; django.setup(); {body}"
    other = subprocess.Popen(
        [sys.executable, "-c", program],
        env=place.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert other.stdout.readline() == b"there\n"
        run = place.run("restore", place.folder / "copy", "--replace")
    finally:
        other.communicate(timeout=30)
    assert run.returncode == 1
    assert "Other programs use this database (1 connections)" in run.stderr


def test_a_backup_of_a_newer_version_is_refused(place):
    newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('commonweal', '0999_later', now())"
    server("psql", f"--dbname={place.name}", "-qc", newer)
    run = place.run("backup", "--plain", place.folder / "newer")
    assert run.returncode == 1
    assert "newer version of the program (it has commonweal.0999_later)" in run.stderr
