"""The list of people, the search as one types, and the names a picker offers."""

from django.http import HttpResponse
from django.shortcuts import render

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.sent import id_in
from commonweal.people.forms.picking import NAMES, Picker
from commonweal.people.models import Institution, Shift
from commonweal.people.reads.institutions import institutions_within
from commonweal.people.reads.lists import COUNTED, Sieve, page_of
from commonweal.people.reads.organization import country_of_place
from commonweal.people.reads.people import count_within, people_within
from commonweal.people.reads.search import found
from commonweal.people.reads.units import unit_choices

ONLY = ("no_chain", "nowhere", "blank")


@organizers
def people(request: ScopedRequest) -> HttpResponse:
    asked = request.GET
    only = asked.get("only", "")
    sieve = Sieve(
        unit=id_in(asked.get("unit")),
        shift=id_in(asked.get("shift")),
        institution=id_in(asked.get("institution")),
        knows=id_in(asked.get("knows")),
        only=only if only in ONLY else "",
    )
    institutions: list[Institution] = list(institutions_within(request.scope)[:300])
    if sieve.institution and all(one.pk != sieve.institution for one in institutions):
        sieve = Sieve(sieve.unit, sieve.shift, None, sieve.knows, sieve.only)
    known = people_within(request.scope).filter(pk=sieve.knows).first() if sieve.knows else None
    if sieve.knows and known is None:
        sieve = Sieve(sieve.unit, sieve.shift, sieve.institution, None, sieve.only)
    page = page_of(request.scope, sieve, after=id_in(asked.get("after")), before=id_in(asked.get("before")))
    sifted = sieve != Sieve()
    context = {
        "page": page,
        "sieve": sieve,
        "known": known,
        "sifted": sifted,
        "everybody": count_within(request.scope) if sifted else page.count,
        "many": page.count >= COUNTED,
        "units": [(id_in(pk), name) for pk, name in unit_choices(request.scope)],
        "shifts": Shift.objects.all(),
        "institutions": institutions,
        "kept": "".join(f"{name}={value}&" for name, value in vars(sieve).items() if value),
    }
    return render(request, "people/people.html", context)


@organizers
def search(request: ScopedRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    context = {"text": text, "answer": found(text, request.scope, country=country_of_place()) if text else None}
    return render(request, "people/search.html", context)


@organizers
def pick(request: ScopedRequest) -> HttpResponse:
    name = request.GET.get("field", "other")
    picker = Picker(
        request,
        request.scope,
        country_of_place(),
        name=name if name in NAMES else "other",
        near=id_in(request.GET.get("near")),
    )
    return render(request, "people/pick.html", {"picker": picker})
