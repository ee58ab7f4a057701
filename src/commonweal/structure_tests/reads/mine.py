"""A leader's own people of a test. Nothing of anybody else."""

from uuid import UUID

from django.db.models import Q

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import ChainLink
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.tests import hers, inside_roll
from commonweal.structure_tests.rules.states import PLANNED


def my_lines(test: StructureTest, leader: UUID | None, scope: Scope) -> Q:
    """The lines that are a leader's; before the opening those who walk with her now. Raises NotYours."""
    if leader is None:
        raise NotYours
    mine = hers(leader, scope)
    if test.state != PLANNED:
        return mine
    links = ChainLink.objects.filter(campaign=test.occasion.campaign_id, leader=leader, until=None)
    return mine | (inside_roll(scope) & Q(person__in=links.values("follower")))
