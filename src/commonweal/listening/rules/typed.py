"""What a draft holds: everything typed so far, as it was typed, and whom and what she mentioned."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from commonweal.listening.rules.drafts import MOST_LETTERS, Copy
from commonweal.listening.rules.heard import PlaceMentioned, SomebodyMentioned

MOST_MENTIONED = 40


@dataclass(frozen=True)
class Typed:
    """The fields of the page with all their values, in the words of whoever typed them, and the mentions.

    `last` is the copy that was taken last; `corrects` is the version of the kept conversation that this draft
    corrects, 0 for a new conversation; `counted` is the highest number that a mention ever had.
    """

    fields: dict[str, list[str]] = field(default_factory=dict)
    people: tuple[SomebodyMentioned, ...] = ()
    places: tuple[PlaceMentioned, ...] = ()
    last: Copy = Copy("", 0)
    corrects: int = 0
    counted: int = 0

    def first(self, name: str) -> str:
        """The first value of a field, "" where nothing was typed."""
        return next(iter(self.fields.get(name, ())), "")

    def with_fields(self, fields: Iterable[tuple[str, list[str]]], last: Copy) -> "Typed":
        """What a page sent takes the place of what was there, without letters nobody types; of far too much only the
        beginning is kept."""
        left, kept = MOST_LETTERS, {}
        for name, values in fields:
            taken = []
            for value in values[:60]:
                plain = "".join(letter for letter in value if letter >= " " or letter in "\r\n\t")
                taken.append(plain[:left])
                left -= len(taken[-1])
            kept[name] = taken
        return replace(self, fields=kept, last=last)

    def mentioning(self, how: str, *, person: UUID | None, name: str, unit: UUID | None) -> "Typed":
        """With somebody mentioned; the same person in the same way counts once."""
        same = [one for one in self.people if one.how == how and one.person == person and one.name == name]
        if same or len(self.people) >= MOST_MENTIONED:
            return self
        one = SomebodyMentioned(self.counted + 1, how, person, name, unit)
        return replace(self, people=(*self.people, one), counted=one.number)

    def belonging(self, kind: str, name: str, role: str) -> "Typed":
        """With an institution mentioned, each in one role once."""
        same = [one for one in self.places if (one.kind, one.name, one.role) == (kind, name, role)]
        if same or len(self.places) >= MOST_MENTIONED:
            return self
        one = PlaceMentioned(self.counted + 1, kind, name, role)
        return replace(self, places=(*self.places, one), counted=one.number)

    def without(self, number: int) -> "Typed":
        """Without the mention of that number."""
        return replace(
            self,
            people=tuple(one for one in self.people if one.number != number),
            places=tuple(one for one in self.places if one.number != number),
        )

    def as_text(self) -> str:
        """What is sealed in the draft's row."""
        people = [[one.number, one.how, str(one.person or ""), one.name, str(one.unit or "")] for one in self.people]
        places = [[one.number, one.kind, one.name, one.role] for one in self.places]
        return json.dumps(
            {
                "fields": self.fields,
                "people": people,
                "places": places,
                "last": [self.last.page, self.last.sent],
                "corrects": self.corrects,
                "counted": self.counted,
            }
        )


def typed_from(text: str) -> Typed:
    """What was sealed, back again."""
    if not text:
        return Typed()
    held = json.loads(text)
    people = [
        SomebodyMentioned(number, how, _id(person), name, _id(unit))
        for number, how, person, name, unit in held["people"]
    ]
    return Typed(
        fields=held["fields"],
        people=tuple(people),
        places=tuple(PlaceMentioned(*one) for one in held["places"]),
        last=Copy(*held["last"]),
        corrects=held["corrects"],
        counted=held["counted"],
    )


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
