"""Choosing a person as one types, or adding her on the spot; without JavaScript in two steps."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonweal.common.scope import Scope
from commonweal.common.sent import id_in
from commonweal.people.models import Unit
from commonweal.people.reads.glances import glances
from commonweal.people.reads.people import people_within
from commonweal.people.reads.search import Found, found
from commonweal.people.reads.units import unit_choices, unit_of
from commonweal.people.writes.people import add_person

NEW = "new"
OFFERED = 6
NAMES = ("other", "first", "second", "asker")
"""What a picker of a page may be called: names that are offered as one types are asked for by it."""


class Picker:
    """The state of a person picker in a request: what was typed, whom that may mean, who was chosen."""

    def __init__(
        self,
        request: HttpRequest,
        scope: Scope,
        country: str,
        *,
        name: str = "other",
        label: str = "",
        near: UUID | None = None,
        optional: bool = False,
        text: str = "",
    ) -> None:
        """`text` stands in the box as long as nothing was typed; `name` is one of `NAMES`."""
        assert name in NAMES, name
        sent = request.POST if request.method == "POST" else request.GET
        self.scope, self.name, self.label, self.near, self.optional = scope, name, label, near, optional
        self.text = sent.get(f"{name}_text", text).strip()[:120]
        self.chosen = sent.get(name, "")
        self.unit = sent.get(f"{name}_unit", "")
        self.looking = "look" in request.POST
        self.error = ""
        self.options = self._offered(country)
        self.may_add = bool(self.text) and scope.may_write
        self.units = unit_choices(scope) if self.may_add else []
        if self.may_add and not self.unit and near is not None:
            self.unit = str(unit_of(near) or "")

    def is_settled(self) -> bool:
        """True when it is clear who is meant; otherwise `error` says what to do."""
        if self.looking:
            return False
        if self.chosen == NEW and self.may_add:
            return True
        if self.chosen and self.chosen != NEW:
            if any(str(option.glance.id) == self.chosen for option in self.options):
                return True
            self.error = _("Choose again who you mean.")
            return False
        if self.optional and not self.text:
            return True
        self.error = _("Choose who you mean from the names below.") if self.text else _("Type a name first.")
        return False

    def person(self, *, by: UUID, at: datetime) -> UUID | None:
        """Who was chosen, added first where she is new; None where nobody was meant."""
        if self.chosen == NEW:
            unit = Unit.objects.filter(pk=self.unit).first() if id_in(self.unit) else None
            if unit is not None and not self.scope.covers_unit(unit.pk):
                unit = None
            return add_person(name=self.text, unit=unit, by=by, at=at).pk
        return UUID(self.chosen) if self.chosen else None

    def _offered(self, country: str) -> list[Found]:
        """Whom the text may mean, and the chosen one."""
        offered = list(found(self.text, self.scope, country=country, most=OFFERED).people) if self.text else []
        if id_in(self.chosen) and all(str(option.glance.id) != self.chosen for option in offered):
            chosen = people_within(self.scope).filter(pk=self.chosen).values_list("pk", flat=True)
            offered[:0] = [Found(glance, ()) for glance in glances(self.scope, chosen).values()]
        return [option for option in offered if option.glance.id != self.near]
