"""Which pieces of evidence are known already, by what they say and by their source."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from commonweal.exchange.rules.evidence import Item
from commonweal.people.models import Ask, Assessment, BareYes, Nomination, Tie

NOUNS: dict[str, tuple[type[models.Model], tuple[str, ...], str, tuple[tuple[str, int], ...]]] = {
    "ask": (Ask, ("occasion_id", "asker_id", "asked_id"), "outcome", (("asked_id", 2),)),
    "yes": (BareYes, ("occasion_id", "person_id"), "carried_by_id", (("person_id", 1),)),
    "nomination": (Nomination, ("nominator_id", "nominee_id", "question", "on"), "question", (("nominator_id", 0),)),
    "tie": (Tie, ("person_id", "other_id", "kind"), "strength", (("person_id", 0), ("other_id", 0))),
    "assessment": (Assessment, ("person_id", "on"), "stance", (("person_id", 0),)),
}
"""For each noun: model, columns of its identity, column of its value, columns by which it is looked for."""


@dataclass
class State:
    """What there is of an item: nothing ("new"), the same ("same"), or something else in `row`
    ("changes") that said `old`."""

    state: str
    row: UUID | None = None
    source: str = ""
    old: Any = None


def states_of(items: Sequence[Item]) -> list[State]:
    """The state of each item. A correction or withdrawal made since by hand stands: what it replaced
    is not brought back by an old file."""
    found: list[State] = [State("new")] * len(items)
    for noun in {item.noun for item in items}:
        some = [(place, item) for place, item in enumerate(items) if item.noun == noun and item.is_complete]
        if some:
            there = _There(noun, [item for _, item in some])
            for place, item in some:
                found[place] = there.state(item)
    _not_beside_an_ask(items, found)
    return found


class _There:
    """The rows of one noun that could be the same as some items."""

    def __init__(self, noun: str, items: Sequence[Item]) -> None:
        self.noun = noun
        model, identity, value, looked_by = NOUNS[noun]
        wanted = Q(source__in={item.source for item in items})
        self.current: dict[Any, tuple[UUID, str, Any, bool]] = {}
        self.by_source: dict[str, tuple[UUID, str, Any, bool]] = {}
        self.said: dict[str, set[Any]] = defaultdict(set)
        columns = ("id", "source", "replaced_by_id", "withdrawn", value, *identity)
        queries = [model._default_manager.filter(wanted)]
        for column, place in looked_by:
            values = {item.same_as[place] for item in items}
            if noun == "tie":
                values |= {item.same_as[1] for item in items}
            queries.append(model._default_manager.filter(**{f"{column}__in": values}, replaced_by=None))
        for query in queries:
            for row, source, replaced_by, withdrawn, said, *same_as in query.values_list(*columns):
                held = (row, source, said, withdrawn)
                self.said[source].add(said)
                if replaced_by is None:
                    self.by_source[source] = held
                    self.current[Item(noun, tuple(same_as)).identity] = held

    def state(self, item: Item) -> State:
        held = self.by_source.get(item.source) or self._by_content(item)
        if held is None:
            return State("new")
        row, source, said, withdrawn = held
        if withdrawn or item.value is None or item.value == said or item.value in self.said[source]:
            return State("same", row)
        return State("changes", row, source, said)

    def _by_content(self, item: Item) -> tuple[UUID, str, Any, bool] | None:
        held = self.current.get(item.identity)
        if held is None and self.noun == "nomination" and item.same_as[3] is None:
            begin = item.same_as[:3]
            held = next((one for same_as, one in self.current.items() if same_as[:3] == begin), None)
        if held is None and self.noun == "ask" and item.same_as[1] is not None:
            held = self.current.get((item.same_as[0], None, item.same_as[2]))
            if held is not None and held[2] == item.value:
                return None
        return held


def _not_beside_an_ask(items: Sequence[Item], found: list[State]) -> None:
    """A bare yes says nothing where an ask has already seen her do it."""
    yeses = [
        (place, item)
        for place, item in enumerate(items)
        if item.noun == "yes" and found[place].state == "new" and item.is_complete
    ]
    if not yeses:
        return
    asked: Iterable[tuple[UUID, UUID]] = Ask.objects.filter(
        asked__in={item.same_as[1] for _, item in yeses}, outcome="did", replaced_by=None, withdrawn=False
    ).values_list("occasion", "asked")
    seen = set(asked)
    for place, item in yeses:
        if (item.same_as[0], item.same_as[1]) in seen:
            found[place] = State("same")
