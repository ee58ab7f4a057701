"""How a test says no."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commonweal.people.reads.histories import actor_names
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.tests import names_nobody
from commonweal.structure_tests.rules.states import CLOSED, OPEN, may
from commonweal.structure_tests.writes.refusals import NotNow
from commonweal.structure_tests.writes.state import not_now


def sent_away(request: HttpRequest, test: StructureTest, act: str) -> HttpResponse | None:
    """Where a page of names sends somebody who cannot do this with a test now: to the counts of a secret ballot, else
    to the test; None where she can do it."""
    if names_nobody(test):
        return redirect("structure_tests:ballots", test.pk)
    return None if may(act, test.state) else back_to_test(request, test, not_now(act, test))


def back_to_test(request: HttpRequest, test: StructureTest, no: NotNow) -> HttpResponse:
    """The test's own page, with why not."""
    messages.warning(request, not_now_in_words(no))
    return redirect("structure_tests:test", test.pk)


def not_now_in_words(no: NotNow) -> str:
    """What cannot be done in the test's state, and who brought it into that state, and when."""
    facts = {
        "who": actor_names([no.who]).get(no.who, _("somebody")) if no.who else _("somebody"),
        "when": date_format(localtime(no.at), "SHORT_DATETIME_FORMAT") if no.at else "",
    }
    if no.state == OPEN:
        said = {
            "open": _("It was opened already, by %(who)s on %(when)s. Nothing was changed."),
            "predict": _(
                "The test was opened by %(who)s on %(when)s. What is written down from then on is no prediction, so nothing "
                "was kept."
            ),
            "change": _("It was opened by %(who)s on %(when)s: what it measures can no longer be changed."),
            "draw": _("It was opened by %(who)s on %(when)s: the roll stays as it was then."),
            "set_standing": _("It was opened by %(who)s on %(when)s: who could take part stays as it was then."),
            "remove": _("It was opened by %(who)s on %(when)s and can no longer be taken out."),
        }
        return said.get(no.act, _("It was opened by %(who)s on %(when)s.")) % facts
    if no.state == CLOSED:
        said = {
            "close": _("It was closed already, by %(who)s on %(when)s. Nothing was changed."),
            "predict": _("The test is closed. What is written down now is no prediction, so nothing was kept."),
        }
        return said.get(no.act, _("It was closed by %(who)s on %(when)s.")) % facts
    if no.act == "mark":
        return _("The test has not opened. Until then there is nothing to record.")
    if no.act == "close":
        return _("The test has not opened yet, so there is nothing to close.")
    return _("The test has not opened yet.")
