"""A leader's own people of a test, and by name those whom she was given to ask. Nothing of anybody else."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.structure_tests.models import Mark, RollEntry, StructureTest
from commonweal.structure_tests.reads.tests import given, hers, shows_given
from commonweal.structure_tests.reads.verdicts import SEEN
from commonweal.structure_tests.rules.marks import Seen, verdict


@dataclass(frozen=True)
class Given:
    """Somebody whom she does not see otherwise and was asked to ask: her name, where she is to be found, and what the
    reader herself recorded of her. Not where she stands, not what others said or recorded."""

    entry: UUID
    person: UUID
    name: str
    place: str
    outcome: str
    asked_again: bool


def my_lines(leader: UUID | None, scope: Scope) -> Q:
    """The lines that are a leader's; before the opening also those who walk with her now. Raises NotYours."""
    if leader is None:
        raise NotYours
    return hers(leader, scope)


def my_lines_to_record(leader: UUID | None, scope: Scope) -> Q:
    """The lines of which she may record: her own, and whom she was given to ask, also when her phone sends late.
    Raises NotYours."""
    if leader is None:
        raise NotYours
    return hers(leader, scope) | given(leader, scope)


def given_lines(scope: Scope, test: StructureTest, leader: UUID | None) -> list[Given]:
    """Whom she was given to ask and does not see otherwise, in the order of paper, until the test closes; two queries."""
    if leader is None or scope.reader is None or not shows_given(test):
        return []
    rows = RollEntry.objects.filter(given(leader, scope), test=test).order_by("line")
    columns = ("pk", "person", "person__name", "unit__name", "shift__name")
    found = list(rows.values_list(*columns))
    own: dict[UUID, list[Seen]] = {}
    marks = Mark.objects.filter(entry__in=[row[0] for row in found], by=scope.reader)
    for entry, *seen in marks.order_by().values_list("entry", *SEEN):
        own.setdefault(entry, []).append(Seen(*seen))
    lines = []
    for entry, person, name, unit, shift in found:
        said = verdict(own.get(entry, ()))
        place = ", ".join(part for part in (unit, shift) if part)
        lines.append(Given(entry, person, name, place, said.outcome, said.asked_again))
    return lines
