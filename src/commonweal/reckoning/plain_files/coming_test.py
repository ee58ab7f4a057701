"""Files in, the forecast of the next test out: under several steps, unit by unit, with what was assumed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from commonweal.reckoning.forecast import (
    Forecast,
    NextTest,
    Outlook,
    Overall,
    Rung,
    Units,
    Withheld,
    forecast_next_test,
    with_holes_asked,
    without_the_widest,
)
from commonweal.reckoning.plain_files.answer import Answer
from commonweal.reckoning.plain_files.coming_kinds import NO_KINDS, Kinds
from commonweal.reckoning.plain_files.contents import NOBODY, Contents, Roll, read_contents
from commonweal.reckoning.plain_files.evidence import COULD_NOT, DID_NOT, ask_records, people_tied, units_in_order
from commonweal.reckoning.plain_files.words import gettext as _
from commonweal.reckoning.plain_files.words import ngettext
from commonweal.reckoning.pull import AskRecords
from commonweal.reckoning.ties import IntArray

WIDEST = 3
UNSEEN = 0.1
"""From this share of outcomes that are not on record it is said."""


def forecast_from_files(
    *,
    asks: Path,
    tests: Path,
    people: Path,
    order: float,
    threshold: float,
    unit_threshold: float | None = None,
    plan: Path | None = None,
    lot: int = 1,
) -> Answer:
    """Answer from plain files how the next test may go: in all, in every unit, person by person, and why.

    Everybody in the file of people may take part. Who would ask whom stands in the plan; without it, in asks of a
    test at the same place in the order of which no outcome is known yet; without those everybody is asked as in
    the tests before.

    Shapes: one path per kind of file, as docs/reckon.md describes them; back comes the documented object and the notes.
    Units and ranges: shares and chances 0..1; `order` any number.
    Errors: FilesRefused, with file, line, column and reason of every fault found.
    Errs: a person in several units counts in the first alone. See `forecast_next_test`.
    Ties: the order of rows changes nothing, but for the first ask of a person in a plan.
    Cost: reading 10,000 people takes under a second; the rest as `forecast_next_test` says.
    """
    contents = read_contents(asks=asks, tests=tests, people=people, plan=plan, next_order=order)
    records = ask_records(contents, people_tied(contents, one_way=False))
    _note_several_units(contents.roll, contents.notes)
    eligible = np.flatnonzero(contents.roll.counted)
    asker, planned_by = _plan(contents, records, eligible, order)
    if records is None or not eligible.size:
        reason = Withheld.FEW_TESTS if eligible.size else Withheld.NOBODY_ELIGIBLE
        return _answer(contents, None, reason, planned_by)
    bar = threshold if unit_threshold is None else unit_threshold
    kinds = Kinds.of(contents, records, order)
    forecast = forecast_next_test(
        records,
        NextTest(eligible, order, threshold, bar, asker, _able(contents), kinds.planned),
        lot=lot,
        test_order=contents.orders,
        ladder=[Rung(at, kind, threshold, bar) for _name, kind, at in kinds.above],
        test_kind=contents.test_kinds,
        what_if={"widest_silent": without_the_widest(asker, leaders=WIDEST), "holes_asked": with_holes_asked(asker)},
    )
    return _answer(contents, forecast, forecast.withheld, planned_by, kinds, every_unit=unit_threshold is not None)


def _able(contents: Contents) -> float:
    """Of those whose outcome was seen, the share that was not kept away."""
    outcome = contents.asks[3]
    seen = int((outcome <= COULD_NOT).sum())
    kept_away = int((outcome == COULD_NOT).sum())
    if kept_away:
        said = _("of every hundred outcomes %(share).0f are could_not: as many are taken to be kept away next time")
        contents.notes.append(said % {"share": 100 * kept_away / seen})
    return 1.0 - kept_away / seen if seen else 1.0


def _note_several_units(roll: Roll, notes: list[str]) -> None:
    if len(roll.unit) > len({person for person, _name in roll.unit}):
        notes.append(_("who stands in several units is counted in the first alone"))


def _plan(contents: Contents, records: AskRecords | None, eligible: IntArray, order: float) -> tuple[IntArray, str]:
    """Who would ask each of the eligible (one column, or one per test so far), and where that is from."""
    asker: IntArray = np.full(len(contents.roll.ids), NOBODY, dtype=np.int64)
    if contents.plan is not None:
        who, asked = contents.plan
        repeated = asked.size - np.unique(asked).size
        if repeated:
            said = ngettext(
                "%(count)d person stands in the plan more than once; her first line counts",
                "%(count)d people stand in the plan more than once; their first line counts",
                repeated,
            )
            contents.notes.append(said % {"count": repeated})
        asker[asked[::-1]] = who[::-1]
        return asker[eligible], "plan"
    test, who, asked, outcome = contents.asks
    held = np.unique(test[outcome <= DID_NOT])
    coming = np.flatnonzero(contents.orders == order)
    open_ = np.isin(test, coming) & ~np.isin(test, held)
    if open_.any():
        asker[asked[open_][::-1]] = who[open_][::-1]
        contents.notes.append(_("the asks of the coming test, whose outcomes are not known yet, are taken as its plan"))
        return asker[eligible], "asks"
    contents.notes.append(_("there is no plan of asks: everybody is taken to be asked as in the tests before"))
    if records is None:
        return asker[eligible], "before"
    before = np.full((len(contents.roll.ids), held.size), NOBODY, dtype=np.int64)
    unseen = np.flatnonzero(np.isin(test, held) & (outcome > DID_NOT))[::-1]
    before[asked[unseen], np.searchsorted(held, test[unseen])] = who[unseen]
    before[records.person, np.searchsorted(held, records.test)] = records.asker
    return before[eligible], "before"


def _answer(
    contents: Contents,
    forecast: Forecast | None,
    withheld: Withheld | None,
    planned_by: str,
    kinds: Kinds = NO_KINDS,
    *,
    every_unit: bool = False,
) -> Answer:
    found: dict[str, Any] = {
        "overall": None,
        "units": {},
        "people": {},
        "scenarios": {},
        "withheld": withheld.value if withheld else None,
        "says": _reason(withheld) if withheld else _("an estimate of how it may go, not a decision"),
        "plan": planned_by,
        "tests": forecast.tests if forecast else 0,
        "answers": forecast.answers if forecast else 0,
        "refusals": forecast.refusals if forecast else 0,
    }
    if forecast is not None and withheld is None:
        found |= _figures(contents, forecast, kinds, every_unit)
    return Answer({**found, "notes": contents.notes}, contents.notes)


def _figures(contents: Contents, forecast: Forecast, kinds: Kinds, every_unit: bool) -> dict[str, Any]:
    """Everything in numbers; what has to be known beside it is noted."""
    ids, names = contents.roll.ids, units_in_order(contents.roll)
    usual, drivers = forecast.scenarios[0], forecast.drivers
    parts, ends = ("step", "days", "people", "leaders", "own_decision"), ("median", "low", "high")
    _note_what_is_missing(contents, forecast)
    return {
        "overall": _overall(usual.overall, every_unit),
        "units": _units(usual.units, names),
        "people": {
            ids[person]: round(float(chance), 4)
            for person, chance in zip(forecast.person.tolist(), usual.people, strict=True)
        },
        "scenarios": {outlook.scenario: _scenario(outlook, names, kinds, every_unit) for outlook in forecast.scenarios},
        "drivers": {name: round(getattr(drivers, name), 3) for name in parts},
        "step": {end: round(getattr(drivers, f"step_{end}"), 3) for end in ends},
        "what_if": {
            name: {
                "overall": _overall(other.overall, every_unit),
                "gain": {end: round(getattr(other, f"gain_{end}"), 4) for end in ends},
            }
            for name, other in forecast.what_if.items()
        },
        "difficulty": {
            test: round(float(hard), 3)
            for test, hard in zip(contents.tests, forecast.difficulty, strict=True)
            if not np.isnan(hard)
        },
        "newcomers": forecast.newcomers,
        "unseen": round(forecast.unseen, 4),
        "rising": forecast.rising,
    }


def _note_what_is_missing(contents: Contents, forecast: Forecast) -> None:
    if forecast.newcomers:
        said = ngettext(
            "%(count)d person has no outcome on record: she is taken for somebody from here",
            "%(count)d people have no outcome on record: they are taken for somebody from here",
            forecast.newcomers,
        )
        contents.notes.append(said % {"count": forecast.newcomers})
    if forecast.unseen >= UNSEEN:
        said = _(
            "of every hundred outcomes %(share)d are not on record: if they were refusals, the forecast is too high"
        )
        contents.notes.append(said % {"share": round(100 * forecast.unseen)})
    if not forecast.rising:
        contents.notes.append(_("the tests do not grow harder in their order: the next is taken for another such test"))


def _scenario(outlook: Outlook, names: list[str], kinds: Kinds, every_unit: bool) -> dict[str, Any]:
    name, kind = (None, kinds.planned) if outlook.rung is None else kinds.above[outlook.rung][:2]
    return {
        "harder_by": round(outlook.extra, 4),
        "as_hard_as": name,
        "kind": kind or None,
        "steps_seen": outlook.step.seen,
        "overall": _overall(outlook.overall, every_unit),
        "units": _units(outlook.units, names),
    }


def _overall(overall: Overall, every_unit: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: round(float(getattr(overall, name)), 4) for name in ("median", "low", "high", "reaches")
    }
    for name in ("every_unit", "both"):
        found[name] = round(float(getattr(overall, name)), 4) if every_unit else None
    return found | {"runs": [round(share, 4) for share in overall.runs.tolist()]}


def _units(units: Units, names: list[str]) -> dict[str, dict[str, Any]]:
    columns = ("median", "low", "high", "reaches", "only_one_short")
    return {
        names[unit]: {"people": int(units.size[at])}
        | {column: round(float(getattr(units, column)[at]), 4) for column in columns}
        for at, unit in enumerate(units.unit.tolist())
    }


def _reason(withheld: Withheld) -> str:
    return {
        Withheld.FEW_TESTS: _("fewer than two tests with outcomes: nothing can be said of the next one yet"),
        Withheld.HARDLY_A_NO: _(
            "hardly a no was written down: from those who came alone nobody can tell how many will come"
        ),
        Withheld.NOBODY_ELIGIBLE: _("nobody is in the file of people: nobody can take part"),
    }[withheld]
