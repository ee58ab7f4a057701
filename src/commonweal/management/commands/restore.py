"""Puts a backup back; nobody who was forgotten since comes back with it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from commonweal.cli.words import gettext as _
from commonweal.common.age import CannotOpen, NoKey, secret_keys, unseal
from commonweal.common.backup import BackupFailed, kind_of, put_back
from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.in_use import SERVING, WORKING, InUse, hold
from commonweal.journeys.restored_place import make_good
from commonweal.ledger.writes import forget_kept_head
from commonweal.management.commands.backup import verify
from commonweal.people.models import Organization, Person
from commonweal.people.writes.forgetting import forgotten_people

AT_WORK = "A worker is at work in this place: stop `commonweal work`"


@dataclass(frozen=True)
class Before:
    """What the place knows that an older copy does not."""

    people: int
    forgotten: list[UUID]
    locked_at: datetime | None


class Command(BaseCommand):
    help = "Put the backup in FILE back, while the place is not being served."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help=_("file with the secret key that opens an encrypted backup"))
        parser.add_argument("--replace", action="store_true", help=_("over the people who are there now"))

    def handle(self, *args: Any, file: Path, key: Path | None, replace: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if kind_of(file) != "sealed":
            self.put_back(file, replace, called=file)
            return
        with opened(file, key) as plain:
            self.put_back(plain, replace, called=file)

    def put_back(self, file: Path, replace: bool, *, called: Path) -> None:
        """Put a copy that can be read in the place of what is there."""
        if kind_of(file) != connection.vendor:
            raise CommandError(f"{called} is no backup of a {connection.display_name} database.")
        with place_alone():
            self.put_in_place(file, replace)

    def put_in_place(self, file: Path, replace: bool) -> None:
        """Put the copy in the place of what is there, while nobody else uses it."""
        before = what_is_there()
        if before.people and not replace:
            raise CommandError(
                f"There are {before.people} people here. --replace puts the backup in their stead; "
                "what was written down since is then gone."
            )
        try:
            backup = verify(file)
            put_back(file)
        except (BackupFailed, OSError) as failure:
            raise CommandError(str(failure)) from failure
        forget_kept_head()
        call_command("migrate", interactive=False, verbosity=0)
        made_good = make_good(forgotten=before.forgotten, at=now())
        if before.locked_at is not None:
            Organization.objects.filter(locked_at=None).update(locked_at=before.locked_at)
        self.stdout.write(f"Restored: {backup.people} people, {backup.entries} ledger entries.")
        self.stdout.write(
            f"{made_good.forgotten} people forgotten since were forgotten again; every session and sign-in link is "
            f"void, {made_good.invitations} open invitations were withdrawn."
        )
        if not Path(settings.COMMONWEAL_KEY_FILE).exists():
            self.stderr.write(
                f"The key file {settings.COMMONWEAL_KEY_FILE} is missing: put your copy of it there, or sealed notes "
                "and contacts cannot be opened."
            )


@contextmanager
def place_alone() -> Iterator[None]:
    """The place for this command alone. Raises CommandError while a server or a worker uses it, here or elsewhere."""
    with ExitStack() as held:
        for name, who in ((SERVING, "This place is being served: stop the server"), (WORKING, AT_WORK)):
            try:
                held.enter_context(hold(Path(settings.DATA), name, alone=True))
            except InUse:
                raise CommandError(f"{who} first.") from None
        if others := other_connections():
            raise CommandError(
                f"Other programs use this database ({others} connections), here or on another machine: end them first."
            )
        yield


def other_connections() -> int:
    """How many other programs are connected to the database, where the engine can tell (PostgreSQL)."""
    if connection.vendor != "postgresql":
        return 0
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return int(cursor.fetchone()[0])


@contextmanager
def opened(file: Path, key: Path | None) -> Iterator[Path]:
    """What an encrypted backup holds, beside the database for as long as it is needed."""
    if key is None:
        raise CommandError(f"{file} is encrypted: name the file of its secret key with --key.")
    folder = Path(settings.DATA)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain = folder / f".opened-{new_id()}"
    try:
        unseal(file, plain, secret_keys(key.read_text()))
        yield plain
    except (NoKey, UnicodeDecodeError):
        raise CommandError(f"{key} holds no secret key (AGE-SECRET-KEY-1…).") from None
    except CannotOpen:
        raise CommandError(f"{key} does not open {file}, or the file is damaged.") from None
    except OSError as failure:
        raise CommandError(str(failure)) from failure
    finally:
        plain.unlink(missing_ok=True)


def what_is_there() -> Before:
    """What the place holds now; nothing where there is no readable database yet."""
    try:
        organization = Organization.objects.first()
        listed = Person.objects.filter(forgotten_at=None).count()
        return Before(listed, forgotten_people(), organization.locked_at if organization else None)
    except DatabaseError:
        return Before(0, [], None)
    finally:
        connection.close()
