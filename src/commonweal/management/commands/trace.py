"""Which export a file that has turned up is a copy of."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from commonweal.accounts.reads.accounts import names_of
from commonweal.exchange.reads.tracing import Origin, origins
from commonweal.exchange.rules.limits import MOST_BYTES, FileRefused
from commonweal.exchange.views.export_words import kind_words
from commonweal.exchange.views.imports_words import refused_words
from commonweal.management.spoken import SpokenCommand


class Command(SpokenCommand):
    help = "Say which export FILE (CSV, XLSX or vCard) is a copy of, how sure that is, and why."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                found = origins(opened.read(MOST_BYTES + 1))
        except OSError as failure:
            raise CommandError(f"{file}: {failure.strerror}.") from failure
        except FileRefused as refused:
            unread = _("%(file)s cannot be read. %(why)s")
            raise CommandError(unread % {"file": file, "why": refused_words(refused)}) from refused
        names = names_of(one.export.account for one in found)
        for one in found:
            self.stdout.write(told(one, names.get(one.export.account, _("an account that is gone"))))
        if not found:
            self.stdout.write(
                _("No export is recognized: it did not come from here, is too short, or its marks were wiped.")
            )


def told(one: Origin, account: str) -> str:
    """Whose export it is a copy of, how sure that is, and why."""
    taken = (
        _("Sure: taken out by %(account)s, %(at)s UTC, %(what)s, %(rows)d rows (export %(id)s).")
        if one.is_sure
        else _("Likely: taken out by %(account)s, %(at)s UTC, %(what)s, %(rows)d rows (export %(id)s).")
    ) % {
        "account": account,
        "at": f"{one.export.taken_at:%Y-%m-%d %H:%M}",
        "what": kind_words()[one.export.what][0],
        "rows": one.export.rows,
        "id": one.export.pk,
    }
    why = _(
        "  %(invented)d of %(in_all)d people invented for it stand in the file; "
        "%(agree)d of %(marks)d marks agree (by chance: %(chance)s)."
    ) % {
        "invented": len(one.invented),
        "in_all": one.invented_in_all,
        "agree": one.marks.agree,
        "marks": one.marks.texts,
        "chance": f"{one.chance:.1e}",
    }
    return f"{taken}\n{why}"
