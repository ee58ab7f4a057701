"""Offering to undo the last act on a person's page; the address says which, the rows say whether."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.common.doors import ScopedRequest
from commonweal.common.sent import id_in
from commonweal.people.models import (
    Ask,
    Assessment,
    BareYes,
    FormerRow,
    Institution,
    Nomination,
    Person,
    Placement,
    Tie,
)
from commonweal.people.models.evidence import Sourced
from commonweal.people.reads.histories import former_row, former_rows
from commonweal.people.words import ContactKind

KINDS: dict[str, type[Sourced]] = {
    "tie": Tie,
    "nomination": Nomination,
    "ask": Ask,
    "yes": BareYes,
    "assessment": Assessment,
}
ENDS = {
    "tie": ("person_id", "other_id"),
    "nomination": ("nominator_id", "nominee_id"),
    "ask": ("asker_id", "asked_id"),
    "yes": ("person_id", "carried_by_id"),
    "assessment": ("person_id",),
}


@dataclass(frozen=True)
class Undo:
    """What was done, when, and where to send the form that takes it back."""

    words: str
    address: str
    at: datetime | None = None


def undo_former(former: FormerRow) -> str:
    """The address of a person's page that offers to bring back what was just removed or changed."""
    return reverse("people:person", args=[former.person_id], query={"undo": f"row:{former.pk}"})


def undo_of(former: FormerRow) -> Undo:
    """What bringing back a row would undo, in words."""
    before = json.loads(str(former.before))
    if former.kind == "personname":
        words = _("“%(name)s” is no longer one of her names.") % {"name": before["name"]}
    elif former.kind == "affiliation":
        name = Institution.objects.filter(pk=before["institution_id"]).values_list("name", flat=True).first()
        words = _("What she was in %(name)s was changed or ended.") % {"name": name or _("an institution that is gone")}
    else:
        words = _("A way to reach her was changed or removed: %(kind)s.") % {"kind": ContactKind(before["kind"]).label}
    return Undo(words, reverse("people:bring_back_row", args=[former.person_id, former.pk]), former.at)


def undos_of(her: Person) -> list[Undo]:
    """Everything of hers that can still be brought back."""
    return [undo_of(former) for former in former_rows(her.pk)]


def row_about(kind: str, row: UUID, person: Person) -> Sourced | None:
    """A row of evidence in which a person stands, None when there is none such."""
    model = KINDS.get(kind)
    found = model._default_manager.filter(pk=row).first() if model else None
    if found is None or person.pk not in {getattr(found, end) for end in ENDS[kind]}:
        return None
    return found


def offered_undo(request: ScopedRequest, her: Person) -> Undo | None:
    """The undo that the address speaks of, while it is still possible."""
    kind, _colon, key = request.GET.get("undo", "").partition(":")
    row = id_in(key)
    if row is None:
        return None
    if kind == "place":
        ended = Placement.objects.filter(pk=row, person=her, until__isnull=False).select_related("unit").first()
        if ended is None:
            return None
        words = _("Her place in %(unit)s has ended.") % {"unit": ended.unit.name}
        return Undo(words, reverse("people:reopen_place", args=[her.pk, row]))
    if kind == "row":
        former = former_row(her.pk, row)
        return undo_of(former) if former else None
    found = row_about(kind, row, her)
    if found is None or not found.withdrawn or found.replaced_by is not None:
        return None
    return Undo(_("Withdrawn: it no longer counts."), reverse("people:bring_back", args=[her.pk, kind, row]))
