"""`commonweal reckon forecast`: how the next test may go, from plain files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from commonweal.cli import numbers
from commonweal.cli.words import gettext as _
from commonweal.reckoning.plain_files import Answer, forecast_from_files


def arguments(forecast: argparse.ArgumentParser) -> None:
    """Declare the options of `reckon forecast`; docs/reckon.md explains them."""
    files = forecast.add_argument_group(_("files (CSV; comma, semicolon or tab)"))
    files.add_argument("--asks", type=Path, required=True, metavar="A.csv", help="test,asker,asked,outcome")
    files.add_argument("--tests", type=Path, required=True, metavar="S.csv", help="test,order[,kind]")
    files.add_argument("--people", type=Path, required=True, metavar="P.csv", help="id[,name][,unit][,shift]")
    files.add_argument("--plan", type=Path, metavar="L.csv", help=_("asker,asked: who would ask whom next time"))
    forecast.add_argument(
        "--next-order",
        type=numbers.place,
        required=True,
        metavar="6",
        help=_("where the next test stands in the order"),
    )
    forecast.add_argument(
        "--threshold", type=numbers.share, required=True, metavar="0.65", help=_("share of all people that must come")
    )
    forecast.add_argument(
        "--unit-threshold", type=numbers.share, metavar="0.5", help=_("share that must come in every unit")
    )
    forecast.add_argument("--seed", type=numbers.whole, default=1, metavar="1", help=_("of the imagined runs"))
    forecast.add_argument("--json", action="store_true", help=_("the documented object instead of the table"))


def answer(options: argparse.Namespace) -> Answer:
    """What the files say of the next test."""
    return forecast_from_files(
        asks=options.asks,
        tests=options.tests,
        people=options.people,
        order=options.next_order,
        threshold=options.threshold,
        unit_threshold=options.unit_threshold,
        plan=options.plan,
        lot=options.seed,
    )


def table(found: dict[str, Any], options: argparse.Namespace) -> list[str]:
    """The forecast to read in a terminal or to print, line by line."""
    if found["withheld"]:
        return [_("NO FORECAST: %(reason)s") % {"reason": found["says"]}]
    return [
        _("FORECAST from %(tests)d tests, %(answers)d answers, %(refusals)d of them no") % found,
        _("This is an estimate of how it may go. It is not a decision: that is yours."),
        "",
        *_scenarios(found, options),
        *_drivers(found),
        *_what_if(found),
        *_units(found, options),
    ]


def _scenarios(found: dict[str, Any], options: argparse.Namespace) -> list[str]:
    names = {
        "as_last": _("A step up as usual here"),
        "harder": _("A harder step"),
        "much_harder": _("A much harder step"),
    }
    lines = []
    for name, scenario in found["scenarios"].items():
        overall = scenario["overall"]
        lines.append(_called(scenario, names[name]))
        lines.append("  " + _("%(median)s come; in 80 of 100 cases %(low)s to %(high)s") % _percents(overall))
        chances = {"share": _percent(options.threshold), "times": round(100 * overall["reaches"])}
        lines.append("  " + _("%(share)s of all is reached in %(times)d of 100 imagined runs") % chances)
        if overall["both"] is not None:
            words = {
                "share": _percent(options.unit_threshold),
                "every": round(100 * overall["every_unit"]),
                "both": round(100 * overall["both"]),
            }
            said = _("%(share)s of every unit is reached in %(every)d, both in %(both)d of 100")
            lines.append("  " + said % words)
        runs = " ".join(str(round(100 * share)) for share in overall["runs"])
        lines += ["  " + _("twenty imagined runs, in per cent: %(runs)s") % {"runs": runs}, ""]
    return lines


def _called(scenario: dict[str, Any], usual: str) -> str:
    """A scenario by the test or the kind of test that it is compared with, where it is with one."""
    if scenario["as_hard_as"]:
        return _("As hard as %(test)s (%(kind)s; steps to this kind seen: %(seen)d)") % {
            "test": scenario["as_hard_as"],
            "kind": scenario["kind"],
            "seen": scenario["steps_seen"],
        }
    if scenario["steps_seen"]:
        said = {"kind": scenario["kind"], "seen": scenario["steps_seen"]}
        return _("A step as to %(kind)s so far (seen: %(seen)d)") % said
    return usual


def _drivers(found: dict[str, Any]) -> list[str]:
    names = {
        "step": _("how big the step is"),
        "days": _("what moves the units on that day"),
        "people": _("what the tests so far leave open about people"),
        "leaders": _("what they leave open about who moves whom"),
        "own_decision": _("everybody's own decision"),
    }
    parts = sorted(found["drivers"].items(), key=lambda part: -part[1])
    return [
        _("WHERE THE DOUBT COMES FROM (a step up as usual)"),
        *(f"  {_percent(share):>5}  {names[name]}" for name, share in parts),
        "",
    ]


def _what_if(found: dict[str, Any]) -> list[str]:
    names = {
        "widest_silent": _("if the three who would ask most people do not ask"),
        "holes_asked": _("if somebody usual asked everybody whom nobody would ask"),
    }
    lines = [_("WHAT WOULD CHANGE (points of a hundred; a step up as usual)")]
    for name, other in found["what_if"].items():
        gain = {end: round(100 * share) for end, share in other["gain"].items()}
        lines.append(f"  {names[name]}: " + _("%(median)+d (%(low)+d to %(high)+d)") % gain)
    return [*lines, ""]


def _units(found: dict[str, Any], options: argparse.Namespace) -> list[str]:
    if not found["units"]:
        return []
    bar = options.unit_threshold if options.unit_threshold is not None else options.threshold
    lines = [_("UNITS, the one most often short of %(share)s first (a step up as usual)") % {"share": _percent(bar)}]
    said = _("%(name)s (%(people)d): %(median)s, %(low)s to %(high)s; reached in %(times)d of 100")
    for name, unit in sorted(found["units"].items(), key=lambda item: (item[1]["reaches"], item[0])):
        words = {"name": name, "people": unit["people"], "times": round(100 * unit["reaches"])} | _percents(unit)
        lines.append("  " + said % words)
    return lines


def _percents(group: dict[str, Any]) -> dict[str, str]:
    return {end: _percent(group[end]) for end in ("median", "low", "high")}


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"
