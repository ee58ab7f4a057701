"""Choosing which tick sheets are printed, and typing them back in."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, freshly_confirmed, organizers
from commonweal.common.ids import new_id
from commonweal.common.sent import id_in
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.roll import askers_of, parts_of, roll_of, units_on
from commonweal.structure_tests.reads.sheets import MOST, last_number
from commonweal.structure_tests.reads.tests import test_of
from commonweal.structure_tests.rules.codes import code_of, letters_of, read_code
from commonweal.structure_tests.views.grid import KEYS, say_kept
from commonweal.structure_tests.views.no_words import sent_away
from commonweal.structure_tests.words import How
from commonweal.structure_tests.writes.marks import NewMark, record_marks

ROWS, GIVE_BACK_DAYS = 25, 7
NUMBERS = {str(place): outcome for place, outcome in enumerate(KEYS, start=1)}


@organizers
@freshly_confirmed
@require_safe
def sheets(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if away := sent_away(request, here, "print"):
        return away
    context = {
        "test": here,
        "occasion": here.occasion,
        "units": [unit for unit in units_on(parts_of(request.scope, here)) if unit.eligible],
        "askers": [(asker, number) for asker, _id, number in askers_of(request.scope, here) if asker],
        "back_by": localdate() + timedelta(days=GIVE_BACK_DAYS),
        "for_whom": request.account.name,
        "printed": last_number(here),
        "most": MOST,
    }
    return render(request, "structure_tests/sheets.html", context)


@dataclass
class Typed:
    """A line of a sheet as it was typed."""

    place: int
    code: str = ""
    outcome: str = ""
    mark: UUID = field(default_factory=new_id)
    error: str = ""
    line: int = 0


@organizers
def type_sheet(request: ScopedRequest, test: UUID) -> HttpResponse:
    """Lines that are right are kept, each once however often the form is sent; those that are wrong come back."""
    here = test_of(request.scope, test)
    if away := sent_away(request, here, "mark"):
        return away
    rows: list[Typed] = []
    if request.method == "POST":
        rows = list(typed_lines(request.POST))
        _keep(request, here, rows)
        rows = [row for row in rows if row.error]
        if not rows:
            return redirect("structure_tests:type_sheet", here.pk)
    wrong = len(rows)
    rows += [Typed(place) for place in range(max((row.place for row in rows), default=0) + 1, ROWS + 1)]
    rows = [replace(row, place=place) for place, row in enumerate(rows, start=1)]
    context = {
        "test": here,
        "occasion": here.occasion,
        "rows": rows,
        "wrong": wrong,
        "keys": [(value, outcome.label) for value, outcome in NUMBERS.items()],
        "example": code_of(here.pk, 147),
        "units": units_on(parts_of(request.scope, here)),
    }
    return render(request, "structure_tests/type_sheet.html", context, status=422 if wrong else 200)


def typed_lines(sent: QueryDict) -> Iterator[Typed]:
    """The lines of the form in which something was typed."""
    for place in range(1, ROWS + 1):
        code, outcome = sent.get(f"code-{place}", "").strip()[:24], sent.get(f"out-{place}", "").strip()[:12]
        if code or outcome:
            yield Typed(place, code, outcome, id_in(sent.get(f"mark-{place}")) or new_id())


def _keep(request: ScopedRequest, test: StructureTest, rows: list[Typed]) -> None:
    """Says of each line what is wrong with it, and records the others."""
    first: dict[int, Typed] = {}
    for row in rows:
        row.error = wrong_code(test, row)
        if not row.error and row.line in first:
            row.error = _("This line was typed twice; what stood first counts.")
        elif not row.error:
            first[row.line] = row
    there = {line: (entry, asker) for line, entry, asker in _entries(request, test, first)}
    marks = []
    for line, row in first.items():
        if line not in there:
            row.error = _("No line with this code stands on the roll of your units.")
            continue
        entry, asker = there[line]
        marks.append(NewMark(row.mark, entry, NUMBERS[row.outcome].value, asker))
    if not marks:
        return
    kept = record_marks(test, marks, how=How.SHEET, by=request.account.pk, at=now())
    say_kept(request, kept.new or len(marks), len(kept.contested))


def _entries(request: ScopedRequest, test: StructureTest, lines: Any) -> Any:
    return roll_of(request.scope, test).filter(Q(line__in=list(lines))).values_list("line", "pk", "asker")


def wrong_code(test: StructureTest, row: Typed) -> str:
    """What is wrong with a typed line, "" where nothing is; sets its line."""
    read = read_code(test.pk, row.code)
    if not row.code:
        return _("The code is missing.")
    if read is None:
        return _("This is no line code. It looks like %(example)s.") % {"example": code_of(test.pk, 147)}
    if read.letters and read.letters != letters_of(test.pk):
        return _("This line belongs to another test: the codes of this one begin with %(letters)s.") % {
            "letters": letters_of(test.pk)
        }
    if not read.fits:
        return _("The last digit does not fit: one of the digits is mistyped, or the line is of another test.")
    if row.outcome not in NUMBERS:
        words = ", ".join(f"{number} {outcome.label}" for number, outcome in NUMBERS.items())
        return _("Type what was ticked as a number: %(words)s.") % {"words": words}
    row.line = read.line
    return ""
