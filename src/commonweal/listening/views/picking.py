"""Whom a name may mean, as one types it in a conversation; a leader finds those who walk with her."""

from django.http import HttpResponse
from django.shortcuts import render

from commonweal.common.doors import ScopedRequest, organizers_and_leaders
from commonweal.common.sent import id_in
from commonweal.people.forms.picking import Picker
from commonweal.people.reads.organization import country_of_place


@organizers_and_leaders
def pick(request: ScopedRequest) -> HttpResponse:
    near = id_in(request.GET.get("near"))
    picker = Picker(request, request.scope, country_of_place(), near=near, optional=True)
    return render(request, "people/pick.html", {"picker": picker})
