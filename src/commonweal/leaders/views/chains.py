"""The chains: all of them, one of them, and moving people between them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import Refusal
from commonweal.common.sent import id_in
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.chains import chain_lines, chain_of, leaders_of, walks_now, walks_of
from commonweal.leaders.reads.leading import leaders_for
from commonweal.leaders.reads.listed import listing_of, on_the_list
from commonweal.leaders.reads.proposals import bonds_of, proposals_to_take
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.reads.sheets import sheets_out
from commonweal.leaders.rules.stages import LOST
from commonweal.leaders.rules.walking import is_full
from commonweal.leaders.views.bond_words import bonds_in_words
from commonweal.leaders.views.chain_words import chain_view, why_walks
from commonweal.leaders.views.part import country_of_place, frame, of_campaign
from commonweal.leaders.views.stage_words import refusal_in_words
from commonweal.leaders.words import Stage, WhyWalks
from commonweal.leaders.writes import chains as writes
from commonweal.people.reads.glances import glances
from commonweal.people.reads.search import found

PAGE = 60
LEADERS_OFFERED = 30


@organizers
@require_safe
@of_campaign
def chains(request: ScopedRequest, part: Part) -> HttpResponse:
    everybody = [one for one in on_the_list(part) if one.stage != LOST]
    page = Paginator(everybody, PAGE).get_page(request.GET.get("page"))
    here = [one.person for one in page.object_list]
    lines, seen = chain_lines(part, here), glances(part.scope, here)
    rows = [
        {
            "glance": seen[one.person],
            "stage": one.stage,
            "word": Stage(one.stage).label,
            "line": lines[one.person],
            "full": is_full(lines[one.person].walking, part.campaign.chain_capacity),
        }
        for one in page.object_list
        if one.person in seen
    ]
    return render(request, "leaders/chains.html", frame(part, page=page, rows=rows, number=len(everybody)))


@organizers
@require_safe
@of_campaign
def chain(request: ScopedRequest, part: Part, person: UUID) -> HttpResponse:
    part.person(person)
    reading = current_reading(part)
    view = chain_view(part, chain_of(part, person, reading))
    proposals = list(proposals_to_take(part, reading, [person])) if reading else []
    typed = request.GET.get("q", "").strip()[:80]
    seen = glances(part.scope, [one.follower_id for one in proposals])
    context: dict[str, Any] = {
        "chain": view,
        "listing": listing_of(part, person),
        "typed": typed,
        "found": _found(part, typed, person) if typed else [],
        "proposals": [
            {"proposal": one, "glance": seen[one.follower_id], "why": why_walks(one.why)}
            for one in proposals
            if one.follower_id in seen
        ],
        "sheets": sheets_out(part, person),
    }
    return render(request, "leaders/chain.html", frame(part, **context))


@organizers
@require_POST
@once_only
@of_campaign
def add_follower(request: ScopedRequest, part: Part, person: UUID) -> HttpResponse:
    """Somebody from the search walks with her; whom she walked with stood on the page."""
    part.person(person)
    follower = id_in(request.POST.get("follower"))
    if follower is not None:
        part.person(follower)
        _walk(request, part, person, follower)
    return redirect("leaders:chain", campaign=part.campaign.pk, person=person)


@organizers
@of_campaign
def move_follower(request: ScopedRequest, part: Part, person: UUID) -> HttpResponseBase:
    if request.method == "POST":
        return _moved(request, campaign=part.campaign.pk, person=person)
    her = part.person(person)
    typed = request.GET.get("q", "").strip()[:80]
    link = walks_now(part, person)
    bound = bonds_of(person)
    nearest, others = leaders_for(part, person, bound, typed)
    page = Paginator(others, LEADERS_OFFERED).get_page(request.GET.get("page"))
    shown = [*(nearest if page.number == 1 else []), *page.object_list]
    lines = chain_lines(part, shown)
    history = walks_of(part, person)
    walks = {link.leader_id} if link else set()
    seen = glances(part.scope, {person, *shown, *walks, *(one.leader_id for one in history)})
    context = {
        "one": seen[person],
        "her": her,
        "link": link,
        "walks": seen.get(link.leader_id) if link else None,
        "leads": listing_of(part, person),
        "typed": typed,
        "page": page,
        "asked": urlencode({"q": typed}) if typed else "",
        "leaders": [
            {
                "glance": seen[leader],
                "bonds": bonds_in_words(bound.get(leader, [])),
                "walking": lines[leader].walking,
                "full": is_full(lines[leader].walking, part.campaign.chain_capacity),
                "now": leader in walks,
            }
            for leader in shown
            if leader in seen
        ],
        "history": [{"link": one, "leader": seen.get(one.leader_id), "why": why_walks(one.why)} for one in history],
    }
    return render(request, "leaders/move_follower.html", frame(part, **context))


@once_only
@of_campaign
def _moved(request: ScopedRequest, part: Part, person: UUID) -> HttpResponse:
    her = part.person(person)
    link = walks_now(part, person)
    act = request.POST.get("act", "")
    back = redirect("leaders:move_follower", campaign=part.campaign.pk, person=person)
    if act in ("end", "remove"):
        seen = id_in(request.POST.get("link"))
        if link is None or link.pk != seen:
            messages.error(request, _("That was changed meanwhile. Nothing was done; look again."))
        elif act == "end":
            writes.end_walk(link.pk, by=request.account.pk, at=now())
            messages.success(request, _("%(name)s walks with nobody now.") % {"name": her.name})
        else:
            writes.remove_walk(link.pk, by=request.account.pk, at=now())
            messages.success(request, _("It is as if it had never been entered."))
        return back
    leader = id_in(request.POST.get("leader"))
    if leader is not None:
        part.person(leader)
        _walk(request, part, leader, person)
    return back


def _walk(request: ScopedRequest, part: Part, leader: UUID, follower: UUID) -> None:
    """Gives a follower to a leader and says what came of it."""
    try:
        writes.walk_with(
            part.campaign,
            leader,
            follower,
            seen_leader=id_in(request.POST.get("seen")),
            why=WhyWalks.CLAIMED if request.POST.get("why") not in WhyWalks.values else request.POST["why"],
            by=request.account.pk,
            at=now(),
            source=f"hand:{request.account.pk}",
        )
    except Refusal as refusal:
        messages.error(request, refusal_in_words(refusal))
        return
    seen = glances(part.scope, [leader, follower])
    said = _("%(follower)s walks with %(leader)s now.") % {
        "follower": seen[follower].name,
        "leader": seen[leader].name,
    }
    walking = chain_lines(part, [leader])[leader].walking
    if walking > part.campaign.chain_capacity:
        said += " " + _("That makes %(walking)s; you had set %(capacity)s for one leader.") % {
            "walking": walking,
            "capacity": part.campaign.chain_capacity,
        }
        messages.warning(request, said, extra_tags="warn")
    else:
        messages.success(request, said)


def _found(part: Part, typed: str, leader: UUID) -> list[dict[str, Any]]:
    """Whom the search finds in this part, with the leader each walks with now."""
    seen = [
        one.glance
        for one in found(typed, part.scope, country=country_of_place(), most=12).people
        if one.glance.id != leader
    ]
    inside = set(part.placements_of(one.id for one in seen).values_list("person", flat=True))
    walks = leaders_of(part, inside)
    leaders = glances(part.scope, walks.values())
    return [
        {
            "glance": one,
            "seen": walks.get(one.id, ""),
            "walks": leaders.get(walks[one.id]) if one.id in walks else None,
            "here": walks.get(one.id) == leader,
        }
        for one in seen
        if one.id in inside
    ]
