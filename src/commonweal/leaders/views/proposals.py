"""What the reading proposes for the chains, for people to take, one, some or all, or to put aside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import NotYours, Refusal
from commonweal.common.sent import id_in, ids_in
from commonweal.leaders.models import ChainProposal, Reading
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.chains import leaders_of
from commonweal.leaders.reads.listed import on_the_list
from commonweal.leaders.reads.proposals import bonds_between, contested_ids, proposals_to_take, proposed_leaders
from commonweal.leaders.reads.readings import current_reading
from commonweal.leaders.views.bond_words import bonds_in_words
from commonweal.leaders.views.chain_words import glance_or_none, why_walks
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.views.stage_words import refusal_in_words
from commonweal.leaders.words import WhyMove
from commonweal.leaders.writes.proposals import accept_proposals, put_aside
from commonweal.people.reads.glances import Glance, glances

LEADERS = 12
CONTESTED = 12
AT_ONCE = 2000


@organizers
@require_safe
@of_campaign
def proposals(request: ScopedRequest, part: Part) -> HttpResponse:
    reading = current_reading(part)
    leaders = proposed_leaders(part, reading) if reading else []
    page = Paginator(leaders, LEADERS).get_page(request.GET.get("page"))
    here = [leader for leader, _number in page.object_list]
    rows = list(proposals_to_take(part, reading, here)) if reading else []
    context = {
        "reading": reading,
        "page": page,
        "piles": _piles(part, here, rows),
        "number": sum(number for _leader, number in leaders),
        "leaders": len(leaders),
        "at_once": AT_ONCE,
        "listed": bool(leaders) or bool(on_the_list(part)),
    }
    return render(request, "leaders/proposals.html", frame(part, **context))


@organizers
@require_POST
@once_only
@of_campaign
def decide(request: ScopedRequest, part: Part) -> HttpResponse:
    reading = current_reading(part)
    back = redirect(_back(request), campaign=part.campaign.pk)
    if reading is None:
        return back
    chosen = _chosen(request, part, reading)
    if not chosen:
        messages.info(request, _("Nobody was chosen."))
        return back
    try:
        if request.POST.get("act") == "aside":
            number = put_aside(part.campaign, chosen, by=request.account.pk, at=now())
            messages.success(
                request,
                ngettext(
                    "Put aside: %(number)s pair will not be proposed again.",
                    "Put aside: %(number)s pairs will not be proposed again.",
                    number,
                )
                % {"number": number},
            )
        else:
            _say(request, accept_proposals(part.campaign, chosen, by=request.account.pk, at=now()))
    except Refusal as refusal:
        messages.error(request, refusal_in_words(refusal))
    return back


@organizers
@require_safe
@of_campaign
def contested(request: ScopedRequest, part: Part) -> HttpResponse:
    reading = current_reading(part)
    page = Paginator(contested_ids(part, reading) if reading else [], CONTESTED).get_page(request.GET.get("page"))
    here = ChainProposal.objects.in_bulk(list(page.object_list))
    rows = [here[pk] for pk in page.object_list if pk in here]
    people = {person for row in rows for person in (row.follower_id, *_claimants(row))}
    now_with = leaders_of(part, [row.follower_id for row in rows])
    seen = glances(part.scope, people | set(now_with.values()))
    bound = bonds_between([row.follower_id for row in rows], {one for row in rows for one in _claimants(row)})
    cases = [
        _case(row, now_with.get(row.follower_id), seen, bound)
        for row in rows
        if {row.follower_id, *_claimants(row)} <= set(seen)
    ]
    return render(request, "leaders/contested.html", frame(part, reading=reading, page=page, cases=cases))


def _claimants(row: ChainProposal) -> list[UUID]:
    return [leader for leader in (row.leader_id, row.rival_id) if leader is not None]


def _case(
    row: ChainProposal,
    walks: UUID | None,
    seen: dict[UUID, Glance],
    bound: dict[tuple[UUID, UUID], list[tuple[str, str]]],
) -> dict[str, Any]:
    """Somebody whom two leaders claim, with what binds her to each."""
    whom = row.follower_id
    return {
        "proposal": row,
        "glance": seen[row.follower_id],
        "seen": walks or "",
        "walks": glance_or_none(seen, walks),
        "sides": [
            {"glance": seen[leader], "bonds": bonds_in_words(bound.get((whom, leader), []))}
            for leader in _claimants(row)
        ],
    }


def _piles(part: Part, leaders: list[UUID], rows: list[ChainProposal]) -> list[dict[str, Any]]:
    walks = leaders_of(part, [row.follower_id for row in rows])
    seen = glances(part.scope, set(leaders) | {row.follower_id for row in rows} | set(walks.values()))
    moves = dict(WhyMove.choices)
    piles: dict[UUID, list[dict[str, Any]]] = {leader: [] for leader in leaders}
    for row in sorted(
        rows, key=lambda row: (seen[row.follower_id].sort_name if row.follower_id in seen else "", row.pk)
    ):
        if row.follower_id in seen and row.leader_id is not None:
            piles[row.leader_id].append(
                {
                    "proposal": row,
                    "glance": seen[row.follower_id],
                    "why": why_walks(row.why),
                    "move": moves.get(row.move, ""),
                    "leaves": glance_or_none(seen, walks.get(row.follower_id)),
                }
            )
    return [{"leader": seen[leader], "people": pile} for leader, pile in piles.items() if pile and leader in seen]


def _chosen(request: ScopedRequest, part: Part, reading: Reading) -> list[UUID]:
    """The proposals meant: those ticked, or all of one leader, or all there are; each must be inside the part."""
    able = proposals_to_take(part, reading)
    if request.POST.get("all"):
        return list(able.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    leader = id_in(request.POST.get("leader"))
    if leader is not None:
        return list(able.filter(leader=leader).values_list("pk", flat=True))
    ticked = set(ids_in(request.POST.getlist("proposal")))
    mine = ChainProposal.objects.filter(part.holds("follower"), part.holds("leader"), pk__in=ticked)
    inside = set(mine.values_list("pk", flat=True))
    if ChainProposal.objects.filter(pk__in=ticked - inside).exists():
        raise NotYours
    return sorted(ticked)


def _say(request: ScopedRequest, accepted: Any) -> None:
    said = ngettext(
        "%(begun)s person walks with a leader now.", "%(begun)s people walk with a leader now.", accepted.begun
    ) % {"begun": accepted.begun}
    if accepted.left:
        said += " " + ngettext(
            "%(left)s stayed as it was: something changed meanwhile.",
            "%(left)s stayed as they were: something changed meanwhile.",
            accepted.left,
        ) % {"left": accepted.left}
        messages.warning(request, said, extra_tags="warn")
    else:
        messages.success(request, said)


def _back(request: ScopedRequest) -> str:
    return "leaders:contested" if request.POST.get("from") == "contested" else "leaders:proposals"
