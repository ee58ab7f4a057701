"""How large the next step may be, in words: by the kinds of test it is compared with, and how those would go themselves."""

from math import exp
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.people.words import OccasionKind
from commonweal.structure_tests.models import Forecast
from commonweal.structure_tests.views.forecast_words import dots_of, in_twenty
from commonweal.structure_tests.views.shares import percent, range_of
from commonweal.structure_tests.words import Scenario


def kind_in_words(kind: str) -> str:
    """A kind of test as it stands in a sentence; empty for an act of no kind."""
    return {
        OccasionKind.ISSUE_CARD: _("issue cards"),
        OccasionKind.PHOTO: _("photo cards"),
        OccasionKind.GROUP_QUESTION: _("a group question"),
        OccasionKind.PETITION: _("a petition"),
        OccasionKind.PUBLIC_PETITION: _("a public petition"),
        OccasionKind.BUTTON: _("a button day"),
        OccasionKind.MEETING: _("a meeting"),
        OccasionKind.DELEGATION: _("a delegation"),
        OccasionKind.MARCH_ON_BOSS: _("a march on the boss"),
        OccasionKind.PICKET: _("a picket"),
        OccasionKind.PLEDGE: _("a practice vote"),
        OccasionKind.STRIKE_VOTE: _("a strike vote"),
        OccasionKind.STRIKE: _("a strike"),
    }.get(OccasionKind(kind), "")


def scenario_cards(rows: list[Forecast]) -> list[dict[str, Any]]:
    """Each scenario with its name, on what its step stands, and twenty imagined runs."""
    named = [row.facts["as_hard_as"]["kind"] for row in rows if "as_hard_as" in row.facts]
    named.append(rows[0].test.occasion.kind)
    return [
        {
            "name": _name(row, alike=named.count(row.facts.get("as_hard_as", {}).get("kind", "")) > 1),
            "meaning": _meaning(row),
            "size": size_in_words(row.facts.get("step")) if row.facts.get("rising", True) else "",
            "chance": in_twenty(row.facts["overall"]),
            "likely": range_of(row.facts["overall"]["low"], row.facts["overall"]["high"]),
            "runs": dots_of(row),
        }
        for row in rows
    ]


def ladder_rows(row: Forecast) -> list[dict[str, Any]]:
    """How the next tests of the ladder would go, each against its own thresholds; the planned one among them."""
    return [
        {
            "name": one["name"],
            "planned": one["rung"] == str(row.test.rung_id),
            "thresholds": _("%(all)s of all, %(unit)s of each unit")
            % {"all": percent(one["threshold"]), "unit": percent(one["unit_threshold"])}
            if one["unit_threshold"]
            else _("%(all)s of all") % {"all": percent(one["threshold"])},
            "likely": range_of(one["overall"]["low"], one["overall"]["high"]),
            "low": 100 * one["overall"]["low"],
            "middle": 100 * one["overall"]["median"],
            "high": 100 * one["overall"]["high"],
            "bar": 100 * one["threshold"],
            "label": _("%(median)s; likely %(low)s to %(high)s; set: %(bar)s")
            % {
                "median": percent(one["overall"]["median"]),
                "low": percent(one["overall"]["low"]),
                "high": percent(one["overall"]["high"]),
                "bar": percent(one["threshold"]),
            },
            "chance": in_twenty(one["overall"]),
            "seen": _seen(one["step"]["seen"]),
        }
        for one in row.facts.get("ladder", [])
    ]


def size_in_words(step: dict[str, Any] | None) -> str:
    """What the step does where half came to the last test; empty of a forecast that did not keep it."""
    if step is None:
        return ""
    return _("Where half came to the last test, %(share)s would come (likely %(low)s to %(high)s).") % {
        "share": percent(_of_half(step["median"])),
        "low": percent(_of_half(step["high"])),
        "high": percent(_of_half(step["low"])),
    }


def _of_half(step: float) -> float:
    return 1 / (1 + exp(step))


def _name(row: Forecast, *, alike: bool) -> str:
    like = row.facts.get("as_hard_as")
    if like is not None:
        kind = "" if alike else kind_in_words(like["kind"])
        return _("As hard as %(act)s") % {"act": kind or _("“%(name)s”") % {"name": like["name"]}}
    if row.scenario == Scenario.AS_LAST:
        if row.facts.get("step", {}).get("seen"):
            return _("As large as steps to %(act)s so far") % {"act": kind_in_words(row.test.occasion.kind)}
        return _("As large a step as before")
    return _("A harder step") if row.scenario == Scenario.HARDER else _("A much harder step")


def _meaning(row: Forecast) -> str:
    """On what the size of the step stands."""
    step, like = row.facts.get("step"), row.facts.get("as_hard_as")
    if like is not None and step is not None:
        place = _("“%(name)s” stands further up your ladder.") % {"name": like["name"]}
        return f"{place} {_taught(step['seen'])}"
    if row.scenario == Scenario.AS_LAST:
        if step is not None and step["seen"]:
            return _taught(step["seen"])
        said = _("It is as much harder than the last test as the tests before were from one to the next.")
        act = kind_in_words(row.test.occasion.kind) if step is not None else ""
        none = _("No step to %(act)s was seen here yet.") % {"act": act}
        return f"{said} {none}" if act else said
    if row.scenario == Scenario.HARDER:
        return _("A bolder act: where half would have come, a little over a third do.")
    return _("As from a petition to a strike: where half would have come, a quarter do.")


def _taught(seen: int) -> str:
    if not seen:
        return _("No such step was seen here yet: it is reckoned from the steps so far and its place on the ladder.")
    return ngettext(
        "%(seen)s such step was seen here; so it is drawn towards the steps to other acts.",
        "%(seen)s such steps were seen here; the fewer, the more it is drawn towards the steps to other acts.",
        seen,
    ) % {"seen": counted(seen)}


def _seen(seen: int) -> str:
    if not seen:
        return _("none seen here")
    return ngettext("%(seen)s seen here", "%(seen)s seen here", seen) % {"seen": counted(seen)}
