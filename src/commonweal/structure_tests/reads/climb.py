"""A campaign's tests over time: the steps of its ladder, what was reached, what comes next."""

from dataclasses import dataclass

from commonweal.common.scope import Scope
from commonweal.structure_tests.models import BallotCount, Forecast, Rung, StructureTest
from commonweal.structure_tests.reads.shares import Shares, shares_of
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
        return self.share is not None and self.share >= float(self.test.threshold) and self.units_reached == self.units


@dataclass(frozen=True)
class Climb:
    """A campaign's tests in the order in which they are held, and the steps of its ladder that have none yet."""

    place: Place
    tests: list[Climbed]
    later: list[Rung]


def climb_of(scope: Scope, place: Place) -> Climb:
    """The climb of a campaign as far as a scope reaches; a bounded number of queries."""
    rungs = rungs_of(place.campaign)
    tests = StructureTest.objects.filter(occasion__campaign=place.campaign).select_related("occasion__campaign", "rung")
    ordered = list(tests.order_by("occasion__on", "opened_at", "pk"))
    forecasts = {
        row.test_id: row
        for row in Forecast.objects.filter(test__in=ordered, current=True, scenario=Scenario.AS_LAST).defer("chances")
    }
    counts = {count.test_id: count for count in BallotCount.objects.filter(test__in=ordered, unit=None)}
    shares = shares_of(scope, [test for test in ordered if not names_nobody(test)])
    held = {test.rung_id for test in ordered}
    return Climb(
        place,
        [
            _climbed(test, shares.get(test.pk), counts.get(test.pk) if place.whole else None, forecasts.get(test.pk))
            for test in ordered
        ],
        [rung for rung in rungs if rung.pk not in held],
    )


def _climbed(test: StructureTest, shares: Shares | None, count: BallotCount | None, said: Forecast | None) -> Climbed:
    if test.state == TestState.PLANNED:
        return Climbed(test, forecast=said)
    if shares is None:
        return Climbed(test, count.cast, count.entitled) if count else Climbed(test)
    each = float(test.unit_threshold)
    counted = [(did, eligible) for did, eligible in shares.values() if eligible]
    return Climbed(
        test,
        sum(did for did, _ in counted),
        sum(eligible for _, eligible in counted),
        len(counted),
        sum(1 for did, eligible in counted if did / eligible >= each),
        said,
    )
