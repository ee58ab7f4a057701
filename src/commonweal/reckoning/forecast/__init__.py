"""How the next, harder test may go.

What the tests so far show of people, units, leaders and difficulty is drawn many times over, each time with a
step up in difficulty, a day of its own for every unit and everybody's own decision. What comes back is a
spread of outcomes under several steps, never one number; and it is no decision.
"""

from commonweal.reckoning.forecast.kinds import NO_STEPS, StepsSeen, kind_of_step, step_between, usual_gap
from commonweal.reckoning.forecast.outlook import (
    Drivers,
    Forecast,
    Outlook,
    Overall,
    RungOutlook,
    StepTaken,
    Units,
    WhatIf,
    Withheld,
)
from commonweal.reckoning.forecast.plans import with_holes_asked, without_the_widest
from commonweal.reckoning.forecast.question import AVERAGE_ASKER, NextTest, Rung
from commonweal.reckoning.forecast.reading import forecast_next_test
from commonweal.reckoning.forecast.scores import (
    CalibrationBin,
    Held,
    Scores,
    calibration,
    intervals_held,
    scores_of,
    share_with_interval,
)
from commonweal.reckoning.forecast.step import SCENARIOS, Step

__all__ = [
    "AVERAGE_ASKER",
    "NO_STEPS",
    "SCENARIOS",
    "CalibrationBin",
    "Drivers",
    "Forecast",
    "Held",
    "NextTest",
    "Outlook",
    "Overall",
    "Rung",
    "RungOutlook",
    "Scores",
    "Step",
    "StepTaken",
    "StepsSeen",
    "Units",
    "WhatIf",
    "Withheld",
    "calibration",
    "forecast_next_test",
    "intervals_held",
    "kind_of_step",
    "scores_of",
    "share_with_interval",
    "step_between",
    "usual_gap",
    "with_holes_asked",
    "without_the_widest",
]
