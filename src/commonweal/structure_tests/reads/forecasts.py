"""What was forecast of a test, and how forecasts of earlier tests came out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.common.models import Work
from commonweal.common.scope import Scope
from commonweal.common.work import latest
from commonweal.people.models import Unit
from commonweal.structure_tests.models import Forecast, StructureTest
from commonweal.structure_tests.words import FORECASTING, Scenario

FEWEST = 5
"""Of a smaller unit the forecast would be one of the persons in it."""
ORDER = [Scenario.AS_LAST, Scenario.HARDER, Scenario.MUCH_HARDER]


@dataclass(frozen=True)
class UnitForecast:
    """What is said of one unit: shares, and the chance that it reaches its own threshold."""

    name: str
    size: int
    median: float
    low: float
    high: float
    reaches: float | None


def forecasts_of(test: StructureTest) -> list[Forecast]:
    """The forecasts that hold of a test, the usual step first; sealed chances stay sealed."""
    rows = Forecast.objects.filter(test=test, current=True).defer("chances")
    return sorted(rows, key=lambda row: ORDER.index(Scenario(row.scenario)))


def forecast_at_work(test: UUID) -> Work | None:
    """The work that reckons it, while it waits or runs or when it failed last; None otherwise."""
    work = latest(FORECASTING, test)
    return work if work is not None and work.state != Work.State.DONE else None


def units_of_forecast(scope: Scope, forecast: Forecast) -> list[UnitForecast]:
    """The units of a forecast inside the scope, the least likely to reach theirs first, small ones left out; one query."""
    said: dict[str, dict[str, Any]] = forecast.facts.get("units", {})
    inside = {unit for unit, one in said.items() if one["size"] >= FEWEST and scope.covers_unit(UUID(unit))}
    names = {str(pk): name for pk, name in Unit.objects.filter(pk__in=inside).values_list("pk", "name")}
    rows = [
        UnitForecast(names[unit], one["size"], one["median"], one["low"], one["high"], one["reaches"])
        for unit, one in said.items()
        if unit in names
    ]
    return sorted(rows, key=lambda row: (1.0 if row.reaches is None else row.reaches, row.median, row.name))


def past_forecasts(test: StructureTest) -> list[Forecast]:
    """The forecasts of the usual step of the tests of a campaign that were scored before this one, the latest first."""
    rows = Forecast.objects.filter(
        test__occasion__campaign=test.occasion.campaign_id,
        test__occasion__on__lt=test.occasion.on,
        current=True,
        scenario=Scenario.AS_LAST,
        score__isnull=False,
    )
    return list(rows.select_related("test__occasion").defer("chances").order_by("-test__occasion__on"))
