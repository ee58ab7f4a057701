"""Which unit, shift, institution or act a file means, within a scope; and which are not there yet."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.exchange.rules.kinds import institution_kind, same_shift
from commonweal.exchange.rules.mapping import Reading
from commonweal.people.models import Institution, Occasion, Shift, Unit
from commonweal.people.rules import folded

WHAT = ("unit", "shift", "institution", "occasion")


@dataclass
class Missing:
    """Something a file names that is not there: how it is written there, in how many rows, what else
    the file says of it, and which there are of that name when it is more than one."""

    name: str
    count: int = 0
    said: dict[str, str] = field(default_factory=dict)
    could_be: list[str] = field(default_factory=list)


@dataclass
class Found:
    """What became of a name: an id; or it will be made ("new"); or it is to be left out ("left")."""

    id: UUID | None
    state: str


LEFT, NEW = Found(None, "left"), Found(None, "new")


@lru_cache(maxsize=4096)
def place_key(*names: str) -> str:
    """The folded name by which choices are kept."""
    return " > ".join(folded(name) or name.strip() for name in names)


class Places:
    """Answers for one batch. `choices` are what a person decided, `made` what was made already."""

    def __init__(self, scope: Scope, reading: Reading, choices: dict[str, Any], made: dict[str, Any]) -> None:
        self.scope, self.reading, self.choices = scope, reading, choices
        self.made: dict[str, dict[str, str]] = made.get("names", {})
        self.missing: dict[str, dict[str, Missing]] = {what: {} for what in WHAT}
        self._remembered: dict[tuple[str, str], Found] = {}
        self._read_units()
        self.shifts = list(Shift.objects.values_list("id", "name"))
        self.institutions = {
            folded(name): one for one, name in Institution.objects.order_by("-name").values_list("id", "name")
        }
        self.occasions = {folded(name): one for one, name in Occasion.objects.values_list("id", "name")}

    def _read_units(self) -> None:
        self.parents: dict[UUID, UUID | None] = {}
        self.names: dict[UUID, str] = {}
        self.by_name: dict[str, list[UUID]] = defaultdict(list)
        for unit, name, parent, code in Unit.objects.order_by().values_list("id", "name", "parent", "code"):
            self.parents[unit], self.names[unit] = parent, folded(name)
            if self.scope.covers_unit(unit):
                self.by_name[folded(name)].append(unit)
                if code and folded(code) != folded(name):
                    self.by_name[folded(code)].append(unit)

    def line_above(self, unit: UUID) -> list[UUID]:
        """The unit and everything above it, nearest first; a cycle in stored rows ends the climb."""
        line: list[UUID] = []
        here: UUID | None = unit
        while here is not None and here not in line:
            line.append(here)
            here = self.parents.get(here)
        return line

    def same_place(self, first: UUID, second: UUID) -> bool:
        """True when one unit is the other or lies above it."""
        return first in self.line_above(second) or second in self.line_above(first)

    def unit(self, path: list[str]) -> Found:
        """The unit that a path of names means."""
        if not path:
            return Found(UUID(self.reading.default_unit), "known") if self.reading.default_unit else LEFT
        return self._answer("unit", place_key(*path), " > ".join(path), lambda: self.units_of(path))

    def units_of(self, path: list[str]) -> list[UUID]:
        """The units inside the scope that a path of names may mean."""
        plain = [folded(part) for part in path]
        found = list(dict.fromkeys(self.by_name.get(plain[-1], ())))
        if len(path) > 1:
            found = [unit for unit in found if self._stands_under(unit, plain[:-1])]
        return found

    def _stands_under(self, unit: UUID, above: list[str]) -> bool:
        names = {self.names.get(one, "") for one in self.line_above(unit)[1:]}
        return set(above) <= names

    def shift(self, name: str) -> Found:
        """The shift a word means: its name, its beginning, or the same part of the day."""
        if not name:
            return LEFT

        def looked_up() -> list[UUID]:
            place = same_shift(name, [other for _, other in self.shifts])
            return [] if place is None else [self.shifts[place][0]]

        return self._answer("shift", place_key(name), name, looked_up)

    def institution(self, name: str, kind: str = "", place: str = "") -> Found:
        """The institution of that name."""
        there = self.institutions.get(folded(name))
        said = {"kind": institution_kind(kind, name), "place": place}
        return self._answer("institution", place_key(name), name, lambda: [there] if there else [], said)

    def occasion(self, name: str, on: str = "", kind: str = "") -> Found:
        """The act of that name."""
        there = self.occasions.get(folded(name))
        return self._answer(
            "occasion", place_key(name), name, lambda: [there] if there else [], {"on": on, "kind": kind}
        )

    def _answer(self, what: str, key: str, name: str, look: Any, said: dict[str, str] | None = None) -> Found:
        known = self._remembered.get((what, key))
        if known is None:
            known = self._remembered[what, key] = self._decided(what, key, name, look)
        noted = self.missing[what].get(key)
        if noted is not None:
            noted.count += 1
            for code, value in (said or {}).items():
                if value and not noted.said.get(code):
                    noted.said[code] = value
        return known

    def _decided(self, what: str, key: str, name: str, look: Any) -> Found:
        if made := self.made.get(what, {}).get(key):
            return Found(UUID(made), "known")
        choice = self.choices.get(what, {}).get(key, {})
        found = look()
        if not choice and len(found) == 1:
            return Found(found[0], "known")
        self.missing[what][key] = Missing(name[:200], could_be=[str(one) for one in found])
        if choice.get("do") == "use" and self._may_use(what, UUID(choice["id"])):
            return Found(UUID(choice["id"]), "known")
        return LEFT if choice.get("do") == "leave" else NEW

    def _may_use(self, what: str, chosen: UUID) -> bool:
        return what != "unit" or self.scope.covers_unit(chosen)
