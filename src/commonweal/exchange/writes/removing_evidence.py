"""The evidence and affiliations of an import go, except what somebody corrected since or another file says too."""

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.evidence import NOUNS
from commonweal.exchange.reads.imprints import imprints_now
from commonweal.exchange.writes.handing_on import Others, keep
from commonweal.people.models import Affiliation
from commonweal.people.writes.bulk import change_rows, remove_rows


def take_back_evidence(batch: ImportBatch, rows: list[ImportRow], others: Others) -> Counter[str]:
    """Takes back what some rows said was seen; counts what stays, and notes it in the rows."""
    made: dict[str, dict[UUID, ImportRow]] = defaultdict(dict)
    for row in rows:
        for noun, one, *_ in row.made:
            if noun in NOUNS or noun == "affiliation":
                made[noun][UUID(one)] = row
    if not made:
        return Counter()
    stays: dict[ImportRow, list[list[str]]] = defaultdict(list)
    for noun in NOUNS:
        if made[noun]:
            _of_one_kind(noun, made[noun], others, stays)
    if made["affiliation"]:
        _affiliations(made["affiliation"], stays)
    return keep(stays)


def _of_one_kind(
    noun: str, made: dict[UUID, ImportRow], others: Others, stays: dict[ImportRow, list[list[str]]]
) -> None:
    model = NOUNS[noun][0]
    held: dict[UUID, UUID | None] = dict(model._default_manager.filter(pk__in=made).values_list("pk", "replaced_by"))
    corrected = {pk for pk, by in held.items() if by is not None and by not in held}
    while more := {pk for pk, by in held.items() if by in corrected} - corrected:
        corrected |= more
    shared = others.take_over(noun, [pk for pk in held if pk not in corrected])
    for why, some in (("corrected", corrected), ("other_import", shared)):
        for pk in some:
            stays[made[pk]].append([noun, why])
    going = [pk for pk in held if pk not in corrected and pk not in shared]
    # What they replaced counts again, and their source is free for it, the moment they go.
    before: list[tuple[Any, ...]] = list(model._default_manager.filter(replaced_by__in=going).values_list("pk"))
    if before:
        change_rows(model, ("source",), [(f"undone:{pk.hex}", pk) for pk in going])
        change_rows(model, ("replaced_by_id",), [(None, pk) for (pk,) in before])
    remove_rows(model, going)


def _affiliations(made: dict[UUID, ImportRow], stays: dict[ImportRow, list[list[str]]]) -> None:
    marks = {UUID(one): mark for row in made.values() for noun, one, mark in row.made if noun == "affiliation"}
    now = imprints_now("affiliation", made)
    for pk, mark in now.items():
        if mark != marks[pk]:
            stays[made[pk]].append(["affiliation", "changed"])
    remove_rows(Affiliation, [pk for pk, mark in now.items() if mark == marks[pk]])
