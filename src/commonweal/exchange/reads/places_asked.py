"""What a file names and is not there, and what it may have meant."""

from dataclasses import dataclass, field
from uuid import UUID

from rapidfuzz import fuzz, process

from commonweal.accounts.models import Account
from commonweal.accounts.reads import scope_of
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.places import WHAT
from commonweal.people.models import Institution, Occasion, Shift, Unit
from commonweal.people.rules import folded

CLOSE = 72  # of a hundred: "ICU 4th floor" and "ICU 4" are, "Weaving" and "Welding" are not
MOST_CLOSE = 3
NAMED = {"shift": Shift, "institution": Institution, "occasion": Occasion}


@dataclass
class PlaceAsked:
    """A unit, shift, institution or act that is not there: how the file writes it and in how many rows, what
    else it says of it, what was decided, and what is there under a name much like it."""

    what: str
    key: str
    name: str
    count: int
    said: dict[str, str]
    choice: dict[str, str]
    close: list[tuple[UUID, str]] = field(default_factory=list)

    @property
    def needs_day(self) -> bool:
        """True for an act that would be made and whose day nobody has said."""
        made = self.choice.get("do", "create") == "create"
        return self.what == "occasion" and made and not (self.choice.get("on") or self.said.get("on"))


def places_asked(batch: ImportBatch) -> list[PlaceAsked]:
    """Everything that is not there, units first, the most frequent first; at most four queries."""
    found = []
    for what in WHAT:
        missing = batch.found.get("missing", {}).get(what, {})
        if not missing:
            continue
        there = places_there(batch, what)
        chosen = batch.choices.get(what, {})
        some = [
            PlaceAsked(what, key, one["name"], one["count"], one["said"], chosen.get(key, {}), _close(one, there))
            for key, one in missing.items()
        ]
        found += sorted(some, key=lambda one: (-one.count, one.key))
    return found


def places_there(batch: ImportBatch, what: str) -> list[tuple[UUID, str]]:
    """Everything of a kind that a name may be mapped to; units by their path, and only those inside the scope
    of whoever brought the file."""
    if what in NAMED:
        return list(NAMED[what]._default_manager.order_by("name").values_list("pk", "name"))
    scope = scope_of(Account.objects.filter(pk=batch.brought_by).first())
    units = {pk: (parent, name) for pk, parent, name in Unit.objects.values_list("pk", "parent", "name")}
    found = []
    for pk in units:
        if scope.covers_unit(pk):
            path: list[str] = []
            here: UUID | None = pk
            while here is not None and scope.covers_unit(here) and len(path) < 20:
                parent, name = units[here]
                path.insert(0, name)
                here = parent
            found.append((pk, " > ".join(path)))
    return sorted(found, key=lambda one: folded(one[1]))


def _close(one: dict[str, object], there: list[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    """What is there under a name much like this one, the likest first."""
    sure = {str(pk) for pk in one.get("could_be", ())}  # type: ignore[attr-defined]
    exact = [(pk, name) for pk, name in there if str(pk) in sure]
    name = folded(str(one["name"]).rpartition(" > ")[2])
    names = {pk: folded(path.rpartition(" > ")[2]) for pk, path in there}
    near = process.extract(name, names, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE, limit=MOST_CLOSE)
    paths = dict(there)
    return (exact + [(pk, paths[pk]) for _, _, pk in near if str(pk) not in sure])[: MOST_CLOSE + len(exact)]
