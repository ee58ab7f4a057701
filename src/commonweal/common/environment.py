"""The settings that come from the environment, each with its meaning; a table that documents itself."""

import os
from dataclasses import dataclass
from pathlib import Path


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
    def words(self) -> list[str]:
        """The value as a list, split at commas and spaces."""
        return self.value.replace(",", " ").split()


VARIABLES = (
    Variable("COMMONWEAL_DATA", "var", "Folder for the database, the keys and what is uploaded."),
    Variable("COMMONWEAL_SECRET", "", "Secret that signs sessions; 50 random characters or more.", True),
    Variable("COMMONWEAL_KEYS", "", "Path of the key file that opens sealed notes; default: `keys` in the data folder."),
    Variable("COMMONWEAL_DATABASE", "", "postgresql://user:password@host:port/name; empty: SQLite in the data folder.", True),
    Variable("COMMONWEAL_HOSTS", "", "Host names the site answers to, separated by commas."),
    Variable("COMMONWEAL_ORIGIN", "", "Public address, such as https://list.example.org; written into links that are sent."),
    Variable("COMMONWEAL_LANGUAGE", "en", "Language of a visitor who states none: en or es."),
    Variable("COMMONWEAL_TIME_ZONE", "UTC", "Time zone of dates and times, such as America/New_York."),
    Variable("COMMONWEAL_MAIL", "", "smtp://user:password@host:587 (or smtps://host:465); empty: no mail, links are printed as codes.", True),
    Variable("COMMONWEAL_MAIL_FROM", "", "Sender of the mail."),
    Variable("COMMONWEAL_BEHIND_PROXY", "1", "1 when a proxy ends TLS in front of the program and sets X-Forwarded-Proto."),
    Variable("COMMONWEAL_INSECURE_HTTP", "", "1 allows plain http (a closed local network, the demo); cookies are then not marked secure."),
    Variable("COMMONWEAL_BACKUP_TO", "", "Public keys (age1…) to which backups are encrypted, separated by commas; `commonweal backup-key` makes a pair."),
    Variable("COMMONWEAL_DEBUG", "", "1 for developers only: tracebacks and a panel with queries and time on every page."),
    Variable("COMMONWEAL_DEMO", "", "1 marks a demo place: ready sign-in links stand for the second factor. Never with real people."),
    Variable("COMMONWEAL_EXPORT_ROWS", "500", "How many rows an account may take out of the list in one day without a second person's yes."),
    Variable("COMMONWEAL_RECORDS_AN_HOUR", "200", "How many different people's records an account opens in an hour before it is slowed and reported."),
    Variable("COMMONWEAL_NAMES_AN_HOUR", "1500", "How many different people an account's lists and searches name in an hour before it is slowed and reported."),
    Variable("COMMONWEAL_AWAY", "https://www.wikipedia.org/", "Page that opens when somebody leaves in a hurry: ordinary in your town, and nothing of ours."),
    Variable("COMMONWEAL_WORKER", "1", "0 when background work runs in its own `commonweal work` process."),
)  # fmt: skip

_BY_NAME = {variable.name: variable for variable in VARIABLES}


def variable(name: str) -> Variable:
    """The variable of that name; KeyError for one that is not in the table."""
    return _BY_NAME[name]


def in_words(variables: tuple[Variable, ...] = VARIABLES) -> str:
    """The table as text: each variable with its meaning, its default and whether it is set now.

    A secret's value is never shown.
    """
    lines = ["Each can also be given as a file: NAME_FILE names a file that holds the value.", ""]
    for one in variables:
        is_set = one.name in os.environ or one.name + "_FILE" in os.environ
        value = "set" if one.secret else one.value
        lines.append(f"{one.name}{f'  (now: {value})' if is_set else ''}")
        lines.append(f"    {one.meaning} Default: {one.default or 'none'}.")
    return "\n".join(lines)
