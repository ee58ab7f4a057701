"""A test is held as it stands now, and what its state does not allow is refused with the same facts everywhere."""

from uuid import UUID

from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.rules.states import CLOSED, OPEN, PLANNED, may
from commonweal.structure_tests.writes.refusals import NotNow


def locked(test: UUID) -> StructureTest:
    """The test as it stands now, held until the end of the transaction."""
    return StructureTest.objects.select_for_update(of=("self",)).select_related("occasion").get(pk=test)


def locked_for(act: str, test: UUID) -> StructureTest:
    """The same. Raises NotNow where its state does not allow an act."""
    row = locked(test)
    if not may(act, row.state):
        raise not_now(act, row)
    return row


def not_now(act: str, test: StructureTest) -> NotNow:
    """The refusal of an act, with when and by whom the test came into the state in which it is."""
    came = {
        PLANNED: (None, None),
        OPEN: (test.opened_at, test.opened_by),
        CLOSED: (test.closed_at, test.closed_by),
    }
    return NotNow(act, test.state, *came[test.state])
