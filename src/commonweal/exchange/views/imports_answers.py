"""What a human decides before the rows go in: who is meant, and what becomes of what is not there yet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.exchange import words
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.batches import batch_of
from commonweal.exchange.reads.open_questions import (
    PAGE,
    Question,
    open_questions,
    rows_asking,
    with_facts,
)
from commonweal.exchange.reads.places_asked import PlaceAsked, places_asked, places_there
from commonweal.exchange.views.imports import brought_by, country, line_in
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes.choosing_places import NotAPlace, choose_places
from commonweal.exchange.writes.settling import FOR_ALL, NotAnswerable, settle_all, settle_rows
from commonweal.people.reads.search import found as search
from commonweal.people.words import InstitutionKind, OccasionKind

PLACES, OFFERED = 20, 12


@organizers
@once_only
def unclear(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Who is meant: each question once, with those who could be meant beside each other."""
    found = batch_of(request.account, batch)
    if found.state != BatchState.LOOKED:
        return redirect("exchange:import", batch)
    after = line_in(request.GET.get("from", ""))
    questions, more = open_questions(found, after)
    page = Paginator(questions, PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        return _answered(request, found, questions)
    may_add = _may_add(request, found)
    shown = {
        "batch": found,
        "by": brought_by(request, found),
        "page": page,
        "questions": [_asked(one, may_add) for one in with_facts(request.scope, found, list(page), country=country())],
        "reasons": _reasons(questions),
        "after": after,
        "more": more,
        "may_add": may_add,
        "answered": len(found.answers),
    }
    shown["rows"], shown["askers"] = rows_asking(found)
    return render(request, "exchange/import_unclear.html", shown)


def _may_add(request: ScopedRequest, batch: ImportBatch) -> bool:
    """Can somebody be added whose row names no unit? Whoever sees a part of the place alone puts
    people into that part, so she has to say where they stand."""
    own = batch.brought_by == request.account.pk
    return (own and request.scope.everything) or bool(batch.settings.get("default_unit"))


def _answered(request: ScopedRequest, batch: ImportBatch, questions: list[Question]) -> HttpResponse:
    at, by = now(), request.account.pk
    if reason := request.POST.get("reason"):
        answer = request.POST.get("all", "")
        if reason in words.REASONS and answer in (*FOR_ALL, ""):
            settle_all(batch.pk, answers={reason: answer}, by=by, at=at)
        return redirect("exchange:import", batch.pk)
    chosen = {one.key: request.POST.get(f"who:{one.key}", "") for one in questions}
    answers = {key: answer for key, answer in chosen.items() if answer}
    before = sum(rows_asking(batch))
    try:
        asked = settle_rows(batch.pk, answers=answers, by=by, at=at) if answers else 0
    except NotAnswerable as refused:
        line = next((one.line for one in questions if one.key == refused.question), 0)
        said = _("The answer to line %(line)s is no longer possible, so nothing was kept. Answer again.")
        messages.warning(request, said % {"line": line})
        return redirect("exchange:unclear", batch.pk)
    if not asked:
        messages.info(request, _("No answer was chosen, so nothing changed."))
        return redirect("exchange:unclear", batch.pk)
    batch.refresh_from_db()
    left = sum(rows_asking(batch))
    settled = max(0, before - left)
    said = ngettext("%(n)s row is settled.", "%(n)s rows are settled.", settled) % {"n": counted(settled)}
    messages.success(request, said)
    return redirect("exchange:unclear" if left else "exchange:import", batch.pk)


def _reasons(questions: list[Question]) -> list[dict[str, Any]]:
    """The reasons of the open questions, for answering all of a kind at once."""
    found: dict[str, dict[str, Any]] = {}
    for one in questions:
        said = str(words.REASONS.get(one.reason, one.reason))
        reason = found.setdefault(one.reason, {"code": one.reason, "said": said, "count": 0, "first": False})
        reason["count"] += 1
        reason["first"] |= len(one.ids) == 1
    return sorted(found.values(), key=lambda one: -one["count"])


def _asked(one: Question, may_add: bool) -> dict[str, Any]:
    record, same = one.record, words.SAME_LABELS
    unit = " > ".join(record.get("unit", ()))
    facts = [unit, record.get("shift", ""), record.get("job", ""), record.get("number", "")]
    facts += [*record.get("phones", ()), *record.get("emails", ())]
    return {
        "question": one,
        "said": words.REASONS.get(one.reason, one.reason),
        "facts": [fact for fact in facts if fact and fact != one.text],
        "candidates": [(each, [str(same[code]) for code in each.same]) for each in one.candidates],
        "apart": [each["text"] for each in record.get("apart", ())],
        "may_be_new": "apart" not in record and bool(record.get("name")) and (may_add or bool(record.get("unit"))),
    }


@organizers
@once_only
def missing(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Units, shifts, institutions and acts that the file names and nobody has: made, mapped or left out."""
    found = batch_of(request.account, batch)
    if found.state != BatchState.LOOKED:
        return redirect("exchange:import", batch)
    asked = places_asked(found)
    page = Paginator(asked, PLACES).get_page(request.GET.get("page"))
    problems: dict[str, str] = {}
    if request.method == "POST":
        choices, problems = _choices(request, list(page))
        if not problems:
            try:
                choose_places(found.pk, choices=choices, by=request.account.pk, at=now())
                return redirect("exchange:import", batch)
            except NotAPlace as refused:
                problems = {f"{refused.what}:{refused.key}": _("This is not there any more. Choose again.")}
    shown = {
        "batch": found,
        "by": brought_by(request, found),
        "page": page,
        "places": _places(request, found, list(page), problems),
        "problems": len(problems),
    }
    return render(request, "exchange/import_missing.html", shown, status=400 if problems else 200)


def _choices(request: ScopedRequest, asked: list[PlaceAsked]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the form decides for each place, and what is wrong with it."""
    post = request.POST
    choices: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for number, one in enumerate(asked):
        do = post.get(f"do{number}", "")
        if post.get(f"key{number}") != one.key or do not in ("create", "use", "leave"):
            continue
        choice = {"do": do}
        name = f"{one.what}:{one.key}"
        if do == "use":
            choice["id"] = post.get(f"use{number}", "")
            if not choice["id"]:
                problems[name] = _("Choose which one it is.")
        if do == "create" and one.what == "occasion":
            choice["on"] = _day(post.get(f"on{number}", ""))
            if not choice["on"]:
                problems[name] = _("Say on which day this act was.")
        if do == "create" and one.what in ("occasion", "institution"):
            choice["kind"] = post.get(f"kind{number}", "")
        choices.setdefault(one.what, {})[one.key] = choice
    return choices, problems


def _day(text: str) -> str:
    try:
        found = parse_date(text.strip())
    except ValueError:
        return ""
    return found.isoformat() if found and 1900 <= found.year <= 2100 else ""


def _places(
    request: ScopedRequest, batch: ImportBatch, asked: list[PlaceAsked], problems: dict[str, str]
) -> list[dict[str, Any]]:
    """Each place with its choice: what was typed just now, else what was decided, else what is likely."""
    there = {what: places_there(batch, what) for what in {one.what for one in asked}}
    kinds = {"institution": InstitutionKind.choices, "occasion": OccasionKind.choices}
    found = []
    for number, one in enumerate(asked):
        post, near = request.POST, {str(pk) for pk, _name in one.close}
        options = [(str(pk), name, str(pk) in near) for pk, name in there[one.what]]
        first = str(one.close[0][0]) if one.close else ""
        found.append(
            {
                "number": number,
                "place": one,
                "label": words.WHAT_LABELS[one.what],
                "options": sorted(options, key=lambda option: not option[2]),
                "kinds": kinds.get(one.what, []),
                "do": post.get(f"do{number}") or one.choice.get("do") or "create",
                "use": post.get(f"use{number}") or one.choice.get("id") or first,
                "on": post.get(f"on{number}", one.choice.get("on") or one.said.get("on", "")),
                "kind": post.get(f"kind{number}") or one.choice.get("kind") or one.said.get("kind", ""),
                "problem": problems.get(f"{one.what}:{one.key}", ""),
            }
        )
    return found


@organizers
def somebody(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Searches the whole list for whom one row means: a sheet filled in by hand has its own spelling."""
    found = batch_of(request.account, batch)
    key = request.GET.get("question", "")
    questions, _more = open_questions(found, line_in(request.GET.get("from", "")))
    question = next((one for one in questions if one.key == key), None)
    if found.state != BatchState.LOOKED or question is None:
        return redirect("exchange:unclear" if found.state == BatchState.LOOKED else "exchange:import", batch)
    region = country()
    with_facts(request.scope, found, [question], country=region)
    text = " ".join(request.GET.get("q", question.text).split())[:120]
    shown = {
        "batch": found,
        "by": brought_by(request, found),
        "text": text,
        "after": line_in(request.GET.get("from", "")),
        "asked": _asked(question, may_add=False),
        "people": search(text, request.scope, country=region, most=OFFERED).people if text else (),
    }
    return render(request, "exchange/import_somebody.html", shown)
