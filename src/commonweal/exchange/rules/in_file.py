"""Who came earlier in the same file? A second row of one person is hers, not another's."""

from dataclasses import dataclass, field
from uuid import UUID

from commonweal.exchange.rules.naming import agree, one_order
from commonweal.exchange.rules.records import Record
from commonweal.people.rules import folded

MOST_MEANT = 8


@dataclass(slots=True)
class _Seen:
    person: UUID
    name: str
    number: str
    job: str
    contacts: tuple[int, ...]


@dataclass
class Met:
    """The earlier person that a row means; or, with a reason, who it might be."""

    person: UUID | None = None
    reason: str = ""
    could_be: list[UUID] = field(default_factory=list)


class SeenInFile:
    """Remembers the people of a file as its rows go by; some hundred bytes for each."""

    def __init__(self, key: str, with_words: bool = False) -> None:
        """`with_words`: rows also point to each other, and may do so by a part of a name."""
        self.key, self.with_words = key, with_words
        self.by_word: dict[int, list[int]] = {}
        self.people: list[_Seen] = []
        self.places: dict[int, int] = {}
        self.by_name: dict[int, list[int]] = {}

    def meet(self, record: Record, unit_key: str) -> Met:
        """Who of the earlier rows this row means."""
        number = record.get("number", "")
        if self.key in ("best", "outside_number") and number:
            if (place := self.places.get(hash(("number", number)))) is not None:
                return Met(self.people[place].person)
            if self.key == "outside_number":
                return Met()
        if self.key in ("best", "email", "phone"):
            for mark in _contacts(record, self.key):
                place = self.places.get(mark)
                if (
                    place is not None
                    and not self._contradicts(place, number)
                    and agree(record.get("name", ""), self.people[place].name)
                ):
                    return Met(self.people[place].person)
        if self.key in ("best", "name_unit") and record.get("name"):
            return self._by_name_and_unit(record, unit_key, number)
        return Met()

    def _by_name_and_unit(self, record: Record, unit_key: str, number: str) -> Met:
        place = self.places.get(hash(("name", one_order(record["name"]), unit_key)))
        if place is None:
            return Met()
        seen = self.people[place]
        contacts = _contacts(record, "best")
        if self._contradicts(place, number) or not agree(record["name"], seen.name):
            return Met()
        if contacts and seen.contacts and not set(contacts) & set(seen.contacts):
            return Met(reason="twice", could_be=[seen.person])
        job = folded(record.get("job", ""))
        if job and seen.job and job != seen.job and not set(contacts) & set(seen.contacts):
            return Met(reason="twice", could_be=[seen.person])
        return Met(seen.person)

    def _contradicts(self, place: int, number: str) -> bool:
        return bool(number and self.people[place].number and number != self.people[place].number)

    def remember(self, person: UUID, record: Record, unit_key: str) -> None:
        """Notes who a row was, for the rows to come."""
        place = len(self.people)
        contacts = tuple(_contacts(record, "best"))
        name, number = record.get("name", ""), record.get("number", "")
        self.people.append(_Seen(person, name, number, folded(record.get("job", "")), contacts))
        if number:
            self.places.setdefault(hash(("number", number)), place)
        for mark in contacts:
            self.places.setdefault(mark, place)
        if name:
            order = one_order(name)
            self.places.setdefault(hash(("name", order, unit_key)), place)
            self.by_name.setdefault(hash(order), []).append(place)
            for word in set(order.split()) if self.with_words else ():
                self.by_word.setdefault(hash(word), []).append(place)

    def referred(self, reference: Record) -> Met:
        """Whom of this file a reference (a name, number, e-mail or phone) points to."""
        for kind, code in (("number", "number"), ("email", "e"), ("phone", "p")):
            if (value := reference.get(kind)) and (place := self.places.get(hash((code, value)))) is not None:
                return Met(self.people[place].person)
        if not reference.get("name"):
            return Met()
        found = [self.people[place] for place in self.by_name.get(hash(one_order(reference["name"])), ())]
        people = list(dict.fromkeys(seen.person for seen in found if agree(reference["name"], seen.name)))
        if len(people) == 1:
            return Met(people[0])
        if people or not self.with_words:
            return Met(reason="two", could_be=people[:MOST_MEANT]) if people else Met()
        return self._by_a_part(reference["name"])

    def _by_a_part(self, name: str) -> Met:
        """Those whose names have every word of this one, as "Delia" for "Delia Quispe"."""
        groups = [self.by_word.get(hash(word), ()) for word in folded(name).split()]
        if not groups or not all(groups):
            return Met()
        places = set(min(groups, key=len)).intersection(*map(set, groups))
        people = list(dict.fromkeys(self.people[place].person for place in sorted(places)))
        return Met(reason="alike", could_be=people[:MOST_MEANT])


def _contacts(record: Record, key: str) -> list[int]:
    emails = record.get("emails", ()) if key != "phone" else ()
    phones = record.get("phones", ()) if key != "email" else ()
    return [hash(("e", value)) for value in emails] + [hash(("p", value)) for value in phones]
