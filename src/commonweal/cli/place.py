"""The commands that need the place itself, its settings and its database: Django's own and ours."""

from __future__ import annotations

import os
from collections.abc import Sequence

COMMANDS = {
    "serve": "serve the site, with its static files and its background work",
    "work": "do the background work in a process of its own",
    "migrate": "bring the database up to this version of the program",
    "check-deploy": "say whether this place is fit to be served, and what to mend",
    "settings": "print every environment variable with its meaning and default",
    "backup": "copy the database to FILE while it is in use, and verify the copy",
    "backup-key": "make the pair of keys to which backups are encrypted; the secret one into FILE",
    "restore": "put a backup back",
    "rotate-key": "seal notes and contacts anew with a new key; --drop takes the old ones out",
    "trace": "say which export a file that has turned up is a copy of",
    "ledger": "`ledger verify` proves that no entry was altered, taken out or put in",
    "runserver": "for developers: serve with COMMONWEAL_DEBUG=1, starting anew after each change",
}


def run(command: str, words: Sequence[str]) -> int:
    """Hand the command to Django; its exit status. New files are for their owner alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.settings")
    os.umask(0o077)
    from django.core.management import ManagementUtility

    try:
        ManagementUtility(["commonweal", command.replace("-", "_"), *words]).execute()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    return 0
