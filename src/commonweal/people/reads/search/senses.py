"""What one typed word may mean: part of a name, a unit, a shift, an institution, a number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from rapidfuzz.distance import OSA

from commonweal.common.scope import Scope
from commonweal.common.sealed import keyring
from commonweal.people.models import Affiliation, ContactPoint, Institution, Person, Placement, SearchKey, Shift, Unit
from commonweal.people.reads.search.known_words import KnownWords, known_words
from commonweal.people.rules import folded
from commonweal.people.rules.questions import asked

EXACT, BEGINS, LIKE = 0, 1, 2
CLOSENESS = (EXACT, BEGINS, LIKE)


@dataclass(frozen=True)
class Sense:
    """The row numbers of the name words by closeness, and the places that a typed word may mean."""

    typed: str
    words: tuple[frozenset[int], frozenset[int], frozenset[int]]
    units: frozenset[UUID] = field(default_factory=frozenset)
    shifts: frozenset[UUID] = field(default_factory=frozenset)
    institutions: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def breadth(self) -> int:
        """How many people the word may stand for, roughly: the narrowest word leads the search."""
        places = 3 * bool(self.shifts) + 2 * bool(self.units) + bool(self.institutions)
        return places + 2 * (len(self.typed) < 3 and any(self.words)) + (not any(self.words))

    @property
    def places(self) -> int:
        """How many units, shifts and institutions may be meant."""
        return len(self.units) + len(self.shifts) + len(self.institutions)

    @property
    def tail(self) -> str:
        """The fingerprint of a telephone number's end, where four digits were typed."""
        return keyring().blind(self.typed, "phone-tail") if len(self.typed) == 4 and self.typed.isdigit() else ""

    def name_words(self, closeness: int) -> frozenset[int]:
        """The words at least as close as `closeness`."""
        return frozenset().union(*self.words[: closeness + 1])

    def sources(self, closeness: int) -> list[QuerySet[Any]]:
        """Rows with a `person` who may be meant, names first; each is read through an index."""
        rows: list[QuerySet[Any]] = []
        if words := self.name_words(closeness):
            rows.append(SearchKey.objects.filter(word__in=words))
        if self.tail:
            rows.append(ContactPoint.objects.filter(tail_fingerprint=self.tail))
        if self.institutions:
            rows.append(Affiliation.objects.filter(until=None, institution__in=self.institutions))
        current = Placement.objects.filter(until=None)
        if self.units:
            rows.append(current.filter(unit__in=self.units))
        if self.shifts:
            rows.append(current.filter(shift__in=self.shifts))
        if any(letter.isdigit() for letter in self.typed):
            numbered = Person.objects.filter(outside_number=self.typed)
            rows.append(SearchKey.objects.filter(person__in=numbered))
        return [row.order_by() for row in rows]

    def condition(self, closeness: int, person: str) -> Q:
        """Who is meant, as a condition on rows whose column `person` is the person."""
        meant = Q(pk__in=[])
        for rows, column, values in self._tests(closeness):
            hers = rows.annotate(one=Coalesce(column, column)).filter(person=OuterRef(person), one__in=values)
            meant |= Q(Exists(hers))
        return meant

    def _tests(self, closeness: int) -> list[tuple[QuerySet[Any], str, Any]]:
        """The same as `sources` for one person at a time; the values are kept from leading an index."""
        current = Placement.objects.filter(until=None)
        every: list[tuple[QuerySet[Any], str, Any]] = [
            (SearchKey.objects.all(), "word", self.name_words(closeness)),
            (Affiliation.objects.filter(until=None), "institution", self.institutions),
            (current, "unit", self.units),
            (current, "shift", self.shifts),
            (ContactPoint.objects.all(), "tail_fingerprint", {self.tail} - {""}),
        ]
        return [test for test in every if test[2]]

    def closeness_to(self, words: frozenset[int]) -> int:
        """How close a person with these name words is; 2 where a place or number is what fits."""
        return next((level for level in CLOSENESS if self.words[level] & words), LIKE)


def senses_of(text: str, scope: Scope) -> list[Sense]:
    """What each word of a question may mean within the scope; numbers and phrases about ties are left out."""
    return senses(asked(text).words, scope)


def senses(words: Iterable[str], scope: Scope) -> list[Sense]:
    """What each word may mean within the scope; other units' names find nothing."""
    typed = list(words)
    if not typed:
        return []
    units = list(Unit.objects.order_by().values_list("pk", "parent", "name", "code"))
    inside = {pk: folded(f"{name} {code}") for pk, _, name, code in units if scope.covers_unit(pk)}
    parent = {pk: over for pk, over, _, _ in units}
    shifts = {pk: folded(f"{name} {hours}") for pk, name, hours in Shift.objects.values_list("pk", "name", "hours")}
    named = Institution.objects.order_by().values_list("pk", "name")
    institutions = {pk: folded(name) for pk, name in named}
    known = known_words()
    return [
        Sense(
            typed=word,
            words=_name_words(word, known),
            units=_with_what_is_below(_named(word, inside), inside.keys(), parent),
            shifts=_named(word, shifts),
            institutions=_named(word, institutions),
        )
        for word in typed
    ]


def _name_words(typed: str, known: KnownWords) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    exact = {known.number[typed]} if typed in known.number else set()
    begins = set(known.numbers(known.beginning(typed))) - exact
    like = set(known.numbers(known.like(typed))) - exact - begins
    return frozenset(exact), frozenset(begins), frozenset(like)


def _named(typed: str, names: dict[UUID, str]) -> frozenset[UUID]:
    """Whose name has a word that begins with what was typed, or is spelled nearly so."""
    judged = {word: _fits(typed, word) for name in set(names.values()) for word in name.split()}
    return frozenset(pk for pk, name in names.items() if any(judged[word] for word in name.split()))


def _fits(typed: str, word: str) -> bool:
    if len(typed) < 2:
        return word == typed and typed.isdigit()
    if word.startswith(typed) or (len(word) > 2 and typed in (word + "s", word + "es")):
        return True
    return len(typed) >= 5 and OSA.distance(word, typed, score_cutoff=1) <= 1


def _with_what_is_below(
    tops: frozenset[UUID], inside: Iterable[UUID], parent: dict[UUID, UUID | None]
) -> frozenset[UUID]:
    """The named units and those below them, among the units inside the scope."""
    if not tops:
        return frozenset()
    return frozenset(unit for unit in inside if tops & _line_above(unit, parent))


def _line_above(unit: UUID, parent: dict[UUID, UUID | None]) -> set[UUID]:
    """A unit and all above it; a cycle in stored rows ends the climb."""
    line: set[UUID] = set()
    climbing: UUID | None = unit
    while climbing is not None and climbing not in line:
        line.add(climbing)
        climbing = parent.get(climbing)
    return line
