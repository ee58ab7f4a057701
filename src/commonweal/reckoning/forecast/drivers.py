"""What makes the difference between the imagined runs."""

from __future__ import annotations

import numpy as np

from commonweal.reckoning.forecast.outlook import Counts, Drivers
from commonweal.reckoning.pull.records import Floats


def drivers_of(moved: dict[str, Floats], counts: Counts, difficulty: Floats, step: Floats) -> Drivers:
    """Share out the doubt about how many come: to the step, the days, the people, the leaders and own decisions.

    Each part is how far it goes along with the number that comes, over the spread of that number. What people
    and the past difficulty leave open is one part: the tests only show the two together.

    Shapes: `moved` as `Runs` says; `counts` a line per group; `difficulty` and `step` one entry per run.
    Units and ranges: shares 0..1 that sum to 1; approximate: log-odds are weighed by their mean slope.
    Errs: parts that lean against each other are cut at nothing, and the rest fills up.
    Cost: O(runs).
    Source: covariance decomposition of a sum; ours in what counts as one part.
    """
    weight = moved["step"]
    total = counts.sum(0).astype(float)
    parts = [
        -weight * step,
        moved["days"],
        moved["people"] - moved["days"] - moved["leaders"] - weight * (difficulty - step),
        moved["leaders"],
        total - moved["likely"],
    ]
    around = total - total.mean()
    along = np.maximum([float(np.mean((part - part.mean()) * around)) for part in parts], 0.0)
    share = along / along.sum() if along.sum() > 0 else np.zeros(len(parts))
    return Drivers(*share.tolist(), *np.quantile(step, (0.5, 0.1, 0.9)).tolist())
