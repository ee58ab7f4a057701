from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.accounts.views.doorway import keep_sealed, kept_sealed
from commonweal.accounts.writes.looking import keep_looks
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, freshly_confirmed, is_fresh, organizers
from commonweal.exchange.paper.chart import Words, chart_pdf
from commonweal.exchange.paper.sheet import SheetWords, sheets_pdf
from commonweal.exchange.paper.sizes import PAPERS
from commonweal.exchange.reads.printed_names import Named, named
from commonweal.leaders.reads.wall_chart_drawing import Drawing, drawing_of
from commonweal.leaders.reads.wall_chart_places import TooManyToDraw
from commonweal.leaders.rules.wall_chart_choice import BY_ACTS, Choice
from commonweal.leaders.views import wall_chart_words as said
from commonweal.leaders.views.wall_chart_askers import outcome_words
from commonweal.leaders.views.wall_chart_choice import choice_of
from commonweal.leaders.views.wall_chart_filters import stance_key
from commonweal.ledger.writes import record

SHEETS, KEPT = "sheets", "print_of_chart"  # not "paper": the codes on paper lie in the session under that name
MOST_COPIES, GIVE_BACK_DAYS = 12, 7


def kinds_of_paper() -> list[tuple[str, str, str]]:
    """(code, name, what it is good for)."""
    return [
        ("a3", _("A3"), _("one page to lay on a table")),
        ("a1", _("A1"), _("for a wall, from a copy shop")),
        ("a0", _("A0"), _("for a large wall, from a copy shop")),
        ("a4x4", _("4 pages of A4"), _("pasted together, about A2")),
        ("a4x9", _("9 pages of A4"), _("pasted together, about A1")),
        ("a4x16", _("16 pages of A4"), _("pasted together, about A0")),
        (SHEETS, _("Sheets to mark by hand"), _("A4 in large print, a page for each unit and shift")),
    ]


@organizers
@freshly_confirmed
def wall_chart_paper(request: ScopedRequest) -> HttpResponse:
    typed = kept_sealed(request, KEPT) or {}
    request.session.pop(KEPT, None)
    try:
        drawing = drawing_of(request.scope, choice_of(request.GET), today())
    except TooManyToDraw:
        return redirect(reverse("leaders:wall_chart") + query_of(request))
    return render(
        request,
        "exchange/paper_wall_chart.html",
        {
            "people": len(drawing.squares),
            "kinds": kinds_of_paper(),
            "for_whom": typed.get("for") or request.account.name,
            "give_back": parse_day(typed.get("back", "")) or today() + timedelta(days=GIVE_BACK_DAYS),
            "paper": typed.get("paper") or "a3",
            "ink": typed.get("ink") or "colour",
            "most_copies": MOST_COPIES,
            "asked": query_of(request),
            "numbered": named(drawing.squares).numbered,
            "chart": drawing.choice.address(),
        },
    )


@organizers
@require_POST
def wall_chart_pdf(request: ScopedRequest) -> HttpResponse:
    if not is_fresh(request.confirmed_at, now()):
        keep_sealed(
            request, KEPT, {name: request.POST.get(name, "")[:1000] for name in ("for", "back", "paper", "ink")}
        )
        form = reverse("exchange:wall_chart_paper") + query_of(request)
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': form})}")
    try:
        drawing = drawing_of(request.scope, replace(choice_of(request.GET), by=BY_ACTS), today())
    except TooManyToDraw:
        return redirect(reverse("leaders:wall_chart") + query_of(request))
    paper = request.POST.get("paper", "a3")
    if paper not in PAPERS and paper != SHEETS:
        paper = "a3"
    people = [line.strip()[:60] for line in request.POST.get("for", "").splitlines() if line.strip()][:MOST_COPIES]
    people = people or [request.account.name]
    colour = request.POST.get("ink") != "black"
    back = parse_day(request.POST.get("back", "")) or today() + timedelta(days=GIVE_BACK_DAYS)
    copies = [
        _("Copy %(number)s of %(copies)s, for %(whom)s") % {"number": number, "copies": len(people), "whom": whom}
        for number, whom in enumerate(people, start=1)
    ]
    record(
        "printed_wall_chart",
        by=request.account.pk,
        at=now(),
        facts={"people": len(drawing.squares), "copies": len(copies), "paper": paper},
    )
    # Printing is daily work and needs nobody's yes; whoever prints very many is reported like one who looks at them.
    keep_looks(by=request.account.pk, at=now(), named=[square.person for square in drawing.squares])
    names = named(drawing.squares)
    until = _("Do not leave this on a wall. Give it back, or shred it, by %(day)s.") % {"day": date_format(back)}
    if paper == SHEETS:
        file = sheets_pdf(blocks_of(drawing), names.full, sheet_words(drawing, names, until), copies, colour=colour)
    else:
        words = chart_words(drawing, names, until)
        file = chart_pdf(drawing.chart, names.short, words, copies, PAPERS[paper], colour=colour)
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="chart-{paper}-{today():%Y-%m-%d}.pdf"'
    return answer


def today() -> Any:
    return timezone.localdate(now())


def parse_day(written: str) -> Any:
    try:
        return parse_date(written)
    except ValueError:
        return None


def query_of(request: HttpRequest) -> str:
    return "?" + request.GET.urlencode() if request.GET else ""


def blocks_of(drawing: Drawing) -> list[tuple[str, Any]]:
    return [
        (f"{drawing.unit_name(row.unit)} · {said.shift_name(drawing, block.column)}", block.squares)
        for row in drawing.chart.rows
        for block in row.blocks
        if block.squares
    ]


def news(drawing: Drawing) -> str:
    sums = drawing.chart.totals
    return f"{date_format(drawing.today)}, {said.headline(sums, Choice(), None)[0]}"


def lost(names: Named) -> str:
    count = len(names.numbered)
    if not count:
        return ""
    return ngettext(
        "%(number)s name is in letters this print cannot draw; it stands as a number.",
        "%(number)s names are in letters this print cannot draw; they stand as numbers.",
        count,
    ) % {"number": count}


def stickers(drawing: Drawing) -> str:
    """What the stickers beside each name stand for."""
    return ", ".join(f"{number} {act.name}" for number, act in enumerate(drawing.acts, start=1))


def chart_words(drawing: Drawing, names: Named, until: str) -> Words:
    key, chart = Choice(), drawing.chart
    return Words(
        title=_("Wall chart"),
        made=news(drawing),
        key={stance: f"{number} {word}".strip() for stance, number, word in stance_key()},
        won=_("leader, won"),
        not_won=_("leader, not won"),
        side_line=_("in that chain"),
        unit=_("Unit"),
        give_back=until,
        columns=[said.shift_name(drawing, column) for column in chart.columns],
        column_sums=[
            f"{said.percent(sums.acted, sums.people)} {said.of_people(sums, key)}, "
            f"{said.blanks(sums.blank)}, {said.alone(sums.alone)}"
            for sums in chart.by_column
        ],
        units={
            row.unit: (
                drawing.unit_name(row.unit),
                [
                    said.people(row.totals.people),
                    _("%(share)s acted") % {"share": said.percent(row.totals.acted, row.totals.people)},
                    said.blanks(row.totals.blank),
                ],
            )
            for row in chart.rows
        },
        lost_names=lost(names),
        acts=stickers(drawing),
        outcomes=list(outcome_words().values()),
        page=_("Row %(row)s, column %(column)s. Page %(page)s of %(pages)s."),
        paste=_("Cut at the marks and paste over the next page: they overlap by one centimetre."),
        continued=_("continued"),
    )


def sheet_words(drawing: Drawing, names: Named, until: str) -> SheetWords:
    return SheetWords(
        title=_("Sheets to mark by hand"),
        made=news(drawing),
        marks={stance: (number, word) for stance, number, word in stance_key()},
        code=_("Line"),
        name=_("Name"),
        now=_("Now"),
        give_back=until,
        lost_names=lost(names),
        page=_("Page %(page)s of %(pages)s"),
    )
