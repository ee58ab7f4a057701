"""Where does this file come from? For the administrators, when a list has turned up where it should not be."""

from datetime import datetime
from math import ceil, log10
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commonweal.accounts.reads.accounts import names_of
from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, administrators, freshly_confirmed
from commonweal.exchange.reads.tracing import Origin, origins
from commonweal.exchange.rules.limits import MOST_BYTES, FileRefused
from commonweal.exchange.views.export_words import form_words, kind_words
from commonweal.exchange.views.imports_words import refused_words
from commonweal.ledger.writes import record

SHOWN = 5


@administrators
@freshly_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def trace(request: ScopedRequest) -> HttpResponse:
    context: dict[str, Any] = {}
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            return render(request, "exchange/trace.html", {"problem": _("Choose a file first.")}, status=400)
        try:
            found = origins(upload.read(MOST_BYTES + 1))
        except FileRefused as refused:
            said = _("%(file)s was not read.") % {"file": upload.name} + " " + refused_words(refused)
            return render(request, "exchange/trace.html", {"problem": said}, status=400)
        written_down(found, by=request.account.pk, at=now())
        names = names_of(one.export.account for one in found)
        context = {"asked": True, "file": upload.name, "found": [shown(one, names) for one in found[:SHOWN]]}
    return render(request, "exchange/trace.html", context)


def written_down(found: list[Origin], *, by: Any, at: datetime) -> None:
    """That somebody asked, and the surest answer."""
    export = found[0].export.pk if found else None
    facts = {"exports": len(found)}
    record("traced_file", by=by, at=at, subject_kind="export" if export else "", subject=export, facts=facts)


def shown(one: Origin, names: dict[Any, str]) -> dict[str, Any]:
    export = one.export
    return {
        "who": names.get(export.account, ""),
        "export": export,
        "sure": one.is_sure,
        "kind": kind_words()[export.what][0],
        "form": form_words()[export.form][0],
        "reasons": reasons(one),
        "reason": export.reason,
    }


def reasons(one: Origin) -> list[str]:
    """Why the file is held to be a copy of that export, each in a sentence."""
    said = []
    if one.invented:
        said.append(
            ngettext(
                "%(number)s person whom only this export invented stands in the file: %(names)s.",
                "%(number)s people whom only this export invented stand in the file: %(names)s.",
                len(one.invented),
            )
            % {"number": len(one.invented), "names": ", ".join(met.name for met in one.invented)}
        )
    if one.marks.texts:
        facts = {"agree": counted(one.marks.agree), "texts": counted(one.marks.texts)}
        said.append(
            _("%(agree)s of %(texts)s names and units have or lack their unseen mark as in this export.") % facts
        )
        said.append(chance_words(one.chance))
    else:
        said.append(_("Its unseen marks are wiped out."))
    return said


def chance_words(chance: float) -> str:
    """How likely that is by chance alone."""
    if chance > 0.05:
        return _("Marks alone would not tell: as many agree by chance.")
    power = min(ceil(-log10(chance)) - 1, 300) if chance > 0 else 300
    if power < 6:
        return _("By chance some export here would agree as well once in %(many)s times.") % {
            "many": counted(round(1 / chance))
        }
    return _("By chance some export here would agree as well less than once in a number with %(digits)s digits.") % {
        "digits": power + 1
    }
