"""Puts a backup back; nobody who was forgotten since comes back with it."""

import fcntl
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from commonweal.common.backup import BackupFailed, kind_of, put_back
from commonweal.common.clock import now
from commonweal.journeys.restored_place import make_good
from commonweal.ledger.writes import forget_kept_head
from commonweal.management.commands.backup import verify
from commonweal.people.models import Organization, Person
from commonweal.people.writes.forgetting import forgotten_people


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
        parser.add_argument("--replace", action="store_true", help="over the people who are there now")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if kind_of(file) != connection.vendor:
            raise CommandError(f"{file} is no backup of a {connection.display_name} database.")
        self.refuse_while_served()
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

    def refuse_while_served(self) -> None:
        lock = Path(settings.DATA) / "serving.lock"
        if not lock.exists():
            return
        with lock.open("r") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError("This place is being served: stop the server first.") from None


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
