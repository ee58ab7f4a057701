"""Which tests and campaigns somebody works on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.people.models import Campaign, ChainLink, Occasion, Person, Unit
from commonweal.people.reads.units import with_subtrees
from commonweal.structure_tests.models import RollEntry, Rung, StructureTest
from commonweal.structure_tests.rules.ballots import may_name
from commonweal.structure_tests.rules.states import CLOSED, PLANNED
from commonweal.structure_tests.words import Standing

ONCE = ~Q(person__in=Person.objects.filter(merged_into__isnull=False).order_by().values("pk"))
"""The lines of a roll that count: of two records of one person, both on the roll, that one which was kept. Those that
were taken in are few and gathered once, which is much faster than looking at everybody of a long roll."""


@dataclass(frozen=True)
class Place:
    """A campaign with its units in the order of the tree; `inside` are those that the scope reaches."""

    campaign: Campaign
    units: frozenset[UUID]
    inside: frozenset[UUID]

    @property
    def whole(self) -> bool:
        """True when no unit is missing."""
        return self.units == self.inside


def place_of(scope: Scope, campaign: UUID | None) -> Place:
    """One campaign, or the newest open one that the scope reaches. Raises NotYours when there is none."""
    found = Campaign.objects.order_by("-state", "-begun_on", "name").prefetch_related("units")
    for one in found if campaign is None else found.filter(pk=campaign):
        units = units_of(one)
        inside = units if scope.everything else units & scope.units
        if inside or scope.everything:
            return Place(one, units, inside)
    raise NotYours


def units_of(campaign: Campaign | None) -> frozenset[UUID]:
    """The units of a campaign with all below them; all units where an act belongs to no campaign."""
    if campaign is None:
        return frozenset(Unit.objects.values_list("pk", flat=True))
    return with_subtrees(unit.pk for unit in campaign.units.all())


def test_of(scope: Scope, test: UUID) -> StructureTest:
    """One test. Raises NotYours when it is not there, or nothing of its campaign lies inside the scope."""
    found = StructureTest.objects.filter(pk=test).select_related("occasion__campaign", "rung").first()
    if found is None:
        raise NotYours
    if not scope.everything and not _reaches(scope, found.occasion.campaign):
        raise NotYours
    return found


def _reaches(scope: Scope, campaign: Campaign | None) -> bool:
    """Whether anything of a campaign lies inside a scope; the tree of units is asked for only where none of its own
    units does."""
    if campaign is not None and any(unit.pk in scope.units for unit in campaign.units.all()):
        return True
    return bool(units_of(campaign) & scope.units)


def sees_all_of(scope: Scope, test: StructureTest) -> bool:
    """True when a scope reaches every unit whose people a test is about: figures of all together are for her."""
    return scope.everything or units_of(test.occasion.campaign) <= scope.units


def test_for_leader(leader: UUID | None, scope: Scope, test: UUID) -> StructureTest:
    """A test in which a leader has somebody of her own to ask. Raises NotYours."""
    found = _test_with_lines(leader, scope, test, hers)
    if found is None:
        raise NotYours
    return found


def test_for_asker(leader: UUID | None, scope: Scope, test: UUID) -> StructureTest:
    """A test in which somebody has people to ask, her own or given to her for it. Raises NotYours."""
    found = _test_with_lines(leader, scope, test, hers) or _test_with_lines(leader, scope, test, given)
    if found is None:
        raise NotYours
    return found


def _test_with_lines(
    leader: UUID | None, scope: Scope, test: UUID, which: Callable[[UUID, Scope], Q]
) -> StructureTest | None:
    found = StructureTest.objects.filter(pk=test).select_related("occasion__campaign", "rung").first()
    if found is None or leader is None or not RollEntry.objects.filter(which(leader, scope), test=found).exists():
        return None
    return found


def inside_roll(scope: Scope) -> Q:
    """The lines of a roll that lie inside a scope."""
    if scope.everything:
        return Q()
    return Q(unit__in=scope.units) | Q(person__in=scope.people)


def hers(leader: UUID, scope: Scope) -> Q:
    """The lines of a roll that are a leader's: of people she still sees, who walked with her at the opening, who walk
    with her now where it has not opened, or whom she was given to ask."""
    links = ChainLink.objects.filter(
        campaign=OuterRef("test__occasion__campaign"), follower=OuterRef("person"), leader=leader, until=None
    )
    walks_now = Q(test__state=PLANNED) & Q(Exists(links))
    return inside_roll(scope) & ~Q(person=leader) & (Q(leader=leader) | Q(asker=leader) | walks_now)


def given(leader: UUID, scope: Scope) -> Q:
    """The lines of a roll of people she does not see otherwise, whom somebody chose her to ask; also of a test that has
    closed. Whoever was hers by her chain alone and left it is not among them."""
    if scope.everything:
        return Q(pk__in=[])
    chosen = Q(asker=leader, standing=Standing.ELIGIBLE) & (Q(leader=None) | ~Q(leader=leader))
    listed = Q(person__merged_into=None, person__forgotten_at=None)
    return chosen & listed & ~inside_roll(scope)


def shows_given(test: StructureTest) -> bool:
    """Whether whom she was given to ask is for her to see: until the test closes."""
    return test.state != CLOSED


@dataclass(frozen=True)
class ToAsk:
    """A test that is open or coming, in which somebody has people to ask; `own`: some of them are hers."""

    test: StructureTest
    own: bool


def tests_to_ask(leader: UUID, scope: Scope) -> list[ToAsk]:
    """The open and coming tests in which somebody has people to ask, the next one first."""
    lines = RollEntry.objects.filter(test=OuterRef("pk"))
    own, others = Exists(lines.filter(hers(leader, scope))), Exists(lines.filter(given(leader, scope)))
    tests = StructureTest.objects.exclude(state=CLOSED).annotate(own=own).filter(Q(own=True) | Q(others))
    return [ToAsk(test, test.own) for test in tests.select_related("occasion").order_by("occasion__on")]


def rungs_of(campaign: Campaign) -> list[Rung]:
    """A campaign's ladder from the lowest step."""
    return list(Rung.objects.filter(campaign=campaign).order_by("position", "name"))


def free_occasions(campaign: Campaign) -> list[Occasion]:
    """The acts of a campaign, or of none, that no test measures yet; the latest first."""
    mine = Q(campaign=campaign) | Q(campaign=None)
    return list(Occasion.objects.filter(mine, structure_test=None).order_by("-on", "name")[:100])


def last_day(test: StructureTest) -> date:
    """The day on which the act is over."""
    on: date = test.occasion.on
    return max(test.ends_on or on, on)


def names_nobody(test: StructureTest) -> bool:
    """True for a ballot of which not even the turnout may be written down by name."""
    return not may_name(test.occasion.kind, test.turnout_named)
