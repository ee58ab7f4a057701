"""The verdict on one row of a file: what it would do, and whom it means."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from commonweal.exchange.reads.tracing import invented_rows
from commonweal.exchange.rules.marking import row_key
from commonweal.exchange.rules.records import Record, RowRead

ASKER = "asker"
"""The reason of a row of people that comes in, but does not say clearly who asked her."""
Who = list[Any]
"""Part of the row, id as hex (empty: nobody yet), "known", "new" or "unclear", question, reason, ids."""
as_uuid = lru_cache(maxsize=20_000)(UUID)
"""Identifiers of rows that are asked for again and again while a chunk is judged."""


@dataclass
class Judged:
    """The verdict on one row."""

    line: int
    record: Record
    problems: list[list[Any]] = field(default_factory=list)
    verdict: str = "new"
    reason: str = ""
    who: list[Who] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    def person(self, part: str) -> UUID | None:
        """The id of who is meant in a part of the row; None while that is unclear."""
        found = next((one for one in self.who if one[0] == part), None)
        return as_uuid(found[1]) if found and found[1] else None

    def is_new(self, part: str) -> bool:
        return any(one[0] == part and one[2] == "new" for one in self.who)


def begun(rows: list[tuple[int, RowRead]]) -> tuple[list[Judged], list[Judged]]:
    """A verdict begun for each row, those that cannot be read settled as bad; then the good ones among them."""
    judged = [Judged(line, row.record, [list(one) for one in row.problems]) for line, row in rows]
    good = []
    for one, (_, row) in zip(judged, rows, strict=True):
        if row.fatal:
            one.verdict, one.reason = "bad", row.fatal[0]
        else:
            good.append(one)
    return judged, good


def without_invented(rows: list[Judged]) -> list[Judged]:
    """The rows that tell of people; one that an export invented, to be known again by, is settled as bad."""
    plain = [one for one in rows if not any(one.record.get(part) for part in ("phones", "emails", "number"))]
    keys = [(one.record.get("name", ""), one.record.get("unit", ())) for one in plain]
    own = [UUID(one.record["own"]) for one in rows if one.record.get("own")]
    ids, names = invented_rows(own, keys)
    if ids or names:
        nameless = dict(zip(map(id, plain), (row_key(*key) for key in keys), strict=True))
        for one in rows:
            by_id = one.record.get("own") and UUID(one.record["own"]) in ids
            if by_id or nameless.get(id(one)) in names:
                one.verdict, one.reason = "bad", "invented"
    return [one for one in rows if one.reason != "invented"]


def is_open(who: Who) -> bool:
    """Somebody still has to say who is meant here, or may; not where a part was left out."""
    return who[2] == "unclear" and who[4] != "left_out"
