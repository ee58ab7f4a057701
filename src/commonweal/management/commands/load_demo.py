"""Loads the demo place into an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from commonweal.common.clock import now
from commonweal.common.work import ask_for, do_all_waiting
from commonweal.demo import console
from commonweal.demo.coming import write_coming
from commonweal.demo.invention import invent
from commonweal.demo.loading import LOT, NotEmpty, is_loaded, load
from commonweal.leaders.writes.reading.computing import read_open_campaigns
from commonweal.management.spoken import SpokenCommand


class Command(SpokenCommand):
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Load the demo place: an invented hospital. Only into an empty database.")
        parser.add_argument("--lot", type=int, default=LOT, help=_("the lot the hospital is drawn from"))
        parser.add_argument(
            "--language",
            choices=["en", "es"],
            default="en",
            help=_("of the names of units, shifts, jobs, institutions"),
        )

    def handle(self, *args: Any, lot: int, language: str, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("Set COMMONWEAL_DEMO=1 for a demo place; it must never hold real people."))
        try:
            with override(language):
                self.fill(lot, language)
        except NotEmpty:
            raise CommandError(_("This database is not empty; the demo is loaded into an empty one only.")) from None

    def fill(self, lot: int, language: str) -> None:
        """Load, then let everything be reckoned that a place of some weeks has."""
        if is_loaded():
            self.stdout.write(console.is_there_already())
            return
        load(lot=lot, at=now(), say=self.say, language=language)
        write_coming(invent(lot), language, settings.DATA)
        self.say(console.reading())
        read_open_campaigns(by=None, at=now())
        do_all_waiting()
        self.say(console.looking_twice())
        ask_for("commonweal.people.writes.resemblance.look_for", subject=None, by=None, at=now())
        do_all_waiting()

    def say(self, line: str) -> None:
        """Show how far it is, at once."""
        self.stdout.write(f"  {line} …")
        self.stdout.flush()
