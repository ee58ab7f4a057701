"""The organization's own prompts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.ledger.writes import record
from commonweal.listening.models import Prompt
from commonweal.listening.rules.prompts import Said


@transaction.atomic
def write_prompts(*, step: str, language: str, said: Iterable[Said], by: UUID, at: datetime) -> None:
    """The prompts of a step in a language are these, in this order; none means ours again."""
    Prompt.objects.filter(step=step, language=language).delete()
    kept = {one.text: one for one in said if one.text}
    Prompt.objects.bulk_create(
        Prompt(step=step, language=language, text=one.text, hint=one.hint, position=place)
        for place, one in enumerate(kept.values())
    )
    record("changed_prompts", by=by, at=at, subject_kind="organization", subject=None, facts={"step": step})
