"""`commonweal reckon`: the arithmetic on plain files."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from pathlib import Path
from typing import Any

from commonweal.cli import forecast, numbers
from commonweal.cli.words import gettext as _
from commonweal.cli.words import ngettext
from commonweal.reckoning.plain_files import Answer, FilesRefused, leaders_from_files

REFUSED = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `reckon leaders` and `reckon forecast`; docs/reckon.md explains them."""
    topics = parser.add_subparsers(dest="topic", required=True, metavar=_("topic"))
    forecast.arguments(topics.add_parser("forecast", help=_("how the next, harder test may go")))
    leaders = topics.add_parser("leaders", help=_("who moves whom, the shortest list, who walks with whom"))
    files = leaders.add_argument_group(_("files (CSV; comma, semicolon or tab)"))
    files.add_argument("--ties", type=Path, required=True, metavar="T.csv", help="from,to[,kind][,weight]")
    files.add_argument("--nominations", type=Path, metavar="N.csv", help="nominator,nominee[,question]")
    files.add_argument("--asks", type=Path, metavar="A.csv", help="test,asker,asked,outcome")
    files.add_argument("--tests", type=Path, metavar="S.csv", help="test,order")
    files.add_argument("--people", type=Path, metavar="P.csv", help="id[,name][,unit][,shift]")
    leaders.add_argument(
        "--cover", type=numbers.share, default=0.9, metavar="0.9", help=_("share of every unit and shift to reach")
    )
    leaders.add_argument(
        "--capacity", type=numbers.room, default=12, metavar="12", help=_("followers per leader at most")
    )
    leaders.add_argument(
        "--seed", type=numbers.whole, default=1, metavar="1", help=_("of the draws behind the intervals")
    )
    leaders.add_argument("--kinds", default="", metavar="K,K", help=_("use only ties of these kinds"))
    leaders.add_argument(
        "--one-way", action="store_true", help=_("a tie leads only from its first person to its second")
    )
    leaders.add_argument(
        "--least-ties", type=numbers.whole, default=0, metavar="0", help=_("ties a leader must have at least")
    )
    leaders.add_argument(
        "--engine", choices=("fast", "exact"), default="fast", help=_("exact: slower, for small files")
    )
    leaders.add_argument("--top", type=numbers.room, default=20, metavar="20", help=_("candidates shown in the table"))
    leaders.add_argument("--json", action="store_true", help=_("the documented object instead of the table"))


def run(options: argparse.Namespace) -> int:
    """Answer, or say what is wrong with the files; nothing is printed to the output before all is known."""
    try:
        answer = forecast.answer(options) if options.topic == "forecast" else _leaders(options)
    except FilesRefused as refused:
        for problem in refused.problems:
            print(problem, file=sys.stderr)
        print(_("Nothing was reckoned."), file=sys.stderr)
        return REFUSED
    for note in answer.notes:
        print(_("note: %(note)s") % {"note": note}, file=sys.stderr)
    if options.json:
        return _print(json.dumps(answer.found, ensure_ascii=False, allow_nan=False))
    if options.topic == "forecast":
        return _print("\n".join(forecast.table(answer.found, options)))
    return _print(_table(answer, options.top))


def _leaders(options: argparse.Namespace) -> Answer:
    return leaders_from_files(
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


def _print(text: str) -> int:
    """Print all at once; a reader who closes the pipe early is no fault."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _table(answer: Answer, top: int) -> str:
    """The answer to read in a terminal or to print: lines of the terminal's width, names and reasons indented."""
    found = answer.found
    width = min(shutil.get_terminal_size((80, 24)).columns, 120)
    return "\n".join([*_candidates(found["candidates"], top, width), *_list(found, width), *_reach(found)])


def _candidates(candidates: list[dict[str, Any]], top: int, width: int) -> list[str]:
    lines = _wrapped(
        "", _("CANDIDATES, by what can be said for them (the rank orders evidence, not people)"), width, ""
    )
    lines.append("")
    for one in candidates[:top]:
        lines += _wrapped(f"{one['rank']:>5}  {one['id']}  ", one["says"], width, " " * 7)
    if len(candidates) > top:
        more = _("... and %(more)d more (--top %(all)d shows all)")
        lines.append(" " * 7 + more % {"more": len(candidates) - top, "all": len(candidates)})
    return lines


def _list(found: dict[str, Any], width: int) -> list[str]:
    size = found["size"]
    proof = _("no list is shorter") if size["proven"] else _("no list has fewer than %(fewest)d")
    heading = ngettext(
        "LIST: %(count)d leader (%(proof)s), with who walks with her",
        "LIST: %(count)d leaders (%(proof)s), each with who walks with her",
        size["leaders"],
    )
    chain: dict[str, list[str]] = {leader: [] for leader in found["list"]}
    for person, leader in found["chains"].items():
        chain[leader].append(person)
    lines = ["", heading % {"count": size["leaders"], "proof": proof % {"fewest": size["at_least"]}}, ""]
    for leader, people in chain.items():
        lines += _wrapped(f"  {leader}: ", ", ".join(people) or "-", width, " " * 4)
    return lines


def _reach(found: dict[str, Any]) -> list[str]:
    """What the list reaches, group by group, and who is left out for what reason."""
    lines = ["", _("REACHED: %(share).1f%% of all") % {"share": 100 * found["coverage"]["overall"]}]
    for kind, said in (("units", _("unit %(name)s: %(share).1f%%")), ("shifts", _("shift %(name)s: %(share).1f%%"))):
        lines += ["  " + said % {"name": name, "share": 100 * s} for name, s in found["coverage"][kind].items()]
    words = {
        "no_tie": _("no tie known"),
        "no_tie_to_a_leader": _("no tie to anybody on the list"),
        "capacity": _("the leaders she is tied to have no room"),
    }
    lines += ["", _("NOT REACHED: %(count)d") % {"count": len(found["unreached"])}]
    return lines + [f"  {person}: {words[found['unreached_why'][person]]}" for person in found["unreached"]]


def _wrapped(first: str, said: str, width: int, indent: str) -> list[str]:
    """One entry in lines of at most `width`, the later ones indented; a long name stays whole."""
    return textwrap.wrap(
        said, width, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ) or [first.rstrip()]
