"""How far the roll of a large place is drawn."""

from commonweal.common.models import Work
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.words import DRAWING

BUSY = (Work.State.WAITING, Work.State.RUNNING)


def drawing_of(test: StructureTest) -> Work | None:
    """The work that draws the roll of a test, while it waits or runs; one query."""
    return Work.objects.filter(kind=DRAWING, subject=test.pk, state__in=BUSY).first()
