"""Whom a question means, within a scope, and why each was found.

The narrowest word leads: its people are read through an index, at most a few hundred, and the other
words and the scope are looked up for each of them. So the time does not grow with the place.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from commonweal.common.scope import Scope
from commonweal.common.sealed import keyring
from commonweal.people.models import ChainLink, ContactPoint, Person, SearchKey, Tie
from commonweal.people.reads.evidence import standing
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.reads.people import inside, is_small, placed_inside
from commonweal.people.reads.search.reasons import Why, reasons
from commonweal.people.reads.search.senses import CLOSENESS, Sense, senses
from commonweal.people.rules import normal_phone
from commonweal.people.rules.questions import Asked, asked

SHOWN = 40
LOOKED_AT = 300  # people sorted by closeness; beyond them the question is too wide to show anyway
NAMED_AT_MOST = 200  # people whom "knows Rosa" may mean


@dataclass(frozen=True)
class Found:
    """A person and why she was found."""

    glance: Glance
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Answer:
    """What a question found; `more` says that not everybody is shown, `unknown` whom nobody here is called."""

    people: tuple[Found, ...] = ()
    more: bool = False
    unknown: str = ""


def found(text: str, scope: Scope, *, country: str, most: int = SHOWN) -> Answer:
    """The people inside the scope whom a question means, the closest first."""
    question = asked(text)
    if question.is_empty or (scope.sees_nobody and not scope.may_write):
        return Answer()
    whom, question, unknown = _named_in(question, scope)
    if unknown:
        return Answer(unknown=unknown)
    meant = senses(question.words, scope)
    among = _among(question, whom, country)
    ids = _fitting(scope, meant, among, alone=question.in_no_chain, enough=most + 1)
    closest = _closest_first(ids, meant)
    shown = glances(scope, closest[:most])
    why = reasons(list(shown), meant, question, whom, scope)
    people = tuple(Found(shown[pk], why.get(pk, ())) for pk in closest[:most] if pk in shown)
    return Answer(people, more=len(closest) > most)


def in_no_chain(person: str = "pk") -> Q:
    """Walks with nobody now, and nobody walks with her; `person` is the column of the outer rows."""
    current = ChainLink.objects.filter(until=None)
    follows = current.filter(follower=OuterRef(person))
    leads = current.filter(leader=OuterRef(person))
    return Q(~Exists(follows), ~Exists(leads))


def _fitting(
    scope: Scope, meant: list[Sense], among: frozenset[UUID] | None, *, alone: bool, enough: int
) -> list[UUID]:
    """Who fits every word and is inside the scope: exact names first, then beginnings, then likenesses."""
    lead = min(meant, key=lambda sense: (sense.breadth, sense.places), default=None) if among is None else None
    rest = [sense for sense in meant if sense is not lead]
    ids: dict[UUID, None] = {}
    within = placed_inside if among is None and is_small(scope) else inside
    for closeness in CLOSENESS if meant else CLOSENESS[:1]:
        if closeness and not any(sense.words[closeness] for sense in meant):
            continue  # no word is like another: the same would be asked again
        if among is not None or lead is None:
            every = Person.objects.filter(forgotten_at=None, merged_into=None)
            starts = [("pk", every.order_by("sort_name", "pk") if among is None else every.filter(pk__in=among))]
        else:
            starts = [("person", rows) for rows in lead.sources(closeness)]
        for column, rows in starts:
            narrowed = rows.filter(within(scope, column))
            for sense in rest:
                narrowed = narrowed.filter(sense.condition(closeness, column))
            if alone:
                narrowed = narrowed.filter(in_no_chain(column))
            ids.update(dict.fromkeys(narrowed.values_list(column, flat=True)[:LOOKED_AT]))
        if len(ids) >= enough:
            break
    return list(ids)


def _closest_first(ids: list[UUID], meant: list[Sense]) -> list[UUID]:
    """The same people, those whose names are closest to the words first, then in order of name."""
    words: dict[UUID, set[int]] = defaultdict(set)
    if any(any(sense.words) for sense in meant):
        for person, word in SearchKey.objects.filter(person__in=ids).values_list("person", "word"):
            words[person].add(word)
    listed = Person.objects.filter(pk__in=ids, forgotten_at=None, merged_into=None)
    order = {
        person: (sum(sense.closeness_to(frozenset(words[person])) for sense in meant), sort_name)
        for person, sort_name in listed.values_list("pk", "sort_name")
    }
    return sorted(order, key=lambda person: (order[person], person))


def _among(question: Asked, whom: dict[str, list[UUID]], country: str) -> frozenset[UUID] | None:
    """The people whom telephone numbers and ties leave; None where the question has none."""
    left: frozenset[UUID] | None = None
    ring = keyring()
    for number in question.numbers:
        digits = "".join(letter for letter in number if letter.isdigit())
        prints = [ring.blind(one, "phone") for one in (normal_phone(number, country), f"+{digits}") if one]
        points = ContactPoint.objects.filter(kind="phone", fingerprint__in=prints)
        left = _both(left, points.values_list("person", flat=True))
    if "knows" in whom:
        ties = standing(Tie).filter(until=None)
        out = ties.filter(other__in=whom["knows"]).values_list("person", flat=True)
        into = ties.filter(person__in=whom["knows"]).values_list("other", flat=True)
        left = _both(left, [*out, *into])
    if "walks_with" in whom:
        links = ChainLink.objects.filter(until=None, leader__in=whom["walks_with"])
        left = _both(left, links.values_list("follower", flat=True))
    return left


def _both(left: frozenset[UUID] | None, ids: object) -> frozenset[UUID]:
    new = frozenset(ids)  # type: ignore[call-overload]
    return new if left is None else left & new


def _named_in(question: Asked, scope: Scope) -> tuple[dict[str, list[UUID]], Asked, str]:
    """Whom "knows …" and "walks with …" name inside the scope; words that no name needs stay ordinary.

    The third part is what was typed where nobody inside the scope is called so.
    """
    whom: dict[str, list[UUID]] = {}
    words = list(question.words)
    for phrase, named in (("knows", question.knows), ("walks_with", question.walks_with)):
        if not named:
            continue
        meant = [Sense(sense.typed, sense.words) for sense in senses(named, scope)]
        for length in range(len(named), 0, -1):
            ids = _fitting(scope, meant[:length], None, alone=False, enough=1)
            if ids:
                whom[phrase] = _closest_first(ids, meant[:length])[:NAMED_AT_MOST]
                words += named[length:]
                break
        else:
            return {}, question, " ".join(named)
    return whom, replace(question, words=tuple(words)), ""
