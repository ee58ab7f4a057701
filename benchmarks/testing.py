"""A structure test of 10,000 people: planned, opened, recorded, read and forecast; and 200 leaders who record at once.

    .venv/bin/python -m benchmarks.testing [--people 10000] [--fresh] [--leaders 200] [--each 5]

Server time of pages and of one recorded result, as `benchmarks.pages` measures it. The leaders send their marks to
`commonweal serve` from threads that all begin together; each mark that was told to be kept is looked for afterwards.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import threading
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

from benchmarks.large_place import use
from benchmarks.pages import engine, machine, signed_in
from benchmarks.serving import cookie_of, request, served

PROMISED = {"one result": 50, "result": 300, "forecast": 2000}
WHOLE = "irma@riverside.example"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--fresh", action="store_true", help="make the place anew")
    parser.add_argument("--leaders", type=int, default=200)
    parser.add_argument("--each", type=int, default=5, help="marks a leader sends, one by one")
    parser.add_argument("--times", type=int, default=7)
    options = parser.parse_args()
    use(options.people, fresh=options.fresh)
    print(f"{options.people:,} people, {engine()}, {machine()}; median of {options.times}\n")
    missed = 0
    test = planned()
    print(f"{test.roll.count():,} people on the roll\n")
    missed += alone(test, options.times)
    missed += together(test, options.leaders, options.each)
    return 1 if missed else 0


def planned() -> Any:
    """A test of everybody, planned and opened; how long that takes."""
    from commonweal.accounts.models import Account
    from commonweal.common.clock import now
    from commonweal.people.models import Campaign
    from commonweal.structure_tests.writes.tests import open_test, plan_test

    by, at = Account.objects.get(email=WHOLE).pk, now()
    words: dict[str, Any] = {"kind": "button", "name": f"Button day {at:%H:%M:%S.%f}", "on": at.date()}
    share: dict[str, Any] = {"threshold": Decimal("0.70"), "unit_threshold": Decimal("0.50")}
    campaign = Campaign.objects.get(name="Everybody")
    test = took("plan, with its roll", lambda: plan_test(campaign=campaign, **words, **share, by=by, at=at))
    took("open: chains and stances frozen", lambda: open_test(test=test, by=by, at=at + timedelta(seconds=1)))
    test.refresh_from_db()
    return test


def took(name: str, work: Any) -> Any:
    began = time.perf_counter()
    result = work()
    print(f"{(time.perf_counter() - began) * 1000:8.0f} ms  {name}", flush=True)
    return result


def alone(test: Any, times: int) -> int:
    """Each page and one recorded result, asked by somebody who sees everybody."""
    from django.urls import reverse

    from commonweal.accounts.models import Account
    from commonweal.common.clock import now
    from commonweal.structure_tests.writes.forecasts.computing import compute
    from commonweal.structure_tests.writes.marks import record_marks

    client, by = signed_in(WHOLE), Account.objects.get(email=WHOLE).pk
    entries = list(test.roll.filter(standing="eligible").order_by("line").values_list("pk", "asker"))
    address, spare = reverse("structure_tests:grid_record", args=[test.pk]), entries[-times * 6 :]
    each = []
    for entry, _asker in spare:
        body = json.dumps({"marks": [mark_of(entry, "did")]})
        began = time.perf_counter()
        answer = client.post(address, body, content_type="application/json")
        each.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.content[:300]
    missed = said("one result", each)
    began = time.perf_counter()
    for first in range(0, len(entries), 200):
        some = entries[first : first + 200]
        record_marks(
            test, [new_mark(one[0], one[1], place) for place, one in enumerate(some)], how="grid", by=by, at=now()
        )
    print(f"{(time.perf_counter() - began) * 1000:8.0f} ms  all others, 200 at a time")
    for page in ("result", "leaders_result", "organizers_result", "debrief", "test", "grid", "tests"):
        words = [] if page == "tests" else [test.pk]
        missed += said(page, [timed(client, reverse(f"structure_tests:{page}", args=words)) for _ in range(times)])
    following = another(test, by)
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        compute(following.pk, silent(), by=by, at=now())
        seconds.append((time.perf_counter() - began) * 1000)
    return missed + said("forecast", seconds)


def another(test: Any, by: Any) -> Any:
    """The next, harder test of the same people, after this one has closed."""
    from commonweal.common.clock import now
    from commonweal.structure_tests.writes.tests import close_test, plan_test

    close_test(test=test, by=by, at=now())
    at = now()
    return plan_test(
        campaign=test.occasion.campaign,
        kind="picket",
        name=f"Picket {at:%H:%M:%S.%f}",
        on=at.date() + timedelta(days=9),
        threshold=Decimal("0.50"),
        unit_threshold=Decimal("0.30"),
        by=by,
        at=at,
    )


def timed(client: Any, address: str) -> float:
    began = time.perf_counter()
    assert client.get(address).status_code == 200, address
    return (time.perf_counter() - began) * 1000


def said(name: str, each: list[float]) -> int:
    middle, promised = statistics.median(each), PROMISED.get(name)
    late = promised is not None and middle > promised
    print(
        f"{middle:8.0f} ms  {name}{f' (promised {promised})' if promised else ''}{'  OVER' if late else ''}", flush=True
    )
    return int(late)


def mark_of(entry: Any, outcome: str) -> dict[str, str]:
    from commonweal.common.ids import new_id

    return {"id": str(new_id()), "entry": str(entry), "outcome": outcome}


def new_mark(entry: Any, asker: Any, place: int) -> Any:
    from commonweal.common.ids import new_id
    from commonweal.structure_tests.writes.marks import NewMark

    return NewMark(new_id(), entry, ("did", "did_not", "did", "could_not", "unknown")[place % 5], asker)


def silent() -> Any:
    from commonweal.demo.settle.structure import Silent

    return Silent()


def together(test: Any, number: int, each: int) -> int:
    """So many leaders send marks of their own people at once; how many were refused or lost."""
    from django.urls import reverse

    from commonweal.accounts.models import Account
    from commonweal.common.clock import now
    from commonweal.common.ids import new_id
    from commonweal.structure_tests.models import Mark

    at = now()
    chains: dict[Any, list[Any]] = {}
    rows = test.roll.filter(standing="eligible").exclude(leader=None).order_by("leader", "line")
    for leader, entry in rows.values_list("leader", "pk"):
        chains.setdefault(leader, []).append(entry)
    chosen = [(leader, lines) for leader, lines in chains.items() if len(lines) >= each][:number]
    cookies = []
    for leader, _lines in chosen:
        account = Account(id=new_id(), email=f"{new_id()}@bench.example", name="A leader", role="leader", created_at=at)
        account.person_id = leader
        account.set_unusable_password()
        account.save()
        cookies.append(cookie_of(account.email))
    address = reverse("structure_tests:mine_record", args=[test.pk])
    page = reverse("structure_tests:mine", args=[test.pk])
    statuses: list[int] = []
    waits: list[float] = []
    kept: list[str] = []
    start = threading.Barrier(len(chosen))

    def send(place: int) -> None:
        cookie, lines = cookies[place], chosen[place][1]
        start.wait()
        _status, shown = request(port, "GET", page, cookie)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
        for entry in lines[:each]:
            mark = mark_of(entry, "did_not")
            began = time.perf_counter()
            status = post(port, address, cookie, token[1] if token else "", json.dumps({"marks": [mark]}))
            waits.append((time.perf_counter() - began) * 1000)
            statuses.append(status)
            if status == 200:
                kept.append(mark["id"])

    began = time.perf_counter()
    with served(1) as port:
        threads = [threading.Thread(target=send, args=(place,)) for place in range(len(chosen))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    stored = sum(Mark.objects.filter(pk__in=kept[first : first + 500]).count() for first in range(0, len(kept), 500))
    wrong = sum(status != 200 for status in statuses)
    waits.sort()
    print(f"\n{len(chosen)} leaders at once, {each} marks each, one by one: {len(kept)} told kept, {stored} are there, "
          f"{wrong} errors; a mark waited {statistics.median(waits):.0f} ms, 19 of 20 under {waits[int(len(waits) * 0.95)]:.0f} ms; "
          f"{time.perf_counter() - began:.1f} s in all")  # fmt: skip
    return wrong + (stored != len(kept))


def post(port: int, address: str, cookie: str, token: str, body: str) -> int:
    """One mark sent as the phone's page sends it."""
    import http.client

    headers = {"Cookie": cookie, "Host": "127.0.0.1", "Content-Type": "application/json", "X-CSRFToken": token}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("POST", address, body, headers)
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


if __name__ == "__main__":
    sys.exit(main())
