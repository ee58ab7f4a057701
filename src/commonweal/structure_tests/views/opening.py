"""Opening a test: from here on it is read by the chains of this moment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.structure_tests.reads.drawing import drawing_of
from commonweal.structure_tests.reads.roll import readiness
from commonweal.structure_tests.reads.tests import test_of
from commonweal.structure_tests.rules.states import PLANNED
from commonweal.structure_tests.views.no_words import back_to_test
from commonweal.structure_tests.writes.refusals import NobodyToAsk, NotNow, StillDrawing
from commonweal.structure_tests.writes.state import not_now
from commonweal.structure_tests.writes.tests import open_test


@organizers
@once_only
def open_it(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    if request.method == "POST":
        try:
            open_test(test=here, by=request.account.pk, at=now())
        except NotNow as no:
            return back_to_test(request, here, no)
        except StillDrawing:
            messages.warning(request, _("Its roll is still being drawn. It can be opened when everybody is on it."))
            return redirect("structure_tests:test", here.pk)
        except NobodyToAsk:
            messages.warning(request, _("Nobody on its roll can take part. Look at the roll first."))
            return redirect("structure_tests:roll", here.pk)
        messages.success(request, _("Open. Chains, asks and what people had said are frozen as they are now."))
        return redirect("structure_tests:test", here.pk)
    if here.state != PLANNED:
        return back_to_test(request, here, not_now("open", here))
    context = {"test": here, "ready": readiness(request.scope, here), "drawing": drawing_of(here)}
    return render(request, "structure_tests/open.html", context)
