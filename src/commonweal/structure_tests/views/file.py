"""A file of outcomes: brought, looked at, kept once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.ids import new_id
from commonweal.common.once import once_only
from commonweal.common.sent import id_in
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads import outcome_files as reads
from commonweal.structure_tests.reads.outcome_files import FileRow
from commonweal.structure_tests.reads.roll import roll_of
from commonweal.structure_tests.reads.tests import test_of
from commonweal.structure_tests.rules.codes import code_of
from commonweal.structure_tests.views.grid import KEYS, say_kept
from commonweal.structure_tests.views.no_words import not_now_in_words, sent_away
from commonweal.structure_tests.writes.files import keep_file, take_file_back
from commonweal.structure_tests.writes.refusals import NotNow

MOST_ROWS, SHOWN = 20_000, 200
SHORT = {outcome.value: str(place) for place, outcome in enumerate(KEYS, start=1)}
LONG = {short: outcome for outcome, short in SHORT.items()}


@organizers
@once_only
def file(request: ScopedRequest, test: UUID) -> HttpResponse:
    """Asks for a file; what was looked at comes back here to be kept, each row once however often it is sent."""
    here = test_of(request.scope, test)
    if away := sent_away(request, here, "mark"):
        return away
    if request.method == "POST" and request.POST.get("rows"):
        _keep(request, here, id_in(request.POST.get("upload")) or new_id(), request.POST["rows"])
        return redirect("structure_tests:test", here.pk)
    if request.method == "POST" and (upload := id_in(request.POST.get("back"))):
        _take_back(request, here, upload)
        return redirect("structure_tests:file", here.pk)
    return asking(request, here)


def asking(request: ScopedRequest, test: StructureTest, problem: str = "") -> HttpResponse:
    """The page that asks for a file, with what was wrong with the last."""
    context = {
        "test": test,
        "occasion": test.occasion,
        "problem": problem,
        "words": [(SHORT[outcome.value], outcome.label) for outcome in KEYS],
        "brought": reads.files_brought(test, request.account.pk),
        "example": [code_of(test.pk, line) for line in (1, 2)],
    }
    return render(request, "structure_tests/file.html", context, status=422 if problem else 200)


def preview(
    request: ScopedRequest, test: StructureTest, rows: list[FileRow], *, with_askers: bool = False
) -> HttpResponse:
    """What each row would do, the wrong ones first. `with_askers`: the file says who asked."""
    bad = [row for row in rows if not row.good]
    good = [row for row in rows if row.good]
    does = [row for row in good if row.verdict != reads.SAME]
    context: dict[str, Any] = {
        "test": test,
        "occasion": test.occasion,
        "bad": [(row, wrong_in_words(row, test)) for row in bad[:SHOWN]],
        "bad_number": len(bad),
        "shown": [
            (row, Outcome(row.outcome).label, Outcome(row.before).label if row.before else "") for row in does[:SHOWN]
        ],
        "new": sum(1 for row in good if row.verdict == reads.NEW),
        "changes": sum(1 for row in good if row.verdict == reads.CHANGES),
        "same": sum(1 for row in good if row.verdict == reads.SAME),
        "does": len(does),
        "upload": new_id(),
        "packed": ",".join(packed(row, with_askers=with_askers) for row in does),
        "with_askers": with_askers,
    }
    return render(request, "structure_tests/file_preview.html", context)


def packed(row: FileRow, *, with_askers: bool) -> str:
    """A row as the form keeps it: line, outcome and, where the file says who asked, the line of whoever did or 0."""
    said = f"{row.her.line if row.her else 0}:{SHORT[row.outcome]}"
    return f"{said}:{row.asker.line if row.asker else 0}" if with_askers else said


def wrong_in_words(row: FileRow, test: StructureTest) -> str:
    """Why a row is left out."""
    said = {
        reads.NO_CODE: _("no line code"),
        reads.OTHER_TEST: _("a line of another test"),
        reads.BAD_DIGIT: _("the last digit of the code does not fit"),
        reads.NOBODY: _("nobody on the roll of your units"),
        reads.SEVERAL: _("several people on the roll have this number"),
        reads.NO_OUTCOME: _("not clear what came of it"),
        reads.TWICE: _("stands in the file twice; the first row counts"),
        reads.NO_ASKER: _("whoever asked is not on the roll of your units"),
    }
    return said[row.verdict]


def _keep(request: ScopedRequest, test: StructureTest, upload: UUID, sent: str) -> None:
    wanted: dict[int, tuple[str, str]] = {}
    for said in sent.split(","):
        line, short, asker, *_rest = [*said.split(":"), "", ""]
        if line.isascii() and line.isdigit() and short in LONG:
            wanted.setdefault(int(line), (LONG[short], asker))
    lines = list(roll_of(request.scope, test).order_by("line").values_list("line", "pk", "person", "asker"))
    person = {str(line): one for line, _entry, one, _asker in lines}
    outcomes = {
        entry: (wanted[line][0], person.get(wanted[line][1]) if wanted[line][1] else planned)
        for line, entry, _person, planned in lines
        if line in wanted
    }
    try:
        kept = keep_file(test=test, upload=upload, outcomes=outcomes, by=request.account.pk, at=now())
    except NotNow as no:
        messages.warning(request, not_now_in_words(no))
        return
    say_kept(request, kept.new, len(kept.contested))


def _take_back(request: ScopedRequest, test: StructureTest, upload: UUID) -> None:
    if all(one.upload != upload for one in reads.files_brought(test, request.account.pk)):
        return
    number = take_file_back(test=test, upload=upload, by=request.account.pk, at=now())
    said = ngettext(
        "Taken back: what the file said of one person. What you recorded otherwise since stays.",
        "Taken back: what the file said of %(number)s people. What you recorded otherwise since stays.",
        number,
    )
    messages.success(request, said % {"number": counted(number)})


def too_many_in_words(number: int) -> str:
    """That a file has too many rows."""
    said = ngettext("At most %(number)s row at once.", "At most %(number)s rows at once.", number)
    return said % {"number": counted(number)}
