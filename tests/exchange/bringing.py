"""Bringing files in as the pages do, without the pages."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from commonweal.accounts.models import Account
from commonweal.common.models import Work
from commonweal.common.work import do_all_waiting
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.rules.mapping import Reading
from commonweal.exchange.writes.bringing_in import begin_bringing_in
from commonweal.exchange.writes.looking import begin_looking
from commonweal.exchange.writes.taking_back import begin_taking_back
from commonweal.exchange.writes.uploads import bring_file
from commonweal.people import models as hall
from tests.village import THEN

NOUNS = (
    "Person", "PersonName", "ContactPoint", "Placement", "Affiliation", "Tie", "Nomination", "Ask", "BareYes",
    "Assessment", "Unit", "Shift", "Institution", "Occasion", "SearchKey", "SearchWord",
)  # fmt: skip


def as_csv(*rows: Sequence[str]) -> bytes:
    """A table as bytes of a file."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def given(by: Account, content: bytes | str) -> ImportBatch:
    """A file that was brought, with the first guess of how to read it."""
    whole = content.encode() if isinstance(content, str) else content
    return bring_file(name="list.csv", pieces=[whole], by=by.pk, at=THEN)


def looked(by: Account, content: bytes | str, **changes: Any) -> ImportBatch:
    """A file that was looked at, waiting for its yes."""
    batch = given(by, content)
    reading = Reading.from_json({**batch.settings, **changes})
    begin_looking(batch.pk, reading, by=by.pk, at=THEN)
    work_is_done()
    batch.refresh_from_db()
    assert batch.state == "looked", (batch.state, batch.refusal)
    return batch


def brought(by: Account, content: bytes | str, **changes: Any) -> ImportBatch:
    """A file whose rows are in."""
    return bring(looked(by, content, **changes), by)


def bring(batch: ImportBatch, by: Account) -> ImportBatch:
    """The yes, and what follows from it."""
    assert begin_bringing_in(batch.pk, by=by.pk, at=THEN)
    work_is_done()
    batch.refresh_from_db()
    assert batch.state == "done", batch.state
    return batch


def taken_back(batch: ImportBatch, by: Account) -> ImportBatch:
    """A file that was taken back."""
    begin_taking_back(batch.pk, by=by.pk, at=THEN)
    work_is_done()
    batch.refresh_from_db()
    assert batch.state == "taken_back", batch.state
    return batch


def work_is_done() -> None:
    """Does all that waits; a piece that broke is a fault."""
    earlier = list(Work.objects.filter(state="failed").values_list("pk", flat=True))
    do_all_waiting()
    broken = Work.objects.filter(state="failed").exclude(pk__in=earlier).values_list("kind", "problem")
    assert not broken.exists(), list(broken)


def everything() -> dict[str, Any]:
    """The whole hall as plain values, without what the program keeps for itself."""
    found = {}
    for noun in NOUNS:
        model: Any = getattr(hall, noun)
        columns = [
            field.attname for field in model._meta.concrete_fields if field.attname not in ("version", "changed_at")
        ]
        if noun in ("SearchKey", "SearchWord"):
            columns = ["person_id", "word__word"] if noun == "SearchKey" else ["word"]
            model.objects.filter(**({"word": ""} if noun == "SearchWord" else {"word__word": ""})).delete()
        found[noun] = sorted((tuple(map(_plain, row)) for row in model.objects.values_list(*columns)), key=repr)
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
