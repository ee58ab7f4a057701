"""Proves the ledger: that no entry was altered, taken out or put in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal.ledger.models import Entry
from commonweal.ledger.reads import first_break, last_hash


class Command(BaseCommand):
    help = "Verify the ledger's chain of hashes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("--ends-with", default="", help="a hash written down before: must still be there")

    def handle(self, *args: Any, what: str, ends_with: str, **options: Any) -> None:
        broken = first_break()
        if broken is not None:
            raise CommandError(f"The ledger is broken at entry {broken}: it was altered, or one before it is gone.")
        if ends_with and not Entry.objects.filter(hash=ends_with).exists():
            raise CommandError("The chain holds, but the hash written down is not in it: entries at its end are gone.")
        self.stdout.write(f"The ledger holds: {Entry.objects.count()} entries. Its last hash, to write down:")
        self.stdout.write(last_hash())
