"""A file of outcomes of a structure test is read here and looked at there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.tables import open_table
from commonweal.exchange.views.imports_words import refused_words
from commonweal.structure_tests.reads.outcome_files import rows_of_file
from commonweal.structure_tests.reads.tests import names_nobody, test_of
from commonweal.structure_tests.rules.outcome_files import columns_of
from commonweal.structure_tests.rules.states import may
from commonweal.structure_tests.views.file import MOST_ROWS, asking, preview, too_many_in_words

MOST_BYTES = 5 * 1024 * 1024


@organizers
@require_POST
def outcomes_file(request: ScopedRequest, test: UUID) -> HttpResponse:
    """Shows what a file would do; nothing is kept, of the file neither."""
    here = test_of(request.scope, test)
    if names_nobody(here) or not may("mark", here.state):
        return redirect("structure_tests:file", here.pk)
    upload = request.FILES.get("file")
    if upload is None:
        return asking(request, here, _("Choose a file first."))
    if (upload.size or 0) > MOST_BYTES:
        return asking(request, here, _("The file is too large for a table of outcomes."))
    try:
        table = []
        for number, row in enumerate(open_table(upload.read()).rows()):
            if number > MOST_ROWS:
                return asking(request, here, too_many_in_words(MOST_ROWS))
            table.append(row)
    except FileRefused as refused:
        said = _("%(file)s was not taken.") % {"file": upload.name} + " " + refused_words(refused)
        return asking(request, here, said)
    columns = columns_of([cells for _line, cells in table[:6]])
    if columns is None:
        said = _("Nobody can tell which column is what: give one the title “code” or “number”, and one “outcome”.")
        return asking(request, here, said)
    rows = rows_of_file(request.scope, here, columns, table)
    return preview(request, here, rows, with_askers=columns.asker is not None)
