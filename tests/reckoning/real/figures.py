"""What the program finds on real networks with a known story, as the rows of the page docs/practices/list-and-chain.md.

Run: .venv/bin/python -m tests.reckoning.real.figures
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from commonweal.reckoning.chains import walk_with
from commonweal.reckoning.coverage import CoverList, shortest_list
from commonweal.reckoning.graph import pagerank, reach
from commonweal.reckoning.ties import Ties

HERE = Path(__file__).parent / "networks"


def network(name: str, kind: str, *, both_ways: bool, nodes: str = "") -> tuple[Ties, list[str]]:
    """The ties of one kind, and the names of the people."""
    rows = [row for row in _rows(f"{name}_edges.csv") if row["kind"] == kind]
    people = {row[end] for row in _rows(f"{name}_edges.csv") for end in ("source", "target")}
    if nodes:
        people |= {row[nodes] for row in _rows(f"{name}_nodes.csv")}
    ids = sorted(people)
    number = {person: place for place, person in enumerate(ids)}
    ties = Ties.between(
        [number[row["source"]] for row in rows],
        [number[row["target"]] for row in rows],
        [float(row.get("weight") or 1) for row in rows],
        n=len(ids),
        both_ways=both_ways,
    )
    return ties, ids


def _rows(file: str) -> list[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def touching(ties: Ties) -> CoverList:
    """The fewest people who, without any limit of time, touch nine tenths: proven."""
    return shortest_list(ties, groups=[], capacity=max(ties.n, 1), engine="exact")


def leading(ties: Ties) -> CoverList:
    """The fewest leaders with at most twelve followers each: proven."""
    return shortest_list(ties, groups=[], engine="exact")


def figures() -> list[str]:
    """The rows of the page's table, in order."""
    return [*_tailors(), *_club(), *_managers(), *_monastery(), *_doctors()]


def _row(what: str, found: str) -> str:
    return f"| {what} | {found} |"


def _names(cover: CoverList, ids: list[str]) -> str:
    """The names on one shortest list, each with how many others could stand in her place alone."""
    order = sorted(zip(cover.leaders.tolist(), cover.stand_ins.tolist(), strict=True), key=lambda one: ids[one[0]])
    return ", ".join(f"{ids[leader]} ({others})" for leader, others in order)


def _tailors() -> list[str]:
    rows = []
    for kind, words, both_ways in (
        ("sociational", "talk and a drink", True),
        ("instrumental", "money lent and help at work, either way", True),
    ):
        for time in ("t1", "t2"):
            ties, ids = network("kapferer", f"{kind}_{time}", both_ways=both_ways, nodes="name")
            touch, lead = touching(ties), leading(ties)
            when = "before the strike that failed" if time == "t1" else "before the strike that held"
            rows.append(
                _row(
                    f"Tailor shop, {words}, {when}",
                    f"{touch.leaders.size} people touch nine tenths; {lead.leaders.size} leaders with chains of twelve",
                )
            )
    return rows


def _club() -> list[str]:
    ties, ids = network("zachary", "tie", both_ways=True)
    rank = pagerank(ties)
    first = [ids[person] for person in np.argsort(-rank)[:2]]
    camps = {row["name"]: row["club_after_split"] for row in _rows("zachary_nodes.csv")}
    camp = np.array([sorted(set(camps.values())).index(camps[person]) for person in ids])
    cover = shortest_list(ties, groups=[camp], capacity=20, engine="exact")
    half = shortest_list(ties, groups=[camp], target=0.5, capacity=20, engine="exact")
    pair = [place for place, person in enumerate(ids) if person in ("n1", "n34")]
    chains = walk_with(ties, pair, capacity=20)
    right = sum(camp[p] == camp[leader] for p, leader in enumerate(chains.leader_of.tolist()) if leader >= 0)
    placed = int((chains.leader_of >= 0).sum())
    contested = len(chains.contested)
    return [
        _row("Karate club, first two by PageRank", ", ".join(first)),
        _row("Karate club, shortest list for half of each later camp", _names(half, ids)),
        _row("Karate club, shortest list for nine tenths of each later camp", _names(cover, ids)),
        _row("Karate club, reach of instructor n1 and president n34 together", f"{reach(ties, pair):.3f}"),
        _row(
            "Karate club, chains of n1 and n34",
            f"{placed} placed, {right} of them with the leader of their later camp, {contested} too close to call",
        ),
    ]


def _managers() -> list[str]:
    ties, ids = network("krackhardt_managers", "gives_advice_to", both_ways=False)
    asked = np.bincount(ties.to, minlength=ties.n)
    head = ids.index("v7")
    above = sorted((ids[p] for p in np.flatnonzero(asked > asked[head])), key=lambda name: -asked[ids.index(name)])
    level = sorted(ids[p] for p in np.flatnonzero(asked == asked[head]) if p != head)
    cover = leading(ties)
    return [
        _row("Managers, asked for advice more often than the head v7", ", ".join(above)),
        _row("Managers, asked exactly as often as the head", ", ".join(level)),
        _row("Managers, shortest list by advice (one way)", _names(cover, ids)),
    ]


def _monastery() -> list[str]:
    rows = []
    for kind, when in (("SAMPLK1", "first"), ("SAMPLK3", "third")):
        ties, ids = network("sampson", kind, both_ways=False, nodes="name")
        cover = leading(ties)
        rows.append(_row(f"Monastery, liking at the {when} time (one way)", _names(cover, ids)))
    return rows


def _doctors() -> list[str]:
    ties, ids = network("medinnov", "advisor", both_ways=False, nodes="id")
    town = np.array([int(person.split("-")[0]) for person in ids])
    cover = shortest_list(ties, groups=[town])
    sizes = [int((town[cover.leaders] == number).sum()) for number in (1, 2, 3, 4)]
    mapped = shortest_list(ties, groups=[town], least_ties=1)
    short = [f"town {group.group} {group.share:.0%}" for group in mapped.groups if group.short]
    return [
        _row(
            "Doctors, leaders for nine tenths of each town by advice (one way)",
            f"{cover.leaders.size} ({', '.join(map(str, sizes))}), none below {cover.lower_bound}; "
            f"{cover.alone.size} of them lead nobody",
        ),
        _row(
            "Doctors, the same without those nobody goes to",
            "; ".join(short) + " at most found" if short else "reached",
        ),
    ]


if __name__ == "__main__":
    print("\n".join(figures()))
