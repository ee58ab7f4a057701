"""Where an import stands: at work, waiting for a yes, done, taken back; and every row of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.exchange import words
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.batches import batch_of, batches_of
from commonweal.exchange.reads.kept_rows import kept_rows
from commonweal.exchange.reads.left_rows import has_left_rows, left_rows_csv
from commonweal.exchange.reads.open_questions import rows_asking
from commonweal.exchange.reads.places_asked import places_asked
from commonweal.exchange.reads.progress import Progress, progress_of
from commonweal.exchange.reads.shown_rows import rows_from, shown_rows
from commonweal.exchange.reads.workbook import keeper_of, sheets_left
from commonweal.exchange.views.imports import brought_by, country, line_in
from commonweal.exchange.views.imports_columns import earlier
from commonweal.exchange.views.imports_kept import kept_in_words, kept_words
from commonweal.exchange.views.imports_words import LOOKS, done_words, line_of, made_words, news_of, rest_of
from commonweal.exchange.words import BatchState, FileKind, Verdict
from commonweal.exchange.writes.looking import judge_of
from commonweal.exchange.writes.making import acts_without_a_day
from commonweal.exchange.writes.purging import KEPT_FOR
from commonweal.ledger.writes import record

SHOWN_KEPT = 100
PAGES = {
    BatchState.LOOKING: "exchange/import_at_work.html",
    BatchState.BRINGING_IN: "exchange/import_at_work.html",
    BatchState.TAKING_BACK: "exchange/import_at_work.html",
    BatchState.LOOKED: "exchange/import_preview.html",
    BatchState.DONE: "exchange/import_done.html",
    BatchState.TAKEN_BACK: "exchange/import_taken_back.html",
}


@organizers
def one_import(request: ScopedRequest, batch: UUID) -> HttpResponse:
    found = batch_of(request.account, batch)
    if found.state not in PAGES:
        return redirect("exchange:columns", batch)
    state = BatchState(found.state)
    shown = {"batch": found, "by": brought_by(request, found)}
    if state is BatchState.LOOKED:
        shown |= _preview(request, found) | _rows(request, found, tuple(Verdict.values))
    elif state is BatchState.DONE:
        shown |= _result(found) | _rows(request, found, ("unclear", "bad")) | _sheets(request, found)
    elif state is BatchState.TAKEN_BACK:
        shown |= {"kept": kept_words(found.kept), "stayed": stayed(request, found)}
    else:
        progress = progress_of(found)
        shown |= {"progress": progress, "doing": _doing(state), **_counted(progress, state)}
    return render(request, PAGES[state], shown)


def _counted(progress: Progress, state: BatchState) -> dict[str, int]:
    """How many rows are done, of how many; taking back goes over each row twice."""
    if progress.work is None:
        return {"done": 0, "total": 0}
    passes = 2 if state is BatchState.TAKING_BACK else 1
    return {"done": progress.work.done // passes, "total": progress.work.total // passes}


def _doing(state: BatchState) -> str:
    return {
        BatchState.LOOKING: _("Reading the file, row by row."),
        BatchState.BRINGING_IN: _("Bringing the rows in."),
        BatchState.TAKING_BACK: _("Taking the file back."),
    }[state]


def _preview(request: ScopedRequest, batch: ImportBatch) -> dict[str, Any]:
    counts: dict[str, int] = batch.found.get("verdicts", {})
    useful = counts.get("new", 0) + counts.get("changes", 0)
    missing = places_asked(batch)
    return {
        "headline": news_of(counts, batch.kind),
        "rest": rest_of(counts),
        "useful": useful,
        "unclear": counts.get("unclear", 0),
        "askers": rows_asking(batch)[1],
        "bad": counts.get("bad", 0),
        "missing": missing,
        "without_day": len(acts_without_a_day(batch)),
        "earlier": earlier(request, batch),
        "kept": kept_words(batch.kept),
        "answered": len(batch.answers),
    }


def stayed(request: ScopedRequest, batch: ImportBatch) -> list[dict[str, Any]]:
    """The first rows of which something stayed when the file was taken back."""
    rows = list(kept_rows(batch, request.scope, 0, SHOWN_KEPT))
    return [{"line": one.line, "who": one.who, "said": [kept_in_words(*pair) for pair in one.kept]} for one in rows]


def _result(batch: ImportBatch) -> dict[str, Any]:
    verdicts, made = batch.found.get("verdicts", {}), batch.made.get("rows", {})
    return {
        "brought": batch.made.get("counts", {}).get("brought", 0),
        "left": batch.made.get("counts", {}).get("left", 0),
        "headline": done_words(verdicts, batch.kind),
        "made": made_words({what: len(some) for what, some in made.items()}),
        "has_left_rows": has_left_rows(batch),
    }


def _sheets(request: ScopedRequest, batch: ImportBatch) -> dict[str, Any]:
    """The other sheets of the workbook, and until when it is kept for them."""
    hers = batches_of(request.account)
    left = sheets_left(hers, batch)
    keeper = keeper_of(hers, batch) if left else None
    until = keeper.ended_at + KEPT_FOR if keeper is not None and keeper.ended_at else None
    sheets = [{"sheet": one, "kind": FileKind(one.kind).label} for one in left]
    return {"sheets": sheets, "workbook": keeper, "kept_until": until}


def _rows(request: ScopedRequest, batch: ImportBatch, verdicts: tuple[str, ...]) -> dict[str, Any]:
    counts = batch.found.get("verdicts", {})
    asked = request.GET.get("verdict", "")
    asked = asked if asked in verdicts else ""
    place = line_in(request.GET.get("after", ""))
    rows, more = rows_from(batch, [asked] if asked else verdicts, place)
    judge = judge_of(batch, now()) if batch.state == BatchState.LOOKED and rows else None
    titles, region = batch.settings.get("titles", []), country()
    shown = shown_rows(request.scope, batch, rows, judge)
    return {
        "lines": [line_of(one, titles, batch.kind, region) for one in shown],
        "after": place,
        "next": rows[-1].line if more else 0,
        "verdict": asked,
        "tabs": [
            {"code": code, "label": Verdict(code).label, "count": counts[code], "sign": LOOKS[code][1]}
            for code in verdicts
            if counts.get(code)
        ],
        "total": sum(counts.get(code, 0) for code in verdicts),
    }


@organizers
def left_rows(request: ScopedRequest, batch: UUID) -> StreamingHttpResponse:
    """The rows that were left out, as they came, each with its line and the reason."""
    found = batch_of(request.account, batch)
    titles = (_("Line"), _("Why it was left out"))
    # The words are of the reader's language now; the rows stream when the request is over.
    reasons = {code: str(said) for code, said in words.REASONS.items()}
    record("took_left_rows", by=request.account.pk, at=now(), subject_kind="import", subject=found.pk)
    pieces = left_rows_csv(found, titles=titles, say=lambda code: reasons.get(code, code))
    answer = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    name = _("left-out-rows")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
