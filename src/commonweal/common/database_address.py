"""The address of a PostgreSQL database, as it stands in COMMONWEAL_DATABASE."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from commonweal.common.environment import NotUsable, gettext_noop

# PostgreSQL takes our questions, which ask for few rows of many tables, for dear ones and compiles them: that took 0.7 of
# the 0.75 seconds of a page (jit in its documentation). What the operator sets in the address comes later and wins.
WITHOUT_COMPILING = "-c jit=off"
OWN_NAMES = {"connect_timeout": "PGCONNECT_TIMEOUT"}


def settings_of(address: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?sslmode=…`.

    Without a host the database is reached by its socket; `host` may also stand behind the question mark. What else
    stands there is a word of libpq. Raises NotUsable, which never repeats the address, for anything else.
    """
    sentence = gettext_noop("COMMONWEAL_DATABASE is no address such as postgresql://user:password@host:port/name")
    try:
        parts = urlsplit(address)
        words = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        port = str(parts.port or "")
    except ValueError:  # which might repeat the passphrase
        raise NotUsable(sentence) from None
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise NotUsable(sentence)
    words["options"] = f"{WITHOUT_COMPILING} {words.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or words.pop("host", ""),
        "PORT": port,
        "OPTIONS": words,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def environment_of(known: dict[str, Any]) -> dict[str, str]:
    """What tells PostgreSQL's own programs the passphrase and the words of libpq; the rest goes by their options."""
    words = {name: value for name, value in known.get("OPTIONS", {}).items() if isinstance(value, str)}
    said = {OWN_NAMES.get(name, "PG" + name.replace("_", "").upper()): value for name, value in words.items()}
    return said | {"PGPASSWORD": str(known["PASSWORD"])}
