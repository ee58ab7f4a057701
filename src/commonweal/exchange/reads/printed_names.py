"""How each person's name is printed; who cannot be printed by name stands as a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.exchange.paper.letters import printable, short_name
from commonweal.leaders.rules.wall_chart import Square
from commonweal.people.models import Person, PersonName


@dataclass(frozen=True)
class Named:
    """Names for the chart (short) and for the sheet (in full); `numbered` are (number, name) of those whose
    letters we cannot draw, in the order of their numbers."""

    short: Mapping[UUID, str]
    full: Mapping[UUID, str]
    numbered: Sequence[tuple[str, str]]


def named(squares: Sequence[Square]) -> Named:
    """Names of people who are already known to be inside the reader's scope. Two queries."""
    people = [square.person for square in squares]
    parts: dict[UUID, tuple[str, str]] = {}
    for start in range(0, len(people), 5000):
        found = Person.objects.filter(pk__in=people[start : start + 5000])
        parts.update((row[0], (row[1], row[2])) for row in found.values_list("id", "given_name", "family_name"))
    strange = [square for square in squares if printable(square.name) is None]
    others: dict[UUID, str] = {}
    rows = PersonName.objects.filter(person__in=[square.person for square in strange]).order_by("name")
    for person, name in rows.values_list("person_id", "name"):
        if (spelled := printable(name)) is not None:
            others.setdefault(person, spelled)
    short: dict[UUID, str] = {}
    full: dict[UUID, str] = {}
    numbered: list[tuple[str, str]] = []
    for square in squares:
        drawn = printable(square.name)
        name = drawn or others.get(square.person) or ""
        if not name:
            name = f"No. {len(numbered) + 1}"
            numbered.append((name, square.name))
        given, family = parts.get(square.person, ("", ""))
        drawn_given, drawn_family = printable(given) or "", printable(family) or ""
        full[square.person] = name
        short[square.person] = short_name(drawn_given, drawn_family, name) if drawn else name
    return Named(short, full, numbered)
