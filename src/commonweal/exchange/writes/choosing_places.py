"""What becomes of units, shifts, institutions and acts that a file names and that are not there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.common.refusals import Refusal
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.places_asked import places_there
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes.looking import look_again
from commonweal.exchange.writes.turns import take_turn
from commonweal.people.words import InstitutionKind, OccasionKind

KINDS = {"institution": InstitutionKind.values, "occasion": OccasionKind.values}
Choices = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class NotAPlace(Refusal):
    """The file does not ask for this, or it cannot be mapped to what was chosen."""

    what: str
    key: str


def choose_places(batch: UUID, *, choices: Choices, by: UUID, at: datetime) -> None:
    """Keeps, by kind and key, what becomes of names that are not there: {"do": "create"} (with "on" for an act,
    "kind" for an act or institution), {"do": "use", "id": …} for one that is there, or {"do": "leave"}; then
    looks again. Raises NotAPlace, and then nothing is kept."""
    with transaction.atomic():
        held = take_turn(batch, BatchState.LOOKED)
        if held is None:
            return
        kept = {what: dict(some) for what, some in held.choices.items()}
        there: dict[str, set[str]] = {}
        for what, some in choices.items():
            for key, choice in some.items():
                kept.setdefault(what, {})[key] = _checked(held, what, key, choice, there)
        if kept == held.choices:
            return
        held.choices = kept
        held.save(update_fields=["choices"])
        look_again(batch, by=by, at=at)


def _checked(
    batch: ImportBatch, what: str, key: str, choice: Mapping[str, str], there: dict[str, set[str]]
) -> dict[str, Any]:
    """The choice in its stored form."""
    if key not in batch.found.get("missing", {}).get(what, {}) and key not in batch.choices.get(what, {}):
        raise NotAPlace(what, key)
    do = choice.get("do", "")
    if do == "leave":
        return {"do": do}
    if do == "use":
        if what not in there:
            there[what] = {str(pk) for pk, _ in places_there(batch, what)}
        chosen = _as_id(choice.get("id", ""))
        if chosen not in there[what]:
            raise NotAPlace(what, key)
        return {"do": do, "id": chosen}
    if do != "create":
        raise NotAPlace(what, key)
    found: dict[str, Any] = {"do": do}
    if what == "occasion" and choice.get("on"):
        try:
            found["on"] = date.fromisoformat(choice["on"]).isoformat()
        except ValueError:
            raise NotAPlace(what, key) from None
    if choice.get("kind") in KINDS.get(what, ()):
        found["kind"] = choice["kind"]
    return found


def _as_id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
