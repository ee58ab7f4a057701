"""A backup while the place is in use, read back before it is called one."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import load_backend
from django.utils.translation import gettext as _

from commonweal.common.age import CannotOpen, NoKey, Recipient, public_key, seal
from commonweal.common.backup import BackupFailed, Copy, examine, make, restore_into, scratch_database, settle
from commonweal.common.clock import now
from commonweal.common.environment import variable
from commonweal.common.verified import Verified, note_verified_backup
from commonweal.ledger.reads import prove
from commonweal.management.spoken import SpokenCommand
from commonweal.people.models import Person

READ_BACK = "read-back"


class Command(SpokenCommand):
    help = "Copy the database to FILE while it is in use, and verify the copy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help=_("write over a file that is there"))
        parser.add_argument("--plain", action="store_true", help=_("not encrypted: whoever finds it can read it"))

    def handle(self, *args: Any, file: Path, replace: bool, plain: bool, **options: Any) -> None:
        recipients = [] if plain else encrypted_to()
        if file.exists() and not replace:
            raise CommandError(_("%(file)s is there already; --replace writes over it.") % {"file": file})
        if not file.absolute().parent.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": file.absolute().parent})
        try:
            backup = made_for(recipients, file) if recipients else made_plain(file)
        except (BackupFailed, OSError) as failure:
            raise CommandError(str(failure)) from failure
        except CannotOpen:
            damaged = _("%(file)s is not on the disk as it was written. Is the disk sound?")
            raise CommandError(damaged % {"file": file}) from None
        try:
            note_verified_backup(backup)
        except OSError as failure:  # the backup is whole all the same
            self.stderr.write(_("The status page will not know of it: %(failure)s") % {"failure": failure})
        self.stdout.write(told(file, backup))


def told(file: Path, backup: Verified) -> str:
    """What was copied, who can read it, and what is not in it."""
    figures = {"file": file, "size": backup.size / 1e6, "people": backup.people, "entries": backup.entries}
    lines = [
        _("%(file)s: %(size).1f MB, %(people)d people, %(entries)d ledger entries; read back and whole.") % figures,
        _("Encrypted: it opens only with the secret key of COMMONWEAL_BACKUP_TO.")
        if backup.sealed
        else _("NOT ENCRYPTED: whoever finds this file can read every name, and who knows whom."),
        _(
            "The keys are not in it. Sealed notes and contacts open only with %(keys)s: "
            "keep a copy of that file somewhere else than the backup."
        )
        % {"keys": settings.COMMONWEAL_KEY_FILE},
    ]
    return "\n".join(lines)


def encrypted_to() -> list[Recipient]:
    """The public keys of those who may open backups. Raises CommandError where there is none."""
    words = variable("COMMONWEAL_BACKUP_TO").words
    if not words:
        raise CommandError(
            _(
                "COMMONWEAL_BACKUP_TO is not set, so the backup would lie open to whoever finds it. "
                "Make a pair of keys with `commonweal backup-key FILE`, or say --plain."
            )
        )
    try:
        return [public_key(word) for word in words]
    except NoKey:
        raise CommandError(_("COMMONWEAL_BACKUP_TO holds something that is no public key (age1…).")) from None


def made_plain(file: Path) -> Verified:
    """A copy that anybody can read, read back."""
    make(file)
    return verify(file)


def made_for(recipients: list[Recipient], file: Path) -> Verified:
    """A copy that only the recipients can read. It is read back before it is encrypted, and its encrypted bytes after."""
    bare, aside = file.with_name(f".{file.name}.plain"), file.with_name(f".{file.name}.sealed")
    try:
        backup = made_plain(bare)
        seal(bare, aside, recipients)
        aside.replace(file)
        settle(file.absolute().parent)
    finally:
        for left in (bare, aside):
            left.unlink(missing_ok=True)
    return replace(backup, size=file.stat().st_size, sealed=True)


def verify(file: Path) -> Verified:
    """Read the copy back as the program would. Raises BackupFailed when anything in it is broken."""
    if connection.vendor == "sqlite":
        copy = examine(file)
        known = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{file.absolute().as_uri()}?mode=ro"}
        with read_back(known | {"OPTIONS": {"uri": True}}):
            return whole(copy)
    with scratch_database() as name:
        restore_into(name, file)
        with read_back(connection.settings_dict | {"NAME": name, "CONN_MAX_AGE": 0}):
            return whole(Copy(file.stat().st_size, {}))


def whole(copy: Copy) -> Verified:
    """The figures of the copy that is being read back, once its ledger holds."""
    try:
        if newer := migrations_since(connections[READ_BACK]):
            later = _(
                "The copy was made by a newer version of the program (it has %(step)s): install that version first."
            )
            raise BackupFailed(later % {"step": newer[0]})
        proof = prove(database=READ_BACK)
        people = Person.objects.using(READ_BACK).count()
    except DatabaseError as error:
        unread = _("The copy cannot be read by this version of the program: %(error)s")
        raise BackupFailed(unread % {"error": error}) from error
    if not proof.holds:
        broken = _("The ledger in the copy is broken at entry %(number)s: %(why)s.")
        raise BackupFailed(broken % {"number": proof.broken, "why": proof.why})
    return Verified(now(), copy.size, people, proof.entries)


def migrations_since(copy: BaseDatabaseWrapper) -> list[str]:
    """The migrations of a copy that this version of the program does not know."""
    known = MigrationLoader(None).disk_migrations
    applied = MigrationRecorder(copy).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app == "commonweal" and (app, name) not in known)


@contextmanager
def read_back(known: dict[str, Any]) -> Iterator[None]:
    """The copy as a second database of this process, for a moment."""
    described = connection.settings_dict | known
    connections[READ_BACK] = load_backend(described["ENGINE"]).DatabaseWrapper(described, READ_BACK)
    try:
        yield
    finally:
        connections[READ_BACK].close()
        del connections[READ_BACK]
