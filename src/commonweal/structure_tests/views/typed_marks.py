"""Marks as a grid, a phone or a form without scripts sends them."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict

from commonweal.common.ids import new_id
from commonweal.common.refusals import NotYours
from commonweal.common.scope import Scope
from commonweal.common.sent import id_in
from commonweal.people.reads.people import people_within
from commonweal.people.words import Outcome
from commonweal.structure_tests.reads.roll import leaders_and_askers
from commonweal.structure_tests.reads.verdicts import verdicts_of
from commonweal.structure_tests.writes.marks import NewMark

MOST = 500
OLDEST = timedelta(days=120)
LEADER, ASKER, NOBODY, STAYS = "leader", "asker", "nobody", "stays"
"""Who asked, as forms name her; STAYS is whoever was recorded before and is not for the reader to see."""
BACK = "back"
"""Takes back what she recorded before."""


class NotReadable(Exception):
    """What was sent is no list of marks."""


def marks_in_json(body: bytes, at: datetime) -> list[dict[str, Any]]:
    """What a script sent. Raises NotReadable.

    `age` is for how many seconds a mark lay waiting where it was made: a clock that is wrong does no harm.
    """
    try:
        sent = json.loads(body)["marks"]
        if not isinstance(sent, list) or len(sent) > MOST:
            raise NotReadable
        return [_one_in_json(mark, at) for mark in sent]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotReadable from None


def _one_in_json(mark: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    outcome = str(mark["outcome"])
    if outcome not in (*Outcome.values, BACK):
        raise NotReadable
    age = float(mark.get("age") or 0)
    if not 0 <= age < OLDEST.total_seconds():
        age = 0.0
    return {
        "id": UUID(str(mark["id"])),
        "entry": UUID(str(mark["entry"])),
        "outcome": "" if outcome == BACK else outcome,
        "asker": str(mark.get("asker") or ASKER),
        "asked_again": mark.get("again") is True,
        "seen_at": at - timedelta(seconds=age),
        "settles": mark.get("settles") is True,
    }


def marks_in_form(sent: QueryDict) -> list[dict[str, Any]]:
    """What a page without scripts sent: of each line `k-<line>` says how it stood when the page was made, and of those
    that stand otherwise now there is a mark.

    Shapes: `k-` is outcome, who asked, asked again, contested and the id of the mark, parted by commas.
    """
    found = []
    for name in sent:
        entry = id_in(name[2:]) if name.startswith("k-") else None
        if entry is None:
            continue
        key = name[2:]
        was, asker_was, again_was, contested, mark = [*str(sent[name]).split(","), "", "", "", "", ""][:5]
        outcome, asker = sent.get(f"o-{key}", was), sent.get(f"a-{key}", asker_was)
        again = f"r-{key}" in sent
        if (outcome, asker, again) == (was, asker_was, again_was == "1"):
            continue
        if outcome not in (*Outcome.values, BACK) or (outcome == BACK and not was):
            continue
        found.append(
            {
                "id": id_in(mark) or new_id(),
                "entry": entry,
                "outcome": "" if outcome == BACK else outcome,
                "asker": asker or ASKER,
                "asked_again": again,
                "seen_at": None,
                "settles": contested == "1",
            }
        )
    return found


def as_marks(
    scope: Scope, sent: Iterable[dict[str, Any]], lines: Mapping[UUID, tuple[UUID | None, UUID | None]]
) -> list[NewMark]:
    """The same with who asked: `lines` are the leader and the asker of each entry the reader sees.

    Raises NotYours for a line, or for an asker, that she does not see.
    """  # fmt: skip
    rows = list(sent)
    others = {found for row in rows if (found := id_in(row["asker"])) is not None}
    known = {one for pair in lines.values() for one in pair if one}
    strange = others - known
    if strange and people_within(scope).filter(pk__in=strange).count() != len(strange):
        raise NotYours
    before = verdicts_of([row["entry"] for row in rows if row["asker"] == STAYS and row["entry"] in lines])
    marks = []
    for row in rows:
        if row["entry"] not in lines:
            raise NotYours
        leader, asker = lines[row["entry"]]
        stays = before[row["entry"]].asker if row["entry"] in before else None
        words: dict[str, UUID | None] = {LEADER: leader, ASKER: asker, NOBODY: None, STAYS: stays}
        who = words[row["asker"]] if row["asker"] in words else id_in(row["asker"])
        marks.append(NewMark(**row | {"asker": who}))
    return marks


def lines_of_marks(rows: Iterable[dict[str, Any]], which: Q) -> dict[UUID, tuple[UUID | None, UUID | None]]:
    """Leader and asker of each line that was sent, of those that `which` lets through."""
    return leaders_and_askers(which, {row["entry"] for row in rows})
