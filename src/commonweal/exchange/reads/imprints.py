"""Has somebody changed a row since an import made it? Keyed fingerprints of what rows hold."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import models

from commonweal.common.sealed import Keyring, keyring
from commonweal.exchange.rules.imprints import COMPARED, content
from commonweal.people.models import Affiliation, ContactPoint, Person, PersonName, Placement

MODELS: dict[str, type[models.Model]] = {
    "person": Person,
    "name": PersonName,
    "contact": ContactPoint,
    "placement": Placement,
    "affiliation": Affiliation,
}


def imprint(noun: str, values: Sequence[Any], ring: Keyring | None = None) -> str:
    """The fingerprint of a row's compared columns; sealed ones are given open."""
    return (ring or keyring()).blind(content(noun, values), "imported-row")[:16]


def imprints_now(noun: str, ids: Collection[UUID]) -> dict[UUID, str]:
    """The fingerprint of each of these rows that is there, as it stands now; one query."""
    if not ids:
        return {}
    found = {}
    columns = COMPARED[noun]
    note = columns.index("note") if "note" in columns else -1
    for pk, *values in MODELS[noun]._default_manager.filter(pk__in=ids).values_list("pk", *columns):
        if note >= 0:
            held = bytes(values[note] or b"")
            values[note] = keyring().open(held, f"{Person._meta.db_table}:{pk}:note") if held else ""
        found[pk] = imprint(noun, values)
    return found
