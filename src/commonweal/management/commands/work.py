"""The background worker: does what waits, one piece at a time."""

import os
import signal
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError, close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import override

from commonweal.common.clock import now
from commonweal.common.in_use import WORKING, InUse, hold
from commonweal.common.work import ask_for, do, do_all_waiting, ending, take_next
from commonweal.management.spoken import SpokenCommand

LOOK_EVERY = 0.5  # seconds between looks at an empty queue
TIDY_EVERY = 6 * 3600  # seconds
TIDYING = (
    "commonweal.exchange.writes.purging.purge",
    "commonweal.people.writes.former.let_go",
    "commonweal.accounts.writes.letting_go.let_go",
    "commonweal.listening.writes.drafts.let_go",
)


class Command(SpokenCommand):
    help = "Do the background work: imports, readings, the search for likely duplicates."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("do what waits now, then end"))
        parser.add_argument("--parent", type=int, help=_("end when this process is no longer the parent"))

    def handle(self, *args: Any, once: bool, parent: int | None, **options: Any) -> None:
        try:
            held = hold(Path(settings.DATA), WORKING, alone=False)
        except InUse:
            restoring = _("This place is being put back from a backup: wait until that has ended.")
            raise CommandError(restoring) from None
        with held:
            if once:
                with override(settings.LANGUAGE_CODE):
                    done = do_all_waiting()
                self.stdout.write(_("%(count)d pieces of work done") % {"count": done})
            else:
                self.work(parent)

    def work(self, parent: int | None) -> None:
        """Do what waits until told to stop; a long piece is then broken off where it can go on, and waits."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _caught, _frame: ending.set())
        tidied = float("-inf")
        while not ending.is_set() and (parent is None or os.getppid() == parent):
            try:
                if time.monotonic() - tidied > TIDY_EVERY:
                    tidied = time.monotonic()
                    for piece in TIDYING:
                        ask_for(piece, subject=None, by=None, at=now())
                work = take_next()
                if work is not None:
                    with override(settings.LANGUAGE_CODE):
                        do(work)
                    continue
            except OperationalError as error:  # locked or restarting: what waits stays in its row
                silent = _("The database does not answer (%(error)s); trying again.")
                self.stderr.write(silent % {"error": type(error).__name__})
                ending.wait(2)
            close_old_connections()
            ending.wait(LOOK_EVERY)
