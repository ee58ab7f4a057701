"""Ballots: what is never written down, and the counts that are."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.sent import id_in
from commonweal.structure_tests.forms import CountForm
from commonweal.structure_tests.reads.results import counted_ballots
from commonweal.structure_tests.reads.roll import covers_roll, parts_of, units_on
from commonweal.structure_tests.reads.tests import test_of
from commonweal.structure_tests.rules.ballots import SMALLEST, is_ballot
from commonweal.structure_tests.views.no_words import not_now_in_words
from commonweal.structure_tests.writes.ballots import YesTellsTooMuch, count_ballot
from commonweal.structure_tests.writes.refusals import NotNow


@organizers
@once_only
def ballots(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if not is_ballot(here.occasion.kind):
        raise Http404
    whole = covers_roll(request.scope, here)
    units = [(str(one.id), one.name) for one in units_on(parts_of(request.scope, here))]
    form = CountForm(request.POST or None, units=units, whole=whole)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            count_ballot(
                test=here,
                unit=id_in(typed["unit"]),
                entitled=typed["entitled"],
                cast=typed["cast"],
                yes=typed["yes"],
                by=request.account.pk,
                at=now(),
            )
        except YesTellsTooMuch:
            said = _(
                "Fewer than %(least)s votes: how they were cast would tell how somebody voted. Leave the yeses out."
            )
            form.add_error("yes", said % {"least": SMALLEST})
        except NotNow as no:
            form.add_error(None, not_now_in_words(no))
        else:
            messages.success(request, _("Counted."))
            return redirect("structure_tests:ballots", here.pk)
    counts = counted_ballots(request.scope, here, whole=whole)
    context = {"test": here, "occasion": here.occasion, "form": form, "counts": counts, "least": SMALLEST}
    return render(request, "structure_tests/ballots.html", context)
