"""From a test's holes to conversations: whom the result says to talk with is called for, with the reason.

What the structure tests found becomes what the listeners do next; what they hear becomes evidence in the hall.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.listening.writes.calls import call_for
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.holes import holes_of


def call_for_conversations(
    *, test: StructureTest, scope: Scope, chosen: Collection[UUID], account: UUID, by: UUID, at: datetime
) -> int:
    """Calls for a conversation with those who were chosen and whom the result calls for; how many are new."""
    people = [
        (glance.id, hole.why.value)
        for hole in holes_of(scope, test)
        for glance in hole.people
        if glance.id in chosen
    ]  # fmt: skip
    return call_for(people=people, occasion=test.occasion_id, account=account, by=by, at=at)
