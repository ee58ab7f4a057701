"""How many took part in each unit, for several tests at once."""

from collections.abc import Hashable, Iterable
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q

from commonweal.common.remembered import while_it_holds
from commonweal.common.scope import Scope
from commonweal.people.models import Ask, BareYes
from commonweal.people.reads.evidence import standing
from commonweal.people.words import Outcome
from commonweal.structure_tests.models import RollEntry, StructureTest
from commonweal.structure_tests.reads.tests import ONCE
from commonweal.structure_tests.words import Standing, TestState

Shares = dict[UUID, tuple[int, int]]
"""By unit: how many took part, of how many who could."""


def shares_of(scope: Scope, tests: Iterable[StructureTest]) -> dict[UUID, Shares]:
    """Of each test the shares of the units inside the scope; three queries, and one where a test is open.

    What came of the closed ones is kept while nothing is entered about their acts.
    """
    tests = list(tests)
    closed = [test for test in tests if test.state == TestState.CLOSED]
    found: dict[UUID, Shares] = {test.pk: {} for test in tests}
    if closed:
        acts = [test.occasion_id for test in closed]
        state = [
            kind._default_manager.filter(occasion__in=acts).aggregate(latest=Max("entered_at"), number=Count("pk"))
            for kind in (Ask, BareYes)
        ]
        asked: Hashable = ("shares", tuple(test.pk for test in closed), scope)
        found |= while_it_holds(asked, repr(state), lambda: _counted(scope, closed))
    if rest := [test for test in tests if test.state == TestState.OPEN]:
        found |= _counted(scope, rest)
    return found


def _counted(scope: Scope, tests: list[StructureTest]) -> dict[UUID, Shares]:
    occasion = OuterRef("test__occasion")
    came = standing(Ask).filter(occasion=occasion, asked=OuterRef("person"), outcome=Outcome.DID)
    signed = standing(BareYes).filter(occasion=occasion, person=OuterRef("person"))
    roll = RollEntry.objects.filter(ONCE, test__in=tests, standing=Standing.ELIGIBLE).order_by()
    counted = roll.values_list("test", "unit").annotate(
        did=Count("pk", filter=Q(Exists(came)) | Q(Exists(signed))), eligible=Count("pk")
    )
    found: dict[UUID, Shares] = {test.pk: {} for test in tests}
    for test, unit, did, eligible in counted:
        if scope.covers_unit(unit):
            found[test][unit] = (did, eligible)
    return found
