"""The settings that come from the environment, each with its meaning; a table that documents itself."""

import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def gettext_noop(said: str) -> str:
    """A sentence that is said later in the language switched on then: Django's own needs the settings, which this makes."""
    return said


class NotUsable(ValueError):
    """What a variable holds cannot be used. Settings are read before a language is known: whoever catches it
    translates `sentence` and fills in `facts`."""

    def __init__(self, sentence: str, **facts: str) -> None:
        super().__init__(sentence % facts)
        self.sentence, self.facts = sentence, facts


@dataclass(frozen=True)
class Variable:
    """One environment variable. `NAME_FILE` names a file to read the value from instead."""

    name: str
    default: str
    meaning: str
    secret: bool = False

    @property
    def value(self) -> str:
        """The value now: the variable, else the file that `NAME_FILE` names, else the default."""
        if self.name in os.environ:
            return os.environ[self.name]
        file = os.environ.get(self.name + "_FILE")
        if file:
            return Path(file).read_text().strip()
        return self.default

    @property
    def on(self) -> bool:
        """The value as a yes or no."""
        return self.value.strip().lower() in ("1", "true", "yes", "on")

    @property
    def number(self) -> int:
        """The value as a whole number, none being 0. Raises NotUsable for anything else."""
        try:
            return int(self.value or 0)
        except ValueError:
            raise NotUsable(
                gettext_noop("%(name)s is no whole number: %(value)s"), name=self.name, value=self.value
            ) from None

    @property
    def time_zone(self) -> str:
        """The value, which names a time zone. Raises NotUsable for anything else."""
        try:
            return ZoneInfo(self.value).key
        except (ValueError, OSError, KeyError):
            raise NotUsable(
                gettext_noop("%(name)s names no time zone: %(value)s"), name=self.name, value=self.value
            ) from None

    @property
    def words(self) -> list[str]:
        """The value as a list, split at commas and spaces."""
        return self.value.replace(",", " ").split()


VARIABLES = (
    Variable("COMMONWEAL_DATA", "var", gettext_noop("Folder for the database, the keys and what is uploaded.")),
    Variable("COMMONWEAL_SECRET", "", gettext_noop("Secret that signs sessions; 50 random characters or more."), True),
    Variable("COMMONWEAL_KEYS", "", gettext_noop("Path of the key file that opens sealed notes; default: `keys` in the data folder.")),
    Variable("COMMONWEAL_DATABASE", "", gettext_noop("postgresql://user:password@host:port/name; empty: SQLite in the data folder."), True),
    Variable("COMMONWEAL_HOSTS", "", gettext_noop("Host names the site answers to, separated by commas.")),
    Variable("COMMONWEAL_ORIGIN", "", gettext_noop("Public address, such as https://list.example.org; written into links that are sent.")),
    Variable("COMMONWEAL_LANGUAGE", "en", gettext_noop("Language of a visitor who states none: en or es.")),
    Variable("COMMONWEAL_TIME_ZONE", "UTC", gettext_noop("Time zone of dates and times, such as America/New_York.")),
    Variable("COMMONWEAL_MAIL", "", gettext_noop("smtp://user:password@host:587 (or smtps://host:465); empty: no mail, links are printed as codes."), True),
    Variable("COMMONWEAL_MAIL_FROM", "", gettext_noop("Sender of the mail.")),
    Variable("COMMONWEAL_BEHIND_PROXY", "1", gettext_noop("1 when a proxy ends TLS in front of the program and sets X-Forwarded-Proto.")),
    Variable("COMMONWEAL_INSECURE_HTTP", "", gettext_noop("1 allows plain http (a closed local network, the demo); cookies are then not marked secure.")),
    Variable("COMMONWEAL_BACKUP_TO", "", gettext_noop("Public keys (age1…) to which backups are encrypted, separated by commas; `commonweal backup-key` makes a pair.")),
    Variable("COMMONWEAL_DEBUG", "", gettext_noop("1 for developers only: tracebacks and a panel with queries and time on every page.")),
    Variable("COMMONWEAL_DEMO", "", gettext_noop("1 marks a demo place: ready sign-in links stand for the second factor. Never with real people.")),
    Variable("COMMONWEAL_EXPORT_ROWS", "500", gettext_noop("How many rows an account may take out of the list in one day without a second person's yes.")),
    Variable("COMMONWEAL_RECORDS_AN_HOUR", "200", gettext_noop("How many different people's records an account opens in an hour before it is slowed and reported.")),
    Variable("COMMONWEAL_NAMES_AN_HOUR", "1500", gettext_noop("How many different people an account's lists and searches name in an hour before it is slowed and reported.")),
    Variable("COMMONWEAL_AWAY", "https://www.wikipedia.org/", gettext_noop("Page that opens when somebody leaves in a hurry: ordinary in your town, and nothing of ours.")),
    Variable("COMMONWEAL_WORKER", "1", gettext_noop("0 when background work runs in its own `commonweal work` process.")),
)  # fmt: skip

_BY_NAME = {variable.name: variable for variable in VARIABLES}


def variable(name: str) -> Variable:
    """The variable of that name; KeyError for one that is not in the table."""
    return _BY_NAME[name]


def in_words(variables: tuple[Variable, ...] = VARIABLES) -> str:
    """The table as text: each variable with its meaning, its default and whether it is set now.

    A secret's value is never shown.
    """
    lines = [_("Each can also be given as a file: NAME_FILE names a file that holds the value."), ""]
    for one in variables:
        is_set = one.name in os.environ or one.name + "_FILE" in os.environ
        value = pgettext("a secret", "set") if one.secret else one.value
        lines.append(one.name + ("  " + _("(now: %(value)s)") % {"value": value} if is_set else ""))
        default = _("Default: %(value)s.") % {"value": one.default} if one.default else _("Default: none.")
        lines.append(f"    {_(one.meaning)} {default}")
    return "\n".join(lines)
