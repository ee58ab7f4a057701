"""Chains on paper, for the pocket: each copy has a number and a day to give it back."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.accounts.reads.accounts import names_of
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.leaders.forms import SheetForm
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.chains import chain_of
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.reads.sheets import sheet_within, sheets_within
from commonweal.leaders.views.chain_words import chain_view
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.writes import sheets as writes

USUALLY = timedelta(days=7)


@organizers
@require_http_methods(["GET", "HEAD", "POST"])
@once_only
@of_campaign
def print_sheet(request: ScopedRequest, part: Part, person: UUID) -> HttpResponse:
    her = part.person(person)
    form = SheetForm(request.POST or None, initial={"back_by": localdate() + USUALLY})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["back_by"] < localdate():
            form.add_error("back_by", _("That day is past. Give the day by which the copy comes back."))
        else:
            made = writes.print_sheet(
                part.campaign, person, back_by=form.cleaned_data["back_by"], by=request.account.pk, at=now()
            )
            return redirect("leaders:sheet", campaign=part.campaign.pk, sheet=made.pk)
    view = chain_view(part, chain_of(part, person, None))
    return render(request, "leaders/print_sheet.html", frame(part, person=her, form=form, chain=view))


@organizers
@require_safe
@of_campaign
def sheets(request: ScopedRequest, part: Part) -> HttpResponse:
    rows = sheets_within(part)
    who = names_of(row.printed_by for row in rows)
    today = localdate()
    context = {
        "rows": [
            {"sheet": row, "by": who.get(row.printed_by, ""), "late": row.returned_at is None and row.back_by < today}
            for row in rows
        ],
        "out": sum(1 for row in rows if row.returned_at is None),
        "late": sum(1 for row in rows if row.returned_at is None and row.back_by < today),
    }
    return render(request, "leaders/sheets.html", frame(part, **context))


@organizers
@require_safe
@of_campaign
def sheet(request: ScopedRequest, part: Part, sheet: UUID) -> HttpResponse:
    row = sheet_within(part, sheet)
    view = chain_view(part, chain_of(part, row.leader_id, current_reading(part)))
    return render(request, "leaders/sheet.html", frame(part, sheet=row, chain=view))


@organizers
@require_POST
@once_only
@of_campaign
def give_back(request: ScopedRequest, part: Part, sheet: UUID) -> HttpResponse:
    row = sheet_within(part, sheet)
    writes.give_back_sheet(row.pk, by=request.account.pk, at=now())
    messages.success(request, _("Copy %(number)s is back.") % {"number": row.number})
    return redirect("leaders:sheets", campaign=part.campaign.pk)
