"""Two leaders too close to call: a coin says who asks whom next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import NotYours, Refusal
from commonweal.common.sent import ids_in
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.candidates import candidates_by_person, must_be_within, pairs_within
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.reads.tosses import both_could_ask, outcomes_of, tossed_pairs, tosses_between
from commonweal.leaders.rules.tosses import FEWEST, lot_of
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.views.rows import rows_of
from commonweal.leaders.views.stage_words import refusal_in_words
from commonweal.leaders.writes.tosses import toss_coins
from commonweal.people.reads.glances import glances

OFFERED = 24


@organizers
@require_safe
@of_campaign
def tosses(request: ScopedRequest, part: Part) -> HttpResponse:
    reading = current_reading(part)
    done = tossed_pairs(part)
    tossed = {(first, second) for first, second, _number in done}
    close = [pair for pair in (pairs_within(part, reading) if reading else []) if tuple(sorted(pair)) not in tossed][
        :OFFERED
    ]
    seen = glances(part.scope, {person for pair in close for person in pair} | {one for pair in tossed for one in pair})
    context = {
        "reading": reading,
        "close": [(seen[one], seen[other]) for one, other in close if one in seen and other in seen],
        "done": [
            {"first": seen[first], "second": seen[second], "number": number}
            for first, second, number in done
            if first in seen and second in seen
        ],
    }
    return render(request, "leaders/tosses.html", frame(part, **context))


@organizers
@require_http_methods(["GET", "HEAD", "POST"])
@once_only
@of_campaign
def toss(request: ScopedRequest, part: Part, first: UUID, second: UUID) -> HttpResponse:
    if first == second:
        raise NotYours
    first, second = sorted(must_be_within(part, (first, second)))
    if request.method == "POST":
        return _tossed(request, part, first, second)
    able = both_could_ask(part, first, second)
    fallen = tosses_between(part, first, second)
    seen = glances(part.scope, {first, second, *able} | {one.asked_id for one in fallen})
    if first not in seen or second not in seen:
        raise NotYours
    reading = current_reading(part)
    known = candidates_by_person(reading, (first, second)) if reading else {}
    context: dict[str, Any] = {
        "first": seen[first],
        "second": seen[second],
        "rows": rows_of(part, [known[person] for person in (first, second) if person in known]),
        "able": [seen[person] for person in able if person in seen],
        "enough": len(able) + len(fallen) >= FEWEST and bool(able),
        "fewest": FEWEST,
        "sides": [
            {
                "leader": seen[leader],
                "people": [
                    seen[one.asked_id]
                    for one in fallen
                    if (one.fell_to_first == (leader == first)) and one.asked_id in seen
                ],
                "outcomes": outcomes_of(fallen, leader),
            }
            for leader in (first, second)
        ],
        "fallen": fallen,
        "lots": sorted({one.lot for one in fallen}),
        "tossed_at": max((one.at for one in fallen), default=None),
    }
    return render(request, "leaders/toss.html", frame(part, **context))


def _tossed(request: ScopedRequest, part: Part, first: UUID, second: UUID) -> HttpResponse:
    at = now()
    chosen = must_be_within(part, ids_in(request.POST.getlist("person")))
    lot = lot_of(part.campaign.pk, first, second, at.isoformat())
    try:
        number = toss_coins(part.campaign, first, second, chosen, lot=lot, by=request.account.pk, at=at)
    except Refusal as refusal:
        messages.error(request, refusal_in_words(refusal))
    else:
        said = ngettext("%(number)s coin was tossed.", "%(number)s coins were tossed.", number) % {"number": number}
        messages.success(request, said + " " + _("Print the slip and give each of the two her half."))
    return redirect("leaders:toss", campaign=part.campaign.pk, first=first, second=second)
