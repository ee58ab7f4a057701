"""The index of nouns, for Django alone: every room's models."""

from commonweal.accounts.models import *  # noqa: F403
from commonweal.common.models import *  # noqa: F403
from commonweal.exchange.models import *  # noqa: F403
from commonweal.leaders.models import *  # noqa: F403
from commonweal.ledger.models import *  # noqa: F403
from commonweal.listening.models import *  # noqa: F403
from commonweal.people.models import *  # noqa: F403
from commonweal.structure_tests.models import *  # noqa: F403
