"""Is this place fit to be served? Each thing that is not is a sentence for the operator."""

import os
import stat
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from commonweal.common.environment import variable
from commonweal.common.sealed import something_is_sealed

SHORTEST_SECRET = 50
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def reasons_not_to_serve(*, host: str = "127.0.0.1") -> list[str]:
    """Why the server must not start with these settings, listening on `host`; empty when it may."""
    reasons = []
    if settings.DEBUG:
        reasons.append(_("COMMONWEAL_DEBUG is on. It shows the inside of the program to anybody: unset it."))
    if settings.DEMO and host not in LOOPBACK:
        reasons.append(_("COMMONWEAL_DEMO is on: a demo place is served on this machine alone (127.0.0.1)."))
    if not settings.DEMO:
        reasons += _weak_secret(variable("COMMONWEAL_SECRET").value)
    if not settings.ALLOWED_HOSTS:
        reasons.append(_("COMMONWEAL_HOSTS is not set: name the host names of the site, such as list.example.org."))
    if "*" in settings.ALLOWED_HOSTS:
        reasons.append(_("COMMONWEAL_HOSTS must name the hosts; '*' would answer to any name."))
    return reasons + _unfit_folder(Path(settings.DATA)) + _open_keys(Path(settings.COMMONWEAL_KEY_FILE))


def _holds_sealed_rows() -> bool:
    try:
        return something_is_sealed()
    except DatabaseError:  # not migrated yet, or not answering: said elsewhere
        return False


def unapplied_migrations() -> list[str]:
    """Names of the migrations that the database still lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _weak_secret(secret: str) -> list[str]:
    if not secret:
        return [
            _(
                "COMMONWEAL_SECRET is not set. Make one with `%(line)s`, keep it in a file only the program can read, "
                "and name that file in COMMONWEAL_SECRET_FILE."
            )
            % {"line": "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"}
        ]
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 8:
        plain = _("COMMONWEAL_SECRET is too short or too plain: %(count)d random characters or more.")
        return [plain % {"count": SHORTEST_SECRET}]
    return []


def _unfit_folder(folder: Path) -> list[str]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return [_("The folder %(folder)s (COMMONWEAL_DATA) is not there and cannot be made.") % {"folder": folder}]
    if not os.access(folder, os.W_OK | os.X_OK):
        return [_("The program may not write into %(folder)s (COMMONWEAL_DATA).") % {"folder": folder}]
    if folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return [_("Others on this machine can reach %(folder)s (COMMONWEAL_DATA): chmod 700 it.") % {"folder": folder}]
    return []


def _open_keys(file: Path) -> list[str]:
    if not file.exists() and _holds_sealed_rows():
        missing = _(
            "The key file %(file)s (COMMONWEAL_KEYS) is missing, and notes and contacts are sealed with it: "
            "put your copy of it there."
        )
        return [missing % {"file": file}]
    if file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return [_("Others than its owner can reach the key file %(file)s: chmod 600 it.") % {"file": file}]
    return []
