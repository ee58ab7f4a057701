"""What comes back with a backup, and what does not."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from commonweal.common.in_use import WORKING, hold

PROGRAM = """
import django
django.setup()
from tests import village
from commonweal.common.clock import now
{body}
"""


class Place:
    """A place of its own on SQLite, talked to by commands in processes of their own."""

    def __init__(self, folder):
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONWEAL_", "DJANGO_"))}
        self.environment = kept | {
            "COMMONWEAL_DATA": str(folder),
            "COMMONWEAL_SECRET": "kJ8-3mPq0_vTzR5nYwXh2LsB7cGdEfA9uQoI4tCyKlMxNbVgHrS",
            "COMMONWEAL_HOSTS": "list.example.org",
            "DJANGO_SETTINGS_MODULE": "commonweal.settings",
            "PYTHONPATH": os.getcwd(),
        }

    def run(self, *words):
        command = [sys.executable, "-c", "from commonweal.cli import main; raise SystemExit(main())", *map(str, words)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def do(self, body):
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(body=body)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr[-1500:]
        return run.stdout.strip()


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """The village in a place of its own, and a backup of it."""
    folder = tmp_path_factory.mktemp("founded")
    folder.chmod(0o700)
    place = Place(folder)
    assert place.run("migrate", "--verbosity", "0").returncode == 0
    place.do("village.found()")
    assert place.run("backup", "--plain", folder / "copy").returncode == 0
    return place


@pytest.fixture
def place(founded, tmp_path):
    shutil.copytree(founded.folder, tmp_path / "place")
    return Place(tmp_path / "place")


FORGET_CLEO = """
from commonweal.people.models import Person
from commonweal.people.writes.forgetting import forget
forget(person=Person.objects.get(name="Cleo Ruiz").pk, by=None, at=now())
"""
NAMES = "from commonweal.people.models import Person; print(sorted(Person.objects.values_list('name', flat=True)))"


@pytest.mark.slow
def test_nobody_who_was_forgotten_comes_back(place):
    place.do(FORGET_CLEO)
    run = place.run("restore", place.folder / "copy", "--replace")
    assert run.returncode == 0, run.stderr
    assert "1 people forgotten since were forgotten again" in run.stdout
    assert "Cleo" not in place.do(NAMES)
    assert b"Cleo Ruiz" not in (place.folder / "commonweal.sqlite3").read_bytes()
    assert place.run("ledger", "verify").returncode == 0


@pytest.mark.slow
def test_in_a_spanish_terminal_a_restore_is_told_in_spanish(place):
    place.environment |= {"LANG": "es_MX.UTF-8"}
    refused = place.run("restore", place.folder / "copy")
    assert "--replace pone el respaldo en su lugar" in refused.stderr
    run = place.run("restore", place.folder / "copy", "--replace")
    assert run.returncode == 0, run.stderr
    assert "Restaurado. Personas: 4; asientos del libro de actos: " in run.stdout
    assert "Ya no vale ninguna sesión ni enlace para entrar" in run.stdout


@pytest.mark.slow
def test_people_are_not_written_over_unasked(place):
    place.do("village.person('Gus New')")
    run = place.run("restore", place.folder / "copy")
    assert run.returncode == 1
    assert "--replace" in run.stderr
    assert "Gus New" in place.do(NAMES)


@pytest.mark.slow
def test_what_was_written_down_after_the_backup_is_gone_when_asked_so(place):
    place.do("village.person('Gus New')")
    assert place.run("restore", place.folder / "copy", "--replace").returncode == 0
    assert "Gus New" not in place.do(NAMES)


@pytest.mark.slow
def test_no_session_or_invitation_of_that_day_opens(place):
    place.do(
        """
from datetime import timedelta
from commonweal.accounts.models import Account, Device, Invitation
ana = Account.objects.get(name="Ana")
Device.objects.create(account=ana, begun_on=now().date(), seen_at=now())
Invitation.objects.create(fingerprint="x", name="Hal", role="administrator", made_at=now(), ends_at=now() + timedelta(7))
"""
    )
    assert place.run("backup", "--plain", place.folder / "later").returncode == 0
    run = place.run("restore", place.folder / "later", "--replace")
    assert "1 open invitations were withdrawn" in run.stdout, run.stderr
    counts = "from commonweal.accounts.models import Device, Invitation\n"
    counts += "print(Device.objects.count(), Invitation.objects.filter(withdrawn_at=None).count())"
    assert place.do(counts) == "0 0"


@pytest.mark.slow
def test_nothing_is_restored_under_a_running_server(place):
    import fcntl

    with (place.folder / "serving.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run = place.run("restore", place.folder / "copy", "--replace")
    assert run.returncode == 1
    assert "stop the server" in run.stderr


@pytest.mark.slow
def test_nothing_is_restored_under_a_worker_of_its_own(place):
    with hold(place.folder, WORKING, alone=False):
        run = place.run("restore", place.folder / "copy", "--replace")
    assert run.returncode == 1
    assert "stop `commonweal work`" in run.stderr


def test_a_backup_of_a_newer_version_is_refused(place):
    with sqlite3.connect(place.folder / "copy") as copy:
        newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('commonweal', '0999_later', '2030-01-01')"
        copy.execute(newer)
    copy.close()
    run = place.run("restore", place.folder / "copy", "--replace")
    assert run.returncode == 1
    assert "newer version of the program (it has commonweal.0999_later)" in run.stderr
    assert "Bo Adeyemi" in place.do(NAMES)


def test_a_broken_copy_changes_nothing(place):
    (place.folder / "copy").write_bytes(b"SQLite format 3\0" + b"\xff" * 50_000)
    run = place.run("restore", place.folder / "copy", "--replace")
    assert run.returncode == 1
    assert "Bo Adeyemi" in place.do(NAMES)
