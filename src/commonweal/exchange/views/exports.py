"""What has been taken out, and the second yes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.accounts.reads.accounts import names_of
from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, administrators, freshly_confirmed, organizers
from commonweal.common.once import once_only
from commonweal.exchange.models import Export
from commonweal.exchange.reads.exports import agreed_for, export_of, exports_of, waiting_for
from commonweal.exchange.rules.export import Choice
from commonweal.exchange.views.export import contents_kept, file_of
from commonweal.exchange.views.export_words import form_words, kind_words, part_words, sifted_words
from commonweal.exchange.words import ExportState
from commonweal.exchange.writes.export import NotAgreed, answer_export, take_agreed


@organizers
@require_safe
def exports(request: ScopedRequest) -> HttpResponse:
    at = now()
    found, waiting = exports_of(request.account), waiting_for(request.account, at)
    names = names_of(one for each in [*found, *waiting] for one in (each.account, each.answered_by) if one)
    ready = agreed_for(request.account, at)
    context = {
        "waiting": [shown(request, one, names) for one in waiting],
        "ready": [shown(request, one, names) for one in ready],
        "done": [shown(request, one, names) for one in found if one not in ready and one not in waiting],
        "everybody": request.account.may_administer,
    }
    return render(request, "exchange/exports.html", context)


def shown(request: ScopedRequest, one: Export, names: dict[UUID, str]) -> dict[str, object]:
    words, forms = kind_words(), form_words()
    choice, parts = Choice.from_kept(one.choice), part_words()
    return {
        "export": one,
        "kind": words[one.what][0] if one.what in words else one.what,
        "form": forms[one.form][0] if one.form in forms else one.form,
        "sifted": sifted_words(request.scope, choice),
        "parts": get_text_list([parts[code] for code in choice.parts if code in parts], _("and")).lower(),
        "who": names.get(one.account, ""),
        "answered_by": names.get(one.answered_by, "") if one.answered_by else "",
        "reason": str(one.reason),
    }


@administrators
@require_POST
@freshly_confirmed
@once_only
def answer(request: ScopedRequest, export: UUID) -> HttpResponse:
    yes = request.POST.get("answer") == "yes"
    answer_export(export, yes=yes, by=request.account.pk, at=now())
    messages.success(request, _("You agreed. It can be taken out for a day.") if yes else _("You said no."))
    return redirect("exchange:exports")


@organizers
@require_POST
@freshly_confirmed
def take_it(request: ScopedRequest, export: UUID) -> HttpResponse:
    found = export_of(request.account, export)
    contents = contents_kept(request, Choice.from_kept(found.choice))
    try:
        take_agreed(found.pk, rows=contents.count, content=contents.content, by=request.account.pk, at=now())
    except NotAgreed as refusal:
        said = _("This can no longer be taken out: the yes has run out, or it was taken out before. Ask again.")
        if found.state == ExportState.AGREED and refusal.rows > refusal.agreed:
            said = _("More fits now than was agreed to (%(rows)s instead of %(agreed)s rows). Ask again.") % {
                "rows": counted(refusal.rows),
                "agreed": counted(refusal.agreed),
            }
        messages.warning(request, said)
        return redirect("exchange:exports")
    return file_of(contents, found.form, found)
