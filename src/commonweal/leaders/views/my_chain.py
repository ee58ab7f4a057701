"""A leader on her phone: her people, what they did, whom to ask next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from commonweal.common.doors import LEADER, ScopedRequest, for_roles
from commonweal.common.refusals import NotYours
from commonweal.leaders.reads.my_chain import coins_for, my_people, next_asks
from commonweal.people.words import Outcome

LOOKS = {Outcome.DID: ("good", "check"), Outcome.DID_NOT: ("quiet", "close"), Outcome.COULD_NOT: ("quiet", "early")}


@for_roles(LEADER)
@require_safe
def my_chain(request: ScopedRequest) -> HttpResponse:
    leader = request.account.person_id
    if leader is None:
        raise NotYours
    people = my_people(request.scope, leader)
    rows = [
        {
            "glance": one.glance,
            "came": one.came,
            "did": [(name, Outcome(outcome).label, *LOOKS[Outcome(outcome)]) for name, outcome in one.did],
        }
        for one in people
    ]
    context = {
        "rows": rows,
        "came": sum(1 for one in people if one.came),
        "next": next_asks(leader, people, localdate()),
        "coins": coins_for(request.scope, leader),
    }
    return render(request, "leaders/my_chain.html", context)
