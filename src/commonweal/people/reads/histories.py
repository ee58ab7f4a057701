"""What was done with a person's record, and who looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from commonweal.ledger.models import Entry
from commonweal.people.models import FormerRow

ONE_VISIT = timedelta(minutes=30)


@dataclass(frozen=True)
class Act:
    """One act of the ledger about somebody, with the name of who did it ("" for the program itself)."""

    at: datetime
    actor: str
    verb: str
    facts: dict[str, Any]


def acts_on(person: UUID, *, most: int) -> list[Act]:
    """The latest acts on a person's record, looks left out; two queries."""
    entries = Entry.objects.filter(subject=person).exclude(verb="looked_at").order_by("-number")
    found = list(entries.values_list("at", "actor", "verb", "facts")[:most])
    names = actor_names(actor for _, actor, _, _ in found)
    return [Act(at, names.get(actor, "") if actor else "", verb, facts) for at, actor, verb, facts in found]


def looks_at(person: UUID, *, most: int) -> list[Act]:
    """The latest looks at a person's record; two queries."""
    entries = Entry.objects.filter(subject=person, verb="looked_at").order_by("-number")
    found = list(entries.values_list("at", "actor")[:most])
    names = actor_names(actor for _, actor in found)
    return [Act(at, names.get(actor, "") if actor else "", "looked_at", {}) for at, actor in found]


def looked_lately(person: UUID, *, reader: UUID, at: datetime) -> bool:
    """True when this look belongs to a visit that the ledger already holds."""
    recent = Entry.objects.filter(subject=person, actor=reader, verb="looked_at", at__gt=at - ONE_VISIT)
    return recent.exists()


def former_rows(person: UUID) -> list[FormerRow]:
    """What was changed or removed of late and can be brought back, the latest first."""
    return list(FormerRow.objects.filter(person=person).order_by("-at", "-pk"))


def former_row(person: UUID, former: UUID) -> FormerRow | None:
    """One of them, None where there is none such."""
    return FormerRow.objects.filter(person=person, pk=former).first()


def actor_names(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """How colleagues see these accounts."""
    ids = {account for account in accounts if account is not None}
    return dict(get_user_model()._default_manager.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
