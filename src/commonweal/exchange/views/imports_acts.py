"""The acts of an import: bring in, stop, go on, take back, put aside."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.exchange.reads.batches import batch_of, batches_of
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.views.imports import brought_by, country, line_in
from commonweal.exchange.views.imports_kept import kept_words
from commonweal.exchange.views.imports_words import refused_words
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes import stopping
from commonweal.exchange.writes.bringing_in import begin_bringing_in
from commonweal.exchange.writes.making import acts_without_a_day
from commonweal.exchange.writes.next_sheet import begin_sheet, drop_workbook
from commonweal.exchange.writes.purging import close_import
from commonweal.exchange.writes.taking_back import begin_taking_back
from commonweal.exchange.writes.trying_back import AT_A_GLANCE, MOST_ROWS, try_taking_back
from commonweal.exchange.writes.uploads import put_aside


@organizers
@require_POST
@once_only
def bring(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """The yes: everything clear is brought in."""
    found = batch_of(request.account, batch)
    if begin_bringing_in(found.pk, by=request.account.pk, at=now()):
        return redirect("exchange:import", batch)
    number = len(acts_without_a_day(found))
    said = ngettext("Say first on which day %(n)s act was.", "Say first on which day %(n)s acts were.", number)
    messages.warning(request, said % {"n": number})
    return redirect("exchange:missing", batch)


@organizers
@require_POST
@once_only
def stop(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Stops the reading or the bringing in; what was brought in is taken back."""
    found = batch_of(request.account, batch)
    stopping.stop(found.pk, by=request.account.pk, at=now())
    return redirect("exchange:import", batch)


@organizers
@require_POST
@once_only
def again(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Goes on with what broke off, where it was."""
    found = batch_of(request.account, batch)
    stopping.take_up_again(found.pk, by=request.account.pk, at=now())
    return redirect("exchange:import", batch)


@organizers
@once_only
def undo(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Says what would stay, and takes a finished import back."""
    found = batch_of(request.account, batch)
    if found.state != BatchState.DONE:
        return redirect("exchange:import", batch)
    if request.method == "POST":
        begin_taking_back(found.pk, by=request.account.pk, at=now())
        return redirect("exchange:import", batch)
    more = "more" in request.GET
    tried = try_taking_back(found.pk, most=MOST_ROWS if more else AT_A_GLANCE)
    shown = {
        "batch": found,
        "kept": kept_words(tried.kept),
        "tried": tried,
        "may_try_more": not tried.is_whole and not more,
        "counts": found.made.get("counts", {}),
        "by": brought_by(request, found),
    }
    return render(request, "exchange/import_undo.html", shown)


@organizers
@require_POST
@once_only
def aside(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Puts a file aside that was not brought in."""
    found = batch_of(request.account, batch)
    put_aside(found, by=request.account.pk, at=now())
    messages.success(request, _("The file is gone from this place. Nothing of it was kept."))
    return redirect("exchange:imports")


@organizers
@require_POST
@once_only
def close(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Lets the rows go that were left out: nobody needs them any more."""
    found = batch_of(request.account, batch)
    close_import(found.pk, by=request.account.pk, at=now())
    messages.success(request, _("The rows that were left out are gone."))
    return redirect("exchange:import", batch)


@organizers
@require_POST
@once_only
def sheet(request: ScopedRequest, batch: UUID) -> HttpResponse:
    """Begins another sheet of a workbook that is in, or lets the workbook go."""
    found = batch_of(request.account, batch)
    asked = request.POST.get("sheet", "")
    if asked == "none":
        drop_workbook(found, by=request.account.pk, at=now())
        messages.success(request, _("The workbook is gone from this place. What is in stays."))
        return redirect("exchange:import", batch)
    hers = batches_of(request.account)
    try:
        begun = begin_sheet(hers, found, line_in(asked), by=request.account.pk, at=now(), region=country())
    except FileRefused as refused:
        messages.warning(request, refused_words(refused))
        return redirect("exchange:import", batch)
    return redirect("exchange:import", begun.pk)
