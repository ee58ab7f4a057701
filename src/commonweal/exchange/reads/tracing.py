"""Where does this file come from? Which export it is a copy of, how sure that is, and why."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.common.sealed import keyring
from commonweal.exchange.models import Export, InventedPerson
from commonweal.exchange.rules.export_vcard import cells_of_cards
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.marking import Agreement, agreement, row_key, seen_marks
from commonweal.exchange.rules.tables import open_table
from commonweal.exchange.words import ExportState
from commonweal.people.rules.names import folded

FIRST_LOOK, CLOSER = 200, 40
"""So many different texts are compared with every export, and so many exports with all of them."""
MOST_TEXTS = 5_000
SURE, LIKELY = 1e-6, 1e-3
"""How likely chance alone may be, among all exports together."""


@dataclass(frozen=True)
class Origin:
    """An export that a file may be a copy of: which of the people invented for it stand in the file, and how its
    marks agree. `chance` is how likely any export here would agree as well by chance alone."""

    export: Export
    invented: Sequence["Met"]
    invented_in_all: int
    marks: Agreement
    chance: float

    @property
    def is_sure(self) -> bool:
        """A name alone is no proof, since somebody may be called so; her id is, and two names with their units."""
        placed = sum(one.placed for one in self.invented)
        return any(one.by_id for one in self.invented) or placed > 1 or self.chance <= SURE

    @property
    def is_likely(self) -> bool:
        return (
            self.is_sure or self.chance <= LIKELY or len(self.invented) > 1 or any(one.placed for one in self.invented)
        )


@dataclass(frozen=True)
class Met:
    """An invented person in a file: her name, whether her unit stands beside it, and whether her id does."""

    name: str
    placed: bool
    by_id: bool


def secret_of(export: UUID) -> str:
    """What the marks of an export follow from; nobody without the key file can tell it."""
    return keyring().blind(str(export), "export-mark")


def rows_of_file(content: bytes) -> list[list[str]]:
    """The cells of a table or of a file of cards, each as it stands. Raises FileRefused."""
    if content.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCARD"):
        return list(cells_of_cards(content.decode("utf-8-sig", "replace")))
    table = open_table(content)
    return [cells for sheet in range(max(len(table.sheets), 1)) for _, cells in table.rows(sheet)]


def origins(content: bytes) -> list[Origin]:
    """The exports that a file comes from, the surest first; empty where nothing speaks for any. Raises FileRefused."""
    rows = rows_of_file(content)
    if not rows:
        raise FileRefused("empty")
    invented = _invented_in(rows)
    seen = dict(list(seen_marks(rows).items())[:MOST_TEXTS])
    taken = {one.pk: one for one in Export.objects.filter(state=ExportState.TAKEN).defer("reason")}
    first = dict(list(seen.items())[:FIRST_LOOK])
    by_first = {pk: agreement(first, secret_of(pk)).agree for pk in taken} if first else {}
    closer = set(sorted(by_first, key=lambda pk: -by_first[pk])[:CLOSER]) | (invented.keys() & taken.keys())
    found = []
    for pk in closer:
        marks = agreement(seen, secret_of(pk))
        chance = min(marks.chance * len(taken), 1.0) if seen else 1.0
        in_all = InventedPerson.objects.filter(export=pk).count()
        found.append(Origin(taken[pk], invented.get(pk, []), in_all, marks, chance))
    sure = [one for one in found if one.is_sure]
    likely = sure or [one for one in found if one.is_likely]
    return sorted(likely, key=lambda one: (one.chance, -len(one.invented)))


def invented_rows(owns: Iterable[UUID], keys: Iterable[tuple[str, Sequence[str]]]) -> tuple[set[UUID], set[str]]:
    """Of these ids, and of these names with their units, those that an export invented: the ids, and the keys of
    the rows (`row_key`); one query."""
    ring = keyring()
    prints = {ring.blind(key, "invented-row"): key for key in (row_key(name, unit) for name, unit in keys)}
    ids = set(owns)
    by_id = InventedPerson.objects.filter(pk__in=ids)
    by_row = InventedPerson.objects.filter(row_print__in=prints)
    there = list((by_id | by_row).values_list("pk", "row_print"))
    return {pk for pk, _ in there if pk in ids}, {prints[one] for _, one in there if one in prints}


def _invented_in(rows: Sequence[Sequence[str]]) -> dict[UUID, list[Met]]:
    """By export its invented people who stand in a file, by their name in one cell, in two beside each other, or by
    their id."""
    people = {one.pk: (one.export_id, json.loads(str(one.cells))) for one in InventedPerson.objects.all()}
    there: dict[str, set[UUID]] = {}
    for pk, (_, cells) in people.items():
        for key in (folded(cells["name"]), folded(f"{cells['family']} {cells['given']}"), folded(str(pk))):
            there.setdefault(key, set()).add(pk)
    found: dict[UUID, dict[UUID, Met]] = {}
    for row in rows if there else ():
        texts = [folded(cell) for cell in row]
        pairs = [f"{one} {other}" for one, other in zip(texts, texts[1:], strict=False)]
        every = {*texts, *pairs}
        for pk in {pk for text in every for pk in there.get(text, ())}:
            export, cells = people[pk]
            unit = {folded(" ".join(cells["unit"])), folded("".join(cells["unit"][-1:]))}
            met = Met(cells["name"], bool(unit & every), folded(str(pk)) in every)
            known = found.setdefault(export, {}).get(pk, met)
            found[export][pk] = Met(met.name, met.placed or known.placed, met.by_id or known.by_id)
    return {export: sorted(met.values(), key=lambda one: one.name) for export, met in found.items()}
