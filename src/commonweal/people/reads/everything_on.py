"""All rows of all rooms that say something of one person: what could be demanded of this place about her."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from commonweal.common.sealed import SealedTextField
from commonweal.people.models import Person

Model = type[models.Model]
DID = frozenset({"by", "entered_by", "added_by", "made_by", "decided_by", "undone_by", "asked_by", "brought_by",
                 "taken_back_by", "used_by", "printed_by", "answered_by", "responsible"})  # fmt: skip
"""Columns that say who did something to others; of such rows only the number is about her."""
NEVER_SHOWN = frozenset({"password", "secret", "fingerprint", "tail_fingerprint", "credential", "named", "opened"})
"""What opens a door or tells nothing without a key: it is said that it is there, and no more."""


@dataclass(frozen=True)
class Held:
    """The rows of one table that are about her, and how many rows about others she made or changed."""

    model: Model
    rows: list[models.Model]
    made_by_her: int

    @property
    def table(self) -> str:
        return self.model.__name__


def ids_of(person: UUID) -> set[UUID]:
    """Her id and those of records that were merged into hers."""
    ids, fresh = {person}, {person}
    while fresh:
        fresh = set(Person.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - ids
        ids |= fresh
    return ids


def everything_on(person: UUID) -> Iterator[Held]:
    """Table by table what is held about a person and her account. Every table is asked by its columns, so that a new
    one is found by itself: what points to her or her account, plain columns of ids, ids inside JSON, and what hangs
    on a row that is about her. It goes through whole tables: for the operator, not for a page."""
    ids = ids_of(person)
    accounts = set(get_user_model()._default_manager.filter(person__in=ids).values_list("pk", flat=True))
    tables: list[Model] = list(apps.get_app_config("commonweal").get_models(include_auto_created=True))
    hers = {model: set(_rows(model, _about(model, ids, accounts)).values_list("pk", flat=True)) for model in tables}
    for model in tables:
        keys = set(hers[model])
        for field in model._meta.concrete_fields:
            parent: Any = field.related_model if isinstance(field, models.ForeignKey) else None
            if parent in hers and parent is not model and _points_to_person(parent) and parent is not Person:
                keys |= set(_rows(model, Q(**{f"{field.attname}__in": hers[parent]})).values_list("pk", flat=True))
        made = Q(pk__in=[])
        for field in model._meta.concrete_fields:
            if field.name in DID:
                made |= Q(**{f"{field.attname}__in": accounts})
        count = _rows(model, made).exclude(pk__in=keys).count() if accounts else 0
        if keys or count:
            yield Held(model, list(_rows(model, Q(pk__in=keys)).order_by("pk")), count)


def in_plain(row: models.Model) -> dict[str, Any]:
    """A row as it could be given: seals opened, ids as they are, and what opens a door only named."""
    shown: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.name in NEVER_SHOWN:
            shown[field.name] = "kept, not shown" if value else ""
        elif isinstance(field, SealedTextField):
            shown[field.name] = str(value)
        elif isinstance(value, datetime | date):
            shown[field.name] = value.isoformat()
        else:
            shown[field.name] = json.loads(json.dumps(value, default=str))
    return shown


def _rows(model: Model, about: Q) -> "models.QuerySet[Any]":
    texts = {
        f"text_of_{field.name}": Cast(field.name, models.TextField())
        for field in model._meta.concrete_fields
        if isinstance(field, models.JSONField)
    }
    return model._base_manager.annotate(**texts).filter(about)


def _about(model: Model, ids: set[UUID], accounts: set[Any]) -> Q:
    """What makes a row of a table one about her."""
    about = Q(pk__in=ids if model is Person else accounts if model is get_user_model() else [])
    for field in model._meta.concrete_fields:
        if field.name in DID:
            continue
        if isinstance(field, models.ForeignKey):
            if field.related_model is Person:
                about |= Q(**{f"{field.attname}__in": ids})
            elif field.related_model is get_user_model():
                about |= Q(**{f"{field.attname}__in": accounts})
        elif isinstance(field, models.UUIDField) and not field.primary_key:
            about |= Q(**{f"{field.attname}__in": ids | accounts})
        elif isinstance(field, models.JSONField):
            for one in ids:
                about |= Q(**{f"text_of_{field.name}__contains": str(one)})
                about |= Q(**{f"text_of_{field.name}__contains": one.hex})
    return about


def _points_to_person(model: Model) -> bool:
    return any(
        isinstance(one, models.ForeignKey) and one.related_model is Person for one in model._meta.concrete_fields
    )
