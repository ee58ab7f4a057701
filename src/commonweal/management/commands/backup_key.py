"""The pair of keys for backups: the public one stays here, the secret one goes elsewhere."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from commonweal.common.age import new_pair
from commonweal.management.spoken import SpokenCommand


class Command(SpokenCommand):
    help = "Make the pair of keys to which backups are encrypted; the secret one is written into FILE."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        secret, public = new_pair()
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError(_("%(file)s is there already; a key is never written over.") % {"file": file}) from None
        except OSError as failure:
            unwritten = _("%(file)s cannot be written: %(failure)s.")
            raise CommandError(unwritten % {"file": file, "failure": failure.strerror}) from failure
        with os.fdopen(handle, "w") as written:
            opens = _("Opens backups made to %(key)s") % {"key": public}
            written.write(f"# {opens}\n{secret}\n")
        self.stdout.write(f"COMMONWEAL_BACKUP_TO={public}")
        self.stdout.write(
            _(
                "Put that line among the settings. %(file)s opens the backups: copy it to two places of their own, such as "
                "USB sticks in drawers that the committee knows of, then delete it here. "
                "Whoever loses it loses every backup."
            )
            % {"file": file}
        )
