"""Bringing a file in: list, upload, columns, preview, progress, result, taking back."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.work import cancel, latest
from commonweal.exchange import words
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.batches import batch_of, batches_of
from commonweal.exchange.rules import fields
from commonweal.exchange.rules.headers import column_letters
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.mapping import Reading
from commonweal.exchange.rules.tables import open_table
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes.bringing_in import BRING_IN, begin_bringing_in
from commonweal.exchange.writes.looking import LOOK, begin_looking, look_again
from commonweal.exchange.writes.making import acts_without_a_day
from commonweal.exchange.writes.taking_back import TAKE_BACK, begin_taking_back
from commonweal.exchange.writes.uploads import (
    bring_file,
    content_of,
    first_rows,
    guessed_reading,
    keep_reading,
    put_aside,
)
from commonweal.people.models import Organization, Unit

PAGE = 50
AT_WORK = {BatchState.LOOKING: LOOK, BatchState.BRINGING_IN: BRING_IN, BatchState.TAKING_BACK: TAKE_BACK}


def refusal_words(facts: dict[str, Any]) -> str:
    """Why a file cannot be read, in a sentence."""
    said = words.REFUSALS.get(facts["why"], words.REFUSALS["damaged"])
    return str(said) % {"line": facts.get("line", 0), "fact": facts.get("fact", "")}


@organizers
def imports(request: ScopedRequest) -> HttpResponse:
    """The list of imports, and the form that brings a file."""
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            problem = _("Choose a file first.")
        else:
            country = Organization.objects.values_list("country", flat=True).first() or "US"
            try:
                batch = bring_file(
                    name=upload.name or "", pieces=upload.chunks(), by=request.account.pk, at=now(), region=country
                )
                return redirect("exchange:columns", batch.pk)
            except FileRefused as refused:
                problem = refusal_words({"why": refused.why, "line": refused.line, "fact": refused.fact})
    shown = {"batches": batches_of(request.account)[:50], "problem": problem}
    return render(request, "exchange/imports.html", shown, status=400 if problem else 200)


@organizers
def columns(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """The guess of what each column holds, to be corrected."""
    found = batch_of(request.account, batch)
    if found.state not in (BatchState.GIVEN, BatchState.LOOKED, BatchState.REFUSED):
        return redirect("exchange:import", batch)
    reading = Reading.from_json(found.settings)
    content = content_of(found)
    problem = refusal_words(found.refusal) if found.refusal and request.method != "POST" else ""
    if request.method == "POST":
        try:
            changed = _changed_reading(request, reading, content)
        except FileRefused as refused:  # another sheet, and it is empty
            changed, problem = reading, refusal_words({"why": refused.why, "line": refused.line, "fact": refused.fact})
        missing = fields.missing_fields(changed.kind, [one[0] for one in changed.columns])
        elsewhere = changed.place != reading.place
        if not ("again" in request.POST or missing or elsewhere or problem):
            begin_looking(found.pk, changed, by=request.account.pk, at=now())
            return redirect("exchange:import", batch)
        reading = changed
        if elsewhere:
            keep_reading(found.pk, changed)
        elif missing and "again" not in request.POST:
            wanted = ", ".join(str(words.FIELD_LABELS[name]) for name in missing)
            problem = _("Say which column holds at least one of these: %(fields)s.") % {"fields": wanted}
    table = open_table(content, encoding=reading.encoding, delimiter=reading.delimiter)
    samples = [cells for line, cells in first_rows(table, reading.sheet) if line >= reading.first_line][:4]
    units = Unit.objects.all() if request.scope.everything else Unit.objects.filter(pk__in=request.scope.units)
    shown = {
        "batch": found,
        "reading": reading,
        "problem": problem,
        "sheets": list(enumerate(table.sheets)),
        "columns": [
            {
                "place": place,
                "letters": column_letters(place),
                "title": title,
                "field": reading.columns[place][0],
                "samples": [cells[place] for cells in samples if place < len(cells) and cells[place].strip()][:3],
            }
            for place, title in enumerate(reading.titles)
        ],
        "fields": [(name, words.FIELD_LABELS[name]) for name in fields.fields_of(reading.kind)],
        "kinds": words.FileKind.choices,
        "keys": words.Key.choices,
        "updates": words.Update.choices,
        "other_units": words.OtherUnit.choices,
        "strangers": words.Strangers.choices,
        "marks": words.Marks.choices,
        "units": units,
    }
    return render(request, "exchange/columns.html", shown)


def _changed_reading(request: ScopedRequest, reading: Reading, content: bytes) -> Reading:
    """What the form says of how to read the file; what it names wrongly stays as it was."""
    post = request.POST
    kind = post.get("kind") if post.get("kind") in fields.KINDS else reading.kind
    sheet = int(post["sheet"]) if post.get("sheet", "").isdigit() else reading.sheet
    header = int(post["header_line"]) if post.get("header_line", "").isdigit() else reading.header_line
    if (kind, sheet, header) != reading.place:
        table = open_table(content, encoding=reading.encoding, delimiter=reading.delimiter)
        reading = guessed_reading(
            table,
            sheet=sheet,
            header_line=header if sheet == reading.sheet else None,
            kind="" if (kind, header) == (reading.kind, reading.header_line) else str(kind),  # another sheet: guess
            region=reading.region,
        )
    else:
        known = {"", *fields.fields_of(reading.kind)}
        for place, one in enumerate(reading.columns):
            chosen = post.get(f"column{place}", one[0])
            if chosen in known:
                one[0] = chosen
    choices = {
        "key": words.Key,
        "update": words.Update,
        "other_unit": words.OtherUnit,
        "strangers": words.Strangers,
        "marks": words.Marks,
    }
    for name, allowed in choices.items():
        if post.get(name) in allowed.values:
            setattr(reading, name, post[name])
    if post.get("date_order") in ("mdy", "dmy"):
        reading.date_order = post["date_order"]
    if len(post.get("region", "")) == 2 and post["region"].isalpha():
        reading.region = post["region"].upper()
    for name in ("default_unit", "parent_unit"):
        chosen = post.get(name, "")
        try:
            setattr(reading, name, str(UUID(chosen)) if chosen and request.scope.covers_unit(UUID(chosen)) else "")
        except ValueError:
            continue
    reading.usual_occasion = post.get("usual_occasion", reading.usual_occasion)[:120]
    return reading


@organizers
def one_import(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Where an import stands: at work, waiting for a yes, done, taken back."""
    found = batch_of(request.account, batch)
    if found.state in (BatchState.GIVEN, BatchState.REFUSED):
        return redirect("exchange:columns", batch)
    work = latest(AT_WORK[BatchState(found.state)], found.pk) if found.state in AT_WORK else None
    verdict = request.GET.get("verdict", "")
    after = int(request.GET["after"]) if request.GET.get("after", "").isdigit() else 0
    rows = ImportRow.objects.filter(batch=found, line__gt=after).order_by("line")
    if verdict in words.Verdict.values:
        rows = rows.filter(verdict=verdict)
    page = list(rows[: PAGE + 1]) if found.state in (BatchState.LOOKED, BatchState.DONE) else []
    counts = found.found.get("verdicts", {})
    shown = {
        "batch": found,
        "work": work,
        "verdict": verdict,
        "counts": [(code, label, counts.get(code, 0)) for code, label in words.Verdict.choices],
        "total": found.found.get("rows", 0),
        "rows": [_shown_row(found, row) for row in page[:PAGE]],
        "next": page[PAGE - 1].line if len(page) > PAGE else 0,
        "missing": _missing(found),
        "without_day": acts_without_a_day(found),
        "kept": found.kept,
        "unclear": [
            {"code": code, "said": words.REASONS.get(code, code), "count": number, "one": code != "not_found"}
            for key, number in found.found.get("reasons", {}).items()
            for verdict_code, _colon, code in [key.partition(":")]
            if verdict_code == "unclear"
        ],
    }
    return render(request, "exchange/import.html", shown)


def _missing(batch: ImportBatch) -> list[dict[str, Any]]:
    labels = {"unit": _("Units"), "shift": _("Shifts"), "institution": _("Institutions"), "occasion": _("Acts")}
    return [
        {"what": what, "label": labels[what], "key": key, **one, "choice": batch.choices.get(what, {}).get(key, {})}
        for what in labels
        for key, one in batch.found.get("missing", {}).get(what, {}).items()
    ][:200]


def _shown_row(batch: ImportBatch, row: ImportRow) -> dict[str, Any]:
    record = json.loads(row.values) if row.values else {}
    parts = [record.get("name", "")]
    for part in ("from", "a", "asked", "who", "b", "asker"):
        if isinstance(record.get(part), dict):
            parts.append(record[part].get("text", ""))
    parts += [one.get("text", "") for _asked, one in record.get("to", ())]
    reading = batch.settings.get("titles", [])
    problems = [
        {
            "said": words.REASONS.get(code, code),
            "column": (reading[place - 1] or column_letters(place - 1)) if 0 < place <= len(reading) else "",
        }
        for code, place in row.problems
    ]
    return {
        "id": row.pk,
        "line": row.line,
        "name": " · ".join(part for part in parts if part)
        or " · ".join(cell for cell in record.get("cells", ()) if cell)[:120],
        "unit": " > ".join(record.get("unit", ())) if isinstance(record.get("unit"), list) else "",
        "verdict": row.verdict,
        "label": words.Verdict(row.verdict).label,
        "fields": [words.FIELD_LABELS.get(code, _("also in an earlier row")) for code in row.fields],
        "reason": words.REASONS.get(row.reason, "") if row.verdict in ("bad", "unclear") else "",
        "problems": problems if row.verdict != "bad" else problems[1:],
    }


@organizers
@require_POST
def choose(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Keeps what becomes of what is missing, and how unclear rows are answered; then looks again."""
    found = batch_of(request.account, batch)
    if found.state == BatchState.LOOKED:
        choices = dict(found.choices)
        for what, some in found.found.get("missing", {}).items():
            for number, key in enumerate(some):
                prefix = f"{what}:{number}"
                if (chosen := request.POST.get(f"{prefix}:do")) in ("create", "leave"):
                    choices.setdefault(what, {})[key] = {"do": chosen, "on": request.POST.get(f"{prefix}:on", "")}
        answers = dict(found.answers)
        for row in ImportRow.objects.filter(batch=found, verdict="unclear"):
            for who in row.who:
                if (answer := request.POST.get(f"who:{who[3]}")) and (answer in ("new", "skip") or answer in who[5]):
                    answers[who[3]] = answer
        for reason in words.REASONS:
            if request.POST.get(f"all:{reason}") in ("new", "skip", "first"):
                answers[f"all:{reason}"] = request.POST[f"all:{reason}"]
        ImportBatch.objects.filter(pk=found.pk, state=BatchState.LOOKED).update(choices=choices, answers=answers)
        look_again(found.pk, by=request.account.pk, at=now())
    return redirect("exchange:import", batch)


@organizers
@require_POST
def bring(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """The yes: everything clear is brought in."""
    found = batch_of(request.account, batch)
    if not begin_bringing_in(found.pk, by=request.account.pk, at=now()):
        messages.warning(request, _("Say first on which day each act was."))
    return redirect("exchange:import", batch)


@organizers
@require_POST
def stop(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Stops an import that is being brought in; what was brought in is taken back."""
    found = batch_of(request.account, batch)
    work = latest(BRING_IN, found.pk) if found.state == BatchState.BRINGING_IN else None
    if work is not None:
        cancel(work.pk)
    return redirect("exchange:import", batch)


@organizers
@require_POST
def undo(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Takes a finished import back."""
    begin_taking_back(batch_of(request.account, batch).pk, by=request.account.pk, at=now())
    return redirect("exchange:import", batch)


@organizers
@require_POST
def aside(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Puts a file aside that was not brought in."""
    put_aside(batch_of(request.account, batch), by=request.account.pk, at=now())
    return redirect("exchange:imports")
