"""Whom to talk with next, and putting it off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import LEADER, ScopedRequest, organizers_and_leaders
from commonweal.common.once import once_only
from commonweal.common.sent import id_in
from commonweal.listening.forms.not_now import FORTNIGHT, NotNowForm
from commonweal.listening.models import NotNow
from commonweal.listening.reads.conversations import person_to_talk_with
from commonweal.listening.reads.next_talks import offer_of, put_off_by
from commonweal.listening.views.next_words import REASON_WORDS, why_talk
from commonweal.listening.writes.not_now import put_off_talk, take_up_talk
from commonweal.people.reads.units import unit_choices
from commonweal.people.views.asking import Other, ask
from commonweal.reckoning.next_talks import Reason

SHOWN, MORE = 10, 40


@organizers_and_leaders
def next_talks(request: ScopedRequest) -> HttpResponse:
    leads, today = request.account.role == LEADER, localdate(now())
    unit, reason = id_in(request.GET.get("unit")), request.GET.get("reason", "")
    if leads or (unit is not None and not request.scope.covers_unit(unit)):
        unit = None
    chosen = Reason(reason) if reason in list(Reason) and not leads else None
    limit = MORE if "more" in request.GET else SHOWN
    offer = offer_of(request.scope, request.account, today, limit=limit + 1, unit=unit, reason=chosen, besides=True)
    talks = offer.talks[:limit]
    context = {
        "talks": [(one, why_talk(one, leads=leads)) for one in talks],
        "besides": [(one, why_talk(one)) for one in offer.besides],
        "more": len(offer.talks) > limit and limit == SHOWN,
        "headline": _headline(len(talks), filtered=bool(unit or chosen)),
        "put_off": put_off_by(request.scope, request.account.pk, today),
        "units": [] if leads else unit_choices(request.scope),
        "unit": str(unit or ""),
        "reason": chosen or "",
        "reasons": [] if leads else list(REASON_WORDS.items()),
        "parts": offer.parts,
        "part": next((part for part in offer.parts if part.unit == offer.part), None),
        "leads": leads,
    }
    return render(request, "listening/next.html", context)


def _headline(talks: int, *, filtered: bool) -> str:
    if talks:
        return ngettext("One talk worth having next", "%(number)s talks worth having next", talks) % {
            "number": counted(talks)
        }
    return _("Nobody fits that") if filtered else _("Nobody is left to talk with just now")


@organizers_and_leaders
@once_only
def not_now(request: ScopedRequest, person: UUID) -> HttpResponse:
    her = person_to_talk_with(request.account, request.scope, person)
    at, account = now(), request.account.pk
    today = localdate(at)
    row = NotNow.objects.filter(person=her, account=account).first()
    if request.method == "POST" and "take_up" in request.GET:
        take_up_talk(person=her.pk, by=account, at=at)
        messages.success(request, _("She is offered again."))
        return redirect("listening:next")
    initial = {"until": row.until if row else today + FORTNIGHT, "why": str(row.why) if row else ""}
    form = NotNowForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        put_off_talk(person=her.pk, **form.cleaned_data, by=account, at=at)
        said = _("You are not offered a talk with her before %(day)s.")
        messages.success(request, said % {"day": date_format(form.cleaned_data["until"], "MONTH_DAY_FORMAT")})
        return redirect("listening:next")
    others = () if row is None else (Other(_("Offer her again now"), "?take_up"),)
    return ask(
        request,
        form,
        title=_("Not now"),
        headline=_("Not now: %(name)s") % {"name": her.name},
        lede=_("Only you are not offered this talk for a while; others may be. The reason is sealed."),
        keep=_("Put it off"),
        back=reverse("listening:next"),
        others=others,
    )
