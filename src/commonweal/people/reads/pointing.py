"""Which columns of any room point to a noun, those without a way back among them."""

from typing import Any

from django.db import models


def columns_pointing_to(model: type[models.Model]) -> list["models.ForeignKey[Any, Any]"]:
    """Every column of any room that points to rows of `model`; `related_objects` leaves out the hidden ones."""
    fields = model._meta.get_fields(include_hidden=True)
    return [field.field for field in fields if isinstance(field, models.ManyToOneRel)]
