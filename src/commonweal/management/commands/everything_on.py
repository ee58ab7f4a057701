"""All that this place could give away about one person."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.naming_her import Named, named_in, names_of
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.tables import open_table
from commonweal.exchange.writes.uploads import content_of
from commonweal.management.spoken import SpokenCommand
from commonweal.people.models import Person
from commonweal.people.reads.everything_on import everything_on, ids_of, in_plain


class Command(SpokenCommand):
    help = "Print everything this place holds about PERSON (her id): what a court, or a thief with the keys, would get."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", type=UUID, help=_("her id, as in the address of her page"))

    def handle(self, *args: Any, person: UUID, **options: Any) -> None:
        if not Person.objects.filter(pk=person).exists():
            raise CommandError(_("There is no record with this id."))
        for held in everything_on(person):
            table = _("== %(table)s: %(about)d about her, %(made)d made by her about others")
            self.stdout.write(table % {"table": held.table, "about": len(held.rows), "made": held.made_by_her})
            for row in held.rows:
                self.stdout.write(json.dumps(in_plain(row), ensure_ascii=False, sort_keys=True))
        names = names_of(ids_of(person))
        for what in (*rows_left_out(names), *files_with(names)):
            self.stdout.write(what)
        self.stdout.write(_("== Not kept anywhere: network addresses, what was searched for, which lists showed her."))


def rows_left_out(names: Named) -> Iterator[str]:
    """Rows of files that were not brought in and hold one of her names."""
    for row in ImportRow.objects.filter(person=None).exclude(values=b""):
        if named_in(str(row.values), names):
            written = json.dumps(in_plain(row), ensure_ascii=False, sort_keys=True)
            yield _("== A row of a file that holds her name: %(row)s") % {"row": written}


def files_with(names: Named) -> Iterator[str]:
    """Stored files of imports that hold one of her names, or may, since they cannot be read."""
    for batch in ImportBatch.objects.filter(pieces__gt=0):
        try:
            table = open_table(content_of(batch))
            sheets = range(max(1, len(table.sheets)))
            holds = any(named_in(" ".join(cells), names) for sheet in sheets for _line, cells in table.rows(sheet))
        except FileRefused:
            holds = True
        if holds:
            yield _("== A file that was brought and is kept sealed may name her: import %(id)s") % {"id": batch.pk}
