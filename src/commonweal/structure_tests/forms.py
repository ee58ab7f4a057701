"""Forms of ladders, tests and ballots."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.people.forms.fields import DayField, PlainForm
from commonweal.people.models import Occasion
from commonweal.people.words import OccasionKind
from commonweal.structure_tests.models import Rung
from commonweal.structure_tests.rules.ballots import is_ballot

LONGEST = 60
"""Days that one test may take."""


class ShareField(forms.IntegerField):
    """A share in per cent, given on as a fraction of one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_value=100, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        share = super().clean(value)
        return None if share is None else Decimal(share) / 100

    def prepare_value(self, value: Any) -> Any:
        return int(value * 100) if isinstance(value, Decimal) else value


class Thresholds(PlainForm):
    """How many must take part, in all and in every unit."""

    threshold = ShareField(
        label=gettext_lazy("Needed in all, per cent"),
        help_text=gettext_lazy("Of all who can take part, not of those who answered."),
        min_value=1,
    )
    unit_threshold = ShareField(
        label=gettext_lazy("Needed in every unit, per cent"),
        help_text=gettext_lazy("One per cent means: somebody from every unit."),
        min_value=0,
    )


class RungForm(Thresholds):
    """One rung of a ladder."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=OccasionKind)
    field_order = ("name", "kind", "threshold", "unit_threshold")


class TestForm(Thresholds):
    """A test that is planned: the act, its days, what it must reach."""

    __test__ = False
    name = forms.CharField(label=gettext_lazy("What it is called"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=OccasionKind)
    on = DayField(label=gettext_lazy("Day"))
    ends_on = DayField(
        label=gettext_lazy("Last day, where it takes several"),
        required=False,
    )
    turnout_named = forms.BooleanField(
        label=gettext_lazy(
            "Of a ballot: our organization has made sure that it is lawful to write down who voted. "
            "How anybody voted is never written down."
        ),
        required=False,
    )
    field_order: tuple[str, ...] = ("name", "kind", "on", "ends_on", "threshold", "unit_threshold", "turnout_named")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on, ends = cleaned.get("on"), cleaned.get("ends_on")
        if isinstance(on, date) and isinstance(ends, date):
            if ends < on:
                self.add_error("ends_on", _("The last day lies before the first."))
            elif (ends - on).days > LONGEST:
                self.add_error("ends_on", _("A test takes at most %(days)s days.") % {"days": LONGEST})
        if not is_ballot(cleaned.get("kind", "")):
            cleaned["turnout_named"] = False
        return cleaned


FROM_RUNG = ("name", "kind", "threshold", "unit_threshold")


class PlanForm(TestForm):
    """A new test: of an act that is there already, or of a new one."""

    occasion = forms.ChoiceField(
        label=gettext_lazy("An act that is written down already"),
        help_text=gettext_lazy("Its name, kind and day are taken as they are."),
        required=False,
    )
    rung = forms.ChoiceField(
        label=gettext_lazy("On which rung of the ladder"),
        help_text=gettext_lazy("What you leave empty below is taken from it."),
        required=False,
    )
    field_order: tuple[str, ...] = (
        "rung", "occasion", "name", "kind", "on", "ends_on", "threshold", "unit_threshold", "turnout_named",
    )  # fmt: skip

    def __init__(self, *args: Any, rungs: list[Rung], occasions: list[Occasion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occasions = {str(one.pk): one for one in occasions}
        self.rungs = {str(one.pk): one for one in rungs}
        self.fields["rung"].choices = [  # type: ignore[attr-defined]
            ("", _("on none")),
            *((key, one.name) for key, one in self.rungs.items()),
        ]
        self.fields["occasion"].choices = [  # type: ignore[attr-defined]
            ("", _("none: a new one")),
            *((key, f"{one.name} · {one.on.isoformat()}") for key, one in self.occasions.items()),
        ]
        if not occasions:
            del self.fields["occasion"]
        if rungs:
            kinds = [("", _("as on its rung")), *OccasionKind.choices]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if self.data.get("rung") in self.rungs:
            for name in FROM_RUNG:
                self.fields[name].required = False
        if self.data.get("occasion") in self.occasions:
            for name in ("name", "kind", "on"):
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        rung = self.rungs.get(self.data.get("rung", ""))
        for name in FROM_RUNG:
            if rung is not None and self.cleaned_data.get(name) in ("", None) and name not in self.errors:
                self.cleaned_data[name] = getattr(rung, name)
        cleaned = super().clean()
        taken = self.occasions.get(cleaned.get("occasion", ""))
        if taken is not None:
            cleaned["name"], cleaned["kind"], cleaned["on"] = taken.name, taken.kind, taken.on
            ends = cleaned.get("ends_on")
            if ends and ends < taken.on:
                self.add_error("ends_on", _("The last day lies before the first."))
            if is_ballot(taken.kind):
                cleaned["turnout_named"] = bool(self.data.get("turnout_named"))
        cleaned["occasion"], cleaned["rung"] = taken, rung
        return cleaned


class CountForm(PlainForm):
    """A ballot as it was counted."""

    unit = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    entitled = forms.IntegerField(label=gettext_lazy("Could vote"), min_value=0, max_value=9_999_999)
    cast = forms.IntegerField(label=gettext_lazy("Voted"), min_value=0, max_value=9_999_999)
    yes = forms.IntegerField(
        label=gettext_lazy("Voted yes"),
        help_text=gettext_lazy("Leave empty where it is not counted apart."),
        min_value=0,
        max_value=9_999_999,
        required=False,
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = [("", _("All together"))] if whole else []
        self.fields["unit"].choices = [*everybody, *units]  # type: ignore[attr-defined]
        self.fields["unit"].required = not whole

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        entitled, cast, yes = (cleaned.get(name) for name in ("entitled", "cast", "yes"))
        if entitled is not None and cast is not None and cast > entitled:
            self.add_error("cast", _("More voted than could vote."))
        if cast is not None and yes is not None and yes > cast:
            self.add_error("yes", _("More yeses than votes."))
        return cleaned
