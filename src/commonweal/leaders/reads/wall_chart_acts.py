"""What people were asked to and what came of it, for the squares of the chart and the dots of the map."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.common.rows import as_id, rows_of
from commonweal.leaders.rules.turnouts import STICKERS
from commonweal.people.models import Ask, BareYes, Campaign, Occasion
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.support import window_of_place
from commonweal.people.reads.talkers import said_yes, talking_without_walking
from commonweal.people.rules.outcomes import DID, UNASKED, stronger

People = QuerySet[Any, Any]


@dataclass(frozen=True)
class Seen:
    """What a chart tells of acts: on which day it is read, the one act it is coloured by, the acts its stickers
    stand for, and whether what people said is held against what they did."""

    today: date
    occasion: Occasion | None = None
    acts: Sequence[Occasion] = ()
    words: bool = False


@dataclass(frozen=True)
class SeenOf:
    """The same of some people, each by her id; `no_acts` is what stands for somebody of whom no act says anything."""

    outcome: Mapping[UUID, str] = field(default_factory=dict)
    askers: Mapping[UUID, tuple[UUID | None, ...]] = field(default_factory=dict)
    acts: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    no_acts: tuple[str, ...] = ()
    said_yes: Collection[UUID] = frozenset()
    talks: Collection[UUID] = frozenset()


NOTHING_SEEN = SeenOf()


def last_acts(campaign: Campaign | None, today: date, most: int = STICKERS) -> list[Occasion]:
    """The latest acts of a campaign, or of none, that have been and of which anything is written down; the oldest
    first. One query."""
    told = Q(Exists(standing(Ask).filter(occasion=OuterRef("pk")))) | Q(
        Exists(standing(BareYes).filter(occasion=OuterRef("pk")))
    )
    found = Occasion.objects.filter(told, Q(campaign=campaign) | Q(campaign=None), on__lte=today)
    return list(found.order_by("-on", "-name")[:most])[::-1]


def seen_of(seen: Seen, people: People) -> SeenOf:
    """What was seen of people, given as a query for their ids; at most nine queries however many they are."""
    outcomes, askers = (outcomes_of(seen.occasion, people)) if seen.occasion else ({}, {})
    said: Collection[UUID] = frozenset()
    talks: Collection[UUID] = frozenset()
    if seen.words:
        window = window_of_place(seen.today)
        said = said_yes(people, window)
        talks = talking_without_walking(people, said, window)
    return SeenOf(
        outcomes,
        askers,
        outcomes_by_act([act.pk for act in seen.acts], people),
        (UNASKED,) * len(seen.acts),
        said,
        talks,
    )


def outcomes_of(occasion: Occasion, people: People) -> tuple[dict[UUID, str], dict[UUID, tuple[UUID | None, ...]]]:
    """What was seen of each of the people on one occasion, and who asked her, each asker once, in the order in
    which they were written down; None for somebody who is not known. Two queries."""
    outcomes: dict[UUID, str] = {}
    askers: dict[UUID, tuple[UUID | None, ...]] = {}
    asks = standing(Ask).filter(occasion=occasion, asked__in=people).order_by("entered_at", "pk")
    for person, asker, outcome in asks.values_list("asked_id", "asker_id", "outcome"):
        outcomes[person] = stronger(outcome, outcomes.get(person, UNASKED))
        before = askers.get(person, ())
        if asker not in before:
            askers[person] = (*before, asker)
    yeses = standing(BareYes).filter(occasion=occasion, person__in=people)
    outcomes.update((person, DID) for person in yeses.values_list("person_id", flat=True))
    return outcomes, askers


def outcomes_by_act(acts: Sequence[UUID], people: People) -> dict[UUID, tuple[str, ...]]:
    """The outcomes of each of the people on these acts, in their order; who was seen at none is left out. Two
    queries; ids are made once for each person, not for each row."""
    place = {act: number for number, act in enumerate(acts)}
    places: dict[Any, int] = {}
    found: dict[Any, list[str]] = {}

    def note(person: Any, act: Any, outcome: str) -> None:
        if act not in places:
            places[act] = place[as_id(act)]
        line = found.setdefault(person, [UNASKED] * len(acts))
        line[places[act]] = stronger(outcome, line[places[act]])

    if acts:
        asks = standing(Ask).filter(occasion__in=acts, asked__in=people).order_by()
        for person, act, outcome in rows_of(asks.values_list("asked_id", "occasion_id", "outcome")):
            note(person, act, outcome)
        yeses = standing(BareYes).filter(occasion__in=acts, person__in=people).order_by()
        for person, act in rows_of(yeses.values_list("person_id", "occasion_id")):
            note(person, act, DID)
    return {as_id(person): tuple(line) for person, line in found.items()}
