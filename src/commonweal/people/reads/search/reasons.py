"""Why a person was found, when her name as it is shown does not say it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from commonweal.common.scope import Scope
from commonweal.people.models import (
    Affiliation,
    ChainLink,
    ContactPoint,
    Person,
    PersonName,
    Placement,
    SearchWord,
    Tie,
)
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.search.senses import Sense
from commonweal.people.rules import words_in
from commonweal.people.rules.questions import Asked


@dataclass(frozen=True)
class Why:
    """A reason: `kind` is one of `like`, `also`, `unit`, `shift`, `institution`, `phone`, `tail`,
    `number`, `knows`, `walks_with`, `no_chain`; `text` is the word or name that belongs to it."""

    kind: str
    text: str = ""


def reasons(
    people: list[UUID], meant: list[Sense], question: Asked, whom: dict[str, list[UUID]], scope: Scope
) -> dict[UUID, tuple[Why, ...]]:
    """The reasons for each of these people; a bounded number of queries for all of them together."""
    why: dict[UUID, list[Why]] = defaultdict(list)
    for pk, kind, text in (
        *_by_name(people, meant),
        *_by_place(people, meant, scope),
        *_by_institution(people, meant),
        *_by_phone_end(people, meant),
        *_by_tie(people, whom),
    ):
        if Why(kind, text) not in why[pk]:
            why[pk].append(Why(kind, text))
    for pk in people:
        why[pk] += [Why("phone")] * bool(question.numbers) + [Why("no_chain")] * question.in_no_chain
    return {pk: tuple(rows) for pk, rows in why.items()}


Reason = tuple[UUID, str, str]


def _by_name(people: list[UUID], meant: list[Sense]) -> Iterable[Reason]:
    named = [sense for sense in meant if any(sense.words)]
    if not named:
        return
    others: dict[UUID, list[str]] = defaultdict(list)
    for pk, name in PersonName.objects.filter(person__in=people).values_list("person", "name"):
        others[pk].append(name)
    likes = [number for sense in named for number in sense.words[2]]
    spelled = dict(SearchWord.objects.filter(pk__in=likes).values_list("word", "pk"))
    for pk, *names in Person.objects.filter(pk__in=people).values_list("pk", "name", "given_name", "family_name"):
        shown = words_in(*names)
        for sense in named:
            if any(word.startswith(sense.typed) for word in shown):
                continue
            other = next((name for name in others[pk] if any(w.startswith(sense.typed) for w in words_in(name))), None)
            if other:
                yield pk, "also", other
            elif any(spelled.get(word) in sense.words[2] for word in shown | words_in(*others[pk])):
                yield pk, "like", sense.typed


def _by_place(people: list[UUID], meant: list[Sense], scope: Scope) -> Iterable[Reason]:
    if not any(sense.units or sense.shifts for sense in meant):
        return
    current = Placement.objects.filter(person__in=people, until=None)
    for pk, unit, name, shift, shift_name in current.values_list(
        "person", "unit", "unit__name", "shift", "shift__name"
    ):
        for sense in meant:
            if unit in sense.units and scope.covers_unit(unit):
                yield pk, "unit", name
            if shift in sense.shifts:
                yield pk, "shift", shift_name


def _by_institution(people: list[UUID], meant: list[Sense]) -> Iterable[Reason]:
    wanted = {institution for sense in meant for institution in sense.institutions}
    if not wanted:
        return
    rows = Affiliation.objects.filter(person__in=people, until=None, institution__in=wanted)
    for pk, name in rows.values_list("person", "institution__name"):
        yield pk, "institution", name


def _by_phone_end(people: list[UUID], meant: list[Sense]) -> Iterable[Reason]:
    typed = {sense.tail: sense.typed for sense in meant if sense.tail}
    if typed:
        points = ContactPoint.objects.filter(person__in=people, tail_fingerprint__in=typed)
        for pk, tail in points.values_list("person", "tail_fingerprint"):
            yield pk, "tail", typed[tail]


def _by_tie(people: list[UUID], whom: dict[str, list[UUID]]) -> Iterable[Reason]:
    ids = {pk for named in whom.values() for pk in named}
    if not ids:
        return
    name = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    if "knows" in whom:
        knows = Q(person__in=people, other__in=ids) | Q(other__in=people, person__in=ids)
        for one, other in standing(Tie).filter(knows).values_list("person", "other"):
            for pk, known in ((one, other), (other, one)):
                if pk in set(people) and known in name:
                    yield pk, "knows", name[known]
    if "walks_with" in whom:
        links = ChainLink.objects.filter(until=None, follower__in=people, leader__in=ids)
        for pk, leader in links.values_list("follower", "leader"):
            yield pk, "walks_with", name[leader]
