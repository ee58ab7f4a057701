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
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from commonweal.common.age import CannotOpen, NoKey, secret_keys, unseal
from commonweal.common.backup import BackupFailed, kind_of, put_back
from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.in_use import SERVING, WORKING, InUse, hold
from commonweal.journeys.restored_place import make_good
from commonweal.ledger.writes import forget_kept_head
from commonweal.management.commands.backup import verify
from commonweal.management.spoken import SpokenCommand
from commonweal.people.models import Organization, Person
from commonweal.people.writes.forgetting import forgotten_people


@dataclass(frozen=True)
class Before:
    """What the place knows that an older copy does not."""

    people: int
    forgotten: list[UUID]
    locked_at: datetime | None


class Command(SpokenCommand):
    help = "Put the backup in FILE back, while the place is not being served."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help=_("file with the secret key that opens an encrypted backup"))
        parser.add_argument("--replace", action="store_true", help=_("over the people who are there now"))

    def handle(self, *args: Any, file: Path, key: Path | None, replace: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": file})
        if kind_of(file) != "sealed":
            self.put_back(file, replace, called=file)
            return
        with opened(file, key) as plain:
            self.put_back(plain, replace, called=file)

    def put_back(self, file: Path, replace: bool, *, called: Path) -> None:
        """Put a copy that can be read in the place of what is there."""
        if kind_of(file) != connection.vendor:
            another = _("%(file)s is no backup of a %(engine)s database.")
            raise CommandError(another % {"file": called, "engine": connection.display_name})
        with place_alone():
            self.put_in_place(file, replace)

    def put_in_place(self, file: Path, replace: bool) -> None:
        """Put the copy in the place of what is there, while nobody else uses it."""
        before = what_is_there()
        if before.people and not replace:
            peopled = _(
                "There are %(people)d people here. --replace puts the backup in their stead; "
                "what was written down since is then gone."
            )
            raise CommandError(peopled % {"people": before.people})
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
        restored = _("Restored: %(people)d people, %(entries)d ledger entries.")
        self.stdout.write(restored % {"people": backup.people, "entries": backup.entries})
        void = _(
            "%(people)d people forgotten since were forgotten again; every session and sign-in link is "
            "void, %(invitations)d open invitations were withdrawn."
        )
        self.stdout.write(void % {"people": made_good.forgotten, "invitations": made_good.invitations})
        if not Path(settings.COMMONWEAL_KEY_FILE).exists():
            missing = _(
                "The key file %(file)s is missing: put your copy of it there, or sealed notes "
                "and contacts cannot be opened."
            )
            self.stderr.write(missing % {"file": settings.COMMONWEAL_KEY_FILE})


@contextmanager
def place_alone() -> Iterator[None]:
    """The place for this command alone. Raises CommandError while a server or a worker uses it, here or elsewhere."""
    users = (
        (SERVING, _("This place is being served: stop the server first.")),
        (WORKING, _("A worker is at work in this place: stop `commonweal work` first.")),
    )
    with ExitStack() as held:
        for name, used in users:
            try:
                held.enter_context(hold(Path(settings.DATA), name, alone=True))
            except InUse:
                raise CommandError(used) from None
        if others := other_connections():
            shared = _(
                "Other programs use this database (%(count)d connections), here or on another machine: end them first."
            )
            raise CommandError(shared % {"count": others})
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
        raise CommandError(_("%(file)s is encrypted: name the file of its secret key with --key.") % {"file": file})
    folder = Path(settings.DATA)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain = folder / f".opened-{new_id()}"
    try:
        unseal(file, plain, secret_keys(key.read_text()))
        yield plain
    except (NoKey, UnicodeDecodeError):
        raise CommandError(_("%(file)s holds no secret key (AGE-SECRET-KEY-1…).") % {"file": key}) from None
    except CannotOpen:
        shut = _("%(key)s does not open %(file)s, or the file is damaged.")
        raise CommandError(shut % {"key": key, "file": file}) from None
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
