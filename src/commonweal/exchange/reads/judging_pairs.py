"""The verdicts on rows that speak of two people, or of people and institutions."""

from datetime import date

from commonweal.exchange.reads.evidence import states_of
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.reads.one_or_several import settle_several
from commonweal.exchange.reads.verdicts import Judged, begun
from commonweal.exchange.rules import kinds
from commonweal.exchange.rules.cells import dated_title
from commonweal.exchange.rules.evidence import Item
from commonweal.exchange.rules.records import Record, RowRead
from commonweal.people.models import Affiliation

PARTS = {"ties": ("a", "b"), "asks": ("asked", "asker"), "institutions": ("who",)}


def judged_pairs(judge: Judge, rows: list[tuple[int, RowRead]]) -> list[Judged]:
    """The verdicts on rows of nominations, ties, asks or institutions."""
    judged, good = begun(rows)
    if judge.reading.kind == "nominations":
        settle_several(judge, good)
    judge.refer(
        [(one, part, reference) for one in good for part, reference in references_of(judge.reading.kind, one.record)]
    )
    for one in good:
        _settle_unclear(one)
    _settle_news(judge, [one for one in good if one.verdict == "new"])
    return judged


def references_of(kind: str, record: Record) -> list[tuple[str, Record]]:
    """The people a record points to, by the part of the row."""
    if kind == "nominations":
        return [("from", record["from"]), *((f"to{place}", who) for place, (_, who) in enumerate(record["to"]))]
    if kind == "people":
        return [("asker", record["asker"])] if record.get("asker") else []
    return [(part, record[part]) for part in PARTS[kind] if record.get(part)]


def _settle_unclear(one: Judged) -> None:
    """A row with an unclear part waits; a nomination waits only when nobody named in it is clear."""
    unclear = [who for who in one.who if who[2] == "unclear"]
    if not unclear:
        return
    named = [who for who in one.who if who[0].startswith("to")]
    if (
        named
        and one.who[0][2] != "unclear"
        and any(who[2] != "unclear" for who in named)
        and all(who[4] == "left_out" for who in unclear)
    ):
        return
    one.reason = unclear[0][4]
    one.verdict = "bad" if all(who[4] == "left_out" for who in unclear) else "unclear"


def _settle_news(judge: Judge, rows: list[Judged]) -> None:
    pairs = [(one, item) for one in rows for item in items_of(judge, one)]
    states: dict[int, set[str]] = {}
    for (one, _), state in zip(pairs, states_of([item for _, item in pairs]), strict=True):
        states.setdefault(one.line, set()).add(state.state)
    belongs = _known_affiliations(judge, rows) if judge.reading.kind == "institutions" else {}
    for one in rows:
        found = states.get(one.line, set())
        if judge.reading.kind == "institutions":
            found = {belongs[one.line]}
        added = any(who[2] == "new" for who in one.who)
        if not found and one.verdict == "new":
            one.verdict, one.reason = "bad", "self" if len({who[1] for who in one.who}) < len(one.who) else "left_out"
        elif "new" in found or added:
            one.verdict = "new"
        else:
            one.verdict = "changes" if "changes" in found else "same"


def items_of(judge: Judge, one: Judged) -> list[Item]:
    """The pieces of evidence in a row whose people are settled."""
    record, kind, reading = one.record, judge.reading.kind, judge.reading
    if kind == "people":
        return judge.evidence_of(one)
    if kind == "nominations":
        nominator = one.person("from")
        items = []
        for place, (asked, _) in enumerate(record["to"]):
            nominee = one.person(f"to{place}")
            if nominator and nominee and nominator != nominee:
                code = kinds.question(asked) if asked else reading.usual_question
                items.append(Item("nomination", (nominator, nominee, code, _day(record.get("on") or reading.on))))
        return items
    if kind == "ties":
        first, second = one.person("a"), one.person("b")
        if not first or not second or first == second:
            return []
        code = kinds.tie_kind(record["kind"]) if record.get("kind") else reading.usual_tie
        return [Item("tie", (first, second, code), record.get("strength"), (_day(record.get("on")),))]
    if kind == "asks":
        return _asks(judge, one)
    return []


def _asks(judge: Judge, one: Judged) -> list[Item]:
    record, reading = one.record, judge.reading
    asked, asker = one.person("asked"), one.person("asker")
    name = record.get("occasion") or reading.usual_occasion
    if not name or not asked or asked == asker:
        return []
    name, day = dated_title(name, reading.date_order)
    on = record.get("on") or (day.isoformat() if day else "") or reading.on
    act = judge.places.occasion(name, on, kinds.occasion_kind(record.get("okind", ""), name))
    if act.state == "left":
        return []
    if record["outcome"] == "yes":
        return [Item("yes", (act.id, asked), None, (asker,))]
    return [Item("ask", (act.id, asker, asked), record["outcome"])]


def _known_affiliations(judge: Judge, rows: list[Judged]) -> dict[int, str]:
    people = {person for one in rows if (person := one.person("who"))}
    there = set(Affiliation.objects.filter(person__in=people, until=None).values_list("person", "institution", "role"))
    found = {}
    for one in rows:
        record = one.record
        place = judge.places.institution(record["institution"], record.get("ikind", ""), record.get("place", ""))
        person = one.person("who")
        if place.state == "left":
            one.verdict, one.reason = "bad", "left_out"
            found[one.line] = "same"
        elif place.id is None:
            found[one.line] = "new"
        else:
            role = kinds.affiliation_role(record.get("role", ""))
            found[one.line] = "same" if person is None or (person, place.id, role) in there else "new"
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
