"""The board: the news of the list on one page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from commonweal.common.clock import now
from commonweal.common.doors import ScopedRequest, organizers
from commonweal.common.once import once_only
from commonweal.leaders.models import Candidate, Reading
from commonweal.leaders.reads.alone import who_might
from commonweal.leaders.reads.campaigns import Part, campaigns_within, part_within
from commonweal.leaders.reads.candidates import ON, Wish, candidates_within, number_of_candidates
from commonweal.leaders.reads.chains import chain_of, widest_chain
from commonweal.leaders.reads.groups import Group, Key, groups_of
from commonweal.leaders.reads.listed import NumbersOnList, numbers_on_list
from commonweal.leaders.reads.readings import (
    current_reading,
    evidence_has_begun,
    needed_for,
    new_since,
    reading_at_work,
)
from commonweal.leaders.rules.stages import LOST, STAGES, WITH_US
from commonweal.leaders.views.chain_words import chain_view
from commonweal.leaders.views.part import frame, of_campaign
from commonweal.leaders.views.rows import names, rows_of
from commonweal.leaders.views.sentences import how_many_needed, what_is_new
from commonweal.leaders.views.stage_words import stage_meanings
from commonweal.leaders.views.trust_words import trust_in_words
from commonweal.leaders.words import Stage, Verdict
from commonweal.leaders.writes.reading import ask_to_read
from commonweal.ledger.reads import while_nobody_acts
from commonweal.people.reads.glances import glances

SHOWN = 9
PRINTED = 60
GROUPS_SHOWN = 6


@dataclass(frozen=True)
class Figures:
    """The four figures at the head of the board, counted now."""

    listed: int
    with_us: int
    units_with_us: int
    units: int
    shifts_without: int
    shifts: int
    alone: int
    walking: int
    people: int


def figures_of(listed: NumbersOnList, groups: dict[Key, Group]) -> Figures:
    """Counts the list and the groups of a part."""
    with_us = {place: number for place, number in listed.items() if place[0] in WITH_US}
    return Figures(
        listed=sum(number for (stage, _unit, _shift), number in listed.items() if stage != LOST),
        with_us=sum(with_us.values()),
        units_with_us=len({unit for _stage, unit, _shift in with_us}),
        units=len({unit for unit, _shift in groups}),
        shifts_without=sum(1 for group in groups.values() if not group.leading),
        shifts=len(groups),
        alone=sum(group.alone for group in groups.values()),
        walking=sum(group.walking for group in groups.values()),
        people=sum(group.people for group in groups.values()),
    )


@organizers
@require_safe
def board(request: ScopedRequest, campaign: UUID | None = None) -> HttpResponse:
    if campaign is not None:
        return _board(request, part_within(request.scope, campaign), "leaders/board.html", SHOWN)
    parts = campaigns_within(request.scope)
    return (
        _board(request, parts[0], "leaders/board.html", SHOWN) if parts else render(request, "leaders/no_campaign.html")
    )


@organizers
@require_safe
@of_campaign
def board_print(request: ScopedRequest, part: Part) -> HttpResponse:
    return _board(request, part, "leaders/board_print.html", PRINTED)


def _board(request: ScopedRequest, part: Part, template: str, shown: int) -> HttpResponse:
    listed = numbers_on_list(part)
    groups = groups_of(part, listed)
    reading = current_reading(part)
    work = reading_at_work(part.campaign.pk)
    widest = sorted((group for group in groups.values() if group.alone), key=lambda group: -group.alone)[:GROUPS_SHOWN]
    context: dict[str, Any] = {
        "figures": figures_of(listed, groups),
        "reading": reading,
        "work": work,
        "stages": _by_stage(listed),
        "alone": _alone(part, reading, widest),
        "chain": _one_chain(part, reading),
        "begun": reading is not None or evidence_has_begun(part),
    }
    if reading is not None:
        candidates = candidates_within(part, reading)
        chosen = candidates[:shown] if shown == PRINTED else _chosen(part, reading)
        context |= {
            "rows": rows_of(part, chosen),
            "candidates": number_of_candidates(part, reading),
            "needed": how_many_needed(needed_for(part, reading)),
            "news": what_is_new(new_since(part, reading.at)),
            "trust": trust_in_words(reading),
        }
    return render(request, template, frame(part, **context))


@organizers
@require_POST
@once_only
@of_campaign
def read_again(request: ScopedRequest, part: Part) -> HttpResponse:
    ask_to_read(part.campaign.pk, by=request.account.pk, at=now())
    return redirect("leaders:board_of", campaign=part.campaign.pk)


def _chosen(part: Part, reading: Reading) -> list[Candidate]:
    """Who surely lifts, then whom most people name though nobody saw her ask, then who is on the list and does not lift."""
    kinds = (
        (Wish(), SHOWN - 4),
        (Wish(verdict=Verdict.TOO_EARLY), 2),
        (Wish(verdict=Verdict.LOUD, listed=ON), 1),
        (Wish(verdict=Verdict.HOLDS_BACK, listed=ON), 1),
    )
    chosen: dict[UUID, Candidate] = {}
    for wish, most in kinds:
        for one in candidates_within(part, reading, wish)[:most]:
            chosen[one.pk] = one
    return list(chosen.values())


def _by_stage(listed: NumbersOnList) -> list[dict[str, Any]]:
    meanings = stage_meanings()
    return [
        {
            "stage": stage,
            "word": Stage(stage).label,
            "number": sum(number for (one, _unit, _shift), number in listed.items() if one == stage),
            "meaning": meanings[stage],
        }
        for stage in STAGES
    ]


def _alone(part: Part, reading: Reading | None, widest: list[Group]) -> list[dict[str, Any]]:
    might = who_might(part, reading, widest)
    seen = glances(part.scope, {person for people in might.values() for person in people})
    return [{"group": group, "might": names(seen, might.get((group.unit, group.shift), []))} for group in widest]


def _one_chain(part: Part, reading: Reading | None) -> dict[str, Any] | None:
    """The widest chain of somebody who is with us."""
    asked = ("widest chain", part.campaign.pk, part.units, part.everywhere)
    leader = while_nobody_acts(asked, lambda: widest_chain(part))
    return chain_view(part, chain_of(part, leader, reading)) if leader else None
