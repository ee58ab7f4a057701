"""The tick sheets of a structure test as a PDF."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commonweal.accounts.writes.looking import keep_looks
from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, is_fresh, organizers
from commonweal.common.sent import ids_in
from commonweal.exchange.paper.letters import printable
from commonweal.exchange.paper.tick_sheet import TickBlock, TickLine, TickWords, tick_sheets_pdf
from commonweal.exchange.views.paper import parse_day
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.sheets import MOST, Block, blocks_by_chain, blocks_by_unit
from commonweal.structure_tests.reads.tests import names_nobody, test_of
from commonweal.structure_tests.rules.codes import code_of
from commonweal.structure_tests.views.no_words import back_to_test
from commonweal.structure_tests.views.sheets import GIVE_BACK_DAYS, NUMBERS
from commonweal.structure_tests.writes.refusals import NotNow
from commonweal.structure_tests.writes.sheets import print_tick_sheets


@organizers
@require_POST
def tick_sheets(request: ScopedRequest, test: UUID) -> HttpResponse:
    here = test_of(request.scope, test)
    form = reverse("structure_tests:sheets", args=[here.pk])
    if names_nobody(here):
        return redirect("structure_tests:ballots", here.pk)
    if not is_fresh(request.confirmed_at, now()):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': form})}")
    chosen = ids_in(request.POST.getlist("which"))
    by_chain = request.POST.get("by") == "chain"
    blocks = (blocks_by_chain if by_chain else blocks_by_unit)(request.scope, here, chosen)
    people = [line.glance.id for block in blocks for line in block.lines]
    if not people or len(people) > MOST:
        said = (
            _("At most %(most)s people at once: choose fewer.") if people else _("Choose at least one unit or chain.")
        )
        messages.warning(request, said % {"most": MOST})
        return redirect(form)
    back = parse_day(request.POST.get("back", "")) or localdate() + timedelta(days=GIVE_BACK_DAYS)
    at = now()
    try:
        number = print_tick_sheets(test=here, people=len(people), back_by=back, by=request.account.pk, at=at)
    except NotNow as no:
        return back_to_test(request, here, no)
    keep_looks(by=request.account.pk, at=at, named=people)
    whom = request.POST.get("for", "").strip()[:60] or request.account.name
    copy = _("Print %(number)s, for %(whom)s") % {"number": number, "whom": whom}
    file = pdf_of(here, blocks, copy, _("Give it back, or shred it, by %(day)s.") % {"day": date_format(back)})
    return HttpResponse(
        file,
        headers={
            "Content-Type": "application/pdf",
            "Content-Disposition": f'attachment; filename="sheets-{number}.pdf"',
        },
    )


def pdf_of(test: StructureTest, blocks: list[Block], copy: str, give_back: str) -> bytes:
    """The sheets of these blocks; whose name we cannot draw stands as her code alone."""
    lost = 0
    drawn = []
    for block in blocks:
        lines = []
        for line in block.lines:
            name = printable(line.glance.name)
            lost += name is None
            lines.append(TickLine(code_of(test.pk, line.number), name or "—", printable(line.glance.place) or ""))
        drawn.append(TickBlock(printable(block.name) or "—", lines))
    lost_names = ngettext(
        "%(number)s name is in letters this print cannot draw; its line has only its code.",
        "%(number)s names are in letters this print cannot draw; their lines have only their codes.",
        lost,
    ) % {"number": lost}
    words = TickWords(
        title=printable(test.occasion.name) or "—",
        made=date_format(test.occasion.on),
        copy=copy,
        outcomes=[(number, str(outcome.label)) for number, outcome in NUMBERS.items()],
        code=_("Line"),
        name=_("Name"),
        again=_("One tick a line."),
        give_back=give_back,
        lost_names=lost_names if lost else "",
        page=_("Page %(page)s of %(pages)s"),
    )
    return tick_sheets_pdf(drawn, words)
