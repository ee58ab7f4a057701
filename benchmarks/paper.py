"""The wall chart on paper: seconds, memory and bytes of each kind of print for 1,200 and 5,000 people.

    .venv/bin/python -m benchmarks.paper [--people 1200 5000] [--times 5]

The people are invented here and no database is asked: what is timed is drawing and writing the file. Each print runs in a
process of its own, so that its memory is its own; "more" is what the print took beyond the program and the chart itself.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from uuid import UUID, uuid5

from commonweal.exchange.paper.chart import Words, chart_pdf
from commonweal.exchange.paper.letters import short_name
from commonweal.exchange.paper.sheet import SheetWords, sheets_pdf
from commonweal.exchange.paper.sizes import PAPERS
from commonweal.leaders.rules.wall_chart import STANCES, Square, WallChart, wall_chart

SPACE = UUID(int=0x5EED)
UNITS, SHIFTS = 14, 3
GIVEN = [
    "Rosa",
    "Ana",
    "José",
    "Mei",
    "Ngozi",
    "Desmond",
    "Lucía",
    "Olha",
    "Kwame",
    "Noor",
    "Divina",
    "Łukasz",
    "Aaliyah",
    "Héctor",
    "Minh",
    "Fatoumata",
]
FAMILY = [
    "Hernández",
    "Okafor",
    "Nguyễn",
    "Smith",
    "Castillo-Ruiz",
    "Kowalska",
    "Bautista",
    "Abdullahi",
    "Li",
    "Toussaint",
    "Peña",
    "O'Connor",
    "Das",
]
SHEETS = "sheets"


def place(people: int) -> tuple[WallChart, dict[UUID, str]]:
    """A chart of invented people and their names."""
    dice = random.Random(1)
    units = [uuid5(SPACE, f"unit {number}") for number in range(UNITS)]
    shifts = [uuid5(SPACE, f"shift {number}") for number in range(SHIFTS)]
    squares, names = [], {}
    for number in range(people):
        given, family = dice.choice(GIVEN), f"{dice.choice(FAMILY)} {dice.choice(FAMILY)}"
        who = uuid5(SPACE, f"person {number}")
        names[who] = short_name(given, family, f"{given} {family}")
        flag = dice.choice(["", "", "", "", "", "", "", "won", "open"])
        squares.append(
            Square(
                who, f"{given} {family}", f"{family} {given}".casefold(), dice.choice(units), dice.choice(shifts),
                stance=dice.choice(STANCES), flag=flag,
            )
        )  # fmt: skip
    return wall_chart(squares, rows=units, row_of={unit: unit for unit in units}, columns=shifts, width=60), names


def printed(paper: str, chart: WallChart, names: dict[UUID, str]) -> bytes:
    """One print."""
    marks = {stance: (stance, "brings others") for stance in STANCES}
    if paper == SHEETS:
        words = SheetWords(
            "Sheets", "today", marks, "Line", "Name", "Now", "Give it back.", "", "%(page)s of %(pages)s"
        )
        blocks = [("Unit and shift", block.squares) for row in chart.rows for block in row.blocks]
        return sheets_pdf(blocks, names, words, ["Copy 1 of 1"])
    said = Words(
        title="Wall chart", made="today", key=dict.fromkeys(STANCES, "brings others"), won="won",
        not_won="not won", side_line="in that chain", unit="Unit", give_back="Give it back.",
        columns=["Day", "Evening", "Night"], column_sums=["71% have acted"] * SHIFTS,
        units={row.unit: ("Environmental Services", ["80 people", "70% acted", "3 blank"]) for row in chart.rows},
        lost_names="", page="%(row)s %(column)s %(page)s %(pages)s", paste="Cut.", continued="continued",
    )  # fmt: skip
    return chart_pdf(chart, names, said, ["Copy 1 of 1"], PAPERS[paper])


def one(paper: str, people: int, times: int) -> dict[str, float]:
    """Median seconds by the clock and of the processor, MB of memory, kB of file."""
    chart, names = place(people)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file, clock, processor = b"", [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        file = printed(paper, chart, names)
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "clock": statistics.median(clock),
        "processor": statistics.median(processor),
        "memory": memory / 1024,
        "more": (memory - before) / 1024,
        "size": len(file) / 1024,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[1200, 5000])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one, options.people[0], options.times)))
        return 0
    print(
        f"{platform.processor() or platform.machine()}, Python {platform.python_version()}; median of {options.times}\n"
    )
    print(f"{'people':>6} {'print':<8} {'s':>6} {'cpu s':>6} {'MB':>5} {'more':>5} {'kB':>6}")
    for people in options.people:
        for paper in (*PAPERS, SHEETS):
            words = ["--one", paper, "--people", str(people), "--times", str(options.times)]
            run = subprocess.run([sys.executable, "-m", "benchmarks.paper", *words], capture_output=True, check=True)
            got = json.loads(run.stdout)
            print(
                f"{people:6} {paper:<8} {got['clock']:6.2f} {got['processor']:6.2f} {got['memory']:5.0f}"
                f" {got['more']:5.0f} {got['size']:6.0f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
