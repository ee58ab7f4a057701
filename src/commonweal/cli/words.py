"""In which language the terminal is spoken to, and the sentences of `argparse` in it.

The terminal decides (LANGUAGE, LC_ALL, LC_MESSAGES, LANG); one that names no language, as on most servers, hears the
language of the place (COMMONWEAL_LANGUAGE).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations, translation
from pathlib import Path

from commonweal.reckoning.plain_files.words import gettext, ngettext, speak

__all__ = ["gettext", "ngettext", "speak_to_the_terminal"]

LOCALE = Path(__file__).resolve().parent.parent / "locale"
ROOMS = ("reckoning", "common", "cli")
NO_LANGUAGE = ("", "C", "POSIX")


def gettext_noop(said: str) -> str:
    """A sentence that others say, and that our catalogue translates."""
    return said


OF_ARGPARSE = (
    gettext_noop("usage: "),
    gettext_noop("options"),
    gettext_noop("positional arguments"),
    gettext_noop("show this help message and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("expected one argument"),
    gettext_noop("ambiguous option: %(option)s could match %(matches)s"),
    gettext_noop("ignored explicit argument %r"),
    gettext_noop("not allowed with argument %s"),
)
OF_DJANGO = (
    gettext_noop("Show program's version number and exit."),
    gettext_noop("Verbosity level; 0=minimal output, 1=normal output, 2=verbose output, 3=very verbose output"),
    gettext_noop(
        'The Python path to a settings module, e.g. "myproject.settings.main". If this isn\'t provided, the '
        "DJANGO_SETTINGS_MODULE environment variable will be used."
    ),
    gettext_noop('A directory to add to the Python path, e.g. "/home/djangoprojects/myproject".'),
    gettext_noop("Display a full stack trace on CommandError exceptions."),
    gettext_noop("Don't colorize the command output."),
    gettext_noop("Force colorization of the command output."),
    gettext_noop("Skip system checks."),
    gettext_noop("App label of an application to synchronize the state."),
    gettext_noop(
        "Database state will be brought to the state after that migration. "
        'Use the name "zero" to unapply all migrations.'
    ),
    gettext_noop("Tells Django to NOT prompt the user for input of any kind."),
    gettext_noop('Nominates a database to synchronize. Defaults to the "default" database.'),
    gettext_noop("Mark migrations as run without actually running them."),
    gettext_noop(
        "Detect if tables already exist and fake-apply initial migrations if so. Make sure that the current database "
        "schema matches your initial migration before using this flag. Django will only check for an existing table "
        "name."
    ),
    gettext_noop("Shows a list of the migration actions that will be performed."),
    gettext_noop("Creates tables for apps without migrations."),
    gettext_noop("Exits with a non-zero status if unapplied migrations exist and does not actually apply migrations."),
    gettext_noop("Delete nonexistent migrations from the django_migrations table."),
    gettext_noop("Optional port number, or ipaddr:port"),
    gettext_noop("Tells Django to use an IPv6 address."),
    gettext_noop("Tells Django to NOT use threading."),
    gettext_noop("Tells Django to NOT use the auto-reloader."),
    gettext_noop("Tells Django to NOT automatically serve static files at STATIC_URL."),
    gettext_noop("Allows serving static files even if DEBUG is False."),
)


def language_of_the_terminal() -> str:
    """`en` or `es`: what the terminal asks for, else the place, else English."""
    asked = os.environ.get("LANGUAGE", "").split(":")[0]
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if locale.partition(".")[0] in NO_LANGUAGE:
        asked = locale = os.environ.get("COMMONWEAL_LANGUAGE", "")
    return "es" if (asked or locale)[:2] == "es" else "en"


@contextmanager
def speak_to_the_terminal() -> Iterator[None]:
    """From here to the end of the block, commands and `argparse` speak the language of the terminal."""
    catalogue = NullTranslations()
    if language_of_the_terminal() == "es":
        for room in ROOMS:
            catalogue.add_fallback(translation("django", LOCALE / room, ["es"], fallback=True))
    speak(catalogue)
    spoken = argparse._, argparse.ngettext  # type: ignore[attr-defined]
    argparse._, argparse.ngettext = catalogue.gettext, catalogue.ngettext  # type: ignore[attr-defined]
    try:
        yield
    finally:
        argparse._, argparse.ngettext = spoken  # type: ignore[attr-defined]
        speak(NullTranslations())
