"""Taking a part of the list out as a file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.accounts.views.doorway import keep_sealed, kept_sealed
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, anyone_signed_in, freshly_confirmed, is_fresh
from commonweal.exchange.models import Export
from commonweal.exchange.reads.exports import taken_on
from commonweal.exchange.reads.tracing import secret_of
from commonweal.exchange.rules import export as rules
from commonweal.exchange.rules.export import Choice
from commonweal.exchange.rules.export_csv import csv_lines
from commonweal.exchange.rules.export_vcard import cards
from commonweal.exchange.rules.export_workbook import workbook
from commonweal.exchange.views.export_choice import address_of, back_of, choice_of
from commonweal.exchange.views.export_rows import Contents
from commonweal.exchange.views.export_words import form_words, kind_words, part_words, sifted_words
from commonweal.exchange.writes.export import Asked, FormSpent, OverTheDay, ask_for_second_yes, take_out
from commonweal.exchange.writes.inventing import invent_people
from commonweal.leaders.reads.campaigns import part_within
from commonweal.people.reads.institutions import institution_within
from commonweal.people.reads.occasions import occasion_of
from commonweal.people.reads.people import person_within
from commonweal.people.reads.units import unit_choices, unit_within

TYPES = {
    rules.CSV: "text/csv; charset=utf-8",
    rules.PLAIN: "text/csv; charset=utf-8",
    rules.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    rules.CARDS: "text/vcard; charset=utf-8",
}
KEPT = "export"


@anyone_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: ScopedRequest) -> HttpResponse:
    if not request.account.may_organize:
        return render(request, "exchange/export_refused.html", status=403)
    answer: Any = take(request) if request.method == "POST" else look(request)
    return answer


@freshly_confirmed
def look(request: ScopedRequest) -> HttpResponse:
    typed = kept_sealed(request, KEPT) or {}
    request.session.pop(KEPT, None)
    return form_page(request, chosen(request), typed)


def take(request: ScopedRequest) -> HttpResponse:
    typed = typed_in(request.POST)
    if not is_fresh(request.confirmed_at, now()):
        keep_sealed(request, KEPT, typed)
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.get_full_path()})}")
    contents = chosen(request, typed["parts"])
    form, reason, what = typed["form"], typed["reason"], contents.choice.what
    wrong: dict[str, str] = {}
    if form not in rules.forms_of(what):
        wrong["form"] = _("Choose what kind of file it shall be.")
    if len(reason) < rules.REASON_AT_LEAST:
        wrong["reason"] = _("Say in a few words what it is for. Whoever looks later will want to know.")
    if what in rules.TELLS_OF_TRUST and not typed["careful"]:
        wrong["careful"] = _("Tick this before you take it out.")
    if not contents.count or contents.count > rules.MOST_ROWS or not request.POST.get("once"):
        wrong["rows"] = _("There is nothing to take out in one file.")
    if wrong:
        return form_page(request, contents, typed, wrong, status=400)
    once, choice = request.POST["once"][:64], contents.choice.kept()
    asked = Asked(once, what, form, choice, contents.count, contents.content, reason)
    who, at = request.account.pk, now()
    try:
        if request.POST.get("second") and not contents.choice.text:
            ask_for_second_yes(asked, by=who, at=at)
            messages.success(request, _("Asked. As soon as an administrator says yes, you can take it out here."))
            return redirect("exchange:exports")
        export = take_out(asked, a_day=settings.EXPORT_ROWS_A_DAY, on=localdate(at), by=who, at=at)
    except OverTheDay:
        return form_page(request, contents, typed, status=409)
    except FormSpent:
        messages.warning(
            request, _("This form was used before. Look at it anew, and take it out again if you need it.")
        )
        return redirect(request.get_full_path())
    return file_of(contents, form, export)


def file_of(contents: Contents, form: str, export: Export) -> HttpResponse:
    """The file as an answer; made whole first, so that it is written in one language and comes whole or not at all.
    It holds what tells later which export it was."""
    contents.secret = secret_of(export.pk)
    if contents.choice.what == rules.PEOPLE:
        contents.invented = invent_people(export.pk, contents.sample(), people=contents.count, lot=contents.secret)
    if form == rules.CARDS:
        file = b"".join(cards(contents.cards()))
    elif form == rules.WORKBOOK:
        file = workbook(contents.titles(), contents.rows(), sheet=kind_words()[contents.choice.what][0])
    else:
        file = b"".join(csv_lines(contents.titles(), contents.rows(), mark=form == rules.CSV))
    answer = HttpResponse(file, content_type=TYPES[form])
    name = rules.file_name(contents.choice.what, form, localdate(now()))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def typed_in(post: QueryDict) -> dict[str, Any]:
    """What was typed, in the form in which it is kept while she shows again that it is she."""
    return {
        "form": post.get("form", ""),
        "reason": " ".join(post.get("reason", "").split())[: rules.REASON_AT_MOST],
        "parts": [one for one in rules.PARTS if one in post.getlist("parts")],
        "careful": bool(post.get("careful")),
    }


def form_page(
    request: ScopedRequest,
    contents: Contents,
    typed: dict[str, Any],
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    choice = contents.choice
    taken = taken_on(request.account.pk, localdate(now()))
    left = rules.left_today(settings.EXPORT_ROWS_A_DAY, taken)
    kinds, forms = kind_words(), form_words()
    leaders_of = {"campaign": choice.campaign} if choice.campaign else {}
    context = {
        "choice": choice,
        "count": contents.count,
        "too_many": contents.count > rules.MOST_ROWS,
        "most": rules.MOST_ROWS,
        "kind": kinds[choice.what],
        "kinds": [(code, words, address_of(Choice(code, unit=choice.unit))) for code, words in kinds.items()]
        if not (choice.text or leaders_of)
        else [],
        "units": unit_choices(request.scope) if may_sift(choice) else [],
        "unit": str(choice.unit or ""),
        "sifted": sifted_words(request.scope, choice),
        "forms": [(code, *forms[code]) for code in rules.forms_of(choice.what)],
        "chosen_form": typed.get("form") or rules.CSV,
        "parts": list(part_words().items()) if choice.what == rules.PEOPLE else [],
        "careful": choice.what in rules.TELLS_OF_TRUST,
        "typed": typed,
        "left": left,
        "taken": taken,
        "a_day": settings.EXPORT_ROWS_A_DAY,
        "over": contents.count > left,
        "wrong": wrong or {},
        "address": request.get_full_path(),
        "back": back_of(choice),
        "most_letters": rules.REASON_AT_MOST,
    }
    return render(request, "exchange/export.html", context, status=status)


def may_sift(choice: Choice) -> bool:
    """True where one may go on to one unit from here without losing what was chosen before."""
    rest = replace(choice, what=rules.PEOPLE, unit=None, parts=())
    return choice.what != rules.LEADERS and rest == Choice()


def chosen(request: ScopedRequest, parts: Sequence[str] = ()) -> Contents:
    """What the address asks for, within the scope. Raises NotYours for what is outside it or not there."""
    choice, part = choice_of(request.GET), None
    if choice.unit:
        unit_within(request.scope, choice.unit)
    if choice.institution:
        institution_within(request.scope, choice.institution)
    if choice.knows:
        person_within(request.scope, choice.knows)
    if choice.occasion:
        occasion_of(choice.occasion)
    if choice.what == rules.LEADERS:
        part = part_within(request.scope, choice.campaign)
        choice = replace(choice, campaign=part.campaign.pk)
    if choice.what == rules.PEOPLE:
        choice = replace(choice, parts=tuple(parts))
    return Contents(request.scope, choice, part)


def contents_kept(request: ScopedRequest, choice: Choice) -> Contents:
    """The contents of a choice that was stored, within the scope of today."""
    if choice.unit:
        unit_within(request.scope, choice.unit)
    if choice.knows:
        person_within(request.scope, choice.knows)
    part = part_within(request.scope, choice.campaign) if choice.what == rules.LEADERS else None
    return Contents(request.scope, choice, part)
