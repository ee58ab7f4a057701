"""What another import brought too stays when one is taken back, and belongs to the other from then on."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.imprints import MODELS
from commonweal.exchange.reads.made_by_imports import source_of
from commonweal.exchange.reads.standing_on import Parts
from commonweal.exchange.words import BatchState
from commonweal.people.writes.bulk import change_rows

LIVING = (BatchState.DONE, BatchState.BRINGING_IN)


def keep(stays: dict[ImportRow, list[list[str]]]) -> Counter[str]:
    """Notes in the rows what of them stays, and counts it by reason."""
    change_rows(ImportRow, ("kept",), [(json.dumps([*row.kept, *some]), row.pk) for row, some in stays.items()])
    return Counter(why for some in stays.values() for _, why in some)


class Others:
    """The other imports that stand, as far as they say what one import said."""

    def __init__(self, batch: UUID) -> None:
        self.rows = ImportRow.objects.filter(batch__state__in=LIVING, step__in=(1, 2)).exclude(batch=batch)
        self.others = ImportBatch.objects.filter(state__in=LIVING).exclude(pk=batch)
        self.stood: set[Any] | None = None
        self.repeated: dict[str, dict[UUID, UUID]] = {}
        """For each noun, the row of another import that says the same as a row of the hall."""

    def take_over(self, noun: str, ids: Collection[UUID]) -> set[UUID]:
        """Which of these pieces of evidence another import says too; they are its own from now on."""
        held = self.read().get(noun, {})
        shared = {pk: held[pk] for pk in ids if pk in held}
        if shared:
            rows = {row.pk: row for row in ImportRow.objects.filter(pk__in=set(shared.values()))}
            for pk, row in shared.items():
                rows[row].made = [
                    [noun, one, mark] if (word, one) == (f"also:{noun}", pk.hex) else [word, one, mark]
                    for word, one, mark in rows[row].made
                ]
            change_rows(ImportRow, ("made",), [(json.dumps(row.made), row.pk) for row in rows.values()])
        return set(shared)

    def of_people(self, people: Iterable[UUID]) -> dict[UUID, ImportRow]:
        """For each of these people the first row of another import that knows her."""
        found: dict[UUID, ImportRow] = {}
        for row in self.rows.filter(person__in=list(people)).order_by("batch__ended_at", "line"):
            if row.person is not None:
                found.setdefault(row.person, row)
        return found

    @staticmethod
    def give(to: dict[UUID, ImportRow], hers: dict[UUID, Parts]) -> None:
        """People whom these other imports know too are theirs from now on, with all that was made of them."""
        sources: dict[str, list[tuple[str, UUID]]] = defaultdict(list)
        for person, row in to.items():
            for noun in MODELS:
                for pk, mark in hers[person].get(noun, {}).items():
                    row.made = [[noun, pk.hex, mark], *row.made]
                    sources[noun].append((source_of(row.batch_id, row.line), pk))
        for noun, some in sources.items():
            change_rows(MODELS[noun], ("source",), some)
        change_rows(ImportRow, ("made",), [(json.dumps(row.made), row.pk) for row in to.values()])

    def read(self) -> dict[str, dict[UUID, UUID]]:
        """What they say again, from all their rows: once, and anew when another import has come in or goes on."""
        stand = set(self.others.values_list("pk", "state", "ended_at"))
        if stand == self.stood and not any(state == BatchState.BRINGING_IN for _pk, state, _at in stand):
            return self.repeated
        self.stood, self.repeated = stand, defaultdict(dict)
        said: Iterable[tuple[UUID, Any]] = (
            self.rows.filter(made__icontains="also:").values_list("pk", "made").iterator(chunk_size=5000)
        )
        for row, made in said:
            for noun, one, *_ in made:
                if noun.startswith("also:"):
                    self.repeated[noun[5:]].setdefault(UUID(one), row)
        return self.repeated
