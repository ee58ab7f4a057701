"""Server time of every page with 100,000 people.

    .venv/bin/python -m benchmarks.pages [--people 100000] [--fresh] [--times 7] [--database postgresql://…] [--all] [--forgetful]

Follows every link from the first page of an administrator (sees everybody), an organizer of three quarters of the
place, an organizer of one site, a leader and a member, takes up to two addresses of each pattern and choice, and asks
each several times. What is printed is the median of the server's own time, and of its processor time; the network is
not in it. The place is made at the first run (some minutes) and kept in var/. The database that is named is emptied.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.large_place import PEOPLE, WIDE, use

VISITORS = (
    "irma@riverside.example",
    WIDE,
    "ana@riverside.example",
    "bo@riverside.example",
    "cleo@riverside.example",
)
FILES = re.compile(r"/(?:leave|pdf)/|format=|\.(?:png|svg|css|js|pdf|csv|xlsx|vcf|woff2)(?:\?|$)", re.I)
OF_EACH = 2
PROMISED, PROMISED_CHART = 200, 300
SHOWN = 40


@dataclass(frozen=True)
class Measured:
    """One page: medians in milliseconds, queries, bytes."""

    who: str
    pattern: str
    took: float
    processor: float
    queries: int
    size: int

    @property
    def promised(self) -> int:
        """What this page may take."""
        return PROMISED_CHART if self.pattern.startswith("leaders/wall_chart/") else PROMISED


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--fresh", action="store_true", help="make the place anew")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--database", default="", help="address of a PostgreSQL database to use and empty")
    parser.add_argument("--all", action="store_true", help="print every page, not only the slowest")
    parser.add_argument("--forgetful", action="store_true", help="remember nothing from one request to the next")
    parser.add_argument("--who", default="", help="only the visitor of this name")
    options = parser.parse_args()
    use(options.people, fresh=options.fresh, database=options.database)
    print(f"{options.people:,} people, {engine()}, {machine()}; median of {options.times}\n")
    visitors = [email for email in VISITORS if email.startswith(options.who)]
    rows = [row for email in visitors for row in visit(email, options.times, options.forgetful)]
    rows.sort(key=lambda row: -row.took)
    print(f"{'ms':>6} {'cpu ms':>6} {'queries':>7} {'kB':>5}  who    page")
    for row in rows if options.all else rows[:SHOWN]:
        print(
            f"{row.took:6.0f} {row.processor:6.0f} {row.queries:7d} {row.size / 1024:5.0f}  {row.who:<6} /{row.pattern}"
        )
    over = [row for row in rows if row.took > row.promised]
    middle = statistics.median(row.took for row in rows)
    print(f"\n{len(rows)} pages; half of them under {middle:.0f} ms, slowest {rows[0].took:.0f} ms, most queries "
          f"{max(row.queries for row in rows)}; over {PROMISED} ms ({PROMISED_CHART} ms for a wall chart): {len(over)}")  # fmt: skip
    return 0


def engine() -> str:
    """The database engine in use, with its version."""
    from commonweal.common.place import engine_now

    found = engine_now()
    return f"{found.name} {found.version}, {found.size / 2**20:.0f} MB"


def machine() -> str:
    """What the figures were taken on."""
    return f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"


def visit(email: str, times: int, forgetful: bool = False) -> Iterator[Measured]:
    """Each page that a visitor reaches, measured."""
    from django.urls import Resolver404, resolve

    client, who = signed_in(email), email.partition("@")[0]
    seen: set[str] = set()
    of_pattern: Counter[str] = Counter()
    todo = ["/"]
    while todo:
        address = todo.pop(0)
        if address in seen or FILES.search(address):
            continue
        seen.add(address)
        path, _, choice = address.partition("?")
        try:
            pattern = resolve(path).route
        except Resolver404:
            continue
        if choice:
            pattern += "?" + "&".join(sorted(set(re.findall(r"(?:^|&)([^=&]+)=[^&]", choice))))
        if of_pattern[pattern] >= OF_EACH:
            continue
        of_pattern[pattern] += 1
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        links = re.findall(r'<a[^>]+href="([^"#]+)', answer.content.decode())
        todo += [link.replace("&amp;", "&") for link in links if link.startswith("/")]
        yield measured(client, who, address, pattern, times, forgetful)


def measured(client: Any, who: str, address: str, pattern: str, times: int, forgetful: bool = False) -> Measured:
    """One page asked several times."""
    from django.db import connection

    from commonweal.common.measure import QueryCount
    from commonweal.common.remembered import forget_all

    asked = QueryCount()
    with connection.execute_wrapper(asked):
        answer = client.get(address)
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    took, processor = [], []
    for _ in range(times):
        if forgetful:
            forget_all()
        began, worked = time.perf_counter(), time.thread_time()
        client.get(address)
        processor.append((time.thread_time() - worked) * 1000)
        took.append((time.perf_counter() - began) * 1000)
    return Measured(
        who, pattern, statistics.median(took), statistics.median(processor), asked.queries, len(answer.content)
    )


def signed_in(email: str) -> Any:
    """A client that came in by the visitor's demo link, as a browser does, to a server that has started."""
    from django.test import Client
    from django.urls import reverse

    from commonweal.accounts.models import Account
    from commonweal.accounts.writes.links import make_demo_link
    from commonweal.common.clock import now
    from commonweal.common.warm import get_warm

    get_warm()
    client = Client()
    code = make_demo_link(Account.objects.get(email=email), at=now())
    address = reverse("accounts:enter", args=[code])
    page = client.get(address).content.decode()
    fields = dict(re.findall(r'<input[^>]+name="([^"]+)"[^>]*value="([^"]*)"', page))
    client.post(address, fields)
    return client


if __name__ == "__main__":
    sys.exit(main())
