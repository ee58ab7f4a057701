"""What would a row change about somebody who is there already? Judged on plain values."""

from collections.abc import Mapping as AMapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from commonweal.exchange.rules.kinds import affiliation_role
from commonweal.exchange.rules.records import Record
from commonweal.people.rules import folded


class Change(NamedTuple):
    """One thing a row changes: its code, what was there (empty when it is added), what comes."""

    code: str
    old: str
    new: str


@dataclass
class Standing:
    """What is known of somebody now. Contacts are keyed fingerprints; placements (id, unit, job, shift,
    main) are those that have not ended."""

    name: str = ""
    given: str = ""
    family: str = ""
    number: str = ""
    born: str = ""
    languages: list[str] = field(default_factory=list)
    has_note: bool = False
    note: str = ""
    others: set[str] = field(default_factory=set)
    """Folded other names."""
    contacts: set[str] = field(default_factory=set)
    placements: list[tuple[Any, Any, str, Any, bool]] = field(default_factory=list)
    affiliations: set[tuple[str, str]] = field(default_factory=set)
    """Folded institution and role."""
    stances: dict[str, str] = field(default_factory=dict)
    """The stance said for each day."""


@dataclass
class Where:
    """The unit and shift of a row, as ids (None: new, or none), and how they are written."""

    unit: Any = None
    unit_is_new: bool = False
    unit_name: str = ""
    shift: Any = None
    shift_is_new: bool = False


def changes_to(
    record: Record,
    now: Standing,
    where: Where,
    *,
    update: str,
    other_unit: str,
    prints: AMapping[str, str],
    on: str,
    names: AMapping[Any, str],
) -> list[Change]:
    """The changes, in the order of the record. `prints` gives the fingerprint of each contact,
    `names` the name of each unit and shift by id."""
    found: list[Change] = []
    wins = update == "file_wins"
    if update != "leave":
        found += _changes_of_name(record, now, wins)
        for code, key in (("outside_number", "number"), ("born_on", "born")):
            old, new = getattr(now, key), record.get(key, "")
            if new and new != old and (wins or not old):
                found.append(Change(code, old, new))
        found += _changes_of_contacts(record, now, prints)
        new_languages = [code for code in record.get("languages", ()) if code not in now.languages]
        if new_languages:
            found.append(Change("languages", ", ".join(now.languages), ", ".join([*now.languages, *new_languages])))
        note = record.get("note", "")
        if note and note not in now.note:
            found.append(Change("note", "", note))
        found += _changes_of_place(record, now, where, wins, other_unit, names)
    found += [
        Change("institution", "", name)
        for name, _, role in record.get("institutions", ())
        if (folded(name), affiliation_role(role)) not in now.affiliations
    ]
    stance = record.get("stance", "")
    if stance and now.stances.get(on) != stance:
        found.append(Change("stance", now.stances.get(on, ""), stance))
    return found


def _changes_of_contacts(record: Record, now: Standing, prints: AMapping[str, str]) -> list[Change]:
    values = [("phone", value) for value in record.get("phones", ())]
    values += [("email", value) for value in record.get("emails", ())]
    values += [("street", record["address"])] if record.get("address") else []
    return [Change(code, "", value) for code, value in values if prints[value] not in now.contacts]


def _changes_of_name(record: Record, now: Standing, wins: bool) -> list[Change]:
    found = []
    name = record.get("name", "")
    if name and folded(name) != folded(now.name) and folded(name) not in now.others:
        found.append(Change("name", now.name, name) if wins else Change("also_name", "", name))
    found += [
        Change("also_name", "", other)
        for other in record.get("also", ())
        if folded(other) not in now.others and folded(other) != folded(now.name)
    ]
    return found


def _changes_of_place(
    record: Record, now: Standing, where: Where, wins: bool, other_unit: str, names: AMapping[Any, str]
) -> list[Change]:
    if where.unit is None and not where.unit_is_new:
        return []
    here = next((one for one in now.placements if one[1] == where.unit and where.unit is not None), None)
    if here is None:
        main = next((one for one in now.placements if one[4]), None)
        if not now.placements:
            return [Change("unit", "", where.unit_name)]
        if other_unit == "leave":
            return []
        old = names.get(main[1], "") if main and other_unit == "moved" else ""
        return [Change("unit", old, where.unit_name)]
    found = []
    job = record.get("job", "")
    if job and folded(job) != folded(here[2]) and (wins or not here[2]):
        found.append(Change("job", here[2], job))
    shift = record.get("shift", "")
    if (where.shift or where.shift_is_new) and where.shift != here[3] and (wins or here[3] is None):
        found.append(Change("shift", names.get(here[3], ""), names.get(where.shift, shift)))
    return found
