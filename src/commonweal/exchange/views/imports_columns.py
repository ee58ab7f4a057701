"""What each column of a file holds, and how the file is to be taken: a guess, which a person corrects."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from commonweal.accounts.reads.accounts import names_of
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.scope import Scope
from commonweal.exchange import words
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.batches import batch_of, earlier_of
from commonweal.exchange.reads.remembered import remembered_mapping
from commonweal.exchange.rules import fields
from commonweal.exchange.rules.delimited import DELIMITERS
from commonweal.exchange.rules.encodings import ENCODINGS
from commonweal.exchange.rules.headers import column_letters
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.mapping import Reading
from commonweal.exchange.rules.tables import TableFile, open_table
from commonweal.exchange.views.imports import brought_by
from commonweal.exchange.views.imports_words import refusal_words, refused_words
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes.looking import begin_looking
from commonweal.exchange.writes.uploads import content_of, first_rows, guessed_reading, keep_reading
from commonweal.people.reads.units import unit_choices
from commonweal.people.rules import folded
from commonweal.people.words import Question, TieKind

OPEN = (BatchState.GIVEN, BatchState.LOOKED, BatchState.REFUSED)
SAMPLED, SHOWN_SAMPLES = 12, 3
CHOICES = {
    "key": words.Key,
    "update": words.Update,
    "other_unit": words.OtherUnit,
    "strangers": words.Strangers,
    "marks": words.Marks,
    "usual_tie": TieKind,
    "usual_question": Question,
}
LAYOUT = ("kind", "sheet", "header_line", "encoding", "delimiter")
"""What decides where the table lies; when one of them changes, the columns are guessed anew."""


@organizers
@once_only
def columns(request: ScopedRequest, batch: UUID) -> HttpResponse:
    found = batch_of(request.account, batch)
    if found.state not in OPEN:
        return redirect("exchange:import", batch)
    reading, problem = Reading.from_json(found.settings), ""
    try:
        content = content_of(found)
    except FileRefused:
        return render(
            request, "exchange/import_gone.html", {"batch": found, "by": brought_by(request, found)}, status=410
        )
    if found.refusal and request.method == "GET" and "anew" not in request.GET:
        problem = refusal_words(found.refusal)
    if request.method == "POST":
        try:
            changed = changed_reading(request.POST, request.scope, reading, content)
            if "again" in request.POST or _layout_of(changed) != _layout_of(reading):
                keep_reading(found.pk, changed)
                return redirect(f"{reverse('exchange:columns', args=[batch])}?anew=1")
            reading = changed
            missing = fields.missing_fields(changed.kind, [one[0] for one in changed.columns])
            if not missing:
                begin_looking(found.pk, changed, by=request.account.pk, at=now())
                return redirect("exchange:import", batch)
            wanted = ", ".join(str(words.FIELD_LABELS[name]) for name in missing)
            problem = _("Say which column holds at least one of these: %(fields)s.") % {"fields": wanted}
        except FileRefused as refused:
            problem = refused_words(refused)
    shown = _page(request, found, reading, content) | {"problem": problem, "guessed_anew": "anew" in request.GET}
    wrong = bool(problem) and request.method == "POST"
    return render(request, "exchange/columns.html", shown, status=400 if wrong else 200)


def _layout_of(reading: Reading) -> tuple[Any, ...]:
    return tuple(getattr(reading, name) for name in LAYOUT)


def changed_reading(post: QueryDict, scope: Scope, reading: Reading, content: bytes) -> Reading:
    """What the form says of how to read the file; what it names wrongly stays as it was. Raises
    FileRefused when the file cannot be read so."""
    asked = _asked_layout(post, reading)
    if _layout_of(asked) == _layout_of(reading) and "again" not in post:
        changed = replace(reading, columns=_chosen_columns(post, reading))
    else:
        table = open_table(content, encoding=asked.encoding, delimiter=asked.delimiter)
        same_sheet = asked.sheet == reading.sheet
        same_kind = asked.kind == reading.kind
        changed = guessed_reading(
            table,
            sheet=asked.sheet,
            header_line=asked.header_line if same_sheet else None,
            kind="" if same_kind and not same_sheet else asked.kind,  # what another sheet holds is guessed
            region=reading.region,
        )
        changed.sheets = reading.sheets
    return _with_choices(post, scope, changed)


def _asked_layout(post: QueryDict, reading: Reading) -> Reading:
    kind, encoding, delimiter = (post.get(name, "") for name in ("kind", "encoding", "delimiter"))
    return replace(
        reading,
        kind=kind if kind in fields.KINDS else reading.kind,
        sheet=_number(post.get("sheet", ""), reading.sheet, 500),
        header_line=_number(post.get("header_line", ""), reading.header_line, 1000),
        encoding=encoding if encoding in ENCODINGS else reading.encoding,
        delimiter={"tab": "\t"}.get(delimiter, delimiter) if delimiter in ("tab", *DELIMITERS) else reading.delimiter,
    )


def _number(text: str, otherwise: int, most: int) -> int:
    text = text.strip()
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _chosen_columns(post: QueryDict, reading: Reading) -> list[list[str]]:
    known, chosen = {"", *fields.fields_of(reading.kind)}, []
    for place, (name, detail) in enumerate(reading.columns):
        wanted, asked = post.get(f"column{place}", name), post.get(f"question{place}", detail)
        name = wanted if wanted in known else name
        if name == "institution":  # a column called "Church" says what kind it is
            chosen.append([name, folded(reading.titles[place]) if place < len(reading.titles) else ""])
        else:
            chosen.append([name, asked if name == "nominee" and asked in ("", *Question.values) else ""])
    return chosen


def _with_choices(post: QueryDict, scope: Scope, reading: Reading) -> Reading:
    for name, allowed in CHOICES.items():
        if post.get(name) in allowed.values:
            setattr(reading, name, post[name])
    order = post.get("date_order", "")
    reading.date_order = order if order in ("mdy", "dmy") else reading.date_order
    region = post.get("region", "").strip()
    if len(region) == 2 and region.isascii() and region.isalpha():
        reading.region = region.upper()
    for name in ("default_unit", "parent_unit"):
        if name in post:
            chosen = post.get(name, "")
            setattr(reading, name, chosen if _may_use(scope, chosen) else "")
    reading.usual_occasion = " ".join(post.get("usual_occasion", reading.usual_occasion).split())[:120]
    if "on" in post:
        day = _day(post.get("on", ""))
        reading.on = day if day is not None else reading.on
    return reading


def _day(text: str) -> str | None:
    try:
        found = parse_date(text.strip()) if text.strip() else None
    except ValueError:
        return None
    return found.isoformat() if found else "" if not text.strip() else None


def _may_use(scope: Scope, unit: str) -> bool:
    try:
        return scope.covers_unit(UUID(unit))
    except ValueError:
        return False


def _page(request: ScopedRequest, found: ImportBatch, reading: Reading, content: bytes) -> dict[str, Any]:
    table = open_table(content, encoding=reading.encoding, delimiter=reading.delimiter)
    return {
        "batch": found,
        "by": brought_by(request, found),
        "reading": reading,
        "text": table.kind == "text",
        "sheets": list(enumerate(table.sheets)),
        "columns": _columns(reading, table),
        "taken": sum(1 for name, _detail in reading.columns if name),
        "fields": [(name, words.FIELD_LABELS[name]) for name in fields.fields_of(reading.kind)],
        "choices": {name: allowed.choices for name, allowed in CHOICES.items()},
        "kinds": words.FileKind.choices,
        "encodings": [(code, words.ENCODING_LABELS.get(code, code)) for code in ENCODINGS],
        "delimiters": [
            (code, "tab" if code == "\t" else code, label) for code, label in words.DELIMITER_LABELS.items()
        ],
        "units": unit_choices(request.scope),
        "earlier": earlier(request, found),
        "remembered": remembered_mapping(found, reading),
    }


def earlier(request: ScopedRequest, batch: ImportBatch) -> dict[str, Any]:
    """When this very file came before, by whom (empty: by the reader herself) and what became of it."""
    found = earlier_of(request.account, batch)[:1]
    if not found:
        return {}
    names = names_of([found[0].brought_by]) if found[0].brought_by != request.account.pk else {}
    return {"batch": found[0], "by": names.get(found[0].brought_by, "")}


def _columns(reading: Reading, table: TableFile) -> list[dict[str, Any]]:
    try:
        rows = [cells for line, cells in first_rows(table, reading.sheet) if line >= reading.first_line][:SAMPLED]
    except FileRefused:
        rows = []
    found = []
    for place, title in enumerate(reading.titles):
        below = [cells[place].strip() for cells in rows if place < len(cells) and cells[place].strip()]
        name, detail = reading.columns[place]
        found.append(
            {
                "place": place,
                "letters": column_letters(place),
                "title": title,
                "field": name,
                "detail": detail,
                "samples": list(dict.fromkeys(below))[:SHOWN_SAMPLES],
            }
        )
    return found
