"""Chains and their holes, ready for the page."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.common.languages import spoken
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.reads.chains import Chain, Hole
from commonweal.leaders.reads.listed import stages_of
from commonweal.leaders.rules.walking import is_full
from commonweal.leaders.views.rows import names
from commonweal.leaders.words import Stage, WhyWalks
from commonweal.people.models import Shift, Unit
from commonweal.people.reads.glances import Glance, glances


def chain_view(part: Part, chain: Chain) -> dict[str, Any]:
    """A chain with its people by unit and shift, its holes in words, and whether it is full."""
    people = {chain.leader} | {one.person for one in chain.followers}
    people |= {person for hole in chain.holes for person in hole.might}
    seen = glances(part.scope, people)
    places = _Places(part)
    crews: dict[tuple[UUID, UUID | None], list[dict[str, Any]]] = defaultdict(list)
    for one in chain.followers:
        if one.person in seen:
            crews[one.unit, one.shift].append({"glance": seen[one.person], "follower": one, "why": why_walks(one.why)})
    stage = stages_of(part, {chain.leader}).get(chain.leader, "")
    walking = len(chain.followers) + chain.outside
    return {
        "leader": seen.get(chain.leader),
        "stage": stage,
        "stage_word": Stage(stage).label if stage else "",
        "walking": walking,
        "asked": chain.asked,
        "came": chain.came,
        "outside": chain.outside,
        "never_asked": names(seen, chain.never_asked),
        "crews": [{"name": places.name(*key), "people": crew} for key, crew in sorted(crews.items(), key=places.order)],
        "holes": [
            {"title": places.title(hole), "says": hole_says(hole), "might": names(seen, hole.might)}
            for hole in chain.holes
        ],
        "full": is_full(walking, part.campaign.chain_capacity),
        "over": max(walking - part.campaign.chain_capacity, 0),
    }


class _Places:
    """The names of units and shifts."""

    def __init__(self, part: Part) -> None:
        self.units = dict(Unit.objects.filter(pk__in=part.units).values_list("pk", "name"))
        self.shifts = dict(Shift.objects.values_list("pk", "name"))

    def name(self, unit: UUID, shift: UUID | None) -> str:
        """Unit and shift."""
        return ", ".join(
            part for part in (self.units.get(unit, ""), self.shifts.get(shift, "") if shift else "") if part
        )

    def order(self, item: tuple[tuple[UUID, UUID | None], Any]) -> str:
        return self.name(*item[0])

    def title(self, hole: Hole) -> str:
        """Whom a hole is about: "Weaving, nights" or "Weaving, who speak Tagalog"."""
        if hole.language:
            facts = {"unit": self.units.get(hole.unit, ""), "language": spoken([hole.language])}
            return _("%(unit)s, who speak %(language)s") % facts
        return self.name(hole.unit, hole.shift)


def hole_says(hole: Hole) -> str:
    """How many stand there and that nobody walks with them."""
    if hole.alone == hole.people:
        return ngettext(
            "%(people)s person, and nobody walks with her.",
            "%(people)s people, and nobody walks with them.",
            hole.people,
        ) % {"people": counted(hole.people)}
    return _("%(alone)s of %(people)s walk with nobody.") % {
        "alone": counted(hole.alone),
        "people": counted(hole.people),
    }


def why_walks(why: str) -> str:
    """Why somebody walks with a leader, in words; what another program said stands as it is."""
    return str(WhyWalks(why).label) if why in WhyWalks.values else why


def glance_or_none(seen: dict[UUID, Glance], person: UUID | None) -> Glance | None:
    """The glance of somebody, if there is one and she may be seen."""
    return None if person is None else seen.get(person)
