"""How we know: the evidence behind one candidate."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import Refusal
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.candidates import candidate_of, is_vetoed, pairs_within
from commonweal.leaders.reads.chains import walks_now
from commonweal.leaders.reads.known import Shown, asks_by, namings_of, ties_of, tosses_with
from commonweal.leaders.reads.listed import listing_of
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.views.doubt import doubt_of, range_in_words, what_would_tell
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.views.rows import row_of, stand_ins_of
from commonweal.leaders.views.stage_words import refusal_in_words
from commonweal.leaders.views.trust_words import trust_in_words
from commonweal.leaders.words import Stage
from commonweal.leaders.writes import listing as writes
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.views.sentences import source_in_words
from commonweal.people.words import Outcome, Question, TieKind

OUTCOME_CHIPS = {
    "did": ("good", "check"),
    "did_not": ("bad", "close"),
    "could_not": ("quiet", "early"),
    "unknown": ("quiet", "search"),
}


@organizers
@require_safe
@of_campaign
def known(request: ScopedRequest, part: Part, person: UUID) -> HttpResponse:
    reading = current_reading(part)
    candidate = candidate_of(part, reading, person)
    asks, named, ties = asks_by(part, person), namings_of(part, person), ties_of(part, person)
    listed = listing_of(part, person)
    pairs = [pair for pair in (pairs_within(part, reading) if reading else []) if person in pair]
    others = {one if other == person else other for one, other in pairs + tosses_with(part, person)}
    walks = walks_now(part, person)
    instead = {other for other, _reached in stand_ins_of(candidate)} if candidate else set()
    people = {person} | others | instead | {row.person for shown in (asks, named, ties) for row in shown.rows}
    seen = glances(part.scope, people | ({walks.leader_id} if walks else set()))
    stage = listed.stage if listed else ""
    context: dict[str, Any] = {
        "one": seen[person],
        "reading": reading,
        "listed": listed,
        "stage": stage,
        "word": Stage(stage).label if stage else "",
        "vetoed": is_vetoed(part, person),
        "walks": seen.get(walks.leader_id) if walks else None,
        "asks": _rows(asks, seen, lambda what: str(Outcome(what).label)),
        "named": _rows(named, seen, lambda what: str(Question(what).label)),
        "ties": _rows(ties, seen, lambda what: str(TieKind(what).label)),
        "shown": {"asks": asks, "named": named, "ties": ties},
        "close": [seen[other] for other in sorted(others) if other in seen],
    }
    if candidate is not None:
        context |= {
            "candidate": candidate,
            "row": row_of(candidate, seen, stage),
            "doubt": doubt_of(candidate),
            "would_tell": what_would_tell(candidate),
            "range_says": range_in_words(candidate),
            "trust": trust_in_words(reading) if reading else [],
        }
    return render(request, "leaders/known.html", frame(part, **context))


@organizers
@require_POST
@once_only
@of_campaign
def veto(request: ScopedRequest, part: Part, person: UUID) -> HttpResponse:
    her = part.person(person)
    try:
        if request.POST.get("lift"):
            writes.lift_veto(part.campaign, person, by=request.account.pk, at=now())
            said = _("%(name)s may be proposed again.")
        else:
            writes.veto(part.campaign, person, by=request.account.pk, at=now())
            said = _("%(name)s will not be proposed in this campaign.")
    except Refusal as refusal:
        messages.error(request, refusal_in_words(refusal))
    else:
        messages.success(request, said % {"name": her.name})
    return redirect("leaders:known", campaign=part.campaign.pk, person=person)


def _rows(shown: Shown, seen: dict[UUID, Glance], word: Any) -> list[dict[str, Any]]:
    return [
        {
            "glance": seen[row.person],
            "what": word(row.what),
            "chip": OUTCOME_CHIPS.get(row.what, ("quiet", "page")),
            "on": row.on,
            "occasion": row.occasion,
            "source": source_in_words(row.source),
            "entered_at": row.entered_at,
        }
        for row in shown.rows
        if row.person in seen
    ]
