"""Writing down what was seen. A row is never edited: a correction is a new row of the same source."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction

from commonweal.common.ids import new_id
from commonweal.common.refusals import Conflict, Refusal
from commonweal.ledger.writes import record
from commonweal.people.models import Ask, Assessment, BareYes, Nomination, Occasion, Tie
from commonweal.people.models.evidence import Sourced
from commonweal.people.reads.evidence import standing
from commonweal.people.words import DIRECTED_TIES

Row = TypeVar("Row", bound=Sourced)
KEPT = frozenset({"id", "source", "entered_at", "entered_by", "replaced_by", "withdrawn"})


@dataclass(frozen=True)
class KnownAlready(Refusal):
    """The same was written down before; a second time it would not count."""

    kind: str
    row: UUID


@dataclass(frozen=True)
class WithHerself(Refusal):
    """Nobody knows, names or asks herself."""


@dataclass(frozen=True)
class ReplacedMeanwhile(Conflict):
    """Somebody corrected or withdrew this row since it was read."""

    row: UUID


@transaction.atomic
def add_tie(
    *,
    person: UUID,
    other: UUID,
    kind: str,
    strength: float = 0.5,
    since: date | None = None,
    until: date | None = None,
    by: UUID | None,
    at: datetime,
    source: str = "",
) -> Tie:
    """Writes down a bond between two people. Raises WithHerself, KnownAlready."""
    _not_herself(person, other)
    same = models.Q(person=person, other=other)
    if kind not in DIRECTED_TIES:
        same |= models.Q(person=other, other=person)
    _not_known(standing(Tie).filter(same, kind=kind, until=None), "tie")
    row = Tie(person_id=person, other_id=other, kind=kind, strength=strength, since=since, until=until)
    return _add(row, "tie", person, by, at, source)


@transaction.atomic
def name_somebody(
    *,
    nominator: UUID,
    nominee: UUID,
    question: str,
    on: date | None = None,
    by: UUID | None,
    at: datetime,
    source: str = "",
) -> Nomination:
    """Writes down that somebody, asked a question, named somebody. Raises WithHerself, KnownAlready."""
    _not_herself(nominator, nominee)
    known = standing(Nomination).filter(nominator=nominator, nominee=nominee, question=question)
    _not_known(known, "nomination")
    row = Nomination(nominator_id=nominator, nominee_id=nominee, question=question, on=on)
    return _add(row, "nomination", nominee, by, at, source)


@transaction.atomic
def record_ask(
    *,
    occasion: Occasion,
    asker: UUID | None,
    asked: UUID,
    outcome: str,
    by: UUID | None,
    at: datetime,
    source: str = "",
) -> Ask:
    """Writes down that a person was asked to an occasion and what was seen. Raises WithHerself, KnownAlready."""
    _not_herself(asker, asked)
    _not_known(standing(Ask).filter(occasion=occasion, asker=asker, asked=asked), "ask")
    row = Ask(occasion=occasion, asker_id=asker, asked_id=asked, outcome=outcome)
    return _add(row, "ask", asked, by, at, source)


@transaction.atomic
def record_bare_yes(
    *,
    occasion: Occasion,
    person: UUID,
    carried_by: UUID | None = None,
    by: UUID | None,
    at: datetime,
    source: str = "",
) -> BareYes:
    """Writes down that a person did it, where nobody could see who was asked and refused. Raises KnownAlready."""
    _not_known(standing(BareYes).filter(occasion=occasion, person=person), "bareyes")
    row = BareYes(occasion=occasion, person_id=person, carried_by_id=carried_by)
    return _add(row, "bareyes", person, by, at, source)


@transaction.atomic
def assess(
    *,
    person: UUID,
    stance: str,
    basis: str,
    reason: str,
    on: date,
    by: UUID | None,
    at: datetime,
    source: str = "",
) -> Assessment:
    """Writes down where a person stands on a day, with the behaviour that shows it."""
    row = Assessment(person_id=person, stance=stance, basis=basis, reason=reason, on=on)
    return _add(row, "assessment", person, by, at, source)


def correct(row: Row, *, by: UUID | None, at: datetime, **changes: Any) -> Row:
    """Replaces a row by one that says what is right. Raises ReplacedMeanwhile."""
    return _replace(row, "corrected_evidence", by, at, withdrawn=False, **changes)


def withdraw(row: Row, *, by: UUID | None, at: datetime) -> Row:
    """Replaces a row by one that says it was never so. Raises ReplacedMeanwhile."""
    return _replace(row, "withdrew_evidence", by, at, withdrawn=True)


def bring_back(row: Row, *, by: UUID | None, at: datetime) -> Row:
    """Undoes a withdrawal. Raises ReplacedMeanwhile."""
    return _replace(row, "brought_back_evidence", by, at, withdrawn=False)


def about(row: Sourced) -> UUID:
    """The person in whose history a row belongs."""
    names = {"tie": "person_id", "nomination": "nominee_id", "ask": "asked_id"}
    found: UUID = getattr(row, names.get(row._meta.model_name or "", "person_id"))
    return found


@transaction.atomic
def _replace(row: Row, verb: str, by: UUID | None, at: datetime, **changes: Any) -> Row:
    kind = type(row)
    new = kind(source=row.source, entered_at=at, entered_by=by)
    for field in kind._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(new, field.attname, getattr(row, field.attname))
    for name, value in changes.items():
        setattr(new, name, value)
    # The old row first: a source may have one row that nothing replaced. The key is checked at the end.
    if not kind._default_manager.filter(pk=row.pk, replaced_by=None).update(replaced_by_id=new.pk):
        raise ReplacedMeanwhile(row.pk)
    new.save(force_insert=True)
    facts = {"kind": kind._meta.model_name, "row": str(row.pk), "by_row": str(new.pk)}
    record(verb, by=by, at=at, subject_kind="person", subject=about(new), facts=facts)
    return new


def _add(row: Row, kind: str, person: UUID, by: UUID | None, at: datetime, source: str) -> Row:
    row.source, row.entered_at, row.entered_by = source or f"hand:{new_id()}", at, by
    row.save(force_insert=True)
    facts = {"kind": kind, "row": str(row.pk)}
    record("added_evidence", by=by, at=at, subject_kind="person", subject=person, facts=facts)
    return row


def _not_known(rows: "models.QuerySet[Any]", kind: str) -> None:
    known = rows.values_list("pk", flat=True).first()
    if known is not None:
        raise KnownAlready(kind, known)


def _not_herself(one: UUID | None, other: UUID) -> None:
    if one == other:
        raise WithHerself
