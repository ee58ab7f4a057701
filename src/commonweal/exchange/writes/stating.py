"""Evidence and affiliations of a chunk of rows, each fact once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.common.ids import IdsTogether
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.evidence import NOUNS, State, states_of
from commonweal.exchange.reads.imprints import imprint
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.reads.judging_pairs import items_of, references_of
from commonweal.exchange.reads.made_by_imports import source_of
from commonweal.exchange.reads.verdicts import Judged
from commonweal.exchange.rules import kinds
from commonweal.exchange.rules.evidence import Item
from commonweal.exchange.rules.records import Record
from commonweal.exchange.writes.adding import Adding
from commonweal.people.models import Affiliation, Person
from commonweal.people.writes.bulk import add_rows, change_rows

Belonging = tuple[UUID, str, str, str, str, date | None]


def state_evidence(
    batch: ImportBatch,
    adding: Adding,
    rows: Sequence[Judged],
    inside: set[UUID],
    *,
    by: UUID | None,
    at: datetime,
) -> dict[int, int]:
    """Writes what some rows say was seen, with the people they name who are new; the step that each row reached.

    Nothing is written about people who are not `inside` any more; a row left with nothing else is not done.
    """
    judge = adding.judge
    here = inside | _add_strangers(batch.kind, adding, rows)
    adding.flush()
    pairs = [(one, item) for one in rows for item in _items(judge, one, at)]
    _write([(one, item) for one, item in pairs if _people_of(item) <= here], adding, by, at)
    _affiliate(batch, judge, [(one, who) for one in rows for who in _belonging(batch.kind, one, here)], adding.made)
    return {one.line: _settled(one, here) for one in rows}


def _settled(one: Judged, here: set[UUID]) -> int:
    """2 for a row that is done; 3, with the reason, for one whose people are there no longer."""
    needed = [UUID(who[1]) for who in one.who if who[1] and who[0] not in ("asker",) and not who[0].startswith("to")]
    if all(person in here for person in needed):
        return 2
    one.verdict, one.reason = "bad", "not_yours"
    return 3


def _people_of(item: Item) -> set[UUID]:
    """The people of whom a piece of evidence speaks."""
    named = {"ask": item.same_as[1:3], "yes": (item.same_as[1], *item.more[:1]), "assessment": item.same_as[:1]}
    return {person for person in named.get(item.noun, item.same_as[:2]) if person is not None}


def _items(judge: Judge, one: Judged, at: datetime) -> list[Item]:
    items = items_of(judge, one)
    if judge.reading.kind == "people" and one.record.get("stance"):
        on = date.fromisoformat(judge.reading.on) if judge.reading.on else at.date()
        items.append(Item("assessment", (one.person("me"), on), one.record["stance"]))
    return [item for item in items if item.is_complete]


def _add_strangers(kind: str, adding: Adding, rows: Sequence[Judged]) -> set[UUID]:
    """People whom the rows name and who are not on the list yet; all whom they name as new."""
    wanted: dict[UUID, tuple[int, Any]] = {}
    for one in rows:
        parts = dict(references_of(kind, one.record))
        for who in one.who:
            if who[2] == "new" and who[0] in parts:
                wanted.setdefault(UUID(who[1]), (one.line, parts[who[0]]))
    if not wanted:
        return set()
    there = set(Person.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for person, (line, reference) in wanted.items():
        if person not in there:
            adding.new_person(line, _stranger(person, line, reference))
    listed = Person.objects.filter(pk__in=there, forgotten_at=None, merged_into=None).values_list("pk", flat=True)
    return (wanted.keys() - there) | set(listed)


def _stranger(person: UUID, line: int, reference: Record) -> Judged:
    """Somebody of whom a row says no more than whom it means, as a row of her own."""
    return Judged(line, {**reference, "number": ""}, who=[["me", person.hex, "new", "", "", []]])


def _states(items: list[Item], fresh: set[UUID]) -> list[State]:
    """What there is of each item; nobody is asked about people who were added a moment ago."""
    known = [item for item in items if not _people_of(item) & fresh]
    told = iter(states_of(known))
    return [State("new") if _people_of(item) & fresh else next(told) for item in items]


def _write(pairs: list[tuple[Judged, Item]], adding: Adding, by: UUID | None, at: datetime) -> None:
    made = adding.made
    rows: dict[str, dict[Any, tuple[int, UUID, Item, str]]] = {}
    replaced: dict[str, list[tuple[UUID, UUID]]] = {}
    for (one, item), state in zip(pairs, _states([item for _, item in pairs], adding.fresh), strict=True):
        if state.state == "same" or item.identity in rows.get(item.noun, {}):
            if state.row:
                made.setdefault(one.line, []).append([f"also:{item.noun}", state.row.hex, ""])
            continue
        row = adding.ids.new()
        rows.setdefault(item.noun, {})[item.identity] = (one.line, row, item, state.source or item.source)
        if state.state == "changes" and state.row:
            replaced.setdefault(item.noun, []).append((row, state.row))
        made.setdefault(one.line, []).append([item.noun, row.hex, ""])
    for noun, some in rows.items():
        change_rows(NOUNS[noun][0], ("replaced_by_id",), replaced.get(noun, []))
        add_rows(NOUNS[noun][0], [_row(row, item, source, by, at) for _, row, item, source in some.values()])


def _row(row: UUID, item: Item, source: str, by: UUID | None, at: datetime) -> tuple[Any, ...]:
    end = (source, at, by, None, False)
    if item.noun == "ask":
        return (row, *item.same_as, item.value, *end)
    if item.noun == "yes":
        return (row, *item.same_as, item.more[0] if item.more else None, *end)
    if item.noun == "nomination":
        return (row, *item.same_as, *end)
    if item.noun == "tie":
        return (row, *item.same_as, item.value or 0.5, item.more[0] if item.more else None, None, *end)
    return (row, item.same_as[0], item.value, "stated", "", item.same_as[1], *end)


def _belonging(kind: str, one: Judged, here: set[UUID]) -> list[Belonging]:
    """Who belongs to which institution by a row: person, name, kind, place, role, since."""
    record = one.record
    if kind == "people":
        person = one.person("me")
        named = [(name, ikind, "", role) for name, ikind, role in record.get("institutions", ())]
    elif kind == "institutions":
        person = one.person("who")
        named = [(record["institution"], *(record.get(part, "") for part in ("ikind", "place", "role")))]
    else:
        return []
    if person is None or person not in here:
        return []
    since = date.fromisoformat(record["on"]) if record.get("on") else None
    return [(person, name, ikind, place, role, since) for name, ikind, place, role in named]


def _affiliate(
    batch: ImportBatch, judge: Judge, belonging: list[tuple[Judged, Belonging]], made: dict[int, list[list[str]]]
) -> None:
    wanted: dict[tuple[UUID, UUID, str], tuple[int, date | None]] = {}
    for one, (person, name, kind, place, role, since) in belonging:
        institution = judge.places.institution(name, kind, place).id
        if institution:
            wanted.setdefault((person, institution, kinds.affiliation_role(role)), (one.line, since))
    people = {person for person, _, _ in wanted}
    there = set(Affiliation.objects.filter(person__in=people, until=None).values_list("person", "institution", "role"))
    new, ids = [], IdsTogether()
    for key, (line, since) in wanted.items():
        if key not in there:
            row = ids.new()
            new.append((row, *key, since, None, source_of(batch.pk, line)))
            made.setdefault(line, []).append(["affiliation", row.hex, imprint("affiliation", (*key, since, None))])
    add_rows(Affiliation, new)
