"""The commands that need the place itself, its settings and its database: Django's own and ours."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from commonweal.cli.words import gettext as _
from commonweal.cli.words import language_of_the_terminal


def commands() -> dict[str, str]:
    """Each command of the place with what it does, in the language of the terminal."""
    return {
        "serve": _("serve the site, with its static files and its background work"),
        "work": _("do the background work in a process of its own"),
        "migrate": _("bring the database up to this version of the program"),
        "check-deploy": _("say whether this place is fit to be served, and what to mend"),
        "settings": _("print every environment variable with its meaning and default"),
        "backup": _("copy the database to FILE while it is in use, and verify the copy"),
        "backup-key": _("make the pair of keys to which backups are encrypted; the secret one into FILE"),
        "restore": _("put a backup in the place of what is there"),
        "rotate-key": _("seal notes and contacts anew with a new key; --drop takes the old ones out"),
        "trace": _("say which export a file that has turned up is a copy of"),
        "everything-on": _("print everything this place holds about one person"),
        "ledger": _("`ledger verify` proves that no entry was altered, taken out or put in"),
        "runserver": _("for developers: serve with COMMONWEAL_DEBUG=1, starting anew after each change"),
    }


def is_understood(command: str, words: Sequence[str], does: str) -> bool:
    """Whether the settings can be read; ends with help or with what is wrong with the words, in the terminal's language.

    New files are for their owner alone from here on.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.settings")
    os.umask(0o077)
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import get_commands, load_command_class
    from django.utils.translation import override

    from commonweal.common.environment import NotUsable

    try:
        django.setup()
    except NotUsable as refused:
        fault = _(refused.sentence) % refused.facts
        print(_("The settings cannot be used: %(fault)s") % {"fault": fault}, file=sys.stderr)
        return False
    except (OSError, ValueError, ImproperlyConfigured) as fault:
        print(_("The settings cannot be used: %(fault)s") % {"fault": fault}, file=sys.stderr)
        return False
    name = command.replace("-", "_")
    with override(language_of_the_terminal()):
        parser = load_command_class(get_commands()[name], name).create_parser("commonweal", command)
    parser.called_from_command_line, parser.description = True, does
    for action in parser._actions:
        if action.help is not None:
            english = " ".join(str(action.help).split())
            action.help = _(english)
    parser.parse_args(list(words))
    return True


def run(command: str, words: Sequence[str]) -> int:
    """Hand the command to Django; its exit status. A file that cannot be reached is a sentence."""
    from django.core.management import ManagementUtility

    try:
        ManagementUtility(["commonweal", command.replace("-", "_"), *words]).execute()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except OSError as fault:
        if fault.filename is None:
            raise
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1
    return 0
