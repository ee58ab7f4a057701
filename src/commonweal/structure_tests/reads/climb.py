"""A campaign's tests over time: the steps of its ladder, what was reached, what comes next."""

from collections.abc import Hashable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from commonweal.common.remembered import while_it_holds
from commonweal.common.scope import Scope
from commonweal.people.models import Ask, BareYes
from commonweal.structure_tests.models import BallotCount, Forecast, Rung, StructureTest
from commonweal.structure_tests.reads.results import shares_by_unit
from commonweal.structure_tests.reads.tests import Place, names_nobody, rungs_of
from commonweal.structure_tests.words import Scenario, TestState


@dataclass(frozen=True)
class Climbed:
    """One test of the climb: how many took part of those who could, in the units one sees; None where nothing is known
    yet. `units` of them reached their threshold. `forecast`: what is said of one that has not opened."""

    test: StructureTest
    did: int | None = None
    eligible: int = 0
    units: int = 0
    units_reached: int = 0
    forecast: Forecast | None = None

    @property
    def share(self) -> float | None:
        """The share that took part."""
        return self.did / self.eligible if self.did is not None and self.eligible else None

    @property
    def reached(self) -> bool:
        """Both thresholds were reached."""
        return self.share is not None and self.share >= self.test.threshold and self.units_reached == self.units


@dataclass(frozen=True)
class Climb:
    """A campaign's tests in the order in which they are held, and the steps of its ladder that have none yet."""

    place: Place
    tests: list[Climbed]
    later: list[Rung]


def climb_of(scope: Scope, place: Place) -> Climb:
    """The climb of a campaign as far as a scope reaches; two queries, and four for each test."""
    rungs = rungs_of(place.campaign)
    tests = StructureTest.objects.filter(occasion__campaign=place.campaign).select_related("occasion__campaign", "rung")
    ordered = list(tests.order_by("occasion__on", "opened_at", "pk"))
    forecasts = {
        row.test_id: row
        for row in Forecast.objects.filter(test__in=ordered, current=True, scenario=Scenario.AS_LAST).defer("chances")
    }
    held = {test.rung_id for test in ordered}
    return Climb(
        place,
        [_climbed(scope, place, test, forecasts.get(test.pk)) for test in ordered],
        [rung for rung in rungs if rung.pk not in held],
    )


def _climbed(scope: Scope, place: Place, test: StructureTest, forecast: Forecast | None) -> Climbed:
    if test.state == TestState.PLANNED:
        return Climbed(test, forecast=forecast)
    if names_nobody(test):
        count = BallotCount.objects.filter(test=test, unit=None).first() if place.whole else None
        return Climbed(test, count.cast, count.entitled) if count else Climbed(test)
    shares = remembered_shares(scope, test).values()
    each = float(test.unit_threshold)
    return Climbed(
        test,
        sum(did for did, _ in shares),
        sum(eligible for _, eligible in shares),
        len(shares),
        sum(1 for did, eligible in shares if eligible and did / eligible >= each),
    )


def remembered_shares(scope: Scope, test: StructureTest) -> dict[UUID, tuple[int, int]]:
    """Of each unit inside the scope how many took part, of how many who could; kept while nothing is entered about the
    test's act."""
    asked: Hashable = ("shares", test.pk, test.state, scope)
    state = [
        kind._default_manager.filter(occasion=test.occasion_id).aggregate(latest=Max("entered_at"))["latest"]
        for kind in (Ask, BareYes)
    ]
    return while_it_holds(asked, repr(state), lambda: shares_by_unit(test, scope))
