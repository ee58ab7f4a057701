"""Writing down what the employer did."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from commonweal.listening import words
from commonweal.people.forms.fields import DayField, PlainForm


class MoveForm(PlainForm):
    """When, what, of which kind, and where."""

    on = DayField(label=_("When"))
    what = forms.CharField(
        label=_("What they said or did"),
        max_length=300,
        help_text=_("A letter to all, a meeting one had to sit through, a raise for some. No names."),
    )
    kind = forms.ChoiceField(
        label=_("What it played on"),
        choices=words.ReadyFor,
        widget=forms.RadioSelect,
        help_text=_("The same list for which people are made ready in conversations."),
    )
    unit = forms.ChoiceField(label=pgettext_lazy("employer move", "Where"), required=False)

    def __init__(
        self, *args: Any, units: Iterable[tuple[str, str]], everywhere: bool, today: date, **kwargs: Any
    ) -> None:
        """With `everywhere` it may have struck the whole place: every organizer reads it then."""
        super().__init__(*args, **kwargs)
        self.today = today
        whole = [("", gettext("everywhere"))] if everywhere else []
        self.fields["unit"].choices = [*whole, *units]  # type: ignore[attr-defined]
        self.fields["unit"].required = not everywhere

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(gettext("That day has not come yet."))
        return on
