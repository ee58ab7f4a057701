"""All names of a part, with what was seen of each."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.common.doors import ScopedRequest, organizers
from commonweal.leaders.models import Candidate
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.candidates import OFF, ON, PAGE, PROPOSED, Wish, candidates_within
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.views.rows import rows_of
from commonweal.leaders.views.trust_words import trust_in_words
from commonweal.leaders.words import Verdict
from commonweal.people.models import Unit


@organizers
@require_safe
@of_campaign
def candidates(request: ScopedRequest, part: Part) -> HttpResponse:
    reading = current_reading(part)
    wish = wish_of(request.GET)
    found = candidates_within(part, reading, wish) if reading else Candidate.objects.none()
    page: Page[Candidate] = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "reading": reading,
        "page": page,
        "rows": rows_of(part, page.object_list) if reading else [],
        "wish": wish,
        "units": Unit.objects.filter(pk__in=part.units).only("pk", "name"),
        "verdicts": Verdict.choices,
        "trust": trust_in_words(reading) if reading else [],
        "on": ON,
        "off": OFF,
        "proposed": PROPOSED,
        "asked": _without_page(request.GET),
    }
    return render(request, "leaders/candidates.html", frame(part, **context))


def wish_of(asked: QueryDict) -> Wish:
    """What the address asks for; what makes no sense is left out."""
    try:
        unit = UUID(asked.get("unit", ""))
    except ValueError:
        unit = None
    verdict = asked.get("verdict", "")
    listed = asked.get("listed", "")
    return Wish(
        unit=unit,
        verdict=verdict if verdict in Verdict.values else "",
        listed=listed if listed in (ON, OFF, PROPOSED) else "",
    )


def _without_page(asked: QueryDict) -> str:
    rest = asked.copy()
    rest.pop("page", None)
    return rest.urlencode()
