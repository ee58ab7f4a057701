"""Offering to undo the last act on a person's page; the address says which, the rows say whether."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.common.doors import ScopedRequest
from commonweal.people.models import Ask, Assessment, BareYes, Nomination, Person, Placement, Tie
from commonweal.people.models.evidence import Sourced
from commonweal.people.views.finding import as_id

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
    """What was just done, and where to send the form that takes it back."""

    words: str
    address: str


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
    row = as_id(key)
    if row is None:
        return None
    if kind == "place":
        ended = Placement.objects.filter(pk=row, person=her, until__isnull=False).select_related("unit").first()
        if ended is None:
            return None
        words = _("Her place in %(unit)s has ended.") % {"unit": ended.unit.name}
        return Undo(words, reverse("people:reopen_place", args=[her.pk, row]))
    found = row_about(kind, row, her)
    if found is None or not found.withdrawn or found.replaced_by is not None:
        return None
    return Undo(_("Withdrawn: it no longer counts."), reverse("people:bring_back", args=[her.pk, kind, row]))
