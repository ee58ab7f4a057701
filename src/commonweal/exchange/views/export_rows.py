"""What was chosen, as the cells of a table or as cards, in the reader's language."""

import random
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from commonweal.common.scope import Scope
from commonweal.exchange.reads.export_evidence import RowTaken, chosen_rows, count_rows, rows_taken
from commonweal.exchange.reads.export_leaders import ChainTaken, chains_of, count_chains, people_of_chains
from commonweal.exchange.reads.export_people import PersonTaken, UnitPaths, chosen_people, count_people, people_taken
from commonweal.exchange.rules import export as rules
from commonweal.exchange.rules.export import Choice
from commonweal.exchange.rules.export_vcard import Card, marked_card
from commonweal.exchange.rules.marking import marked_row
from commonweal.exchange.views.export_words import pair_titles, people_titles
from commonweal.leaders.reads.campaigns import Part
from commonweal.leaders.views.wall_chart_filters import stance_key
from commonweal.leaders.words import Stage
from commonweal.people.reads.organization import country_of_place
from commonweal.people.rules.contacts import spoken_phone
from commonweal.people.rules.names import SUFFIXES, folded, sort_name
from commonweal.people.words import AffiliationRole

AT_ONCE = 1000
SAMPLED = 300


class Contents:
    """The rows of one choice, within a scope; `part` is the campaign's part whose leaders are meant."""

    secret: str
    """By which a marked copy is known again; empty for one without marks."""
    invented: list[PersonTaken]

    def __init__(self, scope: Scope, choice: Choice, part: Part | None = None) -> None:
        self.scope, self.choice, self.part = scope, choice, part
        self.country = country_of_place()
        self.secret, self.invented = "", []

    @cached_property
    def count(self) -> int:
        """How many rows; one more than a file may hold says that there are more."""
        if self.choice.what == rules.PEOPLE:
            return count_people(self.scope, self.choice, country=self.country)
        return count_chains(self.part) if self.part else count_rows(self.scope, self.choice)

    @cached_property
    def chains(self) -> list[ChainTaken]:
        return chains_of(self.part) if self.part else []

    @cached_property
    def ids(self) -> list[UUID]:
        if self.choice.what == rules.PEOPLE:
            return chosen_people(self.scope, self.choice, country=self.country)
        return [] if self.part else chosen_rows(self.scope, self.choice)

    @property
    def content(self) -> str:
        """What names these rows and no others."""
        rows = [f"{one.leader}>{one.follower}" for one in self.chains] or [one.hex for one in self.ids]
        return " ".join([self.choice.what, *self.choice.parts, *rows])

    def titles(self) -> list[str]:
        if self.choice.what == rules.PEOPLE:
            return people_titles(self.choice.parts)
        return pair_titles(self.choice.what)

    def sample(self) -> list[PersonTaken]:
        """Some of the people, from all over the list, as the lot of the copy decides."""
        dice = random.Random(self.secret)  # noqa: S311
        some = dice.sample(self.ids, min(len(self.ids), SAMPLED))
        return people_taken(self.scope, some, (), UnitPaths(self.scope))

    def rows(self) -> Iterator[list[str]]:
        for row in self.plain_rows():
            yield marked_row(row, self.choice.what, self.secret) if self.secret else row

    def plain_rows(self) -> Iterator[list[str]]:
        if self.choice.what == rules.PEOPLE:
            marks = {code: f"{number} {word}" for code, number, word in stance_key()}
            for person in self.people():
                yield person_cells(person, self.choice.parts, self.country, marks)
        elif self.choice.what == rules.LEADERS and self.part:
            seen = people_of_chains(self.part, self.chains, UnitPaths(self.scope))
            for row in self.chains:
                if row.leader in seen and (row.follower is None or row.follower in seen):
                    yield chain_cells(row, seen)
        else:
            paths = UnitPaths(self.scope)
            for start in range(0, len(self.ids), AT_ONCE):
                for taken in rows_taken(self.scope, self.choice.what, self.ids[start : start + AT_ONCE], paths):
                    yield CELLS[self.choice.what](taken)

    def people(self) -> Iterator[PersonTaken]:
        """Those on the list, and whoever was invented at her place in the order of names."""
        paths = UnitPaths(self.scope)
        waiting = sorted(self.invented, key=in_order)
        for start in range(0, len(self.ids), AT_ONCE):
            for one in people_taken(self.scope, self.ids[start : start + AT_ONCE], self.choice.parts, paths):
                while waiting and in_order(waiting[0]) <= in_order(one):
                    yield waiting.pop(0)
                yield one
        yield from waiting

    def cards(self) -> Iterator[Card]:
        for card in self.plain_cards():
            yield marked_card(card, self.secret) if self.secret else card

    def plain_cards(self) -> Iterator[Card]:
        for one in self.people():
            contacts = one.contacts if rules.CONTACTS in self.choice.parts else {}
            yield Card(
                id=one.id,
                name=one.name,
                given=one.given,
                family=one.family,
                others=one.others,
                units=one.unit,
                job=one.job,
                phones=contacts.get("phone", ()),
                emails=contacts.get("email", ()),
                addresses=one.contacts.get("address", ()) if rules.ADDRESS in self.choice.parts else (),
                languages=one.languages,
                born_on=one.born_on,
                note=one.note,
            )


def in_order(one: PersonTaken) -> str:
    return sort_name(one.given, one.family) if one.given or one.family else folded(one.name)


def person_cells(one: PersonTaken, parts: tuple[str, ...], country: str, marks: dict[str, str]) -> list[str]:
    given, family, suffix = name_parts(one)
    cells = [
        str(one.id),
        one.name,
        given,
        family,
        suffix,
        *in_columns(one.others),
        one.number,
        " > ".join(one.unit),
        one.shift,
        one.job,
        "; ".join(one.also_in),
        ", ".join(one.languages),
        day(one.born_on),
        "; ".join(one.walks_with),
    ]
    if rules.CONTACTS in parts:
        phones = [spoken_phone(number, country) for number in one.contacts.get("phone", ())]
        cells += [*in_columns(phones), *in_columns(one.contacts.get("email", []))]
        cells.append("; ".join(one.contacts.get("messenger", ())))
    if rules.ADDRESS in parts:
        cells.append("; ".join(one.contacts.get("address", ())))
    if rules.STANCE in parts:
        cells += [marks.get(one.stance, "") if one.stance else "", day(one.stance_on)]
    if rules.BELONGS in parts:
        roles = {code: str(label) for code, label in AffiliationRole.choices}
        cells.append("; ".join(name if role == "member" else f"{name} ({roles[role]})" for name, role in one.belongs))
    if rules.NOTE in parts:
        cells.append(one.note)
    return cells


def name_parts(one: PersonTaken) -> tuple[str, str, str]:
    """Given name, family name and suffix where together they say the whole name; else nothing, so that
    who brings the file in again does not give her another name."""
    whole, base = folded(one.name), folded(f"{one.given} {one.family}")
    if whole == base:
        return one.given, one.family, ""
    rest = whole.removeprefix(base).strip() if base else ""
    if rest in SUFFIXES and whole.startswith(base):
        return one.given, one.family, one.name.split()[-1]
    return "", "", ""


def in_columns(values: list[str]) -> list[str]:
    """The first, and all the others, in two cells."""
    return [values[0] if values else "", "; ".join(values[1:])]


def day(on: date | datetime | None) -> str:
    if isinstance(on, datetime):
        on = localdate(on)
    return on.isoformat() if on else ""


def tie_cells(taken: RowTaken) -> list[str]:
    row, (one, other) = taken.row, taken.ends
    return [*one, *other, str(row.get_kind_display()), repr(row.strength), day(row.since)]


def nomination_cells(taken: RowTaken) -> list[str]:
    row, (one, other) = taken.row, taken.ends
    return [*one, *other, str(row.get_question_display()), day(row.on)]


def act_cells(taken: RowTaken) -> list[str]:
    act, (asked, asker) = taken.row.occasion, taken.ends
    return [act.name, str(act.get_kind_display()), day(act.on), *asked, *asker]


def ask_cells(taken: RowTaken) -> list[str]:
    return [*act_cells(taken), str(taken.row.get_outcome_display())]


def member_cells(taken: RowTaken) -> list[str]:
    row, there = taken.row, taken.row.institution
    role = str(row.get_role_display())
    return [there.name, str(there.get_kind_display()), there.place, *taken.ends[0], role, day(row.since)]


def chain_cells(row: ChainTaken, seen: dict[UUID, tuple[str, str]]) -> list[str]:
    on = row.listed
    cells = [*seen[row.leader]]
    cells += [str(Stage(on.stage).label), day(on.stage_since), on.responsible] if on else ["", "", ""]
    if row.follower is None:
        return [*cells, "", "", "", "", ""]
    return [*cells, *seen[row.follower], day(row.since), str(row.asked), str(row.came)]


CELLS: dict[str, Any] = {
    rules.TIES: tie_cells,
    rules.NOMINATIONS: nomination_cells,
    rules.ASKS: ask_cells,
    rules.YESES: act_cells,
    rules.INSTITUTIONS: member_cells,
}
