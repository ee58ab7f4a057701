"""Which export a file that has turned up is a copy of."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal.accounts.reads.accounts import names_of
from commonweal.exchange.reads.tracing import origins
from commonweal.exchange.rules.limits import MOST_BYTES, FileRefused


class Command(BaseCommand):
    help = "Say which export FILE (CSV, XLSX or vCard) is a copy of, how sure that is, and why."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                found = origins(opened.read(MOST_BYTES + 1))
        except OSError as failure:
            raise CommandError(f"{file}: {failure.strerror}.") from failure
        except FileRefused as refused:
            raise CommandError(f"{file} cannot be read ({refused.why}).") from refused
        names = names_of(one.export.account for one in found)
        for one in found:
            self.stdout.write(
                f"{'Sure' if one.is_sure else 'Likely'}: taken out by {names.get(one.export.account, 'an account that is gone')}, "
                f"{one.export.taken_at:%Y-%m-%d %H:%M} UTC, {one.export.what}, {one.export.rows} rows (export {one.export.pk}).\n"
                f"  {len(one.invented)} of {one.invented_in_all} people invented for it stand in the file; "
                f"{one.marks.agree} of {one.marks.texts} marks agree (by chance: {one.chance:.1e})."
            )
        if not found:
            self.stdout.write(
                "No export is recognized: it did not come from here, is too short, or its marks were wiped."
            )
