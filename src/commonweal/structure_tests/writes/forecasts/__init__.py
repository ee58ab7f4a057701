"""Forecasting a test before it opens, and scoring what was said once it has closed."""

from commonweal.structure_tests.writes.forecasts.computing import ask_to_forecast, compute
from commonweal.structure_tests.writes.forecasts.scoring import score_forecasts

__all__ = ["ask_to_forecast", "compute", "score_forecasts"]
