"""Where a cell may name one person or several: who is known decides, then how the words look, else somebody is asked."""

from commonweal.exchange.reads.judging import Judge, reference_clue
from commonweal.exchange.reads.matching import Match
from commonweal.exchange.reads.verdicts import Judged
from commonweal.exchange.rules.references import Record, same_text

SEVERAL = "several"
"""The reason of such a question; it is answered with "apart" or "whole"."""


def settle_several(judge: Judge, rows: list[Judged]) -> None:
    """Puts into the nominations of some rows whom each doubtful cell names. Where nothing tells, the reference keeps
    the question, as "asks"; a fixed number of queries."""
    open_ones = [who for one in rows for _asked, who in one.record["to"] if "apart" in who]
    if not open_ones:
        return
    units = {id(who): judge.places.unit(who["unit"]).id if who.get("unit") else None for who in open_ones}
    wanted = [(who, each) for who in open_ones for each in (who, *who["apart"])]
    matches = judge.matcher.look_up([reference_clue(each, units[id(who)]) for who, each in wanted])
    known = {id(each): _is_known(match) for (_who, each), match in zip(wanted, matches, strict=True)}
    for one in rows:
        one.record["to"] = [
            [asked, each] for asked, who in one.record["to"] for each in _settled(judge, one, who, known)
        ]


def _is_known(match: Match) -> bool:
    return match.person is not None or match.reason == "two"


def _settled(judge: Judge, one: Judged, who: Record, known: dict[int, bool]) -> list[Record]:
    if "apart" not in who:
        return [who]
    parts: list[Record] = who["apart"]
    there = [known[id(part)] for part in parts]
    question = judge.question_of(who, SEVERAL)
    answer = judge.answers.get(question) or judge.answers.get(f"all:{SEVERAL}", "")
    if answer not in ("apart", "whole", "skip"):
        if known[id(who)] == any(there):  # both are known, or nobody is
            answer = "" if any(there) else who["likely"]
        else:
            answer = "apart" if any(there) else "whole"
    if answer == "apart":
        return [part for part in parts if not same_text(part, one.record["from"])]
    if answer == "whole":
        return [{key: value for key, value in who.items() if key not in ("apart", "likely", "asks")}]
    return [{**who, "asks": [question, "left_out" if answer == "skip" else SEVERAL]}]
