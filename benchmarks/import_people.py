"""A list of 100,000 people and a file of 100,000 ties: looked at, brought in, taken back.

    .venv/bin/python -m benchmarks.import_people [--rows 100000] [--runs 1] [--database postgresql://…] [--no-undo]

Each run makes an empty place of its own in a temporary folder (SQLite, as delivered), brings an employer's list with
number, names, site, department, shift, job, telephone, e-mail and one petition, and then who is tied to whom among
those people. What is printed is the time from the upload to the preview, and from the yes to the last row, with the
processor's share of it and the memory of the process at its peak. The estimates that are read anew after an import are
work of their own and not in it. The database that is named is emptied.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import platform
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

PROMISED = 60.0  # seconds for each file, on two cores
SHIFTS = ("Day", "Evening", "Night")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--database", default="", help="a PostgreSQL database, which is emptied")
    parser.add_argument("--no-undo", action="store_true", help="do not take the files back")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="commonweal-bench-"))
    try:
        open_place(folder, chosen.database)
        runs = [one_run(chosen.rows, not chosen.no_undo) for _ in range(chosen.runs)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(runs, chosen.rows)
    medians = [total(runs, kind, 0) for kind in ("list", "ties")]
    return 0 if max(medians) <= PROMISED * max(1.0, chosen.rows / 100_000) else 1


def open_place(folder: Path, database: str) -> None:
    """Points the settings at an empty place."""
    os.environ.update(
        COMMONWEAL_DATA=str(folder), COMMONWEAL_DATABASE=database, COMMONWEAL_DEMO="1", COMMONWEAL_INSECURE_HTTP="1",
        DJANGO_SETTINGS_MODULE="commonweal.settings",
    )  # fmt: skip
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def one_run(rows: int, undo: bool) -> dict[str, tuple[float, float]]:
    """Seconds and processor seconds of each step."""
    from django.core.management import call_command

    from commonweal.accounts.models import Account
    from commonweal.common.clock import now
    from commonweal.exchange.models import ImportBatch
    from commonweal.people.models import Organization

    call_command("migrate", "commonweal", "zero", interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    Organization.objects.create(name="Bench", created_at=now())
    root = Account.objects.create(email="root@bench.example", name="Root", role="administrator", created_at=now())
    taken: dict[str, tuple[float, float]] = {}
    watch_turns()
    batches: list[ImportBatch] = []
    for kind, content in (("list", a_list(rows)), ("ties", some_ties(rows))):
        batches.append(one_file(kind, content, root.pk, taken))
        assert batches[-1].made["counts"] == {"brought": rows, "left": 0}, batches[-1].made["counts"]
    for kind, batch in (("ties", batches[1]), ("list", batches[0])) if undo else ():
        from commonweal.exchange.writes.taking_back import begin_taking_back

        taken[f"{kind}: taking back"] = timed(partial(begin_taking_back, batch.pk, by=root.pk, at=now()))
    return taken


def one_file(kind: str, content: bytes, by: Any, taken: dict[str, tuple[float, float]]) -> Any:
    """Brings a file as the pages do."""
    from commonweal.common.clock import now
    from commonweal.exchange.models import ImportBatch
    from commonweal.exchange.rules.mapping import Reading
    from commonweal.exchange.writes.bringing_in import begin_bringing_in
    from commonweal.exchange.writes.looking import begin_looking
    from commonweal.exchange.writes.uploads import bring_file

    batch = ImportBatch()

    def look() -> None:
        nonlocal batch
        batch = bring_file(name=f"{kind}.csv", pieces=[content], by=by, at=now())
        begin_looking(batch.pk, Reading.from_json(batch.settings), by=by, at=now())

    taken[f"{kind}: looking"] = timed(look)
    taken[f"{kind}: bringing in"] = timed(lambda: begin_bringing_in(batch.pk, by=by, at=now()))
    batch.refresh_from_db()
    return batch


TURNS: list[float] = []
"""Seconds that each turn of an import took: so long somebody who writes meanwhile waits at most."""


def watch_turns() -> None:
    """Notes how long each turn takes, from now on."""
    from commonweal.exchange.writes.turns import Pace

    class Watched(Pace):
        def end(self) -> None:
            TURNS.append(time.monotonic() - self.began)
            super().end()

    from commonweal.exchange.writes import bringing_in, taking_back

    for room in (bringing_in, taking_back):
        room.Pace = Watched  # type: ignore[attr-defined]


def timed(begin: Callable[[], Any]) -> tuple[float, float]:
    """Seconds and processor seconds of what is begun and of its piece of work; other work that it asks for waits."""
    from commonweal.common.models import Work
    from commonweal.common.work import do, take_next

    Work.objects.filter(state="waiting").delete()
    clock, processor = time.perf_counter(), time.process_time()
    begin()
    if (work := take_next()) is not None:
        do(work)
        work.refresh_from_db()
        assert work.state == "done", work.problem
    return time.perf_counter() - clock, time.process_time() - processor


def a_list(rows: int) -> bytes:
    """An employer's list: eighty sites of fourteen departments."""
    from commonweal.demo.names import ORIGINS

    dice = random.Random(1)
    given = [name for origin in ORIGINS.values() for name in origin.given]
    family = [name for origin in ORIGINS.values() for name in origin.family]
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(
        ("Employee ID", "Last Name", "First Name", "Site", "Department", "Shift", "Job Title", "Phone", "Email", "Petition 3/1/2026")
    )  # fmt: skip
    for number in range(rows):
        sheet.writerow(
            (
                f"E{number:06}", f"{dice.choice(family)} {dice.choice(family)}", dice.choice(given),
                f"Site {number % 80}", f"Department {number % 14}", dice.choice(SHIFTS), "Nurse",
                f"(212) {200 + number // 10000:03}-{number % 10000:04}", f"p{number}@bench.example", dice.choice("x "),
            )
        )  # fmt: skip
    return out.getvalue().encode()


def some_ties(rows: int) -> bytes:
    """Ties between people of the list, by their numbers."""
    dice = random.Random(2)
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(("From", "To", "Kind", "Strength"))
    seen: set[tuple[int, int]] = set()
    while len(seen) < rows:
        one = dice.randrange(rows)
        other = (one + dice.randrange(1, 40)) % rows
        if (one, other) not in seen and (other, one) not in seen:
            seen.add((one, other))
            sheet.writerow(
                (f"E{one:06}", f"E{other:06}", dice.choice(("friend", "kin", "goes to")), dice.choice((0.5, 0.8)))
            )
    return out.getvalue().encode()


def total(runs: list[dict[str, tuple[float, float]]], kind: str, place: int) -> float:
    """The median of looking and bringing in together: by the clock (0) or of the processor (1)."""
    return statistics.median(run[f"{kind}: looking"][place] + run[f"{kind}: bringing in"][place] for run in runs)


def say(runs: list[dict[str, tuple[float, float]]], rows: int) -> None:
    from django.db import connection

    print(f"\n{rows:,} rows in each file; {len(runs)} run(s), medians")
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {connection.display_name}"
    )
    print(f"\n{'':18}{'seconds':>9}{'processor':>11}{'rows a second':>15}")
    for step in runs[0]:
        clock, processor = (statistics.median(run[step][place] for run in runs) for place in (0, 1))
        print(f"{step:18}{clock:>9.1f}{processor:>11.1f}{rows / clock:>15,.0f}")
    for kind in ("list", "ties"):
        clock, processor = total(runs, kind, 0), total(runs, kind, 1)
        print(f"{kind + ': in all':18}{clock:>9.1f}{processor:>11.1f}   promised: under {PROMISED:.0f} s for 100,000")
    turns = sorted(TURNS)
    print(f"turns of a writer: longest {turns[-1]:.2f} s, 19 of 20 under {turns[len(turns) * 19 // 20]:.2f} s")
    print(f"load at the end: {os.getloadavg()[0]:.1f}")
    print(f"memory at its peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB")


if __name__ == "__main__":
    sys.exit(main())
