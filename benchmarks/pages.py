"""Server time of every page with 100,000 people on SQLite, and requests a second.

    .venv/bin/python -m benchmarks.pages [--people 100000] [--fresh] [--times 7] [--seconds 4]

Follows every link from the first page of an administrator (sees everybody), an organizer of one site, a leader and a
member, takes up to two addresses of each pattern, and asks each several times. What is printed is the
median of the server's own time; the network is not in it.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks.large_place import PEOPLE, use

VISITORS = ("irma@riverside.example", "ana@riverside.example", "bo@riverside.example", "cleo@riverside.example")
SKIP = re.compile(r"leave|lock|delete|forget|export|print|\.(?:png|svg|css|js|pdf|csv|xlsx|vcf|woff2)(?:\?|$)", re.I)
OF_EACH = 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    use(options.people, fresh=options.fresh)
    print(f"{options.people:,} people, SQLite, {platform.python_implementation()} {platform.python_version()}, "
          f"{os.cpu_count()} cores; median of {options.times}\n")  # fmt: skip
    rows = [row for email in VISITORS for row in visit(email, options.times)]
    rows.sort(key=lambda row: -row[0])
    print(f"{'ms':>6} {'queries':>7} {'kB':>5}  who        page")
    for took, queries, size, who, pattern in rows:
        print(f"{took:6.0f} {queries:7d} {size / 1024:5.0f}  {who:<10} /{pattern}")
    slow = [row for row in rows if row[0] > 200]
    print(f"\n{len(rows)} pages, slowest {rows[0][0]:.0f} ms, {len(slow)} over 200 ms")
    if options.seconds:
        print()
        hammer(options.seconds)
    return 0


def visit(email: str, times: int) -> Iterator[tuple[float, int, int, str, str]]:
    """Milliseconds, queries, bytes, who and pattern of each page that a visitor reaches."""
    from django.db import connection
    from django.urls import resolve

    from commonweal.common.measure import QueryCount

    client, who = signed_in(email), email.partition("@")[0]
    seen: set[str] = set()
    of_pattern: Counter[str] = Counter()
    todo = ["/"]
    while todo:
        address = todo.pop(0)
        if address in seen:
            continue
        seen.add(address)
        try:
            pattern = resolve(address.partition("?")[0]).route + ("?…" if "?" in address else "")
        except Exception:  # noqa: BLE001 - a link to a file or to nothing is no page
            continue
        if of_pattern[pattern] >= OF_EACH:
            continue
        of_pattern[pattern] += 1
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            continue
        links = re.findall(r'<a[^>]+href="([^"#]+)', answer.content.decode())
        todo += [link.replace("&amp;", "&") for link in links if link.startswith("/") and not SKIP.search(link)]
        asked = QueryCount()
        with connection.execute_wrapper(asked):
            client.get(address)
        took = []
        for _ in range(times):
            began = time.perf_counter()
            client.get(address)
            took.append((time.perf_counter() - began) * 1000)
        yield statistics.median(took), asked.queries, len(answer.content), who, pattern


def signed_in(email: str) -> Any:
    """A client that came in by the visitor's demo link, as a browser does."""
    from django.test import Client
    from django.urls import reverse

    from commonweal.accounts.models import Account
    from commonweal.accounts.writes.links import make_demo_link
    from commonweal.common.clock import now

    client = Client()
    code = make_demo_link(Account.objects.get(email=email), at=now())
    address = reverse("accounts:enter", args=[code])
    page = client.get(address).content.decode()
    fields = dict(re.findall(r'<input[^>]+name="([^"]+)"[^>]*value="([^"]*)"', page))
    client.post(address, fields)
    return client


# ── Requests a second, through the real server ──────────────────────────────────────────────────


def hammer(seconds: float) -> None:
    """Serve the place and ask some pages from eight connections at once, for a bounded time."""
    from django.urls import reverse

    client = signed_in(VISITORS[1])
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "django", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server)
        print("requests a second, 8 connections, one server process, the client on the same cores")
        for address in (reverse("people:home"), reverse("people:people"), reverse("people:search") + "?q=gar"):
            asked = Counter[int]()
            until = time.monotonic() + seconds
            threads = [
                threading.Thread(target=keep_asking, args=(port, address, cookie, until, asked)) for _ in range(8)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            answered = asked[200]
            print(f"{answered / seconds:8.0f}/s  {address}  {dict(asked)}")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(15)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("the server did not start")
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def keep_asking(port: int, address: str, cookie: str, until: float, asked: Counter[int]) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers={"Cookie": cookie})
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                answer.read()
                asked[answer.status] += 1
        except OSError as error:
            asked[getattr(error, "code", 0)] += 1


if __name__ == "__main__":
    sys.exit(main())
