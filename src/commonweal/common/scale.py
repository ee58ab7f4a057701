"""What this place calls the steps of its assessment scale, and from which end it counts them.

The names are rows of the hall, above this room; every room words a stance, so they are asked for here, at most once
a second in a process.
"""

import time

from django.apps import apps

ASKED_EVERY = 1.0  # seconds
STEPS = ("1", "2", "3", "4", "5")

Scale = tuple[dict[tuple[str, str], str], bool]
_answer: tuple[float, Scale] = (float("-inf"), ({}, True))


def scale_of_place(*, fresh: bool = False) -> Scale:
    """The names by language and stance, and whether 1 is the strongest figure."""
    global _answer
    asked_at, scale = _answer
    if not fresh and time.monotonic() - asked_at < ASKED_EVERY:
        return scale
    names = apps.get_model("commonweal", "StanceName")._default_manager
    places = apps.get_model("commonweal", "Organization")._default_manager
    rows = names.values_list("language", "stance", "name")
    said = {(language, stance): name for language, stance, name in rows}
    forward = places.values_list("strongest_is_one", flat=True).first() is not False
    _answer = (time.monotonic(), (said, forward))
    return _answer[1]


def own_names(language: str) -> dict[str, str]:
    """What the organization calls each stance in a language, those alone that it named itself."""
    code = language.partition("-")[0]
    return {stance: name for (spoken, stance), name in scale_of_place()[0].items() if spoken == code}


def figure_of(stance: str) -> str:
    """The figure that stands for a stance on this place's sheets; "" for blank."""
    if stance not in STEPS:
        return ""
    return stance if scale_of_place()[1] else str(6 - int(stance))


def stances_in_order() -> tuple[str, ...]:
    """The stances as the place counts them, figure 1 first."""
    return STEPS if scale_of_place()[1] else STEPS[::-1]
