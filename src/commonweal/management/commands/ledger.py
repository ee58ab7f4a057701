"""Proves the ledger: that no entry was altered, taken out or put in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from commonweal.ledger.reads import Head, kept_head, prove
from commonweal.management.spoken import SpokenCommand


class Command(SpokenCommand):
    help = "Verify the ledger's chain of hashes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("--kept", default="", metavar="NUMBER:HASH", help=_("a head that was written down before"))

    def handle(self, *args: Any, what: str, kept: str, **options: Any) -> None:
        number, colon, written = kept.partition(":")
        if kept and (not colon or not number.isdigit()):
            raise CommandError(_("A kept head is written NUMBER:HASH, as this command prints it."))
        given = Head(int(number), written) if kept else None
        proof = prove(kept=given or kept_head())
        if given and proof.holds:
            proof = prove(kept=kept_head())
        if not proof.holds:
            broken = _("The ledger is broken at entry %(number)s: %(why)s.")
            raise CommandError(broken % {"number": proof.broken, "why": proof.why})
        holds = _("The ledger holds: %(entries)d entries. Its head, to write down somewhere else:")
        self.stdout.write(holds % {"entries": proof.entries})
        self.stdout.write(f"{proof.head.number}:{proof.head.hash}")
