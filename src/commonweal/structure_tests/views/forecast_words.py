"""A forecast in words: chances as so many in twenty, what drives it, why it is withheld, how earlier ones came out."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.structure_tests.models import Forecast
from commonweal.structure_tests.views.drawings import Runs, runs_of
from commonweal.structure_tests.views.shares import length, listed, of_all, percent, range_of

TWENTY = 20

MUCH_UNSEEN = 0.1
"""From this share of outcomes that were not written down, the page says so."""


def chance_of(overall: dict[str, Any]) -> float:
    """The chance of both thresholds; of the one for all where units have none."""
    return float(overall["reaches"] if overall.get("both") is None else overall["both"])


def in_twenty(overall: dict[str, Any]) -> str:
    """A chance as so many of twenty imagined runs; one that is neither none nor all is never rounded to that."""
    chance = chance_of(overall)
    number = round(TWENTY * chance)
    if not number and chance > 0:
        return _("less than 1 in 20")
    if number == TWENTY and chance < 1:
        return _("more than 19 in 20")
    return _("%(number)s in 20") % {"number": number}


def dots_of(row: Forecast) -> Runs:
    """Twenty imagined runs against the threshold for all."""
    return runs_of(row.facts["overall"]["runs"], float(row.test.threshold))


def why_withheld(facts: dict[str, Any]) -> str:
    """Why nothing is forecast; empty where something is."""
    why = facts.get("withheld", "")
    if not why:
        return ""
    if why in ("no_roll", "nobody_eligible"):
        return _("Nobody on the roll can take part yet. Draw up the roll first.")
    if why == "hardly_a_no":
        return _(
            "Hardly a no was written down so far. Where only those who came are recorded, any forecast would flatter: "
            "write down who was asked and did not come."
        )
    return _(
        "Too few tests have been held. After two with their outcomes written down it can be said how much harder a "
        "test was than the one before; until then a figure would be a guess."
    )


def drivers_in_words(drivers: dict[str, Any]) -> list[dict[str, Any]]:
    """What makes the difference between the imagined runs, the largest part first."""
    meanings = {
        "step": _("How much harder this test is than those before. Nobody knows that beforehand."),
        "days": _("What moves a whole unit on the day: a new rota, a rumour, the weather."),
        "people": _("How ready people and units are, as far as the tests so far leave it open."),
        "leaders": _("Whom each leader moves, as far as the asks seen so far leave it open."),
        "own_decision": _("Everybody’s own decision on the day."),
    }
    known = sorted((name for name in meanings if drivers.get(name) is not None), key=lambda name: -drivers[name])
    return [
        {"name": name, "meaning": meanings[name], "share": percent(drivers[name]), "length": length(drivers[name])}
        for name in known
    ]


def what_if_rows(row: Forecast) -> list[dict[str, Any]]:
    """Other plans of asks in the same imagined runs, with the difference that the plan alone makes."""
    words = {
        "everybody_asked": (
            _("If everybody had somebody to ask her"),
            _("Whom nobody is to ask now would be asked by somebody like those who ask."),
        ),
        "widest_tire": (
            _("If two leaders tire"),
            _("The two with the widest chains stop asking."),
        ),
    }
    found = []
    for name, one in row.facts.get("what_if", {}).items():
        gains = [round(100 * one[part]) for part in ("gain_low", "gain_median", "gain_high")]
        found.append(
            {
                "title": words[name][0],
                "meaning": words[name][1],
                "runs": runs_of(one["overall"]["runs"], float(row.test.threshold)),
                "chance": in_twenty(one["overall"]),
                "gain": gain_in_words(*gains),
            }
        )
    return found


def gain_in_words(low: int, median: int, high: int) -> str:
    """The difference in points, with its likely range."""
    if not low and not high:
        return _("No difference to speak of.")
    if low <= 0 <= high and abs(median) < 1:
        return _("Hardly any difference: %(low)s to %(high)s points.") % {"low": low, "high": high}
    if median > 0:
        more = ngettext(
            "%(median)s point more, likely %(low)s to %(high)s.",
            "%(median)s points more, likely %(low)s to %(high)s.",
            median,
        )
        return more % {"median": median, "low": low, "high": high}
    fewer = ngettext(
        "%(median)s point fewer, likely %(low)s to %(high)s.",
        "%(median)s points fewer, likely %(low)s to %(high)s.",
        -median,
    )
    return fewer % {"median": -median, "low": -high, "high": -low}


def plan_in_words(plan: str) -> str:
    """By which asks it was reckoned."""
    return {
        "assigned": _("It reckons with the asks as they are given out now."),
        "chains": _("It reckons with every leader asking her own chain."),
        "before": _("Nobody is given whom to ask yet: it reckons with asks as in the tests before."),
    }.get(plan, "")


def basis_in_words(facts: dict[str, Any]) -> str:
    """On what it stands."""
    said = ngettext(
        "From %(tests)s test: %(answers)s answers, %(refusals)s of them no.",
        "From %(tests)s tests: %(answers)s answers, %(refusals)s of them no.",
        facts["tests"],
    ) % {name: counted(facts[name]) for name in ("tests", "answers", "refusals")}
    if facts.get("newcomers"):
        more = ngettext(
            "Of %(number)s person nothing was seen before; she is taken for one like the others of her unit.",
            "Of %(number)s people nothing was seen before; they are taken for people like the others of their unit.",
            facts["newcomers"],
        ) % {"number": counted(facts["newcomers"])}
        said = f"{said} {more}"
    if facts.get("unseen", 0) >= MUCH_UNSEEN:
        more = _("Of %(share)s of what could have been seen nothing was written down: the true range is wider.")
        said = f"{said} {more % {'share': percent(facts['unseen'])}}"
    if not facts.get("rising", True):
        more = _("The tests so far do not grow harder in their order: this one is taken for another such test.")
        said = f"{said} {more}"
    return said


def past_rows(rows: list[Forecast]) -> list[dict[str, Any]]:
    """Earlier forecasts beside what happened."""
    found = []
    for row in rows:
        score, overall = row.score or {}, row.facts.get("overall")
        if overall is None or "share" not in score:
            continue
        found.append(
            {
                "test": row.test,
                "made_at": row.made_at,
                "said": percent(overall["median"]),
                "likely": range_of(overall["low"], overall["high"]),
                "low": 100 * overall["low"],
                "middle": 100 * score["share"],
                "high": 100 * overall["high"],
                "usual": 100 * overall["median"],
                "came": percent(score["share"]),
                "inside": score["inside"],
                "chance": in_twenty(overall),
                "reached": score.get("reached"),
                "units": of_all(score.get("units_inside", 0), score.get("units", 0)),
                "people": people_in_words(score),
                "label": _("said %(low)s to %(high)s; %(came)s came")
                % {"low": percent(overall["low"]), "high": percent(overall["high"]), "came": percent(score["share"])},
            }
        )
    return found


def past_in_words(rows: list[dict[str, Any]]) -> str:
    """How many of the earlier forecasts came out inside their likely range."""
    if not rows:
        return ""
    inside = sum(1 for row in rows if row["inside"])
    return ngettext(
        "Of the one forecast so far %(inside)s came out inside its likely range.",
        "Of the last %(all)s forecasts %(inside)s came out inside their likely range.",
        len(rows),
    ) % {"inside": counted(inside), "all": counted(len(rows))}


def people_in_words(score: dict[str, Any]) -> str:
    """How well it told people apart, beside plain guesses, in words and figures."""
    if not score.get("people"):
        return ""
    names = {
        "last_share": _("the last test’s share for everybody"),
        "own_history": _("everybody’s own history"),
        "predicted": _("what organizers expected"),
    }
    guesses = [
        (names[name], one["brier"])
        for name, one in score.get("plain", {}).items()
        if one.get("people") and one["brier"]
    ]
    nearer = [name for name, brier in guesses if brier < score["brier"]]
    said = _nearest(guesses, nearer)
    said += _("Distance from what people did: %(brier)s") % {"brier": _three(score["brier"])}
    for name, brier in guesses:
        said += "; " + _("%(guess)s: %(brier)s") % {"guess": name, "brier": _three(brier)}
    return said + ". " + _("0 is perfect, 0.25 is a coin.")


def _nearest(guesses: list[tuple[str, float]], nearer: list[str]) -> str:
    """Whether a plain guess would have lain nearer."""
    if not guesses:
        return ""
    if not nearer:
        return _("It lay nearer to what people did than every plain guess.") + " "
    return _("Nearer to what people did lay: %(guesses)s.") % {"guesses": listed(nearer)} + " "


def _three(number: float) -> str:
    return str(number_format(number, 3))
