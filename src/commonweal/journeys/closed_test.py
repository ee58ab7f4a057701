"""A test is closed: its forecasts are scored, and who moves whom is reckoned anew.

The loop closes here. The structure tests keep what was delivered; the leaders' room reads it, and the board, the
shortest list and the chains that are proposed follow from it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.leaders.writes.reading import ask_to_read
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.writes.forecasts import score_forecasts
from commonweal.structure_tests.writes.tests import close_test


@transaction.atomic
def close(*, test: StructureTest, by: UUID, at: datetime) -> None:
    """Closes a test. Raises what closing raises: that it is closed already, or never opened."""
    close_test(test=test, by=by, at=at)
    score_forecasts(test=test, by=by, at=at)
    if test.occasion.campaign_id is not None:
        ask_to_read(test.occasion.campaign_id, by=by, at=at)
