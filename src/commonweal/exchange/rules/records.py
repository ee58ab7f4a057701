"""From the cells of a row to what it says: a plain record, and what could not be read in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from commonweal.exchange.rules.cells import marked, read_date, read_languages, read_share, read_stance, several
from commonweal.exchange.rules.fields import ASKS, INSTITUTIONS, NOMINATIONS, PEOPLE, TIES
from commonweal.exchange.rules.guarding import cleaned
from commonweal.exchange.rules.references import Record, as_id, named, reference, references, same_text, unit_path
from commonweal.exchange.rules.remarks import is_a_remark
from commonweal.people.rules import folded, normal_email, normal_phone
from commonweal.people.rules.names import softened

Problem = tuple[str, int]
"""A code and the column (from 1; 0 for the row as a whole)."""
LONGEST = {
    "name": 160,
    "part": 80,
    "job": 120,
    "unit": 120,
    "shift": 60,
    "number": 80,
    "note": 4000,
    "place": 160,
    "address": 300,
}
FATAL = frozenset(
    {
        "no_person",
        "not_somebody",
        "group",
        "name_long",
        "self",
        "no_outcome",
        "no_institution",
        "no_occasion",
        "unit_long",
        "bad_id",
    }
)
GROUPS = frozenset(["organization", "organisation", "household", "organizacion", "hogar", "empresa", "company"])
BLANKS = frozenset(["n a", "na", "none", "unknown", "ninguno", "ninguna", "no tiene", "desconocido", "desconocida"])
WHOLE_NUMBER = re.compile(r"(\d{7,15})\.0+")
"""A telephone that a spreadsheet took for a number."""


@dataclass
class Mapping:
    """How a file is to be read. `columns` gives for each column its field and detail."""

    kind: str
    columns: list[tuple[str, str]]
    region: str = "US"
    date_order: str = "mdy"
    strongest_is_one: bool = True
    places: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {}
        for place, (name, _) in enumerate(self.columns):
            if name:
                self.places.setdefault(name, []).append(place)


@dataclass
class RowRead:
    """The record of a row and its problems; a fatal one makes the row unusable."""

    record: Record
    problems: list[Problem]
    cells: list[str] = field(default_factory=list)
    """As they stand in the file, for rows that are given back."""

    @property
    def fatal(self) -> Problem | None:
        return next((problem for problem in self.problems if problem[0] in FATAL), None)


def read_row(mapping: Mapping, cells: list[str]) -> RowRead:
    """What one row says under a mapping."""
    reading = _Reading(mapping, cells)
    READERS[mapping.kind](reading)
    record = {key: value for key, value in reading.record.items() if value not in ("", None, [], {})}
    return RowRead(record, reading.problems)


class _Reading:
    """One row while it is read."""

    def __init__(self, mapping: Mapping, cells: list[str]) -> None:
        self.mapping, self.cells = mapping, cells
        self.record: Record = {}
        self.problems: list[Problem] = []

    def all(self, name: str) -> Iterable[tuple[int, str]]:
        """Place and text of every filled cell of a field."""
        for place in self.mapping.places.get(name, ()):
            if place < len(self.cells) and (text := cleaned(self.cells[place])):
                yield place, text

    def one(self, name: str, longest: int = 0) -> str:
        """The text of a field; what is too long is cut, and said."""
        if not (places := self.mapping.places.get(name)):
            return ""
        if len(places) == 1:
            text = cleaned(self.cells[places[0]]) if places[0] < len(self.cells) else ""
        else:
            text = " ".join(text for _, text in self.all(name))
        if longest and len(text) > longest:
            self.wrong("cut", name)
            text = text[:longest]
        return text

    def wrong(self, code: str, name: str = "") -> None:
        """Notes a problem with a field's first column."""
        places = self.mapping.places.get(name) or [-1]
        self.problems.append((code, places[0] + 1))

    def day(self, name: str) -> str:
        text = self.one(name)
        if not text or folded(text) in BLANKS:
            return ""
        found = read_date(text, self.mapping.date_order)
        if found is None:
            self.wrong("date", name)
            return ""
        return found.isoformat()

    def reference(self, name: str, unit: str) -> Record:
        """Somebody as another row would point to her: a name, number, e-mail or telephone."""
        return reference(self.one(name, 200), self.one(unit, LONGEST["unit"]), self.mapping.region)


def _read_person(row: _Reading) -> None:
    record = row.record
    _read_name(row)
    own = row.one("own_id")
    if own:
        record["own"] = as_id(own)
        if not record["own"]:
            row.wrong("bad_id", "own_id")
    record["number"] = row.one("outside_number", LONGEST["number"])
    _read_contacts(row)
    path = unit_path(row.one("site"), row.one("unit"))
    if any(len(part) > LONGEST["unit"] for part in path):
        row.wrong("unit_long", "unit")
    record["unit"] = path
    record["job"] = row.one("job", LONGEST["job"])
    record["shift"] = row.one("shift", LONGEST["shift"])
    record["languages"] = _languages(row)
    record["born"] = row.day("born_on")
    stance = row.one("stance")
    record["stance"] = read_stance(stance, row.mapping.strongest_is_one)
    if stance and not record["stance"] and folded(stance) not in ("0", "na", "n a", ""):
        row.wrong("stance", "stance")
    record["note"] = "\n".join(text for _, text in row.all("note"))[: LONGEST["note"]]
    kind, role = row.one("institution_kind"), row.one("role")
    record["institutions"] = [
        [name[: LONGEST["place"]], kind or row.mapping.columns[place][1], role]
        for place, text in row.all("institution")
        for name in several(text)
    ]
    _read_marks(row)
    if folded(row.one("entry_kind")) in GROUPS:
        row.wrong("group", "entry_kind")
    elif is_a_remark(record):
        row.wrong("not_somebody", "name")
    identified = record.get("name") or record.get("own") or record["number"] or record["phones"] or record["emails"]
    if not identified:
        row.problems.append(("no_person", 0))


def _languages(row: _Reading) -> list[str]:
    languages: list[str] = []
    for _, text in row.all("languages"):
        known, strange = read_languages(text)
        languages += [code for code in known if code not in languages]
        if strange and not known:
            row.wrong("language", "languages")
    return languages


def _read_name(row: _Reading) -> None:
    given = " ".join(part for part in (row.one("given_name"), row.one("middle_name")) if part)
    family, whole, suffix = row.one("family_name"), row.one("name"), row.one("suffix")
    if given or family:
        given, family = softened(given), softened(family)
        row.record.update(named(f"{family}, {given}" if family and given else given or family, suffix))
        row.record.update(given=given, family=family)
        shown = row.record.get("suffix")
        base = f"{given} {family}".strip()
        row.record["name"] = row.record["name"] if shown else base
    elif whole:
        if not any(letter.isalpha() for letter in whole):
            row.wrong("no_letters", "name")
        else:
            row.record.update(named(whole, suffix))
    if len(row.record.get("name", "")) > LONGEST["name"]:
        row.wrong("name_long", "name" if whole else "family_name")
    for part in ("given", "family"):
        row.record[part] = row.record.get(part, "")[: LONGEST["part"]]
    also = [text[: LONGEST["name"]] for _, text in row.all("also_name")]
    row.record["also"] = [text for text in also if folded(text) != folded(row.record.get("name", ""))]


def _read_contacts(row: _Reading) -> None:
    phones: list[str] = []
    emails: list[str] = []
    for place, text in row.all("phone"):
        if folded(text) in BLANKS:
            continue
        if number := WHOLE_NUMBER.fullmatch(text):
            text = number[1]
        whole = normal_phone(text, row.mapping.region)
        found = [whole] if whole else [normal_phone(part, row.mapping.region) for part in several(text)]
        phones += [number for number in found if number and number not in phones]
        if None in found:
            row.problems.append(("phone", place + 1))
    for place, text in row.all("email"):
        if folded(text) in BLANKS:
            continue
        found = [normal_email(part) for part in several(text) if "@" in part] or [None]
        emails += [address for address in found if address and address not in emails]
        if None in found:
            row.problems.append(("email", place + 1))
    row.record["phones"], row.record["emails"] = phones, emails
    streets = [text for _, text in row.all("street")]
    town = " ".join(part for part in (row.one("region"), row.one("postal_code")) if part)
    parts = [*streets, row.one("city"), town]
    row.record["address"] = ", ".join(part for part in parts if part)[: LONGEST["address"]] if streets else ""


def _read_marks(row: _Reading) -> None:
    marks = []
    for place, text in row.all("mark"):
        outcome = marked(text)
        if outcome == "?":
            row.problems.append(("mark", place + 1))
        elif outcome:
            marks.append([place, outcome])
    row.record["marks"] = marks
    row.record["asker"] = row.reference("asker", "")


def _read_nomination(row: _Reading) -> None:
    row.record["from"] = row.reference("nominator", "nominator_unit")
    row.record["on"] = row.day("on")
    unit, question = row.one("nominee_unit", LONGEST["unit"]), row.one("question", 200)
    named_people = []
    for place, text in row.all("nominee"):
        asked = row.mapping.columns[place][1] or question
        for who in references(text, unit, row.mapping.region):
            if not same_text(who, row.record["from"]):
                named_people.append([asked, who])
            else:
                row.problems.append(("named_herself", place + 1))
    row.record["to"] = named_people
    if not row.record["from"]:
        row.wrong("no_person", "nominator")
    elif not named_people:
        row.wrong("self" if ("named_herself" in dict(row.problems)) else "no_person", "nominee")


def _read_tie(row: _Reading) -> None:
    record = row.record
    record["a"], record["b"] = row.reference("person", "person_unit"), row.reference("other", "other_unit")
    for key, name in (("a", "person"), ("b", "other")):
        if not record[key]:
            row.wrong("no_person", name)
    if record["a"] and record["b"] and same_text(record["a"], record["b"]):
        row.wrong("self", "other")
    record["kind"] = row.one("tie_kind", 80)
    strength = row.one("strength")
    if strength:
        record["strength"] = read_share(strength)
        if record["strength"] is None:
            row.wrong("strength", "strength")
    record["on"] = row.day("on")


def _read_ask(row: _Reading) -> None:
    record = row.record
    record["asked"], record["asker"] = row.reference("asked", "asked_unit"), row.reference("asker", "asker_unit")
    record["occasion"], record["okind"] = row.one("occasion", 120), row.one("occasion_kind", 80)
    record["on"] = row.day("on")
    if not record["asked"]:
        row.wrong("no_person", "asked")
    elif record["asker"] and same_text(record["asked"], record["asker"]):
        row.wrong("self", "asker")
    text = row.one("outcome")
    if "outcome" not in row.mapping.places:
        record["outcome"] = "yes"
    else:
        record["outcome"] = marked(text) or "unknown"
        if record["outcome"] == "?":
            row.wrong("no_outcome", "outcome")


def _read_institution(row: _Reading) -> None:
    record = row.record
    record["institution"] = row.one("institution", LONGEST["place"])
    record["ikind"], record["role"] = row.one("institution_kind", 80), row.one("role", 80)
    record["place"] = row.one("place", LONGEST["place"])
    record["who"] = row.reference("person", "person_unit")
    record["on"] = row.day("on")
    if not record["institution"]:
        row.wrong("no_institution", "institution")


READERS = {
    PEOPLE: _read_person,
    NOMINATIONS: _read_nomination,
    TIES: _read_tie,
    ASKS: _read_ask,
    INSTITUTIONS: _read_institution,
}
