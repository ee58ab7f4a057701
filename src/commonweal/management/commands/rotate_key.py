"""A new key for what lies sealed, while the place is in use; and taking the old ones out."""

from argparse import ArgumentParser
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.key_file import BeingChanged, TooManyKeys, add_first_key, changing_keys, keep_first_key
from commonweal.common.lock import is_locked
from commonweal.common.resealing import reseal_rows, rows_of_older_keys
from commonweal.common.sealed import Keyring, KeysMissing, SealBroken, read_keyring
from commonweal.exchange.writes.uploads import pieces_of_older_keys, reseal_files
from commonweal.ledger.writes import record
from commonweal.management.commands.restore import place_alone
from commonweal.management.spoken import SpokenCommand

FILES = "files of imports"


class Command(SpokenCommand):
    help = "Seal notes, contacts and everything else that lies sealed anew, with a new key."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--drop", action="store_true", help=_("take the old keys out of the key file, once nothing needs them")
        )

    def handle(self, *args: Any, drop: bool, **options: Any) -> None:
        path = Path(settings.COMMONWEAL_KEY_FILE)
        if is_locked():
            raise CommandError(_("The list is locked: its keys are not touched before it is opened."))
        try:
            read_keyring(path)  # which makes it where nothing lies sealed yet
            with changing_keys(path), place_alone() if drop else nullcontext():
                self.drop(path) if drop else self.rotate(path)
        except BeingChanged:
            raise CommandError(_("The keys are being changed by another rotate-key already.")) from None
        except TooManyKeys:
            full = _("There are 255 keys in the file: take the old ones out with --drop first.")
            raise CommandError(full) from None
        except (KeysMissing, SealBroken):
            missing = _("%(file)s is missing or holds no key. Put your copy of it there.")
            raise CommandError(missing % {"file": path}) from None
        except OSError as failure:
            again = _("%(file)s: %(failure)s. Nothing is lost; run this again.")
            raise CommandError(again % {"file": path, "failure": failure.strerror}) from failure

    def rotate(self, path: Path) -> None:
        """Make a key, unless an earlier run left something to do, and seal everything with it."""
        ring = read_keyring(path)
        if len(ring.keys) > 1 and left_to_do(ring):
            going_on = _("Going on with key %(number)d, which an earlier run has made.")
            self.stdout.write(going_on % {"number": ring.keys[0][0]})
        else:
            made = _("Key %(number)d is made, in front of the others in %(file)s.")
            self.stdout.write(made % {"number": add_first_key(path), "file": path})
            ring = read_keyring(path)
        done: Counter[str] = Counter()
        while moved := reseal_rows(ring) + Counter({FILES: reseal_files(ring)}):  # also what was sealed meanwhile
            done += moved
        number, at = ring.keys[0][0], now()
        with transaction.atomic():
            record("rotated_sealing_key", by=None, at=at, facts={"key": number, "sealed": sum(done.values())})
        if done:
            sealed = _("Sealed anew with key %(number)d: %(what)s.") % {"number": number, "what": in_words(done)}
        else:
            sealed = _("Sealed anew with key %(number)d: nothing, for nothing lay sealed.") % {"number": number}
        self.stdout.write(sealed)
        if left := left_to_do(ring):
            shut = _("No key in the file opens %(what)s: these stay as they are.")
            self.stderr.write(shut % {"what": in_words(left)})
        self.stdout.write(what_to_do_now() % {"file": path})

    def drop(self, path: Path) -> None:
        """Take the old keys out, if nothing needs them and nobody can seal with them any more."""
        ring = read_keyring(path)
        if len(ring.keys) == 1:
            self.stdout.write(_("There is one key in the file, and it is in use: nothing to take out."))
            return
        if left := left_to_do(ring):
            needed = _("Old keys are still needed for %(what)s. Run `commonweal rotate-key` without --drop first.")
            raise CommandError(needed % {"what": in_words(left)})
        gone = keep_first_key(path)
        with transaction.atomic():
            record("dropped_sealing_key", by=None, at=now(), facts={"keys": gone})
        taken_out = _(
            "Taken out: key %(gone)s. Key %(number)d seals and opens everything. Copy %(file)s "
            "anew; what somebody was filling in at the sign-in when the server stopped, she fills in again."
        )
        self.stdout.write(taken_out % {"gone": ", ".join(map(str, gone)), "number": ring.keys[0][0], "file": path})


def what_to_do_now() -> str:
    """What the operator does once everything is sealed with the new key in `file`."""
    return _(
        "A running server has the new key within a second; it need not be restarted. Now:\n"
        "  1. Copy %(file)s to where your copy of it lies, and keep the older copy apart: backups made before now\n"
        "     open their sealed notes and contacts only with it. Destroy it when the last of them is gone.\n"
        "  2. To take the old keys out: stop the server and every `commonweal work`, run `commonweal rotate-key --drop`,\n"
        "     start them. It refuses while any of them is running."
    )


def left_to_do(ring: Keyring) -> Counter[str]:
    """What another key than the first one sealed, by table."""
    return rows_of_older_keys(ring) + Counter({FILES: sum(1 for _piece in pieces_of_older_keys(ring))})


def in_words(counts: Counter[str]) -> str:
    """ "commonweal_person: 12, files of imports: 1"."""
    said = {FILES: _("files of imports")}
    return ", ".join(f"{said.get(name, name)}: {count}" for name, count in sorted(counts.items()))
