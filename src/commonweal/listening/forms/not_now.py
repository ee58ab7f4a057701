"""Putting off a talk."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.people.forms.fields import DayField, PlainForm

FORTNIGHT = timedelta(days=14)
LONGEST = timedelta(days=366)


class NotNowForm(PlainForm):
    """Until when, and why not now."""

    until = DayField(label=gettext_lazy("Not before"))
    why = forms.CharField(
        label=gettext_lazy("Because…"),
        max_length=300,
        help_text=gettext_lazy("She is on leave, her mother is ill, her cousin talks with her first …"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if until > self.today + LONGEST:
            raise forms.ValidationError(_("Choose a day within a year: much changes until then."))
        return until
