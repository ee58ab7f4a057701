"""New people and what changes about known ones, gathered and written in a few statements."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F

from commonweal.common.ids import IdsTogether
from commonweal.common.sealed import keyring
from commonweal.exchange.models import ImportRow
from commonweal.exchange.reads.imprints import imprint, imprints_now
from commonweal.exchange.reads.judging import Judge
from commonweal.exchange.reads.made_by_imports import source_of
from commonweal.exchange.reads.verdicts import Judged
from commonweal.exchange.rules.changes import Change, Standing
from commonweal.exchange.rules.imprints import COMPARED
from commonweal.exchange.rules.records import LONGEST, Record
from commonweal.people.models import ContactPoint, Person, PersonName, Placement
from commonweal.people.rules import folded, sort_name, split_name, words_in
from commonweal.people.writes import search_keys
from commonweal.people.writes.bulk import COLUMNS, add_rows, change_rows, sealed

MODELS: dict[str, type[models.Model]] = {
    "person": Person,
    "name": PersonName,
    "contact": ContactPoint,
    "placement": Placement,
}
CONTACTS = ContactPoint._meta.db_table
PLACES = {noun: [COLUMNS[model].index(column) for column in COMPARED[noun]] for noun, model in MODELS.items()}
"""For each noun, where in a row that is added its compared columns stand."""


class Adding:
    """Collects rows for one chunk; `flush` writes them. `made` and `before` say, by line, what was done."""

    def __init__(self, batch: UUID, judge: Judge, at: datetime, by: UUID | None) -> None:
        self.batch, self.judge, self.at, self.by = batch, judge, at, by
        self.made: dict[int, list[list[str]]] = {}
        self.before: dict[int, list[Any]] = {}
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.changes: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = {}
        self.ring, self.source, self.ids = keyring(), source_of(batch), IdsTogether()
        self.renamed: set[UUID] = set()
        self.newcomers: dict[UUID, list[str]] = {}
        """People who are new in this chunk, with every name they have."""
        self.touched: set[UUID] = set()
        self.named: set[tuple[UUID, str]] = set()
        self.fresh: set[UUID] = set()
        """People whom this chunk added: nothing can be known of them yet."""
        self.own: set[UUID] = set()
        """People whom this very import brought; what changes about them is not set back, they go or stay whole."""
        self.lines_of_own: set[int] = set()

    def flush(self) -> None:
        """Writes what was gathered: what changes first, since it may make room, then what is new."""
        for (noun, columns), rows in self.changes.items():
            change_rows(MODELS[noun], columns, rows)
        self.changes = {}
        if self.touched:
            known = Person.objects.filter(pk__in=self.touched)
            known.update(version=F("version") + 1, changed_at=self.at)
        for noun, model in MODELS.items():
            add_rows(model, self.rows.pop(noun, []))
        search_keys.add_newcomers({one: words_in(" ".join(names)) for one, names in self.newcomers.items()})
        search_keys.refresh(self.renamed)
        self.touched, self.renamed, self.named, self.newcomers = set(), set(), set(), {}

    def sealed_before(self, row: UUID, before: list[Any] | None) -> bytes:
        """What fields held, sealed for the row of the import that changed them."""
        return sealed(ImportRow, row, "before", json.dumps(before)) if before else b""

    def _add(self, line: int, noun: str, row: tuple[Any, ...], opened: dict[int, Any] | None = None) -> None:
        """Gathers a row and notes its id and fingerprint; `opened` are stored columns in the clear, by place."""
        self.rows.setdefault(noun, []).append(row)
        told = opened or {}
        values = [told.get(place, row[place]) if told else row[place] for place in PLACES[noun]]
        mark = imprint(noun, values, self.ring)
        self.made.setdefault(line, []).append([noun, row[0].hex, mark])

    def _set(self, line: int, noun: str, row: UUID, column: str, old: Any, new: Any, stored: Any = None) -> None:
        self.changes.setdefault((noun, (column,)), []).append((new if stored is None else stored, row))
        self.before.setdefault(line, []).append([noun, row.hex, column, _plain(old), _plain(new)])

    def imprint_own(self) -> None:
        """For the people of this import whom its later rows changed: how they stand now, in place of what was."""
        for noun in MODELS:
            changed = {
                UUID(one): line
                for line, steps in self.before.items()
                for kind, one, *_ in steps
                if kind == noun and line in self.lines_of_own
            }
            for pk, mark in imprints_now(noun, changed).items():
                self.made.setdefault(changed[pk], []).append([f"as:{noun}", pk.hex, mark])
        for line in self.lines_of_own:
            self.before.pop(line, None)

    def new_person(self, line: int, one: Judged) -> None:
        """Somebody who was not on the list."""
        person, record = one.person("me"), one.record
        assert person is not None
        self.person_row(line, person, record)
        where = self.judge.where(record)
        if where.unit:
            self._placement(line, person, record, where.unit, where.shift, main=True)
        for other in record.get("also", ()):
            self._name(line, person, other)
        self._contacts(line, person, record, set())

    def person_row(self, line: int, person: UUID, record: Record) -> None:
        """The row of a new person."""
        given, family = record.get("given", ""), record.get("family", "")
        note = sealed(Person, person, "note", record.get("note", ""))
        born = date.fromisoformat(record["born"]) if record.get("born") else None
        name = record["name"][: LONGEST["name"]]  # a row that only points to somebody may write more
        order = sort_name(given, family) or folded(name)[:160]
        kept = (
            json.dumps(record.get("languages", [])),
            born,
            record.get("number", ""),
            note,
            f"{self.source}{line}",
        )
        self._add(
            line,
            "person",
            (person, name, given[:80], family[:80], order, *kept, self.at, self.by, self.at, 1, None, None),
            {5: record.get("languages", []), 8: record.get("note", "")},
        )
        parts = () if name == f"{given} {family}" else (given[:80], family[:80])
        self.newcomers[person] = [name, *parts]
        self.fresh.add(person)

    def _placement(
        self, line: int, person: UUID, record: Record, unit: UUID, shift: UUID | None, *, main: bool
    ) -> None:
        source = f"{self.source}{line}"
        self._add(
            line, "placement", (self.ids.new(), person, unit, record.get("job", ""), shift, main, None, None, source)
        )

    def _name(self, line: int, person: UUID, name: str) -> None:
        if (person, name) not in self.named:
            self.named.add((person, name))
            self._add(line, "name", (self.ids.new(), person, "also", name, f"{self.source}{line}"))
            if person in self.newcomers:
                self.newcomers[person].append(name)
            else:
                self.renamed.add(person)

    def _contacts(self, line: int, person: UUID, record: Record, there: set[str]) -> None:
        ring, source = self.ring, f"{self.source}{line}"
        values = [("phone", value, value) for value in record.get("phones", ())]
        values += [("email", value, value) for value in record.get("emails", ())]
        if record.get("address"):
            values.append(("address", record["address"], record["address"].casefold()))
        for kind, value, plain in values:
            mark = ring.blind(plain, kind)
            if mark in there:
                continue
            there.add(mark)
            row = self.ids.new()
            tail = ring.blind(value[-4:], "phone-tail") if kind == "phone" else ""
            kept = keyring().seal(value, f"{CONTACTS}:{row}:value")
            self._add(line, "contact", (row, person, kind, kept, mark, tail, False, None, source))

    def change_person(self, line: int, one: Judged, now: Standing, again: bool) -> None:
        """What a row changes about somebody who is there; a later row of the same file only adds."""
        person, record = one.person("me"), one.record
        assert person is not None
        changes = self.judge.changes(record, now)
        codes = {change.code for change in changes}
        for change in changes:
            self._change(line, person, change, now, again)
        if codes & {"phone", "email", "street"}:
            self._contacts(line, person, record, set(now.contacts))
        if "unit" in codes:
            self._place(line, person, record, now, again)
        self._mend_place(line, record, now, codes)
        if line in self.before or line in self.made:
            self.touched.add(person)
        if person in self.own:
            self.lines_of_own.add(line)

    def _change(self, line: int, person: UUID, change: Change, now: Standing, again: bool) -> None:
        if change.code == "also_name" or (change.code == "name" and again):
            self._name(line, person, change.new)
        elif change.code == "name":
            given, family = split_name(change.new)
            self._set(line, "person", person, "name", now.name, change.new)
            self._set(line, "person", person, "given_name", now.given, given)
            self._set(line, "person", person, "family_name", now.family, family)
            self._set(line, "person", person, "sort_name", sort_name(now.given, now.family), sort_name(given, family))
            self._name(line, person, change.old)
        elif change.code == "outside_number":
            self._set(line, "person", person, "outside_number", change.old, change.new)
        elif change.code == "born_on":
            self._set(line, "person", person, "born_on", change.old or None, change.new, date.fromisoformat(change.new))
        elif change.code == "languages":
            languages = [code for code in change.new.split(", ") if code]
            self._set(line, "person", person, "languages", now.languages, languages, json.dumps(languages))
        elif change.code == "note":
            text = f"{now.note}\n{change.new}".strip()
            self._set(line, "person", person, "note", now.note, text, sealed(Person, person, "note", text))

    def _place(self, line: int, person: UUID, record: Record, now: Standing, again: bool) -> None:
        where = self.judge.where(record)
        if not where.unit:
            return
        main = next((one for one in now.placements if one[4]), None)
        moved = main is not None and self.judge.reading.other_unit == "moved" and not again
        if moved and main is not None:
            self._set(line, "placement", main[0], "until", None, self.at.date().isoformat(), self.at.date())
        self._placement(line, person, record, where.unit, where.shift, main=main is None or moved)

    def _mend_place(self, line: int, record: Record, now: Standing, codes: set[str]) -> None:
        where = self.judge.where(record)
        here = next((one for one in now.placements if one[1] == where.unit), None)
        if here is None:
            return
        if "job" in codes:
            self._set(line, "placement", here[0], "job", here[2], record["job"])
        if "shift" in codes and where.shift:
            self._set(line, "placement", here[0], "shift_id", here[3], where.shift)


def _plain(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value
