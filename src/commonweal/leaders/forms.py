"""Forms of the list and the chains."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commonweal.accounts.models import Account
from commonweal.leaders.rules.stages import BEGINNINGS, NEXT
from commonweal.leaders.words import Stage


def stage_choices(stages: tuple[str, ...]) -> list[tuple[str, Any]]:
    """Stages with their words, for a list of choices."""
    return [(stage, Stage(stage).label) for stage in stages]


class DayInput(forms.DateInput):
    """A day as the browser asks for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class StepFields(forms.Form):
    """A day and a sealed note, for every step in a life on the list."""

    on = forms.DateField(label=_("On which day"), widget=DayInput())
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Sealed; only those who may see her can read it. No need to write anything."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PutOnForm(StepFields):
    """Putting somebody on the list."""

    stage = forms.ChoiceField(label=_("Where we stand with her"), choices=())
    responsible = forms.ModelChoiceField(
        label=_("Who sees to her"), queryset=Account.objects.none(), required=False, empty_label=_("nobody yet")
    )
    pinned = forms.BooleanField(label=_("Keep her on every list the computer proposes"), required=False)
    field_order = ("stage", "on", "responsible", "note", "pinned")

    def __init__(self, *args: Any, organizers: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = stage_choices(BEGINNINGS)  # type: ignore[attr-defined]
        self.fields["responsible"].queryset = organizers  # type: ignore[attr-defined]


class MoveForm(StepFields):
    """The next step of somebody on the list; every stage can be chosen, the table refuses what does not follow."""

    to = forms.ChoiceField(label=_("She is now"), choices=Stage.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("to", "on", "note")

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.following = [(stage, Stage(stage).label) for stage in NEXT[now]]


class EntrustForm(forms.Form):
    """Who sees to her."""

    responsible = forms.ModelChoiceField(
        label=_("Who sees to her"), queryset=Account.objects.none(), required=False, empty_label=_("nobody yet")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organizers: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = organizers  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    """The version of the row that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SheetForm(forms.Form):
    """When a copy on paper is to be given back."""

    back_by = forms.DateField(label=_("To be given back by"), widget=DayInput())
