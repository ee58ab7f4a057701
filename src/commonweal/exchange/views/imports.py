"""Bringing a file in: the imports so far, the form that takes a file, blank sheets to fill in."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.accounts.reads.accounts import names_of
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.sent import id_in
from commonweal.exchange import words
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.batches import batches_of
from commonweal.exchange.rules.blanks import BLANKS, blank_csv, blank_workbook, titles_of
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.views.imports_words import refused_words
from commonweal.exchange.words import BatchState, FileKind
from commonweal.exchange.writes.uploads import bring_file
from commonweal.people.models import Occasion, Organization

PAGE = 20
LAST_LINE = 10**9
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHIPS = {
    BatchState.DONE: ("good", "check"),
    BatchState.TAKEN_BACK: ("quiet", "undo"),
    BatchState.REFUSED: ("bad", "close"),
    BatchState.GIVEN: ("warn", "warn"),
    BatchState.LOOKED: ("warn", "warn"),
}

WAITING = (BatchState.GIVEN, BatchState.LOOKED, BatchState.REFUSED)


def country() -> str:
    """The country of the organization: how telephone numbers are written there."""
    return Organization.objects.values_list("country", flat=True).first() or "US"


def brought_by(request: ScopedRequest, batch: ImportBatch) -> str:
    """Who brought a file, when that was not the reader."""
    return "" if batch.brought_by == request.account.pk else names_of([batch.brought_by]).get(batch.brought_by, "")


def line_in(text: str) -> int:
    """A line number from an address; 0 for anything else."""
    return min(int(text), LAST_LINE) if text.isascii() and text.isdigit() and len(text) < 12 else 0


@organizers
@once_only
def imports(request: ScopedRequest) -> HttpResponse:
    problem, occasion = "", _occasion(request)
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            problem = _("Choose a file first.")
        else:
            try:
                pieces = upload.chunks()
                name = upload.name or ""
                batch = bring_file(
                    name=name,
                    pieces=pieces,
                    by=request.account.pk,
                    at=now(),
                    region=country(),
                    occasion=occasion.name if occasion else "",
                )
                return redirect("exchange:columns", batch.pk)
            except FileRefused as refused:
                problem = _("%(file)s was not taken.") % {"file": upload.name} + " " + refused_words(refused)
    light = batches_of(request.account).defer("answers", "choices", "settings", "kept", "refusal")
    page = Paginator(light, PAGE).get_page(request.GET.get("page"))
    names = names_of({one.brought_by for one in page})
    shown = {
        "page": page,
        "waiting": batches_of(request.account).filter(state__in=WAITING).count(),
        "batches": [_shown(one, names, request.account.pk) for one in page],
        "problem": problem,
        "occasion": occasion,
        "kinds": [(code, FileKind(code).label) for code in BLANKS],
    }
    return render(request, "exchange/imports.html", shown, status=400 if problem else 200)


def _occasion(request: ScopedRequest) -> Occasion | None:
    """The act of which the file tells, where an address or the form names one."""
    named = id_in((request.POST if request.method == "POST" else request.GET).get("occasion"))
    return Occasion.objects.filter(pk=named).first() if named else None


def _shown(batch: ImportBatch, names: dict[UUID, str], reader: UUID) -> dict[str, Any]:
    chip, sign = CHIPS.get(BatchState(batch.state), ("", "early"))
    counts = batch.made.get("counts", {})
    return {
        "batch": batch,
        "name": batch.file_name or _("a file whose name is gone"),
        "by": "" if batch.brought_by == reader else names.get(batch.brought_by, ""),
        "chip": chip,
        "sign": sign,
        "rows": batch.found.get("rows"),
        "brought": counts.get("brought"),
        "left": counts.get("left"),
    }


@organizers
def blank_sheet(request: HttpRequest, kind: str, format: str) -> HttpResponse:
    """A sheet with titles alone, and a line that says what to do with it."""
    if kind not in BLANKS or format not in ("csv", "xlsx"):
        raise Http404
    says, titles = str(words.BLANK_SAYS[kind]), titles_of(kind, get_language() or "en")
    name = str(words.BLANK_NAMES[kind])
    if format == "csv":
        answer = HttpResponse(blank_csv(says, titles), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(blank_workbook(says, titles, sheet=name), content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return answer
