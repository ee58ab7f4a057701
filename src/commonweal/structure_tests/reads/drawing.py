"""How far the roll of a large place is drawn."""

from commonweal.common.models import Work
from commonweal.common.work import going_on
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.words import DRAWING


def drawing_of(test: StructureTest) -> Work | None:
    """The work that draws the roll of a test, while it waits or runs; one query."""
    return going_on(DRAWING, test.pk)
