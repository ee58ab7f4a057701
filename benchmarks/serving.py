"""Requests a second through the real server, with 100,000 people: pages, and pages while others write.

    .venv/bin/python -m benchmarks.serving [--people 100000] [--fresh] [--seconds 6] [--clients 8]
                                           [--database postgresql://…] [--processes 2]

`commonweal serve` answers clients who each wait for an answer before they ask again, on the same cores. In the last
rounds some of them write (a judgement of where somebody stands, by its form): afterwards the rows are counted, and a
request that failed is an error of the benchmark.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from benchmarks.large_place import PEOPLE, use
from benchmarks.pages import engine, machine, signed_in

VISITOR = "ana@riverside.example"


@dataclass
class Round:
    """What came back: answers by status, how long each took, and how many rows were written."""

    statuses: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    written: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--fresh", action="store_true", help="make the place anew")
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--database", default="", help="address of a PostgreSQL database to use and empty")
    parser.add_argument("--processes", type=int, default=1, help="server processes, on PostgreSQL")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server ends with us
    use(options.people, fresh=options.fresh, database=options.database)
    from django.urls import reverse

    cookie = cookie_of(VISITOR)
    people = everybody_of(VISITOR)
    pages: list[tuple[str, Callable[[int], str]]] = [
        ("home", lambda turn: reverse("people:home")),
        ("board", lambda turn: reverse("leaders:board")),
        (
            "search",
            lambda turn: reverse("people:search") + "?q=" + quote(("ga", "mari", "rosa nights", "jos")[turn % 4]),
        ),
        ("person", lambda turn: reverse("people:person", args=[people[turn % len(people)]])),
        ("wall chart", lambda turn: reverse("leaders:wall_chart") + f"?zoom={turn % 2 and 'm' or ''}"),
    ]
    print(f"{options.people:,} people, {engine()}, {machine()}; {options.clients} clients on the same cores, "
          f"{options.processes} server process{'es' if options.processes > 1 else ''}\n")  # fmt: skip
    print(f"{'a second':>8} {'median':>7} {'95 %':>7}  errors  what")
    failed = 0
    with served(options.processes) as port:
        for name, address in pages:
            hammer([reader(port, cookie, address)], 0.5)  # the first answer of a process also loads the program
            done = hammer([reader(port, cookie, address)] * options.clients, options.seconds)
            failed += told(name, done, options.seconds)
        for writers in (1, options.clients // 2):
            readers = [reader(port, cookie, address) for _, address in pages[:4]]
            who = [writer(port, cookie, people)] * writers
            who += [readers[turn % 4] for turn in range(options.clients - writers)]
            before = judgements()
            done = hammer(who, options.seconds)
            failed += told(f"{writers} of {options.clients} write", done, options.seconds)
            stored = judgements() - before
            failed += stored != done.written
            print(f"{'':>25}         {done.written} were told that it is written, {stored} rows are there")
    return 1 if failed else 0


def cookie_of(email: str) -> str:
    """The cookies of somebody who came in."""
    return "; ".join(f"{name}={morsel.value}" for name, morsel in signed_in(email).cookies.items())


def everybody_of(email: str) -> list[str]:
    """Some of the people an organizer sees."""
    from commonweal.accounts.models import Account
    from commonweal.accounts.reads import scope_of
    from commonweal.people.reads.people import people_within

    scope = scope_of(Account.objects.get(email=email))
    return [str(pk) for pk in people_within(scope).order_by("pk").values_list("pk", flat=True)[:400]]


def judgements() -> int:
    """How many judgements there are."""
    from commonweal.people.models import Assessment

    return Assessment.objects.count()


class served:
    """The place served by `commonweal serve` while the block runs; the port."""

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def __enter__(self) -> int:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
        words = ["--port", str(port), "--processes", str(self.processes)]
        self.server = subprocess.Popen(
            [sys.executable, "-m", "django", "serve", *words], stdout=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(300):
            if self.server.poll() is not None:
                raise SystemExit("the server did not start")
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            time.sleep(0.1)
        raise SystemExit("the server does not answer")

    def __exit__(self, *exception: object) -> None:
        os.killpg(self.server.pid, signal.SIGTERM)
        self.server.wait(20)


def hammer(who: list[Callable[[int, Round], None]], seconds: float) -> Round:
    """Let each of them ask again and again for so long."""
    done = Round()
    until = time.monotonic() + seconds

    def go_on(ask: Callable[[int, Round], None], turn: int) -> None:
        while time.monotonic() < until:
            ask(turn, done)
            turn += len(who)

    threads = [threading.Thread(target=go_on, args=(ask, number)) for number, ask in enumerate(who)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def told(name: str, done: Round, seconds: float) -> int:
    """Prints a line; how many requests failed."""
    took = sorted(done.took)
    bad = sum(number for status, number in done.statuses.items() if status not in (200, 302))
    late = took[int(len(took) * 0.95)] if took else 0.0
    middle = statistics.median(took) if took else 0.0
    print(f"{len(took) / seconds:8.0f} {middle:4.0f} ms {late:4.0f} ms  {bad:6d}  {name}", flush=True)
    return bad


_kept = threading.local()


def request(
    port: int, method: str, address: str, cookie: str, body: str | None = None, more: dict[str, str] | None = None
) -> tuple[int, str]:
    """One request over this thread's own connection; `more` are headers of its own."""
    headers = {"Cookie": cookie, "Host": "127.0.0.1"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    headers |= more or {}
    if getattr(_kept, "port", None) != port:
        _kept.port, _kept.line = port, http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        _kept.line.request(method, address, body, headers)
        answer = _kept.line.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        _kept.port = None
        return 0, ""


def reader(port: int, cookie: str, address: Callable[[int], str]) -> Callable[[int, Round], None]:
    """Somebody who looks at pages."""

    def ask(turn: int, done: Round) -> None:
        began = time.perf_counter()
        status, _ = request(port, "GET", address(turn), cookie)
        done.took.append((time.perf_counter() - began) * 1000)
        done.statuses[status] += 1

    return ask


def writer(port: int, cookie: str, people: list[str]) -> Callable[[int, Round], None]:
    """Somebody who writes down where people stand: opens the form, fills it in, sends it."""
    from django.urls import reverse

    def ask(turn: int, done: Round) -> None:
        address = reverse("people:assess", args=[people[turn % len(people)]])
        began = time.perf_counter()
        status, page = request(port, "GET", address, cookie)
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        fields |= {"stance": "2", "basis": "observed", "on": "2026-03-02", "reason": f"turn {turn}"}
        status, _ = request(port, "POST", address, cookie, urlencode(fields))
        done.took.append((time.perf_counter() - began) * 1000)
        done.statuses[0 if status == 200 else status] += 1  # the form again: it was not written
        done.written += status == 302

    return ask


if __name__ == "__main__":
    sys.exit(main())
