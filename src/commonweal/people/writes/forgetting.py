"""Forgetting a person: her name, contacts and everything said of her go; the counts she was part of stay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from commonweal.common.refusals import Refusal
from commonweal.common.sealed import SealedTextField
from commonweal.ledger.writes import record
from commonweal.people.models import Ask, BareYes, ChainLink, Forgotten, Merge, Nomination, Person, Placement
from commonweal.people.reads.pointing import columns_pointing_to
from commonweal.people.writes.search_keys import forget_words

COUNTED = (Ask, BareYes, Nomination, Placement, ChainLink)
"""Rows that stay, about a person without a name, so that what others did still adds up."""


@dataclass(frozen=True)
class LastKey(Refusal):
    """Her log-in is the last administrator's."""


@transaction.atomic
def forget(*, person: UUID, by: UUID | None, at: datetime) -> None:
    """Forgets a person and every record that was merged into hers. Raises LastKey.

    Once the transaction stands, SQLite's log is emptied and PostgreSQL's dead rows are swept, so that
    no byte of her is left in the database's files. The ledger holds ids only and stays whole.
    """
    ids = _with_absorbed(person)
    _end_accounts(ids, at)
    forget_words(ids)
    _empty_rooms_above(ids, at)
    for column in columns_pointing_to(Person):
        model, name = column.model, column.name
        if model in COUNTED or getattr(model, "counts_when_forgotten", False) or model in (Person, get_user_model()):
            continue
        rows = model._default_manager.filter(**{f"{name}__in": ids})
        if column.null and model._meta.app_label == "commonweal" and name in ("leader", "rival"):
            rows.update(**{name: None})
        else:
            rows.delete()
    Placement.objects.filter(person__in=ids).update(job="")
    Placement.objects.filter(person__in=ids, until=None).update(until=at.date())
    ChainLink.objects.filter(Q(follower__in=ids) | Q(leader__in=ids), until=None).update(until=at)
    Person.objects.filter(pk__in=ids).update(
        name="",
        given_name="",
        family_name="",
        sort_name="",
        languages=[],
        born_on=None,
        outside_number="",
        note=b"",
        source="",
        added_by=None,
        forgotten_at=at,
    )
    Forgotten.objects.bulk_create([Forgotten(person=one, at=at) for one in ids], ignore_conflicts=True)
    record("forgot_person", by=by, at=at, subject_kind="person", subject=person, facts={"records": len(ids)})
    transaction.on_commit(sweep)


def forget_again(people: Iterable[UUID] | None = None, *, by: UUID | None = None, at: datetime) -> int:
    """After an old backup was restored: forgets everybody who had been forgotten since, how many that were.

    `people` are the ids of forgotten people that the place knew before the restore; those in the restored
    table are always included.
    """
    known = set(Forgotten.objects.values_list("person", flat=True)) | set(people or ())
    there = Person.objects.filter(pk__in=known, forgotten_at=None).values_list("pk", flat=True)
    count = 0
    for one in list(there):
        if Person.objects.filter(pk=one, forgotten_at=None).exists():
            forget(person=one, by=by, at=at)
            count += 1
    missing = known - set(Forgotten.objects.values_list("person", flat=True))
    Forgotten.objects.bulk_create([Forgotten(person=one, at=at) for one in missing], ignore_conflicts=True)
    return count


def forgotten_people() -> list[UUID]:
    """The ids to carry over when a backup is restored."""
    return list(Forgotten.objects.values_list("person", flat=True))


def sweep() -> None:
    """Cuts what was deleted out of the database's files."""
    if connection.vendor == "sqlite":
        connection.empty_the_log()  # type: ignore[attr-defined]
    elif not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


def _with_absorbed(person: UUID) -> list[UUID]:
    ids, todo = [person], [person]
    while todo:
        todo = list(Person.objects.filter(merged_into__in=todo).exclude(pk__in=ids).values_list("pk", flat=True))
        ids += todo
    taken = Merge.objects.filter(kept__in=ids).values_list("taken_in", flat=True)
    apart = Person.objects.filter(pk__in=list(taken)).values_list("pk", flat=True)
    # Sealed rows of a merge hold both records' values; a record that was taken apart again stays itself.
    Merge.objects.filter(Q(kept__in=ids) | Q(taken_in__in=[*ids, *apart], kept__in=ids)).delete()
    return ids


def _end_accounts(ids: list[UUID], at: datetime) -> None:
    """Ends her log-in and removes everything that hangs on it."""
    accounts: Any = get_user_model()._default_manager
    for account in accounts.filter(person__in=ids):
        if account.is_active and account.role == "administrator":
            others = accounts.filter(is_active=True, role="administrator").exclude(pk=account.pk)
            if not others.exists():
                raise LastKey
        for relation in type(account)._meta.related_objects:
            if relation.on_delete is models.CASCADE:
                relation.related_model._default_manager.filter(**{relation.field.name: account}).delete()
        account.units.clear()
        accounts.filter(pk=account.pk).update(
            is_active=False,
            ended_at=at,
            password="",
            name="",
            email=f"{account.pk}@ended.invalid",
            person=None,
        )


def _empty_rooms_above(ids: list[UUID], at: datetime) -> None:
    """Empties the sealed values of rows that hold a person by her bare id, as staged imports do; a noun that
    holds people in another way names in `forgets_people_by` what forgets them."""
    for model in apps.get_app_config("commonweal").get_models():
        if own_way := getattr(model, "forgets_people_by", ""):
            import_string(own_way)(ids, at=at)
        column = next((one for one in model._meta.concrete_fields if one.name == "person"), None)
        if type(column) is not models.UUIDField or model is Forgotten:
            continue
        sealed = {one.name: b"" for one in model._meta.concrete_fields if isinstance(one, SealedTextField)}
        if sealed:
            model._default_manager.filter(person__in=ids).update(**sealed)
