"""Taking a whole import back, also later: what is untouched goes, what others built on stays, and it says so."""

import json
from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models.deletion import ProtectedError

from commonweal.common.work import Report, ask_for
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.evidence import NOUNS
from commonweal.exchange.words import BatchState
from commonweal.exchange.writes.adding import MODELS
from commonweal.exchange.writes.uploads import remove_file
from commonweal.ledger.writes import record
from commonweal.people.models import Affiliation, Institution, Occasion, Person, Placement, Shift, Unit
from commonweal.people.writes import search_keys
from commonweal.people.writes.bulk import change_rows

TAKE_BACK = "commonweal.exchange.writes.taking_back.take_back"
CHUNK = 500
DERIVED = frozenset({"SearchKey", "Candidate", "ChainProposal", "Resemblance"})
"""What the computer worked out about people; it goes with them."""


def begin_taking_back(batch: UUID, *, by: UUID, at: datetime) -> None:
    """Asks for an import to be taken back; a second press changes nothing."""
    with transaction.atomic():
        if ImportBatch.objects.filter(pk=batch, state=BatchState.DONE).update(state=BatchState.TAKING_BACK):
            ask_for(TAKE_BACK, subject=batch, by=by, at=at)


def take_back(subject: UUID, report: Report, *, by: UUID | None, at: datetime) -> None:
    """Takes a finished import back; broken off, it goes on where it was."""
    batch = ImportBatch.objects.get(pk=subject)
    if batch.state == BatchState.TAKING_BACK:
        take_back_rows(batch, report, by=by, at=at)


def take_back_rows(batch: ImportBatch, report: Report | None, *, by: UUID | None, at: datetime) -> None:
    """Takes back what the rows did, last row first, and then the units, shifts, institutions and acts nobody uses."""
    rows = ImportRow.objects.filter(batch=batch)
    total, done = rows.filter(step__in=(1, 2)).count(), 0
    while True:
        with transaction.atomic():
            some = list(rows.filter(step__in=(1, 2)).order_by("-line")[:CHUNK])
            if not some:
                break
            kept = Counter(batch.kept)
            people = _take_back_some(some, kept)
            batch.kept = dict(kept)
            batch.save(update_fields=["kept"])
            rows.filter(pk__in=[row.pk for row in some]).update(step=4, before=b"", values=b"")
            search_keys.refresh(people)
        done += len(some)
        if report is not None:
            report.step(done, total)
    with transaction.atomic():
        kept = Counter(batch.kept)
        _take_back_places(batch, kept)
        rows.update(values=b"", before=b"")
        batch.kept, batch.state, batch.pieces = dict(kept), BatchState.TAKEN_BACK, 0
        batch.taken_back_at, batch.taken_back_by = at, by
        batch.save(update_fields=["kept", "state", "pieces", "taken_back_at", "taken_back_by"])
        record("took_import_back", by=by, at=at, subject_kind="import", subject=batch.pk, facts={"kept": batch.kept})
    remove_file(batch.pk)


def _take_back_some(rows: list[ImportRow], kept: Counter[str]) -> set[UUID]:
    made: dict[str, list[UUID]] = {}
    for row in rows:
        for noun, one in row.made:
            made.setdefault(noun, []).append(UUID(one))
    for noun in NOUNS:
        _take_back_evidence(noun, made.get(noun, []), kept)
    changed: set[UUID] = set()
    for row in rows:
        if row.before:
            for noun, one, column, old, new in reversed(json.loads(row.before)):
                changed |= _restore(noun, UUID(one), column, old, new, kept)
    Affiliation.objects.filter(pk__in=made.get("affiliation", [])).delete()
    new_people = made.get("person", [])
    staying = _built_upon(new_people, made, kept)
    for noun in ("name", "contact", "placement"):
        some = MODELS[noun].objects.filter(pk__in=made.get(noun, [])).exclude(person__in=staying)
        if noun == "placement":
            some = some.filter(until=None)
        changed |= set(some.values_list("person", flat=True))
        some.delete()
    Person.objects.filter(pk__in=set(new_people) - staying).delete()
    return changed


def _take_back_evidence(noun: str, made: list[UUID], kept: Counter[str]) -> None:
    model = NOUNS[noun][0]._default_manager
    corrected = model.filter(pk__in=made).exclude(replaced_by=None).count()
    if corrected:
        kept["corrected"] += corrected
    going = list(model.filter(pk__in=made, replaced_by=None).values_list("pk", flat=True))
    # Its source is freed first: what it replaced counts again the moment it goes.
    change_rows(NOUNS[noun][0], ("source",), [(f"undone:{row.hex}", row) for row in going])
    model.filter(pk__in=going).delete()


def _restore(noun: str, row: UUID, column: str, old: Any, new: Any, kept: Counter[str]) -> set[UUID]:
    found = MODELS[noun].objects.filter(pk=row).first()
    if found is None:
        return set()
    now = getattr(found, column)
    plain = now.hex if isinstance(now, UUID) else now.isoformat() if hasattr(now, "isoformat") else now
    if plain != new:
        kept["changed"] += 1
        return set()
    setattr(found, column, UUID(old) if column == "shift_id" and old else old)
    found.save(update_fields=[column])
    return {row} if noun == "person" else set()


def _built_upon(people: list[UUID], made: dict[str, list[UUID]], kept: Counter[str]) -> set[UUID]:
    """Which of the new people stay: somebody changed them since, or something not of this import hangs on them."""
    staying: dict[UUID, str] = {}
    for person in Person.objects.filter(pk__in=people).exclude(version=1).values_list("pk", flat=True):
        staying[person] = "edited"
    own = {one for some in made.values() for one in some}
    for relation in Person._meta.related_objects:
        model: type[models.Model] = relation.related_model
        if model.__name__ in DERIVED:
            continue
        name = relation.field.name
        for row, person in model._default_manager.filter(**{f"{name}__in": people}).values_list("pk", name):
            if row not in own and not (model is Person and row in people):
                staying.setdefault(person, model.__name__.lower())
    for why in staying.values():
        kept[why] += 1
    return set(staying)


def _take_back_places(batch: ImportBatch, kept: Counter[str]) -> None:
    made = batch.made.get("rows", {})
    for what, model in (("occasion", Occasion), ("institution", Institution), ("shift", Shift), ("unit", Unit)):
        for one in reversed(made.get(what, [])):
            row = model.objects.filter(pk=one).first()
            if row is None:
                continue
            try:
                with transaction.atomic():
                    in_use = what == "institution" and row.affiliations.exists()
                    in_use = in_use or (
                        what == "unit" and (Placement.objects.filter(unit=row).exists() or row.campaigns.exists())
                    )
                    if in_use:
                        kept[what] += 1
                    else:
                        row.delete()
            except ProtectedError:
                kept[what] += 1
