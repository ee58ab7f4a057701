"""What would each row of a file do? Judged a chunk at a time, before anything is done."""

from datetime import date
from functools import cached_property
from uuid import UUID

from commonweal.common.scope import Scope
from commonweal.common.sealed import keyring
from commonweal.exchange.reads.evidence import states_of
from commonweal.exchange.reads.made_by_imports import made_id, source_of
from commonweal.exchange.reads.matching import Clue, Match, Matcher
from commonweal.exchange.reads.places import Found, Places, place_key
from commonweal.exchange.reads.standings import standings
from commonweal.exchange.reads.verdicts import ASKER, Judged, begun, is_open, without_invented
from commonweal.exchange.rules import kinds
from commonweal.exchange.rules.cells import dated_title
from commonweal.exchange.rules.changes import Change, Standing, Where, changes_to
from commonweal.exchange.rules.evidence import Item
from commonweal.exchange.rules.in_file import MOST_MEANT, Met, SeenInFile
from commonweal.exchange.rules.mapping import Reading
from commonweal.exchange.rules.naming import one_order
from commonweal.exchange.rules.records import Record, RowRead
from commonweal.people.models import Unit
from commonweal.people.reads.people import people_within


class Judge:
    """Judges the rows of one batch in order, remembering who came earlier in the file."""

    def __init__(
        self, batch: UUID, scope: Scope, reading: Reading, places: Places, answers: dict[str, str], today: date
    ) -> None:
        self.batch, self.scope, self.reading, self.places, self.answers = batch, scope, reading, places, answers
        self.on = reading.on or today.isoformat()
        self.matcher = Matcher(scope, places, reading.key)
        self.of_others = Matcher(scope, places, reading.key, apart_from=source_of(batch))
        """Finds nobody whom this very import brought."""
        self.seen = SeenInFile(reading.key, any(one[0] == "asker" for one in reading.columns))
        self.names: dict[UUID, str] = {}
        self.acts = {place: dated_title(reading.titles[place], reading.date_order) for place in reading.marked_columns}

    # -- people ------------------------------------------------------------------------------------

    def people(self, rows: list[tuple[int, RowRead]]) -> list[Judged]:
        """The verdicts on rows of people."""
        judged, good = begun(rows)
        good = without_invented(good)
        units = [self.places.unit(one.record.get("unit", [])) for one in good]
        clues = [self.clue(one.record, unit) for one, unit in zip(good, units, strict=True)]
        for one, unit, match in zip(good, units, self.matcher.look_up(clues), strict=True):
            self._settle(one, unit, match)
        self._compare([one for one in good if one.verdict == "new"])
        return judged

    def clue(self, record: Record, unit: Found) -> Clue:
        """What a row of people says of somebody, by which she may be known."""
        return Clue(
            own=UUID(record["own"]) if record.get("own") else None,
            number=record.get("number", ""),
            emails=record.get("emails", ()),
            phones=record.get("phones", ()),
            name=record.get("name", ""),
            unit=unit.id,
            unit_key=place_key(*record.get("unit", ())),
        )

    def _settle(self, one: Judged, unit: Found, match: Match) -> None:
        """Decides who a row of people means."""
        key, question = place_key(*one.record.get("unit", ())), f"L{one.line}"
        met = Met() if match.person or match.could_be else self.seen.meet(one.record, key)
        if match.reason in ("no_such_id", "no_key"):
            one.verdict, one.reason = "bad", match.reason
            return
        reason, could_be = (match.reason, match.could_be) if match.could_be else (met.reason, met.could_be)
        person = match.person or met.person
        if reason and not person:
            answer = self.answers.get(question) or self.answers.get(f"all:{reason}", "")
            person = self._answered(one, answer, could_be)
            if person is None and answer != "new":
                one.verdict, one.reason = ("bad", "left_out") if answer == "skip" else ("unclear", reason)
                one.who = [["me", "", "unclear", question, reason, [each.hex for each in could_be]]]
                return
        if person is None:
            if not one.record.get("name"):
                one.verdict, one.reason = "bad", "no_name"
                return
            if not self.scope.everything and (
                unit.state == "left" or (unit.id and not self.scope.covers_unit(unit.id))
            ):
                one.verdict, one.reason = "bad", "no_unit"
                return
            person = made_id(self.batch, question, one.line)
            one.who = [["me", person.hex, "new", question, "", [each.hex for each in could_be]]]
            self.places.shift(one.record.get("shift", ""))  # a shift that is not there yet is noted, as the unit was
        else:
            one.who = [["me", person.hex, "known", question, "again" if met.person else "", []]]
        for name, kind, _ in one.record.get("institutions", ()):
            self.places.institution(name, kind)
        self.seen.remember(person, one.record, key)

    def _answered(self, one: Judged, answer: str, could_be: list[UUID]) -> UUID | None:
        if answer == "first":
            return could_be[0] if len(could_be) == 1 else None
        found = next((each for each in could_be if each.hex == answer), None)
        return found or next((each for each in self.chosen_by_hand if each.hex == answer), None)

    @cached_property
    def chosen_by_hand(self) -> frozenset[UUID]:
        """People whom an answer names, whatever the file calls them, and who are inside the scope now."""
        named = {answer for answer in self.answers.values() if len(answer) == 32}
        return (
            frozenset(people_within(self.scope).filter(pk__in=named).values_list("pk", flat=True))
            if named
            else frozenset()
        )

    def _compare(self, rows: list[Judged]) -> None:
        """Says for each row whose person is known what it would change."""
        known = {person for one in rows if not one.is_new("me") and (person := one.person("me"))}
        there = standings(known, with_notes=any(one.record.get("note") for one in rows))
        news = self._says_new([one for one in rows if not one.record.get("asker")])
        for one in rows:
            person = one.person("me")
            if one.is_new("me") or person not in there:
                if not one.is_new("me"):
                    one.fields = ["again"]
                    one.verdict = "changes"
                continue
            one.fields = [change.code for change in self.changes(one.record, there[person])]
            if one.line in news:
                one.fields.append("mark")
            one.verdict = "changes" if one.fields else "same"

    def compare_asked(self, rows: list[Judged]) -> None:
        """Says for rows that name who asked, once that is known, whether their marks say something new, and
        which of them leave open who it was."""
        marked = [(one, items) for one in rows if one.verdict != "unclear" and (items := self.evidence_of(one))]
        for one, _ in marked:
            one.reason = ASKER if any(who[0] == "asker" and is_open(who) for who in one.who) else ""
        known = [(one, items) for one, items in marked if one.verdict != "new" and "again" not in one.fields]
        news = _lines_of_news(known)
        for one, _ in known:
            if one.line in news:
                one.fields.append("mark")
                one.verdict = "changes"

    def _says_new(self, rows: list[Judged]) -> set[int]:
        """The lines of the rows whose marks say something that is not known yet."""
        return _lines_of_news([(one, self.evidence_of(one)) for one in rows])

    def changes(self, record: Record, now: Standing) -> list[Change]:
        """What a record would change about somebody as she stands now."""
        ring = keyring()
        prints = {value: ring.blind(value, "phone") for value in record.get("phones", ())}
        prints |= {value: ring.blind(value, "email") for value in record.get("emails", ())}
        if address := record.get("address"):
            prints[address] = ring.blind(address.casefold(), "address")
        return changes_to(
            record,
            now,
            self.where(record),
            update=self.reading.update,
            other_unit=self.reading.other_unit,
            prints=prints,
            on=self.on,
            names=self._names(),
        )

    def where(self, record: Record) -> Where:
        """Unit and shift of a record."""
        unit, shift = self.places.unit(record.get("unit", [])), self.places.shift(record.get("shift", ""))
        if unit.id and not self.scope.covers_unit(unit.id):
            unit = Found(None, "left")
        return Where(unit.id, unit.state == "new", " > ".join(record.get("unit", ())), shift.id, shift.state == "new")

    def _names(self) -> dict[UUID, str]:
        if not self.names:
            self.names = dict(Unit.objects.values_list("id", "name")) | dict(self.places.shifts)
        return self.names

    def evidence_of(self, one: Judged) -> list[Item]:
        """The marks of a row of people as pieces of evidence."""
        person, asker = one.person("me"), one.person("asker")
        items = []
        for place, outcome in one.record.get("marks", ()):
            name, day = self.acts[place]
            act = self.places.occasion(name, day.isoformat() if day else "", kinds.occasion_kind("", name))
            if act.state != "left":
                items.append(evidence_item(self.reading.marks, act.id, asker, person, outcome))
        return [item for item in items if item]

    # -- references --------------------------------------------------------------------------------

    def refer(self, references: list[tuple[Judged, str, Record]]) -> None:
        """Settles whom each part of some rows points to, and notes it in the rows."""
        units = [
            self.places.unit(reference["unit"]).id if reference.get("unit") else None for _, _, reference in references
        ]
        clues = [reference_clue(reference, unit) for (_, _, reference), unit in zip(references, units, strict=True)]
        for (one, part, reference), match in zip(references, self.matcher.look_up(clues), strict=True):
            if asks := reference.get("asks"):  # one person, or several: that has to be said first
                one.who.append([part, "", "unclear", *asks, []])
                continue
            met = self.seen.referred(reference)
            if met.person and (not match.person or match.person == met.person):
                one.who.append([part, met.person.hex, "known", "", "", []])
                continue
            person, could_be = match.person, list(dict.fromkeys([*met.could_be, *match.could_be]))[:MOST_MEANT]
            reason = met.reason if met.could_be and match.reason in ("", "not_found") else match.reason
            if person:
                one.who.append([part, person.hex, "known", "", "", []])
                continue
            question = self.question_of(reference)
            answer = self.answers.get(question) or self.answers.get(f"all:{reason}", "")
            if not answer and reason == "not_found":
                answer = {"add": "new", "skip": "skip"}.get(self.reading.strangers, "")
            chosen = self._answered(one, answer, could_be)
            if chosen:
                one.who.append([part, chosen.hex, "known", question, "", []])
            elif answer == "new" and reference.get("name") and self._may_add(reference):
                considered = [each.hex for each in could_be]
                one.who.append([part, made_id(self.batch, question).hex, "new", question, "", considered])
            else:
                reason = "left_out" if answer == "skip" else "no_unit" if answer == "new" else reason or "not_found"
                one.who.append([part, "", "unclear", question, reason, [each.hex for each in could_be]])

    def question_of(self, reference: Record, about: str = "reference") -> str:
        """The key of the question whom a reference means; or of another one about it."""
        name = one_order(reference.get("name", "")) or reference["text"].casefold()
        text = f"{self.batch}:{name}:{place_key(*reference.get('unit', ()))}"
        return keyring().blind(text, about)[:24]

    def _may_add(self, reference: Record) -> bool:
        return self.scope.everything or self.places.unit(reference.get("unit", [])).state != "left"


def _lines_of_news(rows: list[tuple[Judged, list[Item]]]) -> set[int]:
    pairs = [(one, item) for one, items in rows for item in items]
    states = states_of([item for _, item in pairs])
    return {one.line for (one, _), state in zip(pairs, states, strict=True) if state.state != "same"}


def reference_clue(reference: Record, unit: UUID | None) -> Clue:
    """A reference as a clue."""
    return Clue(
        own=UUID(reference["own"]) if reference.get("own") else None,
        number=reference.get("number", ""),
        emails=[reference["email"]] if reference.get("email") else [],
        phones=[reference["phone"]] if reference.get("phone") else [],
        name=reference.get("name", ""),
        unit=unit,
        is_reference=True,
    )


def evidence_item(marks: str, act: UUID | None, asker: UUID | None, person: UUID | None, outcome: str) -> Item | None:
    """A mark as evidence: an ask where it was seen who was asked, else a bare yes; None where a
    no on a sheet that shows only yeses says nothing."""
    if asker is not None and asker == person:
        asker = None
    if marks == "asked":
        return Item("ask", (act, asker, person), outcome)
    return Item("yes", (act, person), None, (asker,)) if outcome == "did" else None
