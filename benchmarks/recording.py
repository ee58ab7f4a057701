"""A structure test of ten thousand people among a hundred thousand: drawing, opening, recording, and 200 leaders at once.

    .venv/bin/python -m benchmarks.recording [--people 100000] [--fresh] [--leaders 200] [--each 5]
                                             [--database postgresql://…] [--processes 2]

First the writes of one process, timed; then `commonweal serve`, to which every leader sends her marks at the same
moment, each a request of its own, as phones do when the signal comes back. Afterwards the rows are counted: an answer
other than "kept", or a row too many or too few, is an error of the benchmark.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from benchmarks.large_place import PEOPLE, use
from benchmarks.pages import engine, machine, signed_in
from benchmarks.serving import request, served

ORGANIZER, ADMINISTRATOR = "ana@riverside.example", "irma@riverside.example"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--fresh", action="store_true", help="make the place anew")
    parser.add_argument("--leaders", type=int, default=200)
    parser.add_argument("--each", type=int, default=5, help="marks of each leader")
    parser.add_argument("--database", default="", help="address of a PostgreSQL database to use and empty")
    parser.add_argument("--processes", type=int, default=1, help="server processes, on PostgreSQL")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends with us
    use(options.people, fresh=options.fresh, database=options.database)
    print(f"{options.people:,} people, {engine()}, {machine()}\n")
    test, chains = planned(options.leaders, options.each)
    alone(test)
    return at_once(test, chains, options.processes)


def timed(what: str, do: Callable[[], Any], times: int = 1) -> Any:
    """Prints how long it takes, the middle of some times; the last answer."""
    took, answer = [], None
    for _ in range(times):
        began = time.perf_counter()
        answer = do()
        took.append((time.perf_counter() - began) * 1000)
    print(f"{statistics.median(took):7.1f} ms  {what}", flush=True)
    return answer


def planned(leaders: int, each: int) -> tuple[Any, list[tuple[UUID, list[UUID]]]]:
    """A new test of some ten thousand people, open, with chains of so many leaders: their accounts' ids, their people."""
    from decimal import Decimal

    from django.db.models import Count

    from commonweal.accounts.models import Account
    from commonweal.common.clock import now
    from commonweal.common.ids import new_id
    from commonweal.people.models import Campaign, ChainLink, Placement, Unit
    from commonweal.structure_tests.writes.tests import open_test, plan_test

    at, turn = now(), new_id().hex[:8]
    counted = Placement.objects.filter(until=None, main=True).values_list("unit").annotate(people=Count("pk"))
    units, many = [], 0
    for unit, number in sorted(counted, key=lambda row: (-row[1], row[0])):
        if many < 10_000:
            units, many = [*units, unit], many + number
    campaign = Campaign.objects.create(name=f"Recording {turn}", begun_on=at.date())
    campaign.units.set(Unit.objects.filter(pk__in=units))
    stands = Placement.objects.filter(until=None, main=True, unit__in=units).order_by("person")
    people = list(stands.values_list("person", flat=True)[: leaders * (each + 1)])
    accounts: list[tuple[UUID, list[UUID]]] = []
    for number in range(leaders):
        leader, *hers = people[number * (each + 1) : (number + 1) * (each + 1)]
        ChainLink.objects.bulk_create(
            ChainLink(campaign=campaign, leader_id=leader, follower_id=one, since=at, why="claimed", source=f"b:{one}")
            for one in hers
        )
        account = Account.objects.filter(person=leader).first() or Account.objects.create(
            id=new_id(),
            email=f"{leader}@recording.example",
            name="A leader",
            role="leader",
            person_id=leader,
            created_at=at,
        )
        accounts.append((account.pk, hers))
    by = Account.objects.get(email=ORGANIZER).pk
    plan = {"kind": "button", "name": f"Recording {turn}", "on": at.date(), "ends_on": at.date() + timedelta(days=1)}
    test = timed(
        "planned, the roll drawn",
        lambda: plan_test(
            campaign=campaign, threshold=Decimal("0.7"), unit_threshold=Decimal("0.5"), by=by, at=at, **plan
        ),
    )
    test = timed(f"opened, {test.roll.count():,} lines frozen", lambda: open_test(test=test, by=by, at=now()))
    return test, accounts


def alone(test: Any) -> None:
    """One organizer in one process: her pages, one result, a grid of two hundred, everybody else at once."""
    from django.urls import reverse

    from commonweal.common.clock import now
    from commonweal.common.ids import new_id
    from commonweal.structure_tests.models import RollEntry
    from commonweal.structure_tests.writes.marks import NewMark, record_marks

    client = signed_in(ADMINISTRATOR)
    grid, record = (reverse(f"structure_tests:{name}", args=[test.pk]) for name in ("grid", "grid_record"))
    entries = list(RollEntry.objects.filter(test=test, leader=None).values_list("pk", flat=True))
    turns = iter(entries)

    def send(number: int) -> Any:
        marks = [{"id": str(new_id()), "entry": str(next(turns)), "outcome": "did"} for _ in range(number)]
        answer = client.post(record, json.dumps({"marks": marks}), content_type="application/json")
        assert answer.status_code == 200, answer.status_code
        return answer

    for name in ("test", "roll", "asks", "grid"):
        address = reverse(f"structure_tests:{name}", args=[test.pk])
        client.get(address)
        timed(f"page: {name}", lambda address=address: client.get(address), 5)  # type: ignore[misc]
    send(1)
    timed("one result recorded, the whole request", lambda: send(1), 50)
    timed("two hundred results of a grid recorded together", lambda: send(200), 3)
    rest = [NewMark(new_id(), entry, "did_not") for entry in turns]
    timed(
        f"a file of {len(rest):,} rows recorded",
        lambda: record_marks(test, rest, how="file", by=test.opened_by, at=now()),
    )
    timed("page: grid, with outcomes", lambda: client.get(grid), 5)


def at_once(test: Any, chains: list[tuple[UUID, list[UUID]]], processes: int) -> int:
    """Every leader sends her marks at the same moment; 1 when anything went wrong."""
    from django.urls import reverse

    from commonweal.accounts.models import Account
    from commonweal.common.ids import new_id
    from commonweal.people.models import Ask
    from commonweal.structure_tests.models import Mark, RollEntry

    emails = dict(Account.objects.filter(pk__in=[account for account, _ in chains]).values_list("pk", "email"))
    entry_of = dict(RollEntry.objects.filter(test=test).values_list("person", "pk"))
    page, record = (reverse(f"structure_tests:{name}", args=[test.pk]) for name in ("mine", "mine_record"))
    phones = []
    for account, people in chains:
        client = signed_in(emails[account])
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(page).content.decode())
        assert token is not None
        marks = [{"id": str(new_id()), "entry": str(entry_of[one]), "outcome": "did"} for one in people]
        phones.append((cookie, token[1], marks))
    took: list[float] = []
    wrong: list[str] = []
    ready = threading.Barrier(len(phones))

    def phone(port: int, cookie: str, token: str, marks: list[dict[str, str]]) -> None:
        ready.wait()
        for mark in marks:
            began = time.perf_counter()
            status, said = request(
                port,
                "POST",
                record,
                cookie,
                json.dumps({"marks": [mark]}),
                {"X-CSRFToken": token, "Content-Type": "application/json"},
            )
            took.append((time.perf_counter() - began) * 1000)
            if status != 200 or mark["id"] not in said:
                wrong.append(f"{status} {said[:80]}")

    sent = sum(len(marks) for _, _, marks in phones)
    with served(processes) as port:
        request(port, "GET", page, phones[0][0])
        began = time.perf_counter()
        threads = [threading.Thread(target=phone, args=(port, *one)) for one in phones]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        whole = time.perf_counter() - began
    took.sort()
    print(f"\n{len(phones)} leaders at once, {sent} marks in {whole:.1f} s: {sent / whole:.0f} a second, "
          f"median {statistics.median(took):.0f} ms, 95 % {took[int(len(took) * 0.95)]:.0f} ms, "
          f"longest {took[-1]:.0f} ms; errors: {len(wrong)}")  # fmt: skip
    ids = [UUID(mark["id"]) for _, _, marks in phones for mark in marks]
    there = Mark.objects.filter(pk__in=ids).count()
    asks = Ask.objects.filter(
        occasion=test.occasion_id, replaced_by=None, asked__in=[one for _, people in chains for one in people]
    )
    print(f"{sent} were sent, {there} marks and {asks.count()} asks are there")
    for one in wrong[:5]:
        print(one)
    return int(bool(wrong) or there != sent or asks.count() != sent)


if __name__ == "__main__":
    sys.exit(main())
