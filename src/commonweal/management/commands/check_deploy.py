"""Everything that stands between this place and being served, at once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from commonweal.common.environment import variable
from commonweal.common.readiness import reasons_not_to_serve, unapplied_migrations
from commonweal.management.spoken import SpokenCommand


class Command(SpokenCommand):
    help = "Say whether this place is fit to be served, and what to mend if it is not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("address the server will listen on"))

    def handle(self, *args: Any, host: str, **options: Any) -> None:
        faults = reasons_not_to_serve(host=host)
        try:
            if missing := unapplied_migrations():
                unapplied = _("%(count)d migrations are not applied: run `commonweal migrate`.")
                faults.append(unapplied % {"count": len(missing)})
        except DatabaseError as error:
            faults.append(_("The database does not answer (%(error)s).") % {"error": type(error).__name__})
        if settings.DEMO or variable("COMMONWEAL_SECRET").value:
            faults += [
                f"{found.id}: {found.msg.splitlines()[0]}"
                for found in checks.run_checks(include_deployment_checks=True)
                if found.level >= checks.WARNING and not found.is_silenced()
            ]
        if faults:
            raise CommandError("\n".join([_("Not yet fit to be served:"), *(f"  - {fault}" for fault in faults)]))
        fit = _("Fit to be served (%(engine)s, data in %(folder)s).")
        self.stdout.write(fit % {"engine": connection.vendor, "folder": settings.DATA})
