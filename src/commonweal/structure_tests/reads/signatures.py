"""Questions about the lines of paper sheets: whom a name means, which lines wait for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import PersonName
from commonweal.people.reads.glances import Glance, glances
from commonweal.people.rules.names import folded
from commonweal.structure_tests.models import RollEntry, SignatureLine, StructureTest
from commonweal.structure_tests.reads.roll import covers_roll
from commonweal.structure_tests.reads.tests import ONCE
from commonweal.structure_tests.words import LineState

SHOWN = 200


@dataclass(frozen=True)
class Seen:
    """A line with the people of it at a glance; None where she is outside the scope, or nobody."""

    row: SignatureLine
    person: Glance | None
    carrier: Glance | None


def whom_names_mean(test: StructureTest, written: Iterable[str]) -> dict[str, UUID | None]:
    """For each name as it was written, the one person on the test's roll who is called exactly so, in either
    order of her names and accents apart; None where nobody is, or several. Two queries.
    """
    wanted = {text: frozenset(folded(text).split()) for text in written}
    called: dict[frozenset[str], set[UUID]] = {}
    roll = RollEntry.objects.filter(ONCE, test=test, person__forgotten_at=None)
    other = PersonName.objects.filter(person__in=roll.values("person"))
    for rows in (roll.values_list("person", "person__name"), other.values_list("person", "name")):
        for person, name in rows:
            called.setdefault(frozenset(folded(name).split()), set()).add(person)
    found: dict[str, UUID | None] = {}
    for text, key in wanted.items():
        people = called.get(key, set()) if len(key) > 1 else set()
        found[text] = next(iter(people)) if len(people) == 1 else None
    return found


def lines_seen(scope: Scope, test: StructureTest) -> Q:
    """Which lines somebody may read: those of people inside her scope, those she read herself, and all of them
    where her scope covers the whole roll."""
    if covers_roll(scope, test):
        return Q(test=test)
    mine = Q(read_by=scope.reader) if scope.reader else Q(pk=None)
    inside = Q(person__placements__unit__in=scope.units, person__placements__until=None)
    return Q(test=test) & (mine | inside | Q(person__in=scope.people))


def lines_of(scope: Scope, test: StructureTest, states: Iterable[str]) -> list[Seen]:
    """The lines in these states that she may read, the latest first; at most `SHOWN`."""
    keys = SignatureLine.objects.filter(lines_seen(scope, test), state__in=list(states)).values("pk")
    rows = list(SignatureLine.objects.filter(pk__in=keys).order_by("-read_at", "sheet", "line")[:SHOWN])
    ids = {one for row in rows for one in (row.person_id, row.carried_by_id) if one}
    seen = glances(scope, ids)
    return [Seen(row, seen.get(row.person_id), seen.get(row.carried_by_id)) for row in rows]  # type: ignore[arg-type]


def numbers_of(scope: Scope, test: StructureTest) -> dict[str, int]:
    """How many lines she may read stand in each state."""
    keys = SignatureLine.objects.filter(lines_seen(scope, test)).values("pk")
    counts = SignatureLine.objects.filter(pk__in=keys).values_list("state").annotate(number=Count("pk"))
    return dict.fromkeys(LineState.values, 0) | dict(counts)


def line_of(scope: Scope, test: StructureTest, line: UUID) -> SignatureLine:
    """One line. Raises NotYours when it is not there, or not for her."""
    found = SignatureLine.objects.filter(lines_seen(scope, test), pk=line).first()
    if found is None:
        raise NotYours
    return found
