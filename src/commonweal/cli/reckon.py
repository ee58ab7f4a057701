"""`commonweal reckon`: the arithmetic on plain files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commonweal.reckoning.plain_files import Answer

REFUSED = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `reckon leaders`; docs/reckon.md explains them."""
    topics = parser.add_subparsers(dest="topic", required=True, metavar="topic")
    leaders = topics.add_parser("leaders", help="who moves whom, the shortest list, who walks with whom")
    files = leaders.add_argument_group("files (CSV; comma, semicolon or tab)")
    files.add_argument("--ties", type=Path, required=True, metavar="T.csv", help="from,to[,kind][,weight]")
    files.add_argument("--nominations", type=Path, metavar="N.csv", help="nominator,nominee[,question]")
    files.add_argument("--asks", type=Path, metavar="A.csv", help="test,asker,asked,outcome")
    files.add_argument("--tests", type=Path, metavar="S.csv", help="test,order")
    files.add_argument("--people", type=Path, metavar="P.csv", help="id[,name][,unit][,shift]")
    leaders.add_argument(
        "--cover", type=_share, default=0.9, metavar="0.9", help="share of every unit and shift to reach"
    )
    leaders.add_argument("--capacity", type=_room, default=12, metavar="12", help="followers per leader at most")
    leaders.add_argument("--seed", type=_whole, default=1, metavar="1", help="of the draws behind the intervals")
    leaders.add_argument("--kinds", default="", metavar="K,K", help="use only ties of these kinds")
    leaders.add_argument("--one-way", action="store_true", help="a tie leads only from its first person to its second")
    leaders.add_argument("--least-ties", type=_whole, default=0, metavar="0", help="ties a leader must have at least")
    leaders.add_argument("--engine", choices=("fast", "exact"), default="fast", help="exact: slower, for small files")
    leaders.add_argument("--top", type=_room, default=20, metavar="20", help="candidates shown in the table")
    leaders.add_argument("--json", action="store_true", help="the documented object instead of the table")


def run(options: argparse.Namespace) -> int:
    """Answer, or say what is wrong with the files; nothing is printed to the output before all is known."""
    from commonweal.reckoning.plain_files import FilesRefused, leaders_from_files

    try:
        answer = leaders_from_files(
            options.ties,
            nominations=options.nominations,
            asks=options.asks,
            tests=options.tests,
            people=options.people,
            kinds=tuple(kind.strip() for kind in options.kinds.split(",") if kind.strip()),
            one_way=options.one_way,
            cover=options.cover,
            capacity=options.capacity,
            least_ties=options.least_ties,
            lot=options.seed,
            engine=options.engine,
        )
    except FilesRefused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        print("Nothing was reckoned.", file=sys.stderr)
        return REFUSED
    for note in answer.notes:
        print(f"note: {note}", file=sys.stderr)
    text = (
        json.dumps(answer.found, ensure_ascii=False, allow_nan=False) if options.json else _table(answer, options.top)
    )
    return _print(text)


def _print(text: str) -> int:
    """Print all at once; a reader who closes the pipe early is no fault."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _share(word: str) -> float:
    value = float(word)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"{word} is not a share above 0 and up to 1")
    return value


def _room(word: str) -> int:
    value = int(word)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{word} is below 1")
    return value


def _whole(word: str) -> int:
    value = int(word)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{word} is below 0")
    return value


def _table(answer: Answer, top: int) -> str:
    """The answer to read in a terminal or to print."""
    found = answer.found
    lines = ["CANDIDATES, by what can be said for them (the rank orders evidence, not people)", ""]
    candidates: list[dict[str, Any]] = found["candidates"]
    width = max((len(str(one["id"])) for one in candidates[:top]), default=2)
    for one in candidates[:top]:
        lines.append(f"{one['rank']:>5}  {one['id']:<{width}}  {one['says']}")
    if len(candidates) > top:
        lines.append(f"       ... and {len(candidates) - top} more (--top {len(candidates)} shows all)")
    size = found["size"]
    proof = "no list is shorter" if size["proven"] else f"no list has fewer than {size['at_least']}"
    chain: dict[str, list[str]] = {leader: [] for leader in found["list"]}
    for person, leader in found["chains"].items():
        chain[leader].append(person)
    lines += ["", f"LIST: {size['leaders']} leaders ({proof}), each with who walks with her", ""]
    lines += [f"  {leader}: {', '.join(people) or '-'}" for leader, people in chain.items()]
    lines += ["", f"REACHED: {found['coverage']['overall']:.1%} of all"]
    for kind in ("units", "shifts"):
        lines += [f"  {kind[:-1]} {name}: {share:.1%}" for name, share in found["coverage"][kind].items()]
    words = {
        "no_tie": "no tie known",
        "no_tie_to_a_leader": "no tie to anybody on the list",
        "capacity": "the leaders she is tied to have no room",
    }
    lines += ["", f"NOT REACHED: {len(found['unreached'])}"]
    lines += [f"  {person}: {words[found['unreached_why'][person]]}" for person in found["unreached"]]
    return "\n".join(lines)
