"""The result of a structure test of ten thousand people, after five tests before it; and the forecast of the next.

    .venv/bin/python -m benchmarks.results [--people 12000] [--fresh] [--times 7] [--database postgresql://…]

The readiness of everybody is invented, the tests are each a little harder than the last, seven of ten outcomes say who
asked, and everybody of a unit walks with one of a few leaders in it. Pages are timed whole, from the request on.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np

from benchmarks.large_place import use
from benchmarks.pages import engine, machine, signed_in

ADMINISTRATOR = "irma@riverside.example"
ON_ROLL, CHAIN, TESTS = 10_000, 12, 6
PAGES = ("result", "leaders_result", "organizers_result", "debrief", "forecast")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=12_000)
    parser.add_argument("--fresh", action="store_true", help="make the place anew")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--database", default="", help="address of a PostgreSQL database to use and empty")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    use(options.people, fresh=options.fresh, database=options.database)
    print(f"{options.people:,} people, {engine()}, {machine()}\n")
    *_, last, coming = held(np.random.default_rng(5))
    pages(last, options.times)
    forecast(coming, options.times)
    return 0


def held(dice: np.random.Generator) -> list[Any]:
    """Five tests that closed, one after the other, and a sixth that is planned; all over one roll of the same people."""
    from commonweal.common.clock import now
    from commonweal.people.models import Campaign, Placement, Unit
    from commonweal.structure_tests.models import StructureTest

    at, turn = now(), StructureTest.objects.count()
    stands = Placement.objects.filter(until=None, main=True).order_by("unit", "person")
    rows = list(stands.values_list("person", "unit")[:ON_ROLL])
    campaign = Campaign.objects.create(name=f"Results {turn}", begun_on=at.date())
    campaign.units.set(Unit.objects.filter(pk__in={unit for _, unit in rows}))
    ready = dice.normal(0, 1.2, len(rows))
    return [
        one_test(
            campaign, rows, ready, dice, f"Results {turn}.{number}", at - timedelta(days=20 * (TESTS - number)), number
        )
        for number in range(TESTS)
    ]


def one_test(
    campaign: Any, rows: list[tuple[UUID, UUID]], ready: Any, dice: np.random.Generator, name: str, at: Any, number: int
) -> Any:
    """A test with its roll, its marks and what the hall holds of it; the last one is only planned."""
    from commonweal.people.models import Ask, Occasion
    from commonweal.structure_tests.models import Mark, RollEntry, StructureTest

    over = number < TESTS - 1
    act = Occasion.objects.create(campaign=campaign, kind="button", name=name, on=at.date(), source=f"bench:{name}")
    moments = {"state": "closed", "opened_at": at, "closed_at": at + timedelta(days=2)} if over else {}
    test = StructureTest.objects.create(occasion=act, threshold="0.65", unit_threshold="0.50", **moments)
    leader_of = leaders(rows)
    entries = [
        RollEntry(test=test, person_id=person, unit_id=unit, line=line, leader_id=leader, asker_id=leader, stance="2")
        for line, ((person, unit), leader) in enumerate(zip(rows, leader_of, strict=True), start=1)
    ]
    RollEntry.objects.bulk_create(entries, 1000)
    if over:
        came = dice.random(len(rows)) < 1 / (1 + np.exp(0.4 * number - 0.8 - ready))
        told, asked = dice.random(len(rows)) < 0.9, dice.random(len(rows)) < 0.7
        asks, marks = [], []
        for place in np.flatnonzero(told):
            entry, outcome = entries[place], "did" if came[place] else "did_not"
            asker = entry.leader_id if asked[place] else None
            common = {"outcome": outcome, "asker_id": asker}
            seen = at + timedelta(minutes=int(dice.integers(1, 2800)))
            asks.append(
                Ask(occasion=act, asked_id=entry.person_id, source=f"test:{entry.pk}", entered_at=seen, **common)
            )
            marks.append(Mark(entry=entry, how="phone", seen_at=seen, received_at=seen, by=test.pk, **common))
        Ask.objects.bulk_create(asks, 1000)
        Mark.objects.bulk_create(marks, 1000)
    return test


def leaders(rows: list[tuple[UUID, UUID]]) -> list[UUID | None]:
    """With whom each walks: every thirteenth of a unit leads the twelve after her."""
    found: list[UUID | None] = []
    leader, unit, led = None, None, CHAIN
    for person, where in rows:
        if where != unit or led == CHAIN:
            leader, unit, led = person, where, 0
            found.append(None)
        else:
            led += 1
            found.append(leader)
    return found


def pages(test: Any, times: int) -> None:
    """Each page of a result, asked several times after the first."""
    from django.urls import reverse

    client = signed_in(ADMINISTRATOR)
    for name, address in (
        *((name, reverse(f"structure_tests:{name}", args=[test.pk])) for name in PAGES),
        ("tests", reverse("structure_tests:tests")),
    ):
        timed(f"page: {name}", lambda address=address: client.get(address), times)  # type: ignore[misc]


def forecast(test: Any, times: int) -> None:
    """The background work of a forecast."""
    from commonweal.common.clock import now
    from commonweal.common.work import Silent
    from commonweal.structure_tests.writes.forecasts import compute

    def reckon() -> None:
        compute(test.pk, Silent(), by=None, at=now())

    timed("forecast of the next, gathered, reckoned and kept", reckon, min(times, 3))


def timed(what: str, do: Callable[[], Any], times: int) -> None:
    """Prints the middle of some times after a first one, by the clock and by the processor, and that first one."""
    took = []
    for _ in range(times + 1):
        began, used = time.perf_counter(), time.process_time()
        answer = do()
        took.append(((time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000))
        assert answer is None or answer.status_code == 200, answer
    (first, _used), *rest = took
    clock, processor = (statistics.median(column) for column in zip(*rest, strict=True))
    print(f"{clock:7.0f} ms, processor {processor:6.0f}, first {first:6.0f}  {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
