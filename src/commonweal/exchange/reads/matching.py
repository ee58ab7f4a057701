"""Who on the list does a row mean? Only people inside the scope are ever found or named."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from commonweal.common.scope import Scope
from commonweal.common.sealed import keyring
from commonweal.exchange.reads.places import Places
from commonweal.exchange.rules.naming import agree, one_order, orders
from commonweal.people.models import ContactPoint, Person, Placement, SearchKey
from commonweal.people.reads.people import people_within
from commonweal.people.rules import words_in

MOST_MEANT = 8


@dataclass
class Clue:
    """What a row says of somebody, by which she may be known."""

    own: UUID | None = None
    number: str = ""
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    name: str = ""
    unit: UUID | None = None
    unit_key: str = ""
    """The place as the file writes it, for people who are new in the same file."""
    is_reference: bool = False
    """True where a row points to somebody, who may then be known by her name alone."""


@dataclass
class Match:
    """Who is meant: one person; or nobody; or, with a reason, it is unclear between some."""

    person: UUID | None = None
    reason: str = ""
    could_be: list[UUID] = field(default_factory=list)


@dataclass
class _Known:
    name: str
    number: str
    units: set[UUID] = field(default_factory=set)


class Matcher:
    """Looks people up a chunk of clues at a time."""

    def __init__(self, scope: Scope, places: Places, key: str, apart_from: str = "") -> None:
        """`apart_from` is a beginning of sources: whoever came by them is not looked for."""
        self.scope, self.places, self.key, self.apart_from = scope, places, key, apart_from
        self.known: dict[UUID, _Known] = {}
        self.nobody_there = False
        self.look_around()

    def look_around(self) -> None:
        """Asks whether there is anybody at all, so that a first list is not compared with nobody."""
        there = people_within(self.scope)
        if self.apart_from:
            there = Person.objects.filter(Q(source__lt=self.apart_from) | Q(source__gt=self.apart_from[:-1] + ";"))
        self.nobody_there = not there.exists()

    def look_up(self, clues: Sequence[Clue]) -> list[Match]:
        """One match for each clue, in their order; a fixed number of queries."""
        self.known = {}
        found = {} if self.nobody_there else self._candidates(clues)
        if not found and self.key == "best":
            matches = [Match(reason="no_such_id") if clue.own else Match() for clue in clues]
        else:
            matches = [self._one(clue, found) for clue in clues]
        self._suggest([(clue, match) for clue, match in zip(clues, matches, strict=True) if clue.is_reference])
        return matches

    def _candidates(self, clues: Sequence[Clue]) -> dict[tuple[str, str], list[UUID]]:
        """Who goes with each value of each kind; everybody among them is inside the scope."""
        inside = people_within(self.scope).order_by()
        if self.apart_from:
            inside = inside.exclude(source__startswith=self.apart_from)
        found: dict[tuple[str, str], list[UUID]] = defaultdict(list)
        owns = {clue.own for clue in clues if clue.own}
        numbers = {clue.number for clue in clues if clue.number}
        prints = fingerprints(clues)
        wanted = {order for clue in clues if clue.name and self._by_name(clue) for order in orders(clue.name)}
        columns = ("id", "name", "outside_number", "sort_name")
        rows: list[tuple[UUID, str, str, str]] = []
        if owns:
            rows += inside.filter(pk__in=owns).values_list(*columns)
            found.update({("own", str(row[0])): [row[0]] for row in rows})
        for values, column in ((numbers, "outside_number"), (wanted, "sort_name")):
            for some in _some(values):
                got = list(inside.filter(**{f"{column}__in": some}).values_list(*columns))
                rows += got
                for row in got:
                    value = row[2] if column == "outside_number" else one_order(row[1])
                    found["number" if column == "outside_number" else "name", value].append(row[0])
        holders: dict[str, list[UUID]] = defaultdict(list)
        for some in _some(prints):
            for mark, person in ContactPoint.objects.filter(fingerprint__in=some).values_list("fingerprint", "person"):
                holders[mark].append(person)
        people = {person for those in holders.values() for person in those}
        for some in _some(people):
            rows += inside.filter(pk__in=some).values_list(*columns)
        self.known = {row[0]: _Known(row[1], row[2]) for row in rows}
        for mark, those in holders.items():
            found["contact", mark] = [person for person in those if person in self.known]
        for some in _some(self.known.keys()):
            placed = Placement.objects.filter(person__in=some, until=None).values_list("person", "unit")
            for person, unit in placed:
                self.known[person].units.add(unit)
        return found

    def _by_name(self, clue: Clue) -> bool:
        return clue.is_reference or self.key in ("best", "name_unit")

    def _one(self, clue: Clue, found: dict[tuple[str, str], list[UUID]]) -> Match:
        if clue.own:
            sure = found.get(("own", str(clue.own)), [])
            return Match(sure[0]) if sure else Match(reason="no_such_id")
        if self.key == "own_id" and not clue.is_reference:
            return Match(reason="no_key")
        by_number = found.get(("number", clue.number), []) if clue.number else []
        if self.key == "outside_number" and not clue.is_reference:
            return _only(by_number) if clue.number else Match(reason="no_key")
        by_email, by_phone = self._by_contacts(clue, found) if found else ([], [])
        if self.key in ("email", "phone") and not clue.is_reference:
            values, people = (clue.emails, by_email) if self.key == "email" else (clue.phones, by_phone)
            return self._by_contact(clue, people) if values else Match(reason="no_key")
        if self.key == "name_unit" and not clue.is_reference:
            return self._with_name(clue, found) if clue.name else Match(reason="no_key")
        return self._best(clue, by_number, by_email, by_phone, found)

    def _by_contacts(self, clue: Clue, found: dict[tuple[str, str], list[UUID]]) -> tuple[list[UUID], list[UUID]]:
        ring = keyring()
        by_email = _joined(found.get(("contact", ring.blind(value, "email")), []) for value in clue.emails)
        return by_email, _joined(found.get(("contact", ring.blind(value, "phone")), []) for value in clue.phones)

    def _best(
        self,
        clue: Clue,
        by_number: list[UUID],
        by_email: list[UUID],
        by_phone: list[UUID],
        found: dict[tuple[str, str], list[UUID]],
    ) -> Match:
        if by_number:
            return _only(by_number)
        close = [[person for person in group if self._agrees(clue, person)] for group in (by_email, by_phone)]
        groups = [group for group in close if group]
        if groups:
            shared = [person for person in groups[0] if all(person in group for group in groups)]
            if len(shared) == 1:
                return Match(shared[0])
            return Match(
                reason="two_keys" if len(groups) > 1 and not shared else "two", could_be=_joined(groups)[:MOST_MEANT]
            )
        if clue.is_reference and not clue.name and (by_email or by_phone):
            return _only(by_email or by_phone)
        return self._with_name(clue, found) if clue.name else Match()

    def _by_contact(self, clue: Clue, people: list[UUID]) -> Match:
        """By e-mail or phone alone: somebody else's name there is for a human to judge."""
        agreeing = [person for person in people if self._agrees(clue, person)]
        if people and not agreeing:
            return Match(reason="other_name", could_be=people[:MOST_MEANT])
        return _only(agreeing)

    def _agrees(self, clue: Clue, person: UUID) -> bool:
        return not clue.name or agree(clue.name, self.known[person].name)

    def _with_name(self, clue: Clue, found: dict[tuple[str, str], list[UUID]]) -> Match:
        there = dict.fromkeys(found.get(("name", one_order(clue.name)), []))
        people = [person for person in there if self._agrees(clue, person)]
        if clue.unit:
            at_hand = [person for person in people if self._stands_in(person, clue.unit)]
            if clue.is_reference:
                people = at_hand or people
            else:
                people = at_hand or [person for person in people if not self.known[person].units]
        elif clue.unit_key and not clue.is_reference:  # a unit that is not there yet: nobody stands in it
            people = [person for person in people if not self.known[person].units]
        if clue.number and not clue.is_reference:
            others = [person for person in people if self.known[person].number not in ("", clue.number)]
            if others and len(others) == len(people):
                return Match(reason="other_number", could_be=others[:MOST_MEANT])
        return _only(people)

    def _stands_in(self, person: UUID, unit: UUID) -> bool:
        return any(self.places.same_place(unit, other) for other in self.known[person].units)

    def _suggest(self, pairs: list[tuple[Clue, Match]]) -> None:
        """For names that nobody has exactly: people who have every word of them."""
        open_ones = [
            (words_in(clue.name), match)
            for clue, match in pairs
            if clue.name and not match.person and not match.could_be
        ]
        words = {word for some, _ in open_ones for word in some}
        having: dict[str, set[UUID]] = defaultdict(set)
        for some in _some(words, 200):
            if self.nobody_there:
                break
            keys = SearchKey.objects.filter(word__word__in=some, person__in=people_within(self.scope).order_by())
            for word, person in keys.values_list("word__word", "person")[:20000]:
                having[word].add(person)
        for some_words, match in open_ones:
            shared = set.intersection(*(having[word] for word in some_words)) if some_words else set()
            match.reason = "alike" if shared else "not_found"
            match.could_be = sorted(shared)[:MOST_MEANT]


def fingerprints(clues: Iterable[Clue]) -> set[str]:
    """The keyed fingerprints of every e-mail and phone of some clues."""
    ring = keyring()
    emails = {value for clue in clues for value in clue.emails}
    phones = {value for clue in clues for value in clue.phones}
    return {ring.blind(value, "email") for value in emails} | {ring.blind(value, "phone") for value in phones}


def _only(people: Iterable[UUID]) -> Match:
    different = list(dict.fromkeys(people))
    if len(different) == 1:
        return Match(different[0])
    return Match(reason="two", could_be=different[:MOST_MEANT]) if different else Match()


def _joined(groups: Iterable[Iterable[UUID]]) -> list[UUID]:
    return list(dict.fromkeys(person for group in groups for person in group))


def _some(values: Iterable[Any], most: int = 5000) -> Iterable[list[Any]]:
    all_of_them = list(values)
    return [all_of_them[start : start + most] for start in range(0, len(all_of_them), most)]
