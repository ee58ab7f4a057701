"""The start page: the news in a sentence and what to do next; each role sees its own."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from commonweal.common.clock import now
from commonweal.common.doors import LEADER, ScopedRequest, anyone_signed_in
from commonweal.ledger.reads import while_nobody_acts
from commonweal.people.reads.histories import looks_at
from commonweal.people.reads.home import News, chain_of, news
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import people_within
from commonweal.people.reads.records import record_of

WEEK = timedelta(days=7)


@anyone_signed_in
def home(request: ScopedRequest) -> HttpResponse:
    if request.account.may_organize:
        return render(request, "people/home.html", {"news": _news(request)})
    own = request.account.person_id
    her = people_within(request.scope).filter(pk=own).first() if own else None
    if her is None:
        return render(request, "people/home_nobody.html")
    if request.account.role == LEADER:
        chain = chain_of(request.scope, her.pk, country=country_of_place())
        return render(request, "people/home_leader.html", {"chain": chain, "her": her})
    context = {
        "record": record_of(request.scope, her, country=country_of_place()),
        "her": her,
        "looks": looks_at(her.pk, most=20),
    }
    return render(request, "people/own_record.html", context)


def _news(request: ScopedRequest) -> News:
    since = now().replace(minute=0, second=0, microsecond=0) - WEEK
    return while_nobody_acts(("news", request.scope, since), lambda: news(request.scope, since=since))


@anyone_signed_in
def more(request: ScopedRequest) -> HttpResponse:
    return render(request, "people/more.html")
