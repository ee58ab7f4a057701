"""The pair of keys for backups: the public one stays here, the secret one goes elsewhere."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal.common.age import new_pair


class Command(BaseCommand):
    help = "Make the pair of keys to which backups are encrypted; the secret one is written into FILE."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        secret, public = new_pair()
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError(f"{file} is there already; a key is never written over.") from None
        except OSError as failure:
            raise CommandError(f"{file} cannot be written: {failure.strerror}.") from failure
        with os.fdopen(handle, "w") as written:
            written.write(f"# Opens backups made to {public}\n{secret}\n")
        self.stdout.write(f"COMMONWEAL_BACKUP_TO={public}")
        self.stdout.write(
            f"Put that line among the settings. {file} opens the backups: copy it to two places of their own, such as "
            "USB sticks in drawers that the committee knows of, then delete it here. Whoever loses it loses every backup."
        )
